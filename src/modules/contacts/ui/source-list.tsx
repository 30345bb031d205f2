// Numbers and promo codes with what each brought in the period; pressing one changes it.
import { Button } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api, client } from '../../../web/api.ts';
import { currencySign, formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Problem, useProblemText } from '../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { offerUndo } from '../../../web/parts/undo.ts';
import { Waiting } from '../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { useValueWords, type View } from '../../analytics/ui/index.ts';
import type { ContactFigures, ContactSource } from '../contract.ts';
import styles from './contacts.module.css';
import { reloadContacts } from './reload.ts';
import { SourceEditor } from './source-editor.tsx';

interface Line {
  source: ContactSource;
  figures: ContactFigures | undefined;
}

export function SourceList({ view }: { view: View }) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const words = useValueWords();
  const problem = useProblemText();
  const [address, setAddress] = useAddress();
  const list = useQuery(api.contactSources.list.queryOptions({ input: { workspace: workspace.id } }));
  const figures = useQuery(
    api.contactSources.figures.queryOptions({
      input: { workspace: workspace.id, period: view.scope.period },
      enabled: (list.data?.length ?? 0) > 0,
      placeholderData: keepPreviousData,
    }),
  );
  const manage = may('analytics:manage');
  const archive = useMutation({
    mutationFn: (contactSource: string) => client.contactSources.archive({ workspace: workspace.id, contactSource }),
    onSuccess: async ({ id, name }) => {
      setAddress({ edit: undefined });
      await offerUndo({
        text: t('contacts.sourceArchived', { name }),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.contactSources.undo({ workspace: workspace.id, contactSource: id });
          await reloadContacts();
        },
      });
      await reloadContacts();
    },
  });
  if (list.isError) return <Problem error={list.error} onRetry={list.refetch} />;
  if (list.data === undefined) return <Waiting />;
  const sources = list.data as ContactSource[];
  const edited = sources.find(({ id }) => id === address.edit);
  if (edited || address.edit === 'new')
    return (
      <SourceEditor
        key={edited?.id ?? 'new'}
        source={edited}
        onDone={() => setAddress({ edit: undefined })}
        onArchive={edited && (() => archive.mutate(edited.id))}
      />
    );
  const make = manage && <Button onClick={() => setAddress({ edit: 'new' })}>{t('contacts.newSource')}</Button>;
  if (sources.length === 0)
    return (
      <EmptyState title={t('contacts.noSources')} text={t('contacts.noSourcesText')}>
        {make}
      </EmptyState>
    );
  const lines = sources.map(
    (source): Line => ({ source, figures: figures.data?.rows.find(({ id }) => id === source.id) }),
  );
  const stands = ({ source: { definition, channel } }: Line): string =>
    [words('channel', channel), definition.source, definition.medium, definition.campaign].filter(Boolean).join(' · ');
  const count = (id: 'calls' | 'chats' | 'orders' | 'otherwise', head: string, extra = false): Column<Line> => ({
    ...{ id, head, extra },
    render: ({ figures: of }) => (of ? formatValue(of[id], 'count', i18n.language) : '…'),
    value: ({ figures: of }) => of?.[id] ?? null,
  });
  const columns: Column<Line>[] = [
    {
      id: 'value',
      head: t('contacts.numberOrCode'),
      render: ({ source }) => `${source.definition.value} · ${source.name}`,
      value: ({ source }) => `${source.definition.value} · ${source.name}`,
    },
    { id: 'stands', head: t('contacts.standsFor'), words: true, extra: true, render: stands, value: stands },
    count('calls', t('contacts.calls')),
    count('chats', t('contacts.chats'), true),
    count('orders', t('contacts.orders')),
    count('otherwise', t('contacts.otherwise'), true),
    {
      id: 'worth',
      head: t('contacts.worth', { sign: currencySign(workspace.currency, i18n.language) }),
      render: ({ figures: of }) => (of ? formatValue(of.worth, 'money', i18n.language, workspace.currency) : '…'),
      value: ({ figures: of }) => of?.worth ?? null,
    },
  ];
  return (
    <>
      {archive.isError && <Problem error={archive.error} />}
      {figures.isError && <Problem error={figures.error} onRetry={figures.refetch} />}
      <div className={styles.files}>
        {make}
        <ScreenTable name={t('contacts.tabs.sources')} columns={columns} rows={lines} />
      </div>
      <DataTable
        caption={t('contacts.tabs.sources')}
        columns={columns}
        rows={lines}
        rowKey={({ source }) => source.id}
        {...(manage ? { onRow: ({ source }: Line) => setAddress({ edit: source.id }) } : {})}
      />
      <p className={styles.hint}>{t('contacts.otherwiseMeans')}</p>
    </>
  );
}
