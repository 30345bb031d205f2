// Saved reports: opened, put away and brought back.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatMoment } from '../../../../web/format.ts';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { TableSearch } from '../../../../web/parts/table-tools.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { SavedReport } from '../../explorer/contract.ts';
import type { Book } from './book.ts';
import styles from './explorer.module.css';

export const reloadReports = () => queryClient.invalidateQueries({ queryKey: api.savedReports.key() });

interface Props {
  book: Book;
  state: 'active' | 'archived';
  onState: (state: 'active' | 'archived') => void;
  onOpen: (report: SavedReport) => void;
  onNew: () => void;
}

export function SavedList({ book, state, onState, onOpen, onNew }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const problem = useProblemText();
  const [search, setSearch] = useState('');
  const list = useQuery(api.savedReports.list.queryOptions({ input: { workspace: workspace.id, state } }));
  const undo = async (id: string): Promise<void> => {
    await client.savedReports.undo({ workspace: workspace.id, report: id });
    await reloadReports();
  };
  const archive = useMutation({
    mutationFn: (report: SavedReport) => client.savedReports.archive({ workspace: workspace.id, report: report.id }),
    onSuccess: async ({ id, name }) => {
      await offerUndo({
        text: t('explorer.archived', { name }),
        action: t('undo.action'),
        failed: problem,
        undo: () => undo(id),
      });
      await reloadReports();
    },
  });
  const restore = useMutation({ mutationFn: (report: SavedReport) => undo(report.id) });
  const manage = may('analytics:manage');
  const saved = (list.data ?? []) as SavedReport[];
  const shown = saved.filter(({ name, description }) =>
    `${name} ${description}`.toLowerCase().includes(search.toLowerCase()),
  );
  const asks = ({ definition: { measures, dimensions, form, funnel } }: SavedReport): string =>
    [
      t(`explorer.forms.${form}`),
      ...(funnel ? [] : [measures.map((id) => book.measure(id).name).join(', ')]),
      ...dimensions.map((id) => book.dimension(id).name.toLocaleLowerCase(i18n.language)),
    ].join(' · ');
  return (
    <>
      {[archive, restore].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {!list.isError && list.data === undefined && <Waiting />}
      {list.data?.length === 0 && state === 'active' && (
        <EmptyState title={t('explorer.none')} text={t('explorer.noneText')}>
          <Button onClick={onNew}>{t('explorer.ask')}</Button>
        </EmptyState>
      )}
      {saved.length > 7 && <TableSearch label={t('table.search')} value={search} onSearch={setSearch} />}
      <ul className={styles.list}>
        {shown.map((report) => (
          <li key={report.id} className={styles.row}>
            <div>
              <button type="button" className={styles.open} onClick={() => onOpen(report)}>
                {report.name}
              </button>
              <p>{report.description || asks(report)}</p>
              {report.description && <p>{asks(report)}</p>}
            </div>
            <span className={styles.aside}>
              {t('explorer.changedBy', {
                who: report.updatedBy,
                when: formatMoment(report.updatedAt, i18n.language, workspace.timeZone),
              })}
            </span>
            {manage && (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={`${t(state === 'active' ? 'explorer.archive' : 'explorer.restore')}: ${report.name}`}
                onClick={() => (state === 'active' ? archive : restore).mutate(report)}
              >
                {t(state === 'active' ? 'explorer.archive' : 'explorer.restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.data && state === 'archived' && list.data.length === 0 && (
        <p className={styles.said}>{t('explorer.noneArchived')}</p>
      )}
      <button
        type="button"
        className={styles.quiet}
        onClick={() => onState(state === 'active' ? 'archived' : 'active')}
      >
        {t(state === 'active' ? 'explorer.showArchived' : 'explorer.showActive')}
      </button>
    </>
  );
}
