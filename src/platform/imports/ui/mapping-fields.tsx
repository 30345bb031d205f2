// Which column each field is, or the one value it has in the whole file.
import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportKindView } from '../contract.ts';
import type { Mapping } from '../settings-contract.ts';
import styles from './imports.module.css';
import { useWords } from './words.ts';

interface Props {
  kind: ImportKindView;
  headers: readonly string[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** Values of the list beside the columns. */
const NONE = 'none';
const ONE = 'one';

export function MappingFields({ kind, headers, mapping, onChange }: Props) {
  const { t } = useTranslation();
  const { said } = useWords();
  const columns = headers.map((header, column) => ({ value: `column ${column}`, label: header }));
  const set = (name: string, from: Mapping[string] | undefined) => {
    const { [name]: _, ...others } = mapping;
    onChange(from === undefined ? others : { ...others, [name]: from });
  };
  return (
    <div className={styles.fields}>
      {kind.fields.map((field) => {
        const from = mapping[field.name];
        const label = said(field.label);
        const fixed = from !== undefined && 'value' in from ? from.value : undefined;
        const options = (kind.options[field.name] ?? []).map(({ value, label: words }) => ({
          value: `value ${value}`,
          // an option that is the same for all companies carries both languages
          label: words.includes(' · ') ? (words.split(' · ')[t('imports.language') === 'ru' ? 1 : 0] ?? words) : words,
        }));
        const isText = field.from !== 'column' && field.type !== 'choice';
        const data = [
          ...(field.required ? [] : [{ value: NONE, label: t('imports.none') }]),
          ...(isText ? [{ value: ONE, label: t('imports.oneValue') }] : []),
          ...options,
          ...(field.from === 'file' ? [] : columns),
        ];
        const value =
          from === undefined
            ? field.required
              ? null
              : NONE
            : 'column' in from
              ? `column ${from.column}`
              : isText
                ? ONE
                : `value ${from.value}`;
        return (
          <div key={field.name} className={styles.field}>
            <Select
              label={label}
              withAsterisk={field.required}
              searchable={data.length > 12}
              allowDeselect={false}
              placeholder={t('imports.pick')}
              data={data}
              value={value}
              onChange={(chosen) => {
                if (chosen === null || chosen === NONE) set(field.name, undefined);
                else if (chosen === ONE) set(field.name, { value: fixed ?? '' });
                else if (chosen.startsWith('value ')) set(field.name, { value: chosen.slice(6) });
                else set(field.name, { column: Number(chosen.slice(7)) });
              }}
            />
            {isText && fixed !== undefined && (
              <TextInput
                aria-label={t('imports.valueOf', { field: label })}
                maxLength={300}
                value={fixed}
                onChange={(event) => set(field.name, { value: event.currentTarget.value })}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
