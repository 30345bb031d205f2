// The site's own consent banner: a small dialog that leaves the page usable, keeps the choice and
// sends the proof of it. Styles live in a shadow root's adopted sheet, which a strict style-src allows.
import { dialogStyle } from './consent-style.ts';
import type { ConsentProof, ConsentText } from './wire.ts';

interface Kept {
  version: string;
  choice: ConsentProof['choice'];
  /** a proof that has not reached the server yet */
  unsent?: string;
}

const KEY = 'tw_consent';
// The tracker's own tag says whose site this is; this script's tag carries nothing.
const tag = document.querySelector<HTMLScriptElement>('script[data-site][data-consent]');
const site = tag?.dataset.site ?? '';
const endpoint = `${tag?.dataset.to || new URL('collect', tag?.src ?? location.href).href}/consent`;

function kept(): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(value: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    // without storage the visitor is asked again on the next page
  }
}

async function prove(value: Kept, proof: string): Promise<void> {
  keep({ ...value, unsent: proof });
  const answer = await fetch(endpoint, { method: 'POST', body: proof, keepalive: true, credentials: 'omit' });
  if (answer.ok) keep({ version: value.version, choice: value.choice });
}

function choose(text: ConsentText, choice: ConsentProof['choice']): void {
  window.tradewind?.consent(choice === 'granted');
  const visitor = document.cookie.match(/(?:^|; )tw_id=([^;]+)/)?.[1];
  const proof: ConsentProof = { site, version: text.version, choice, visitor, at: Date.now(), language: text.language };
  prove({ version: text.version, choice }, JSON.stringify(proof)).catch(() => {});
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text: string,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

let shown: HTMLElement | undefined;

function close(returnTo: Element | null): void {
  shown?.remove();
  shown = undefined;
  if (returnTo instanceof HTMLElement && returnTo.isConnected) returnTo.focus();
}

/** `asked` when the visitor opened it: then it takes the focus and Escape leaves the choice as it was. */
function show(text: ConsentText, asked: boolean): void {
  if (shown) close(null);
  const before = document.activeElement === document.body ? null : document.activeElement;
  const host = document.createElement('tw-consent');
  const root = host.attachShadow({ mode: 'open' });
  const dialog = element('div', '', {
    role: 'dialog',
    'aria-modal': 'false',
    'aria-labelledby': 'title',
    'aria-describedby': 'text',
    tabindex: '-1',
    lang: text.language,
  });
  const paragraph = element('p', `${text.text} `, { id: 'text' });
  if (/^(https?:\/\/|\/)/.test(text.policyUrl)) {
    paragraph.append(element('a', text.policyUrl.replace(/^https?:\/\//, ''), { href: text.policyUrl }));
  }
  const buttons = element('div', '', { class: 'buttons' });
  for (const [label, choice] of [
    [text.decline, 'denied'],
    [text.accept, 'granted'],
  ] as const) {
    if (!label) continue;
    const button = element('button', label, { type: 'button' });
    button.addEventListener('click', () => {
      choose(text, choice);
      close(before);
    });
    buttons.append(button);
  }
  dialog.append(element('h2', text.title, { id: 'title' }), paragraph, buttons);
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && (asked || text.mode === 'notice')) close(before);
  });
  dialogStyle(root);
  root.append(dialog);
  // First in the page, so that the first Tab reaches it although it is drawn at the bottom.
  document.body.prepend(host);
  shown = host;
  if (asked) dialog.focus();
}

async function start(): Promise<void> {
  const before = kept();
  if (before?.unsent) prove(before, before.unsent).catch(() => {});
  const answer = await fetch(
    `${endpoint}/${encodeURIComponent(site)}?language=${encodeURIComponent(navigator.language)}`,
    { credentials: 'omit' },
  );
  if (!answer.ok) return;
  const text = (await answer.json()) as ConsentText;

  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-tw-consent]')) return;
    event.preventDefault();
    show(text, true);
  });

  // A browser that sends Global Privacy Control has answered already.
  if (navigator.globalPrivacyControl) return;
  if (before?.version === text.version) {
    if (before.choice === 'granted') window.tradewind?.consent(true);
    return;
  }
  if (text.mode === 'notice' && before?.choice !== 'denied') window.tradewind?.consent(true);
  show(text, false);
}

start().catch(() => {});
