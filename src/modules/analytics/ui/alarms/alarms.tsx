// Alarms: what is watched each morning, when it rang, and a new one tried on the past before it is kept.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../../web/address.ts';
import { api, client, queryClient } from '../../../../web/api.ts';
import { formatDate } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Alarm } from '../../alarms/contract.ts';
import { useBook } from '../explorer/book.ts';
import { AlarmEditor } from './alarm-editor.tsx';

export default function Alarms() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const problem = useProblemText();
  const book = useBook();
  const list = useQuery(api.alarms.list.queryOptions({ input: { workspace: workspace.id } }));
  const all = (list.data ?? []) as Alarm[];
  const manage = may('analytics:manage');
  const chosen = all.find(({ id }) => id === address.alarm);
  const reload = () => queryClient.invalidateQueries({ queryKey: api.alarms.key() });
  const archive = useMutation({
    mutationFn: (alarm: string) => client.alarms.archive({ workspace: workspace.id, alarm }),
    onSuccess: async ({ id, name }) => {
      setAddress({ alarm: undefined });
      await offerUndo({
        text: t('alarms.archived', { name }),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.alarms.undo({ workspace: workspace.id, alarm: id });
          await reload();
        },
      });
      await reload();
    },
  });
  const editing = chosen !== undefined || address.alarm === 'new';
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const columns: Column<Alarm>[] = [
    { id: 'name', head: t('alarms.alarm'), render: ({ name }) => name },
    {
      id: 'measure',
      head: t('alarms.watches'),
      words: true,
      extra: true,
      render: ({ definition }) => book?.measure(definition.measure).name ?? '',
    },
    {
      id: 'rang',
      head: t('alarms.rangLast'),
      words: true,
      render: ({ rings }) => (rings[0] ? date(rings[0].day) : t('alarms.never')),
    },
    { id: 'times', head: t('alarms.times'), render: ({ rings }) => String(rings.length) },
  ];
  if (list.isError)
    return (
      <Page title={t('nav.alarms')}>
        <Problem error={list.error} onRetry={list.refetch} />
      </Page>
    );
  const make = manage && <Button onClick={() => setAddress({ alarm: 'new' })}>{t('alarms.new')}</Button>;
  const actions = editing ? (
    <>
      <Button variant="default" onClick={() => setAddress({ alarm: undefined })}>
        {t('alarms.all')}
      </Button>
      {chosen && manage && (
        <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate(chosen.id)}>
          {t('alarms.archive')}
        </Button>
      )}
    </>
  ) : (
    all.length > 0 && make
  );
  return (
    <Page
      title={chosen?.name ?? (editing ? t('alarms.new') : t('nav.alarms'))}
      intro={editing ? undefined : t('alarms.intro')}
      actions={actions}
    >
      {archive.isError && <Problem error={archive.error} />}
      {list.data === undefined || !book ? (
        <Waiting />
      ) : editing ? (
        <AlarmEditor
          key={chosen?.id ?? 'new'}
          alarm={chosen}
          book={book}
          manage={manage}
          onSaved={async () => {
            setAddress({ alarm: undefined });
            await reload();
          }}
        />
      ) : all.length === 0 ? (
        <EmptyState title={t('alarms.none')} text={t('alarms.noneText')}>
          {make}
        </EmptyState>
      ) : (
        <DataTable
          caption={t('nav.alarms')}
          columns={columns}
          rows={all}
          rowKey={({ id }) => id}
          onRow={({ id }) => setAddress({ alarm: id })}
        />
      )}
    </Page>
  );
}
