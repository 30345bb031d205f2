// What traffic cost: entered by hand or imported, by campaign, and the past figures that were corrected.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, type client } from '../../../web/api.ts';
import { addDays, todayIn } from '../../../web/dates.ts';
import { formatDate, formatMoment, formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../web/parts/empty-state.tsx';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { ScreenTable, ServerTable } from '../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import { EnterCost } from './enter-cost.tsx';
import { ManualCosts } from './manual-costs.tsx';

const SHOWN_DAYS = 90;
type Moved = Awaited<ReturnType<typeof client.costs.restated>>[number];

export default function Costs() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const tomorrow = addDays(todayIn(workspace.timeZone), 1);
  const input = { workspace: workspace.id, from: addDays(tomorrow, -SHOWN_DAYS), to: tomorrow };
  const list = useQuery(api.costs.list.queryOptions({ input }));
  const restated = useQuery(api.costs.restated.queryOptions({ input }));
  const mayEnter = workspace.permissions.includes('costs:manage');
  const money = (amount: number, currency: string) =>
    `${formatValue(amount, 'money', i18n.language, currency)} ${currency}`;
  const date = (day: string) => formatDate(day, i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const about = (row: { source: string; medium: string; campaign: string; page?: string }) =>
    [row.source, row.medium, row.campaign, row.page].filter(Boolean).join(' / ') || t('costs.unnamed');
  const movedColumns: Column<Moved>[] = [
    { id: 'campaign', head: t('costs.about'), render: about },
    { id: 'day', head: t('costs.day'), words: true, render: (row) => date(row.day) },
    {
      id: 'known',
      head: t('costs.known'),
      words: true,
      extra: true,
      render: (row) => formatMoment(row.known, i18n.language, workspace.timeZone),
    },
    {
      id: 'amount',
      head: t('costs.moved'),
      render: (row) => `${row.amount > 0 ? '+' : ''}${money(row.amount, row.currency)}`.replace('-', '−'),
    },
  ];
  return (
    <Page
      title={t('nav.costs')}
      intro={t('costs.intro')}
      actions={
        <>
          <Button component={Link} variant="default" to={`/w/${workspace.id}/costs/goods`}>
            {t('nav.goods')}
          </Button>
          {mayEnter && (
            <Button
              component={Link}
              variant="default"
              to={`/w/${workspace.id}/imports`}
              search={{ kind: 'costs' } as never}
            >
              {t('imports.new')}
            </Button>
          )}
        </>
      }
    >
      {mayEnter && (
        <Section title={t('costs.enter')}>
          <EnterCost />
        </Section>
      )}
      <Section
        title={t('costs.list', { count: SHOWN_DAYS })}
        actions={
          list.data !== undefined &&
          list.data.groups.length > 0 && (
            <ServerTable
              name={t('nav.costs')}
              workspace={workspace.id}
              table="costs"
              query={{ from: input.from, to: input.to }}
            />
          )
        }
      >
        {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
        {list.data?.groups.length === 0 && <EmptyState title={t('costs.none')} text={t('costs.noneText')} />}
        {!list.isError && list.data?.groups.length !== 0 && (
          <DataTable
            caption={t('costs.list', { count: SHOWN_DAYS })}
            rows={list.data?.groups}
            rowKey={(row) => Object.values(row).join('|')}
            columns={[
              { id: 'campaign', head: t('costs.about'), render: about },
              {
                id: 'feed',
                head: t('costs.feed'),
                words: true,
                extra: true,
                render: (row) => (row.feed === 'manual' ? t('costs.byHand') : row.feed),
              },
              {
                id: 'clicks',
                head: t('costs.clicks'),
                extra: true,
                render: (row) => formatValue(row.clicks, 'count', i18n.language),
              },
              { id: 'amount', head: t('costs.amount'), render: (row) => money(row.amount, row.currency) },
            ]}
          />
        )}
      </Section>
      {mayEnter && <ManualCosts from={input.from} to={input.to} />}
      {restated.isError && <Problem error={restated.error} onRetry={restated.refetch} />}
      {restated.data !== undefined && restated.data.length > 0 && (
        <Section
          title={t('costs.restated')}
          actions={<ScreenTable name={t('costs.restated')} columns={movedColumns} rows={restated.data} />}
        >
          <p>{t('costs.restatedText')}</p>
          <DataTable
            caption={t('costs.restated')}
            rows={restated.data}
            rowKey={(row) => JSON.stringify(row)}
            columns={movedColumns}
          />
        </Section>
      )}
    </Page>
  );
}
