// What a change changed: each field with its value before and after, or with its one value.
import { useTranslation } from 'react-i18next';
import { majorUnits } from '../../../web/format.ts';
import styles from './audit.module.css';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inWords(value: unknown, words: { yes: string; no: string; none: string }): string {
  if (value === null || value === undefined || value === '') return words.none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.map((one) => inWords(one, words)).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `moneyPerAction` and `money_per_action` read as words. */
const nameOf = (field: string): string =>
  field
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

export function AuditDetails({ details }: { details: Fields }) {
  const { t } = useTranslation();
  const words = { yes: t('rolesPage.yes'), no: t('rolesPage.no'), none: '–' };
  const { before, after, from, to, ...rest } = details;
  /** money stands in the trail in minor units, with its currency beside it */
  const shown = (name: string, value: unknown): string =>
    /^(money|amount)/.test(name) && typeof value === 'number' && typeof rest.currency === 'string'
      ? majorUnits(value, rest.currency)
      : inWords(value, words);
  const pairs: [string, unknown, unknown][] = [];
  if (isFields(before) || isFields(after)) {
    const [old, now] = [isFields(before) ? before : {}, isFields(after) ? after : {}];
    for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) pairs.push([name, old[name], now[name]]);
  }
  if (from !== undefined || to !== undefined) pairs.push([t('audit.value'), from, to]);
  const single = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  if (pairs.length === 0 && single.length === 0) return null;
  return (
    <dl className={styles.details}>
      {pairs.map(([name, old, now]) => (
        <div key={name}>
          <dt>{nameOf(name)}</dt>
          <dd>
            <del>{shown(name, old)}</del> <span aria-hidden="true">→</span> <ins>{shown(name, now)}</ins>
          </dd>
        </div>
      ))}
      {single.map(([name, value]) => (
        <div key={name}>
          <dt>{nameOf(name)}</dt>
          <dd>{shown(name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
