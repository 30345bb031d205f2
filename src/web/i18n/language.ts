// Which language the screen speaks: the person's choice, else the company's, else the browser's.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { texts } from '../../modules/texts.ts';
import { browserLanguage, chosenLanguage, type Language, STORED } from './choice.ts';

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  for (const part of await Promise.all(texts[language].map((read) => read()))) {
    i18next.addResourceBundle(language, 'translation', part.default, true, true);
  }
}

async function show(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    lng: 'en',
    fallbackLng: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await show(chosenLanguage() ?? browserLanguage());
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await show(language);
}

/** Speak the company's language unless this person has chosen one. */
export async function followWorkspaceLanguage(language: Language): Promise<void> {
  if (chosenLanguage() === null && i18next.language !== language) await show(language);
}
