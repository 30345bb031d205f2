// The script that a site loads. It must be small, must never disturb the page, and must not lose or
// double an event; see ARCHITECTURE.md. Written for the size after gzip: the budget is in a test.
import type { TrackedEvent, Tradewind } from './wire.ts';

try {
  const page = document;
  const script = page.currentScript as HTMLScriptElement;
  const data = script.dataset;
  const beside = (file: string): string => new URL(file, script.src).href;
  const endpoint = data.to || beside('collect');
  const privacy = navigator.globalPrivacyControl;

  let queue: string[] = [];
  let context: { url: string; referrer?: string; title?: string; language: string; width: number } | undefined;
  let path: string;
  let engaged = 0;
  let bottom: number;
  let height: number;
  let counting: boolean;
  let ticked: number;
  let active: number;
  let fresh: 1 | undefined;
  let stub: Partial<Tradewind>;

  const guard =
    <A extends unknown[]>(run: (...args: A) => void) =>
    (...args: A): void => {
      try {
        run(...args);
      } catch {}
    };
  // On the window and while capturing, so that events of the document and those that do not bubble arrive too.
  const on = (types: string, run: (event: Event) => void): void => {
    for (const type of types.split(' ')) addEventListener(type, guard(run), true);
  };
  const cookie = (name: string): string | undefined =>
    ((privacy ? '' : page.cookie).match(`(^|; )${name}([^;]+)`) || [])[2];

  // UUID v7 by hand, because crypto.randomUUID is missing on plain http and is v4.
  const uuid = (): string =>
    `0${Date.now().toString(16)}-7xxx-axxx-xxxxxxxxxxxx`
      .replace(/.{8}/, '$&-')
      .replace(/x/g, () => ((Math.random() * 16) | 0).toString(16));

  let visitor = cookie('tw_id=');

  // A beacon outlives the page but tells nothing of its fate; a fetch tells, so it is used while the page lives.
  const send = async (leaving?: unknown): Promise<void> => {
    const batch = queue;
    if (!batch[0]) return;
    queue = [];
    try {
      const body = `${JSON.stringify({
        site: data.site,
        sent: Date.now(),
        visitor,
        fresh,
        ga: cookie('_ga=GA1...'),
        ym: cookie('_ym_uid='),
      }).slice(0, -1)},"events":[${batch}]}`;
      if (leaving && navigator.sendBeacon(endpoint, body)) return;
      // The browser refuses keepalive bodies over 64 KiB.
      const answer = await fetch(endpoint, { method: 'POST', body, keepalive: body.length < 2e4 });
      // Too busy or broken: keep and try again. Refused for good (4xx): let go.
      if (answer.status > 428) throw 0;
    } catch {
      queue = batch.concat(queue).slice(-50);
    }
  };

  const track = (name: string, more?: object, leaving?: unknown): void => {
    const event = { id: uuid(), name, at: Date.now(), ...context, ...more };
    if (stub.heard) stub.heard(event as TrackedEvent);
    queue = queue.concat(JSON.stringify(event)).slice(-50);
    leaving || page.hidden ? send(1) : setTimeout(send);
  };

  // Adds up the time since the last call if the visitor was there, and looks how far the page was seen.
  const tick = guard((): void => {
    const now = Date.now();
    if (counting) {
      engaged += Math.min(now - ticked, 2e3);
      bottom = Math.max(bottom, scrollY + innerHeight);
      height = page.documentElement.scrollHeight;
    }
    ticked = now;
    counting = !page.hidden && (page.hasFocus() || now - active < 1e4);
  });

  const report = (): void => {
    if (engaged > 0) track('engagement', { duration: engaged, scroll: Math.min(100, ((bottom / height) * 100) | 0) });
    engaged = 0;
  };

  const view = guard((again?: unknown): void => {
    const here = location.pathname + ('hash' in data ? location.hash : '');
    if (!again && here === path) return;
    report();
    path = here;
    bottom = 0;
    context = {
      url: location.href,
      referrer: (context ? context.url : page.referrer) || undefined,
      title: page.title || undefined,
      language: navigator.language,
      width: innerWidth,
    };
    track('page_view');
  });

  // The timer lets the site set its title and a chain of redirects come to rest.
  const moved = (event: object): void => {
    tick();
    // A page that comes back from the browser's memory (bfcache) is seen again.
    setTimeout(view, 0, (event as PageTransitionEvent).persisted);
  };

  const load = (file: string): void => {
    const part = page.createElement('script');
    part.src = beside(`tw-${file}.js`);
    part.nonce = script.nonce;
    page.head.append(part);
  };

  const start = (): void => {
    stub = window.tradewind || {};
    if (stub.consent) return;

    const tradewind = guard((name: string, properties?: object, revenue?: object) => {
      // What is no text has no trim and ends in the guard.
      if (!name.trim()) return;
      view();
      track(name, { properties, revenue });
    }) as Tradewind;
    tradewind.consent = guard((granted) => {
      if (!granted || privacy) visitor = fresh = undefined;
      else if (!visitor) {
        visitor = uuid();
        fresh = 1;
      }
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
      page.cookie = `tw_id=${visitor};path=/;max-age=${visitor ? 31536e3 : 0};samesite=lax${location.protocol[5] ? ';secure' : ''}`;
    });
    if (privacy) tradewind.consent(false);
    window.tradewind = tradewind;

    tick();
    view();
    for (const call of stub.q || []) tradewind(...(call as unknown as [string]));

    const methods = history as unknown as Record<string, (...args: unknown[]) => void>;
    for (const name of 'pushState replaceState'.split(' ')) {
      const original = methods[name]!;
      methods[name] = function (...args) {
        moved(args);
        return original.apply(this, args);
      };
    }
    on('popstate hashchange pageshow', moved);
    on('visibilitychange focus blur scroll', () => {
      tick();
      if (page.hidden) {
        report();
        send(1);
      }
    });
    on('pointermove keydown', () => {
      active = ticked;
    });
    setInterval(tick, 1e3);

    on('click auxclick', (event) => {
      // Through shadow roots; without a link the next line ends in the guard.
      const link = event.composedPath().find((node) => (node as HTMLAnchorElement).href) as HTMLAnchorElement;
      const file =
        link.hasAttribute('download') ||
        /\.(pdf|docx?|xlsx?|pptx?|csv|txt|zip|rar|7z|dmg|exe|apk|mp[34])$/i.test(link.pathname);
      // mailto:, tel: and javascript: have no host.
      if (link.host && (event as MouseEvent).button < 2 && (file || link.host !== location.host)) {
        track(file ? 'file_download' : 'outbound_click', { properties: { url: link.href } }, 1);
      }
    });
    on('submit', (event) => {
      // The attributes, because a field named "id" or "name" would stand in for the form's own property.
      const named = (event.target as Element).attributes as unknown as Record<string, Attr | undefined> & {
        value?: undefined;
      };
      track('form_submit', { properties: { form: (named.id || named.name || named.action || named).value } }, 1);
    });

    if ('consent' in data) load('consent');
    if ('layer' in data) load('layer');
    if (!data.vitals) setTimeout(guard(load), 2e3, 'vitals');
  };

  // A visitor who is not to be counted, or asks for it by the address: all of it is in a file of its own.
  if (/tw_o/.test(page.cookie + location)) load('optout');
  else if (page.prerendering) on('prerenderingchange', start);
  else start();
} catch {}
