// What is sold, by product, category, brand, coupon or list: sorted by any head, searched, and whole when asked for.
import { Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currencySign, formatValue, type Unit } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { readSort, useSortedRows, writeSort } from '../../../../web/parts/table-sort.ts';
import { TablePager, TableSearch } from '../../../../web/parts/table-tools.tsx';
import { Tabs } from '../../../../web/parts/tabs.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { SHOP_TABLES, type ShopRow } from '../../shop/contract.ts';
import type { View, ViewChange } from '../view.ts';
import styles from './shop.module.css';
import { useShopTable } from './use-shop.ts';

const PAGE = 20;
const FIGURES: readonly { id: keyof ShopRow; unit: Unit; extra?: true }[] = [
  { id: 'revenue', unit: 'money' },
  { id: 'margin', unit: 'money', extra: true },
  { id: 'marginRate', unit: 'share', extra: true },
  { id: 'orders', unit: 'count' },
  { id: 'items', unit: 'count', extra: true },
  { id: 'views', unit: 'count', extra: true },
  { id: 'carts', unit: 'count', extra: true },
  { id: 'checkouts', unit: 'count', extra: true },
  { id: 'cartRate', unit: 'share', extra: true },
  { id: 'buyRate', unit: 'share' },
  { id: 'refunded', unit: 'money', extra: true },
];

export function ShopGoods({ view, change }: { view: View; change: (change: ViewChange) => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const table = SHOP_TABLES.find((one) => one === view.tab('shop')) ?? 'product';
  const answer = useShopTable(view, table);
  const [page, setPage] = useState(1);
  const name = t(`shop.tables.${table}`);
  const sign = currencySign(workspace.currency, i18n.language);
  const said = (row: ShopRow): string => row.label || t('shop.nothingSaid');
  const columns: Column<ShopRow>[] = [
    { id: 'value', head: t(`shop.one.${table}`), render: said, value: said, words: true },
    ...FIGURES.map(({ id, unit, extra }) => ({
      id,
      head: t(`shop.head.${id}`, { sign }),
      render: (row: ShopRow) => formatValue(row[id], unit, i18n.language, workspace.currency),
      value: (row: ShopRow) => row[id],
      ...(extra ? { extra } : {}),
    })),
  ];
  const find = view.find('shop').toLowerCase();
  const sort = readSort(
    view.sort('shop'),
    columns.map(({ id }) => id),
  ) ?? { id: 'revenue', descending: true };
  const found = answer.data?.rows.filter((row) => `${row.label} ${row.value}`.toLowerCase().includes(find));
  const rows = useSortedRows(found, columns, sort);
  const shown = rows?.slice((page - 1) * PAGE, page * PAGE);
  const most = Math.max(1, ...(rows ?? []).map((row) => row.revenue));
  const turn = (to: ViewChange): void => {
    setPage(1);
    change(to);
  };
  return (
    <section className={styles.goods}>
      <Group justify="space-between" mb={8}>
        <Tabs
          label={t('shop.what')}
          tabs={SHOP_TABLES.map((id) => ({ id, name: t(`shop.tables.${id}`) }))}
          chosen={table}
          onChoose={(id) => turn({ tab: ['shop', id], table: ['shop', { find: undefined }] })}
        />
        <Group gap="md">
          <TableSearch
            label={t('shop.search')}
            value={view.find('shop')}
            onSearch={(text) => turn({ table: ['shop', { find: text || undefined }] })}
          />
          <ScreenTable name={name} columns={columns} rows={rows} />
        </Group>
      </Group>
      {answer.isError ? (
        <Problem error={answer.error} onRetry={answer.refetch} />
      ) : (
        <div className={styles.wide}>
          <DataTable
            caption={name}
            columns={columns}
            rows={shown}
            rowKey={(row) => row.value}
            bar={(row) => row.revenue / most}
            sort={sort}
            onSort={(next) => turn({ table: ['shop', { sort: writeSort(next) }] })}
          />
        </div>
      )}
      {rows?.length === 0 && <p className={styles.none}>{t(find ? 'nothingFound' : 'shop.none')}</p>}
      {answer.data?.cut && <p className={styles.none}>{t('shop.cut', { count: answer.data.rows.length })}</p>}
      <TablePager page={page} size={PAGE} rows={rows?.length ?? null} shown={shown?.length ?? 0} onPage={setPage} />
    </section>
  );
}
