// Words of fields and reasons, which kinds of imports bring in both languages, and counted figures.
import { useTranslation } from 'react-i18next';
import { formatDate, formatValue } from '../../../web/format.ts';
import type { ImportKindView } from '../contract.ts';

export function useWords() {
  const { t, i18n } = useTranslation();
  const said = (label: { en: string; ru: string }): string => (i18n.language === 'ru' ? label.ru : label.en);
  const number = (value: number): string => formatValue(value, 'count', i18n.language);
  const day = (iso: string): string =>
    formatDate(iso, i18n.language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const span = (first: string | null, last: string | null): string =>
    first === null || last === null ? '' : first === last ? day(first) : `${day(first)} – ${day(last)}`;
  const reason = (kind: ImportKindView | undefined, code: string): string => {
    const words = kind?.reasons[code];
    return words ? said(words) : code;
  };
  const field = (kind: ImportKindView | undefined, name: string): string => {
    const found = kind?.fields.find((one) => one.name === name);
    return found ? said(found.label) : name;
  };
  return { t, i18n, said, number, day, span, reason, field };
}
