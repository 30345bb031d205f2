// Values and names of dimensions on screen, in its language.
import { useTranslation } from 'react-i18next';
import type { Property } from './filters.ts';
import { valueWords } from './value-words.ts';

export function useValueWords(): (property: Property, value: unknown) => string {
  const { t, i18n } = useTranslation();
  return valueWords(t, i18n.language);
}

export function usePropertyName(): (property: Property) => string {
  const { t } = useTranslation();
  return (property) => (property.startsWith('property:') ? property.slice(9) : t(`dimension.${property}`));
}
