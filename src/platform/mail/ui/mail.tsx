// Mail of the company: which server it goes by, what was sent and what became of it, and how the messages look.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import styles from './mail.module.css';
import { Preview } from './preview.tsx';

export default function Mail() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const input = { workspace: workspace.id };
  const server = useQuery(api.mail.server.queryOptions({ input }));
  const list = useQuery(api.mail.list.queryOptions({ input }));
  const test = useMutation({
    mutationFn: () => client.mail.test(input),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.mail.key() }),
  });
  const manage = may('connections:manage');
  const toConnections = (
    <Button
      component={Link}
      to="/w/$workspace/settings/connections"
      params={{ workspace: workspace.id } as never}
      variant="default"
    >
      {t('mail.toConnections')}
    </Button>
  );
  const columns: Column<NonNullable<typeof list.data>[number]>[] = [
    { id: 'to', head: t('mail.to'), render: (row) => row.recipient },
    { id: 'what', head: t('mail.what'), words: true, extra: true, render: (row) => row.subject },
    {
      id: 'state',
      head: t('mail.became'),
      value: (row) => t(`mail.state.${row.state}`),
      words: true,
      render: (row) => (
        <span
          className={row.state === 'failed' || row.state === 'unsure' ? styles.bad : undefined}
          title={row.answer ?? undefined}
        >
          {t(`mail.state.${row.state}`)}
        </span>
      ),
    },
    { id: 'answer', head: t('mail.answer'), words: true, extra: true, render: (row) => row.answer ?? '–' },
    {
      id: 'at',
      head: t('mail.at'),
      extra: true,
      render: (row) => formatMoment(row.createdAt, i18n.language, workspace.timeZone),
    },
  ];
  return (
    <Page title={t('nav.mail')} intro={t('mail.intro')}>
      <Section title={t('mail.server')}>
        {server.isError && <Problem error={server.error} onRetry={server.refetch} />}
        {server.data?.by === 'none' && (
          <EmptyState title={t('mail.none')} text={t('mail.noneText')}>
            {toConnections}
          </EmptyState>
        )}
        {server.data && server.data.by !== 'none' && (
          <>
            <p className={styles.server}>
              {t(`mail.by.${server.data.by}`, { host: server.data.host, from: server.data.from })}
            </p>
            <div className={styles.acts}>
              {manage && (
                <Button loading={test.isPending} onClick={() => test.mutate()}>
                  {t('mail.test')}
                </Button>
              )}
              {toConnections}
            </div>
            {test.isError && <Problem error={test.error} />}
            {test.data && (
              <p role="status" className={styles.answer}>
                <span className={test.data.ok ? styles.good : styles.bad}>
                  {t(test.data.ok ? 'mail.taken' : 'mail.refused')}
                </span>{' '}
                <code>{test.data.said}</code>
              </p>
            )}
          </>
        )}
      </Section>
      <Section title={t('mail.sent')}>
        {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
        {list.data?.length === 0 && <EmptyState title={t('mail.nothing')} text={t('mail.nothingText')} />}
        {!list.isError && list.data?.length !== 0 && (
          <>
            <DataTable caption={t('mail.sent')} rows={list.data} rowKey={(row) => row.id} columns={columns} />
            <ScreenTable name={t('mail.sent')} columns={columns} rows={list.data} />
          </>
        )}
      </Section>
      <Section title={t('mail.looks')}>
        <Preview />
      </Section>
    </Page>
  );
}
