// Values of dimensions as people read them: channels and devices in their language, countries by name.
import type { TFunction } from 'i18next';
import { formatDate, languageName, regionName } from '../../../web/format.ts';
import type { Property } from './filters.ts';
import type { Grain } from './period.ts';
import { stepOf, stepWords } from './time-points.ts';

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

const isGrain = (property: Property): property is Grain => ['hour', 'day', 'week', 'month'].includes(property);

/** '1' is Monday: 5 January 2026 was one. */
const weekdayName = (value: string, language: string): string =>
  formatDate(`2026-01-${String(4 + Number(value)).padStart(2, '0')}`, language, { weekday: 'long', timeZone: 'UTC' });

/** What a value is called, in the language of `t`. */
export function valueWords(t: TFunction, language: string): (property: Property, value: unknown) => string {
  return (property, raw) => {
    const value = raw === null || raw === undefined ? '' : String(raw);
    if (value === '') return t(EMPTY_WORDS.includes(property) ? `empty.${property}` : 'empty.other');
    if (property === 'channel') return t(`channel.${keyOf(value)}`, { defaultValue: value });
    if (property === 'device') return t(`device.${keyOf(value)}`, { defaultValue: value });
    if (property === 'country') return regionName(value, language);
    if (property === 'language') return languageName(value, language);
    if (property === 'weekday') return weekdayName(value, language);
    if (property === 'hourOfDay') return `${value}:00`;
    if (isGrain(property)) return stepWords(stepOf(value, property), property, language, true);
    return value;
  };
}
