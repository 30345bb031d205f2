// What products cost the company: sold ones first, those without a cost on top, each with the costs it had and since when.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { addDays, todayIn } from '../../../../web/dates.ts';
import { currencySign, formatDate, formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { EmptyState } from '../../../../web/parts/empty-state.tsx';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { TablePager, TableSearch } from '../../../../web/parts/table-tools.tsx';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { EnterGoodsCost } from './enter-goods-cost.tsx';
import styles from './goods.module.css';
import { GoodsHistory } from './goods-history.tsx';
import { type Product, productsOf } from './products.ts';

const SOLD_DAYS = 365;
const PAGE = 20;

export default function Goods() {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [find, setFind] = useState('');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState('');
  const today = todayIn(workspace.timeZone);
  const costs = useQuery(api.goodsCosts.list.queryOptions({ input: { workspace: workspace.id } }));
  const period: [string, string] = [addDays(today, 1 - SOLD_DAYS), addDays(today, 1)];
  const sold = useQuery({
    ...api.shop.table.queryOptions({ input: { workspace: workspace.id, period, table: 'product' } }),
    enabled: may('analytics:read'),
  });
  const loading = costs.data === undefined || (sold.data === undefined && sold.isLoading);
  const all = loading ? [] : productsOf(sold.data?.rows ?? [], costs.data?.costs ?? [], today);
  const found = all.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(find.toLowerCase()));
  const without = all.filter(({ now }) => now === null).length;
  const shown = found.slice((page - 1) * PAGE, page * PAGE);
  const money = (minor: number | null, currency: string) => formatValue(minor, 'money', i18n.language, currency);
  const date = (day: string) => formatDate(day, i18n.language, { dateStyle: 'medium', timeZone: 'UTC' });
  const columns: Column<Product>[] = [
    {
      id: 'product',
      head: t('goods.product'),
      render: ({ id, name }) => (name === '' || name === id ? id : `${name} · ${id}`),
      value: ({ id }) => id,
    },
    {
      id: 'revenue',
      head: t('goods.sold', { sign: currencySign(workspace.currency, i18n.language) }),
      extra: true,
      render: ({ revenue }) => money(revenue, workspace.currency),
      value: ({ revenue }) => revenue,
    },
    {
      id: 'cost',
      head: t('goods.cost'),
      render: ({ now }) => (now ? `${money(now.cost, now.currency)} ${now.currency}` : t('goods.unknown')),
      value: ({ now }) => now?.cost ?? null,
    },
    {
      id: 'since',
      head: t('goods.since'),
      extra: true,
      words: true,
      render: ({ now }) => (now === null ? '' : now.fromDay <= '2000-01-01' ? t('goods.always') : date(now.fromDay)),
      value: ({ now }) => now?.fromDay ?? null,
    },
  ];
  const manage = may('costs:manage');
  const importList = manage && (
    <Button
      component={Link}
      variant="default"
      to={`/w/${workspace.id}/imports`}
      search={{ kind: 'goods-costs' } as never}
    >
      {t('goods.import')}
    </Button>
  );
  const failed = [costs, sold].find(({ isError }) => isError);
  return (
    <Page title={t('nav.goods')} intro={t('goods.intro')} actions={importList}>
      {failed && <Problem error={failed.error} onRetry={failed.refetch} />}
      {manage && <EnterGoodsCost key={chosen} product={chosen} products={all} />}
      {loading ? (
        <Waiting />
      ) : all.length === 0 ? (
        <EmptyState title={t('goods.none')} text={t('goods.noneText')}>
          {importList}
        </EmptyState>
      ) : (
        <Section
          title={t('goods.products')}
          hint={without > 0 ? t('goods.without', { count: without }) : t('goods.allKnown')}
          actions={
            <div className={styles.tools}>
              <TableSearch
                label={t('goods.search')}
                value={find}
                onSearch={(text) => {
                  setFind(text);
                  setPage(1);
                }}
              />
              <ScreenTable name={t('nav.goods')} columns={columns} rows={found} />
            </div>
          }
        >
          <DataTable
            caption={t('goods.products')}
            columns={columns}
            rows={shown}
            rowKey={({ id }) => id}
            rowHint={({ id }) => t('goods.choose', { product: id })}
            onRow={({ id }) => setChosen(id)}
          />
          {found.length === 0 && <p className={styles.quiet}>{t('nothingFound')}</p>}
          <TablePager page={page} size={PAGE} rows={found.length} shown={shown.length} onPage={setPage} />
          {costs.data?.cut && <p className={styles.quiet}>{t('goods.cut')}</p>}
        </Section>
      )}
      {chosen !== '' && <GoodsHistory product={chosen} costs={costs.data?.costs ?? []} />}
    </Page>
  );
}
