// The same table as a file, with all its rows.
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../web/api.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ReportQuery } from '../contract.ts';
import styles from './overview.module.css';

export function CsvButton({ name, query }: { name: string; query: ReportQuery }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const save = useMutation({
    mutationFn: async () => {
      const file = await client.reports.csv({ workspace: workspace.id, ...query, limit: 100_000 });
      const [from, to] = query.period;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = file.name || `${name} ${from} ${to}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
  return (
    <button
      type="button"
      className={styles.quiet}
      disabled={save.isPending}
      title={t('csv.title')}
      aria-label={`CSV: ${name}`}
      onClick={() => save.mutate()}
    >
      {save.isError ? t('csv.failed') : 'CSV'}
    </button>
  );
}
