// One row of a condition: a property, an operator and values, with the values that really occur offered while typing.
import { Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  FILTER_PROPERTIES,
  needsValue,
  OPERATORS,
  type Operator,
  type Property,
  type ScreenFilter,
} from '../filters.ts';
import { useSuggestions } from '../use-suggestions.ts';
import { usePropertyName, useValueWords } from '../words.ts';
import { useSegmentScope } from './scope.ts';
import styles from './segments.module.css';

export const EVENT_PROPERTIES = [
  'page',
  'event',
  'country',
  'language',
  'device',
  'browser',
  'system',
  'hostname',
  'status',
] as const;
/** A visit has no status: only its events do. */
export const VISIT_PROPERTIES = FILTER_PROPERTIES.filter((id) => id !== 'status');
const CUSTOM = 'property:';

interface Props {
  row: ScreenFilter;
  of: 'event' | 'visit';
  onChange: (row: ScreenFilter) => void;
  onRemove?: () => void;
}

export function RowEditor({ row, of, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const propertyName = usePropertyName();
  const words = useValueWords();
  const scope = useSegmentScope();
  const [typed, setTyped] = useState('');
  const custom = row.property.startsWith(CUSTOM);
  const suggestions = useSuggestions({ scope, property: row.property, typed, wanted: needsValue(row.operator) });
  const byWords = new Map([...suggestions, ...row.values].map((value) => [words(row.property, value), value]));
  const properties: readonly Property[] = of === 'event' ? EVENT_PROPERTIES : VISIT_PROPERTIES;
  const commit = (): void => {
    const last = typed.trim();
    if (last === '') return;
    setTyped('');
    onChange({ ...row, values: [...new Set([...row.values, byWords.get(last) ?? last])] });
  };
  return (
    <div className={styles.fields}>
      <Select
        aria-label={t('segments.property')}
        className={styles.narrow}
        data={[
          ...properties.map((id) => ({ value: id, label: propertyName(id) })),
          ...(of === 'event' ? [{ value: CUSTOM, label: t('segments.custom') }] : []),
        ]}
        value={custom ? CUSTOM : row.property}
        allowDeselect={false}
        onChange={(next) => onChange({ ...row, property: (next ?? 'page') as Property, values: [] })}
      />
      {custom && (
        <TextInput
          aria-label={t('segments.customName')}
          placeholder={t('segments.customName')}
          className={styles.narrow}
          value={row.property.slice(CUSTOM.length)}
          maxLength={100}
          onChange={(event) => onChange({ ...row, property: `property:${event.currentTarget.value}` })}
        />
      )}
      <Select
        aria-label={t('filter.operator')}
        className={styles.narrow}
        data={OPERATORS.map((id) => ({ value: id, label: t(`operator.${id}`) }))}
        value={row.operator}
        allowDeselect={false}
        onChange={(next) => onChange({ ...row, operator: (next ?? 'is') as Operator })}
      />
      {needsValue(row.operator) && (
        <TagsInput
          aria-label={t('filter.value')}
          className={styles.wide}
          placeholder={row.values.length === 0 ? t('filter.value') : ''}
          data={[...byWords.keys()]}
          limit={20}
          value={row.values.map((value) => words(row.property, value))}
          searchValue={typed}
          onSearchChange={setTyped}
          onBlur={commit}
          onChange={(chosen) => onChange({ ...row, values: chosen.map((word) => byWords.get(word) ?? word) })}
          maxTags={100}
        />
      )}
      {onRemove && (
        <button type="button" className={styles.remove} aria-label={t('segments.removeRow')} onClick={onRemove}>
          ×
        </button>
      )}
    </div>
  );
}
