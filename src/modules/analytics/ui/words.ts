// Values of dimensions as people read them: channels and devices in their language, countries by name.
import { useTranslation } from 'react-i18next';
import { languageName, regionName } from '../../../web/format.ts';
import type { Property } from './filters.ts';

const keyOf = (value: string) => value.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** What an empty value means depends on the property: no campaign, no referrer, unknown country. */
const EMPTY_WORDS = [
  'campaign',
  'source',
  'referrer',
  'country',
  'term',
  'medium',
  'content',
  'landingPage',
  'exitPage',
];

export function useValueWords(): (property: Property, value: unknown) => string {
  const { t, i18n } = useTranslation();
  return (property, raw) => {
    const value = raw === null || raw === undefined ? '' : String(raw);
    if (value === '') return t(EMPTY_WORDS.includes(property) ? `empty.${property}` : 'empty.other');
    if (property === 'channel') return t(`channel.${keyOf(value)}`, { defaultValue: value });
    if (property === 'device') return t(`device.${keyOf(value)}`, { defaultValue: value });
    if (property === 'country') return regionName(value, i18n.language);
    if (property === 'language') return languageName(value, i18n.language);
    return value;
  };
}

export function usePropertyName(): (property: Property) => string {
  const { t } = useTranslation();
  return (property) => (property.startsWith('property:') ? property.slice(9) : t(`dimension.${property}`));
}
