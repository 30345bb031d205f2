// What a visitor of a site reads about being counted there, and the two links that switch it off and on. In their language, without a
// script, a cookie or anything from elsewhere.
const WORDS = {
  en: {
    title: 'How visits to HOST are counted',
    text: [
      'This site counts visits to know which pages are useful. It does so with a program of its own: nothing goes to anyone else, and nobody is followed to other sites.',
      'Counted are pages, where a visit came from, the kind of device, the country, clicks on links, files and forms (never what is typed). Your address is used for the country and stored nowhere.',
      'Without your consent nothing is stored in your browser, and you can be recognised for one day at most. With it a number is kept in the cookie “tw_id”; name it to the site to see or to erase what is known under it.',
    ],
    off: 'Don’t count my visits in this browser',
    on: 'Count them again',
    note: 'Both open the site and remember your choice there. Browsers that send Global Privacy Control are never given a number.',
  },
  ru: {
    title: 'Как считаются посещения HOST',
    text: [
      'Сайт считает посещения, чтобы знать, какие страницы полезны. Считает собственной программой: никому больше данные не уходят, и за вами не следят на других сайтах.',
      'Учитываются страницы, источник перехода, вид устройства, страна, клики по ссылкам, файлам и формам (никогда — то, что в них введено). Ваш адрес используется для определения страны и нигде не хранится.',
      'Без вашего согласия в браузере ничего не хранится и узнать вас можно не дольше суток. С согласием в cookie «tw_id» хранится номер; назовите его сайту, чтобы узнать или удалить то, что под ним известно.',
    ],
    off: 'Не учитывать мои посещения в этом браузере',
    on: 'Снова учитывать',
    note: 'Обе ссылки открывают сайт и запоминают там ваш выбор. Браузеру с Global Privacy Control номер не даётся никогда.',
  },
} as const;

const safe = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** `accepted`: the browser's Accept-Language. */
export function privacyPage(host: string, accepted: string | undefined): string {
  const language = /^\s*(ru|be|uk|kk)\b/i.test(accepted ?? '') ? 'ru' : 'en';
  const words = WORDS[language];
  const title = safe(words.title.replace('HOST', host));
  const link = (query: string, text: string): string => `<p><a href="https://${safe(host)}/?${query}">${text}</a></p>`;
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:10vh auto;padding:0 24px}h1{font-size:20px}a{color:#0a6b68}@media(prefers-color-scheme:dark){body{background:#0f1413;color:#e5eae8}a{color:#56c2b4}}</style>
<main><h1>${title}</h1>${words.text.map((text) => `<p>${text}</p>`).join('')}${link('tw_off', words.off)}${link('tw_on', words.on)}<p>${words.note}</p></main></html>`;
}
