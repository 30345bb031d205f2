// How the file is read, as it was detected; each may be set right by hand, and the rows below follow at once.
import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LookedAt } from '../contract.ts';
import { DATE_ORDERS, DECIMALS, DELIMITERS, ENCODINGS, type Reading } from '../settings-contract.ts';
import styles from './imports.module.css';

const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const DECIMAL_NAMES = { '.': 'point', ',': 'comma' } as const;

interface Props {
  looked: LookedAt;
  busy: boolean;
  onChange: (change: Partial<Reading>) => void;
}

export function ReadingFields({ looked, busy, onChange }: Props) {
  const { t } = useTranslation();
  const { reading } = looked.import.settings;
  const isText = reading.format === 'text';
  const unsure = (what: 'dateOrder' | 'decimal') =>
    looked.unsure.includes(what)
      ? { description: <span className={styles.warn}>{t(`imports.unsure.${what}`)}</span> }
      : {};
  const select = <Value extends string>(
    label: string,
    values: readonly Value[],
    name: (value: Value) => string,
    key: keyof Reading,
    hint: object = {},
  ) => (
    <Select
      label={label}
      allowDeselect={false}
      disabled={busy}
      data={values.map((value) => ({ value, label: name(value) }))}
      value={reading[key] as Value}
      onChange={(value) => value !== null && onChange({ [key]: value })}
      inputWrapperOrder={['label', 'input', 'description']}
      {...hint}
    />
  );
  return (
    <div className={styles.fields}>
      {isText && select(t('imports.encoding'), ENCODINGS, (one) => t(`imports.encodings.${one}`), 'encoding')}
      {isText &&
        select(
          t('imports.delimiter'),
          DELIMITERS,
          (one) => t(`imports.delimiters.${DELIMITER_NAMES[one]}`),
          'delimiter',
        )}
      {looked.sheets.length > 1 && select(t('imports.sheet'), looked.sheets, (one) => one, 'sheet')}
      <NumberInput
        label={t('imports.headerLine')}
        min={0}
        max={1000}
        allowDecimal={false}
        disabled={busy}
        value={reading.headerLine}
        onBlur={(event) => {
          const line = Number(event.currentTarget.value);
          if (line !== reading.headerLine) onChange({ headerLine: line });
        }}
        inputWrapperOrder={['label', 'input', 'description']}
        description={reading.headerLine === 0 ? t('imports.noHeader') : undefined}
      />
      {select(
        t('imports.dateOrder'),
        DATE_ORDERS,
        (one) => t(`imports.dateOrders.${one}`),
        'dateOrder',
        unsure('dateOrder'),
      )}
      {select(
        t('imports.decimal'),
        DECIMALS,
        (one) => t(`imports.decimals.${DECIMAL_NAMES[one]}`),
        'decimal',
        unsure('decimal'),
      )}
    </div>
  );
}
