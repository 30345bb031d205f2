// A table as a file: streamed by the server where it has more rows than the screen, else made here of the rows the screen has.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cell, TableFormat } from '../../platform/exports/table-file-contract.ts';
import type { Column } from './data-table.tsx';
import styles from './table-files.module.css';

const FORMATS: readonly TableFormat[] = ['csv', 'xlsx', 'json'];

export function save(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

export function saveBlob(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  save(href, name);
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

interface Props {
  /** of the table, said to screen readers */
  name: string;
  onSave: (format: TableFormat) => Promise<void> | void;
}

function Buttons({ name, onSave }: Props) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  return (
    <span className={styles.files}>
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          className={styles.file}
          title={t(`table.${format}`)}
          aria-label={`${format.toUpperCase()}: ${name}`}
          onClick={async () => {
            setFailed(false);
            try {
              await onSave(format);
            } catch {
              setFailed(true);
            }
          }}
        >
          {format.toUpperCase()}
        </button>
      ))}
      {failed && <span role="alert">{t('table.failed')}</span>}
    </span>
  );
}

/** `query` is what the table asks for; see src/modules/exports.ts. */
export function ServerTable(props: { name: string; workspace: string; table: string; query?: Record<string, string> }) {
  const { name, workspace, table, query } = props;
  return (
    <Buttons
      name={name}
      onSave={(format) =>
        save(`/api/v1/workspaces/${workspace}/tables/${table}?${new URLSearchParams({ ...query, format })}`, '')
      }
    />
  );
}

/** Of the rows that are here: the value of a column where it has one, else what it shows. */
export function ScreenTable<Row>(props: {
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
}) {
  const { name, columns, rows } = props;
  if (rows === undefined || rows.length === 0) return null;
  const cell = (column: Column<Row>, row: Row): Cell => {
    const shown = column.value ? column.value(row) : column.render(row);
    return typeof shown === 'string' || typeof shown === 'number' ? shown : null;
  };
  return (
    <Buttons
      name={name}
      onSave={async (format) => {
        const { TABLE_TYPES, tableBytes } = await import('../../platform/exports/table-file-contract.ts');
        const lines = rows.map((row) => columns.map((column) => cell(column, row)));
        const parts: BlobPart[] = [];
        const head = columns.map((column) => column.head);
        for await (const part of tableBytes(format, name, head, lines)) parts.push(new Uint8Array(part));
        saveBlob(new Blob(parts, { type: TABLE_TYPES[format] }), `${name}.${format}`);
      }}
    />
  );
}
