// The first rows of the file as they are, with what each column was taken for.
import { useTranslation } from 'react-i18next';
import type { ImportKindView, LookedAt } from '../contract.ts';
import type { Mapping } from '../settings-contract.ts';
import styles from './imports.module.css';
import { useWords } from './words.ts';

export function PreviewTable({ looked, kind, mapping }: { looked: LookedAt; kind: ImportKindView; mapping: Mapping }) {
  const { t } = useTranslation();
  const { field } = useWords();
  const { headers, settings } = looked.import;
  const { headerLine } = settings.reading;
  const takenFor = new Map(
    Object.entries(mapping).flatMap(([name, from]) =>
      'column' in from ? [[from.column, field(kind, name)] as const] : [],
    ),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keyboard too
    <section className={styles.preview} tabIndex={0} aria-label={t('imports.preview')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('imports.line')}</th>
            {headers.map((_, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
              <th key={column} scope="col" className={takenFor.has(column) ? styles.taken : styles.free}>
                {takenFor.get(column) ?? t('imports.notUsed')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looked.rows.map((row) => (
            <tr
              key={row.line}
              className={row.line === headerLine ? styles.headRow : row.line < headerLine ? styles.above : ''}
            >
              <td>{row.line}</td>
              {headers.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
                <td key={column}>{row.cells[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
