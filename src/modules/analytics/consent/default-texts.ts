// Banner texts a new site begins with, by the company's legal profile. They are a start, to be read by the company's lawyer.
import type { ConsentText } from '../tables.ts';

const optInEn: ConsentText = {
  mode: 'opt-in',
  title: 'May we remember your visit?',
  text: 'We count visits without cookies. With your consent we also keep an id in this browser for a year, to see which pages help people who come back. You can change your mind at any time.',
  accept: 'Yes, remember me',
  decline: 'No',
  policyUrl: '',
};
const optInRu: ConsentText = {
  mode: 'opt-in',
  title: 'Можно запомнить ваш визит?',
  text: 'Мы считаем посещения без cookie. С вашего согласия мы ещё и сохраним в браузере номер на год, чтобы понимать, какие страницы полезны тем, кто возвращается. Передумать можно в любой момент.',
  accept: 'Да, запомнить',
  decline: 'Нет',
  policyUrl: '',
};
const russiaRu: ConsentText = {
  ...optInRu,
  title: 'Согласие на обработку данных о посещении',
  text: 'Мы считаем посещения без cookie. Нажимая «Согласен», вы разрешаете нам хранить в браузере номер посетителя в течение года и обрабатывать сведения о посещении сайта для анализа посещаемости (152-ФЗ). Согласие можно отозвать в любой момент.',
  accept: 'Согласен',
  decline: 'Не согласен',
};
const notice = (text: ConsentText, title: string, body: string, accept: string): ConsentText => ({
  ...text,
  mode: 'notice',
  title,
  text: body,
  accept,
});

export const DEFAULT_TEXTS: Record<'eu' | 'russia' | 'other', Record<'en' | 'ru', ConsentText>> = {
  eu: { en: optInEn, ru: optInRu },
  russia: { en: optInEn, ru: russiaRu },
  other: {
    en: notice(
      optInEn,
      'We remember your visit',
      'We keep an id in this browser for a year, to see which pages help people who come back. You can say no at any time.',
      'Fine',
    ),
    ru: notice(
      optInRu,
      'Мы запоминаем ваш визит',
      'Мы сохраняем в браузере номер на год, чтобы понимать, какие страницы полезны тем, кто возвращается. Отказаться можно в любой момент.',
      'Хорошо',
    ),
  },
};
