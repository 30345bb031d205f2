// What someone did: saw a page, an event or either, and the rows that narrow it down.
import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenFilter } from '../filters.ts';
import type { DraftAct } from './draft.ts';
import { RowEditor } from './row-editor.tsx';
import styles from './segments.module.css';

interface ActProps {
  act: DraftAct;
  label: string;
  onChange: (act: DraftAct) => void;
  /** how often and when, on the line of what */
  children?: ReactNode;
}

export function ActFields({ act, label, onChange, children }: ActProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.act}>
      <Select
        aria-label={label}
        className={styles.narrow}
        data={(['view', 'event', 'any'] as const).map((id) => ({ value: id, label: t(`segments.what.${id}`) }))}
        value={act.what}
        allowDeselect={false}
        onChange={(what) => onChange({ ...act, what: (what ?? 'any') as DraftAct['what'] })}
      />
      {children}
      <RowsEditor
        rows={act.rows}
        of="event"
        first={act.what === 'event' ? 'event' : 'page'}
        onChange={(rows) => onChange({ ...act, rows })}
      />
    </div>
  );
}

interface RowsProps {
  rows: readonly ScreenFilter[];
  of: 'event' | 'visit';
  first: 'event' | 'page' | 'channel';
  onChange: (rows: ScreenFilter[]) => void;
}

export function RowsEditor({ rows, of, first, onChange }: RowsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.rows}>
      {rows.map((row, index) => (
        <RowEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their places
          key={index}
          row={row}
          of={of}
          onChange={(next) => onChange(rows.map((one, at) => (at === index ? next : one)))}
          onRemove={() => onChange(rows.filter((_, at) => at !== index))}
        />
      ))}
      <button
        type="button"
        className={styles.add}
        onClick={() => onChange([...rows, { property: first, operator: 'is', values: [] }])}
      >
        {t(rows.length === 0 ? 'segments.narrow' : 'segments.narrowFurther')}
      </button>
    </div>
  );
}
