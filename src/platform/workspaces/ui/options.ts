// The currencies and time zones to choose from, and what the browser suggests for a new company.
import { browserLanguage, chosenLanguage } from '../../../web/i18n/choice.ts';
import type { CompanyAndSite } from './company-fields.tsx';

const COMMON = ['EUR', 'USD', 'RUB', 'GBP', 'KZT', 'BYN', 'UAH', 'TRY', 'PLN', 'CHF'];

export function currencyOptions(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'currency', fallback: 'code' });
  const rest = Intl.supportedValuesOf('currency').filter((code) => !COMMON.includes(code));
  return [...COMMON, ...rest].map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

export function timeZoneOptions(): string[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', browserTimeZone()]);
  return [...zones].sort();
}

const browserTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Legal profile and currency follow the time zone: a guess the person sees and can change. */
export function suggestedCompany(): CompanyAndSite {
  const timeZone = browserTimeZone();
  const region = new Intl.Locale(navigator.language).maximize().region;
  const russia = region === 'RU' || timeZone === 'Europe/Moscow';
  return {
    name: '',
    site: '',
    timeZone,
    language: chosenLanguage() ?? browserLanguage(),
    currency: russia ? 'RUB' : timeZone.startsWith('America/') ? 'USD' : timeZone === 'Europe/London' ? 'GBP' : 'EUR',
    legalProfile: russia ? 'russia' : timeZone.startsWith('Europe/') ? 'eu' : 'other',
  };
}
