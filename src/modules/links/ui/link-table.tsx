// All links with what each brought in the period; pressing one opens its addresses, QR code and clicks.
import { useTranslation } from 'react-i18next';
import { currencySign, formatValue } from '../../../web/format.ts';
import { type Column, DataTable } from '../../../web/parts/data-table.tsx';
import { ScreenTable } from '../../../web/parts/table-files.tsx';
import { readSort, useSortedRows, writeSort } from '../../../web/parts/table-sort.ts';
import { useWorkspace } from '../../../web/workspace.ts';
import { useValueWords, type View, type ViewChange } from '../../analytics/ui/index.ts';
import type { Link, LinkFigures } from '../contract.ts';
import styles from './links.module.css';

export interface Line {
  link: Link;
  figures: LinkFigures | undefined;
}

interface Props {
  lines: readonly Line[] | undefined;
  /** the name of what counts as a conversion */
  conversion: string;
  view: View;
  change: (change: ViewChange) => void;
  onOpen: (id: string) => void;
}

export const placeOf = ({ source, medium, campaign }: Pick<Link, 'source' | 'medium' | 'campaign'>): string =>
  [source, medium, campaign].filter(Boolean).join(' / ');

export function LinkTable({ lines, conversion, view, change, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const show = (value: number | null | undefined, unit: 'count' | 'money') =>
    value === undefined ? '…' : formatValue(value, unit, i18n.language, workspace.currency);
  const pressed = (figures: LinkFigures | undefined) => figures && figures.clicks + figures.scans;
  const columns: Column<Line>[] = [
    { id: 'link', head: t('links.link'), render: ({ link }) => link.name, value: ({ link }) => link.name },
    {
      id: 'tags',
      head: t('links.tags'),
      words: true,
      extra: true,
      render: ({ link }) => placeOf(link) || t('links.noTags'),
      value: ({ link }) => placeOf(link),
    },
    {
      id: 'channel',
      head: t('links.channel'),
      words: true,
      extra: true,
      render: ({ link }) => words('channel', link.channel),
      value: ({ link }) => words('channel', link.channel),
    },
    {
      id: 'clicks',
      head: t('links.clicks'),
      render: ({ figures }) => show(pressed(figures), 'count'),
      value: ({ figures }) => pressed(figures) ?? null,
    },
    {
      id: 'visits',
      head: t('links.visits'),
      render: ({ figures }) => show(figures?.visits, 'count'),
      value: ({ figures }) => figures?.visits ?? null,
    },
    {
      id: 'conversions',
      head: conversion,
      extra: true,
      render: ({ figures }) => show(figures?.conversions, 'count'),
      value: ({ figures }) => figures?.conversions ?? null,
    },
    {
      id: 'revenue',
      head: t('links.revenue', { sign: currencySign(workspace.currency, i18n.language) }),
      render: ({ figures }) => show(figures?.revenue, 'money'),
      value: ({ figures }) => figures?.revenue ?? null,
    },
  ];
  const sort = readSort(
    view.sort('links'),
    columns.map(({ id }) => id),
  ) ?? { id: 'visits', descending: true };
  const sorted = useSortedRows(lines && [...lines], columns, sort);
  return (
    <section aria-label={t('nav.links')}>
      <div className={styles.row} style={{ justifyContent: 'flex-end', minHeight: 20 }}>
        <ScreenTable name={t('nav.links')} columns={columns} rows={sorted} />
      </div>
      <DataTable
        caption={t('nav.links')}
        columns={columns}
        rows={sorted}
        rowKey={({ link }) => link.id}
        rowHint={({ link }) => link.url}
        onRow={({ link }) => onOpen(link.id)}
        sort={sort}
        onSort={(next) => change({ table: ['links', { sort: writeSort(next) }] })}
      />
    </section>
  );
}
