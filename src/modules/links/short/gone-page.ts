// What someone reads whose short link leads nowhere: one calm sentence in their language, and a way on where there is one.
const WORDS = {
  en: {
    unknown: ['There is no such link', 'Check the address: a letter may be missing at its end.'],
    ended: ['This link has ended', 'What it led to is over.'],
    busy: ['Too many tries', 'Wait a minute, then open the link again.'],
    home: 'Go to the site',
  },
  ru: {
    unknown: ['Такой ссылки нет', 'Проверьте адрес: возможно, в конце не хватает буквы.'],
    ended: ['Ссылка больше не работает', 'То, на что она вела, закончилось.'],
    busy: ['Слишком много попыток', 'Подождите минуту и откройте ссылку ещё раз.'],
    home: 'Перейти на сайт',
  },
} as const;

const safe = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

export function gonePage(
  what: 'unknown' | 'ended' | 'busy',
  accepted: string | undefined,
  home: string | null,
): string {
  const language = /^\s*(ru|be|uk|kk)\b/i.test(accepted ?? '') ? 'ru' : 'en';
  const words = WORDS[language];
  const [title, text] = words[what];
  const on = home === null ? '' : `<p><a href="${safe(home)}">${words.home}</a></p>`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:20vh auto;padding:0 24px}h1{font-size:20px}a{color:#0a6b68}@media(prefers-color-scheme:dark){body{background:#0f1413;color:#e5eae8}a{color:#56c2b4}}</style>
<h1>${title}</h1><p>${text}</p>${on}</html>`;
}
