// The phone number of the source a visitor came by, in place of the one on the page, and a code of their own to be read out or written.
// A file of its own with a tag of its own, anywhere on the page. What is shown the server decides; nothing is kept in the browser.
import type { ToldContact } from './wire.ts';

const LOOKED_IN = 'script,style,textarea,noscript';

/** The digits of a number with whatever stands between them; not in the middle of a longer one. */
const pattern = (digits: string): RegExp =>
  new RegExp(`(^|\\D)\\+?${digits.split('').join('[\\s().\u2010-\u2014-]*')}(?!\\d)`, 'g');
const digitsIn = (text: string): string => text.replace(/\D/g, '');

function showNumbers(root: Node, numbers: ToldContact['numbers']): void {
  for (const [instead, number] of numbers) {
    const found = pattern(instead);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const { nodeValue, parentElement } = node;
      if (!nodeValue || !parentElement || parentElement.closest(LOOKED_IN)) continue;
      const shown = nodeValue.replace(found, `$1${number}`);
      if (shown !== nodeValue) node.nodeValue = shown;
    }
    if (root instanceof Element || root instanceof Document)
      for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href^="tel:"]'))
        if (digitsIn(link.href) === instead) link.href = `tel:${number.replace(/[^\d+]/g, '')}`;
  }
}

/** Where a messenger takes a word along: as the text to send, or as what a bot or group is opened with. */
function showCode(code: string): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-tw-code]')) {
    const { href } = element as HTMLAnchorElement;
    if (!href) {
      if (element.textContent !== code) element.textContent = code;
      continue;
    }
    const url = new URL(href);
    const { hostname, searchParams } = url;
    if (/(^|\.)(t\.me|telegram\.me)$/.test(hostname)) searchParams.set('start', code);
    else if (/(^|\.)(vk\.me|vk\.com|m\.me)$/.test(hostname)) searchParams.set('ref', code);
    else {
      const text = searchParams.get('text') || '';
      if (!text.includes(code)) searchParams.set('text', `${text} (${code})`.trim());
    }
    if (url.href !== href) (element as HTMLAnchorElement).href = url.href;
  }
}

try {
  const script = document.currentScript as HTMLScriptElement;
  const beside = document.querySelector<HTMLScriptElement>('script[data-site]');
  const key = script.dataset.site || beside?.dataset.site;
  const hasCode = (): boolean => !!document.querySelector('[data-tw-code]');
  const visitor = navigator.globalPrivacyControl ? '' : (/(?:^|; )tw_id=([^;]+)/.exec(document.cookie) || [])[1] || '';

  const ask = async (): Promise<void> => {
    const address = new URL(`collect/contact/${key}`, script.src);
    address.searchParams.set('u', location.href);
    address.searchParams.set('r', document.referrer);
    if (visitor && visitor !== 'undefined') address.searchParams.set('v', visitor);
    if (hasCode()) address.searchParams.set('c', '1');
    const answer = await fetch(address.href);
    if (!answer.ok) return;
    const { numbers, code } = (await answer.json()) as ToldContact;
    let waiting = false;
    const show = (): void => {
      waiting = false;
      try {
        showNumbers(document.body, numbers);
        if (code) showCode(code);
      } catch {
        // the page goes on with its own number
      }
    };
    show();
    if (numbers.length === 0 && !code) return;
    // what the page draws later is shown right too
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(show);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  };
  const start = () => ask().catch(() => {});
  // who is not to be counted is shown what everyone is
  if (!/tw_o/.test(document.cookie)) {
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
    else start();
  }
} catch {
  // the page goes on with its own number
}
