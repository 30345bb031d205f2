// The consent banner between the form (one mode, words by language) and the API (a mode with each language's words).
import type { CONSENT_MODES } from '../contract.ts';

export type ConsentMode = (typeof CONSENT_MODES)[number];
export interface ConsentWords {
  title: string;
  text: string;
  accept: string;
  decline: string;
  policyUrl: string;
}
export type ConsentTexts = Record<string, ConsentWords & { mode: ConsentMode }>;

export interface ConsentValues {
  mode: ConsentMode;
  en: ConsentWords;
  ru: ConsentWords;
}

const NO_WORDS: ConsentWords = { title: '', text: '', accept: '', decline: '', policyUrl: '' };

function wordsOf(text: ConsentTexts[string] | undefined): ConsentWords {
  if (text === undefined) return { ...NO_WORDS };
  const { mode: _, ...words } = text;
  return words;
}

export function consentValues(texts: ConsentTexts): ConsentValues {
  return { mode: texts.en?.mode ?? texts.ru?.mode ?? 'opt-in', en: wordsOf(texts.en), ru: wordsOf(texts.ru) };
}

export function publishedTexts({ mode, en, ru }: ConsentValues): Record<'en' | 'ru', ConsentTexts[string]> {
  return { en: { mode, ...en }, ru: { mode, ...ru } };
}
