// What language the person or their browser asks for; loading its texts is language.ts's.
import { LANGUAGES } from '../../platform/workspaces/contract.ts';

export type Language = (typeof LANGUAGES)[number];
export const STORED = 'tradewind.language';

const isLanguage = (text: string | null | undefined): text is Language => LANGUAGES.some((known) => known === text);

export function chosenLanguage(): Language | null {
  const stored = localStorage.getItem(STORED);
  return isLanguage(stored) ? stored : null;
}

export function browserLanguage(): Language {
  const first = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return first ?? 'en';
}
