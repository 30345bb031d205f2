// Switches counting off and on for one browser. Loaded instead of everything else when the address asks for it (?tw_off, ?tw_on,
// or the same behind #) or the visitor has switched it off before; then nothing is sent and nobody is told.
import { dialogStyle } from './consent-style.ts';
import './wire.ts';

const NAME = 'tw_off';
/** The longest that browsers keep a cookie; each visit makes it last anew. */
const SECONDS = 400 * 86_400;
const WORDS = {
  en: {
    off: 'Your visits to this site are not counted in this browser.',
    on: 'Your visits to this site are counted again.',
    again: 'Count them again',
    never: 'Don’t count my visits',
    close: 'Close',
  },
  ru: {
    off: 'Ваши посещения этого сайта в этом браузере не учитываются.',
    on: 'Ваши посещения этого сайта снова учитываются.',
    again: 'Учитывать снова',
    never: 'Не учитывать мои посещения',
    close: 'Закрыть',
  },
};

const hasCookie = (): boolean => /(^|; )tw_off=/.test(document.cookie);

/** For the whole domain where the browser lets us, so that www. and shop. are one choice. */
function setCookie(seconds: number): void {
  const labels = location.hostname.split('.');
  const secure = location.protocol === 'https:' ? ';secure' : '';
  const write = (domain: string): void => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${NAME}=1;path=/;max-age=${seconds};samesite=lax${secure}${domain}`;
  };
  for (let from = labels.length - 2; from >= 0; from--) {
    write(`;domain=${labels.slice(from).join('.')}`);
    if (seconds > 0 && hasCookie()) return;
  }
  write('');
}

function forget(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = 'tw_id=;path=/;max-age=0';
  setCookie(SECONDS);
}

function show(off: boolean): void {
  const language = document.documentElement.lang || navigator.language;
  const words = /^ru/i.test(language) ? WORDS.ru : WORDS.en;
  const host = document.createElement('tw-optout');
  const root = host.attachShadow({ mode: 'open' });
  dialogStyle(root);
  const make = (tag: string, text: string): HTMLElement => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };
  const button = (text: string, press: () => void): HTMLElement => {
    const made = make('button', text);
    made.addEventListener('click', press);
    return made;
  };
  const dialog = make('div', '');
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-label', off ? words.off : words.on);
  const said = make('p', off ? words.off : words.on);
  said.setAttribute('role', 'status');
  const buttons = make('div', '');
  buttons.className = 'buttons';
  const other = button(off ? words.again : words.never, () => {
    host.remove();
    turn(!off);
  });
  buttons.append(
    other,
    button(words.close, () => host.remove()),
  );
  dialog.append(said, buttons);
  root.append(dialog);
  document.body.append(host);
  other.focus();
}

function turn(off: boolean): void {
  if (off) forget();
  else setCookie(0);
  show(off);
}

try {
  // what the site calls must be there and do nothing
  const idle = (() => {}) as unknown as NonNullable<Window['tradewind']>;
  idle.consent = () => {};
  window.tradewind = idle;
  const asked = /tw_o(ff|n)\b/.exec(location.search + location.hash);
  if (asked) {
    const clean = location.href.replace(/([?&#])tw_o(?:ff|n)\b=?1?&?/g, '$1').replace(/[?&#]+$/, '');
    history.replaceState(history.state, '', clean);
    turn(asked[1] === 'ff');
  } else if (hasCookie()) setCookie(SECONDS);
} catch {
  // never disturb the page
}
