// Second step: what the dry run found. Nothing is written yet.
import { useTranslation } from 'react-i18next';
import { Section } from '../../../web/parts/section.tsx';
import type { ImportKindView, ImportSummary, ImportView } from '../contract.ts';
import styles from './imports.module.css';
import { useWords } from './words.ts';

/** '412 rows, 3 days change, 2 rejected' */
export function useSummaryLine() {
  const { t } = useTranslation();
  const { number } = useWords();
  return (summary: ImportSummary): string =>
    [
      t('imports.rows', { count: summary.rows, n: number(summary.rows) }),
      t('imports.daysChange', { count: summary.days, n: number(summary.days) }),
      t('imports.rejected', { count: summary.rejected, n: number(summary.rejected) }),
    ].join(', ');
}

export function Checked({ view, kind }: { view: ImportView; kind: ImportKindView }) {
  const { t, number, span, reason, field } = useWords();
  const line = useSummaryLine();
  const { summary } = view;
  if (summary === null) return null;
  const figures = [
    ['added', summary.added],
    ['changed', summary.changed],
    ['same', summary.same],
    ...(summary.merged > 0 ? ([['merged', summary.merged]] as const) : []),
  ] as const;
  const columns = kind.fields.map((one) => one.name).filter((name) => summary.sample.some((row) => row[name]));
  const options = (name: string, value: string) =>
    kind.options[name]?.find((one) => one.value === value)?.label.split(' · ')[0] ?? value;
  return (
    <>
      <Section title={t('imports.dryRun')} hint={t('imports.dryRunHint')}>
        <p className={styles.verdict}>{line(summary)}</p>
        <p className={styles.quiet}>{span(summary.firstDay, summary.lastDay)}</p>
        <dl className={styles.numbers}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`imports.counts.${name}`)}</dt>
              <dd>{number(value)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {summary.rejected > 0 && (
        <Section title={t('imports.rejectedRows')}>
          <ul className={styles.reasons}>
            {summary.reasons.map((one) => (
              <li key={one.reason}>
                {reason(kind, one.reason)} <b>{number(one.rows)}</b>
              </li>
            ))}
          </ul>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keyboard too */}
          <section className={styles.preview} tabIndex={0} aria-label={t('imports.rejectedRows')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('imports.line')}</th>
                  <th scope="col">{t('imports.why')}</th>
                  {view.headers.map((header, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
                    <th key={column} scope="col">
                      {header}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {summary.rejects.map((row) => (
                  <tr key={row.line}>
                    <td>{row.line}</td>
                    <td className={styles.warn}>{reason(kind, row.reason)}</td>
                    {view.headers.map((_, column) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
                      <td key={column}>{row.cells[column] ?? ''}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Section>
      )}
      {summary.sample.length > 0 && (
        <Section title={t('imports.understood')} hint={t('imports.understoodHint')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keyboard too */}
          <section className={styles.preview} tabIndex={0} aria-label={t('imports.understood')}>
            <table>
              <thead>
                <tr>
                  {columns.map((name) => (
                    <th key={name} scope="col">
                      {field(kind, name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {summary.sample.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file may be alike
                  <tr key={index}>
                    {columns.map((name) => (
                      <td key={name}>{options(name, row[name] ?? '')}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Section>
      )}
    </>
  );
}
