// The words of the screens, for what the server writes to people.
import i18next, { type TFunction } from 'i18next';
import { texts } from './texts.ts';

const known = new Map<string, Promise<TFunction>>();

async function load(language: 'en' | 'ru'): Promise<TFunction> {
  const words = i18next.createInstance();
  await words.init({ resources: {}, lng: language, fallbackLng: false, interpolation: { escapeValue: false } });
  for (const part of await Promise.all(texts[language].map((read) => read())))
    words.addResourceBundle(language, 'translation', part.default, true, true);
  return words.t;
}

/** Loaded when first asked for. */
export function wordsOf(language: 'en' | 'ru'): Promise<TFunction> {
  const found = known.get(language) ?? load(language);
  known.set(language, found);
  return found;
}
