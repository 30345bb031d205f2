// Rules of the company with what each has left out; pressing one shows its days.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './care.module.css';
import { type Rule, useRuleChanges } from './use-rules.ts';

interface Props {
  caption: string;
  rules: readonly Rule[];
  /** columns of figures: of rules that leave out before anything is stored */
  counted: boolean;
  onRow?: (rule: Rule) => void;
}

export function RuleTable({ caption, rules, counted, onRow }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace, may } = useWorkspace();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } })).data ?? [];
  const { putAway } = useRuleChanges();
  const figure = (rule: Rule, value: number) =>
    rule.kind === 'parameter' ? '–' : formatValue(value, 'count', i18n.language);
  const columns: Column<Rule>[] = [
    { id: 'name', head: t('care.rule'), render: ({ name }) => name, value: ({ name }) => name },
    { id: 'pattern', head: t('care.about'), words: true, extra: true, render: ({ pattern }) => pattern },
  ];
  if (sites.length > 1)
    columns.push({
      id: 'site',
      head: t('care.where'),
      words: true,
      extra: true,
      render: ({ site }) => sites.find(({ id }) => id === site)?.host ?? t('overview.allSites'),
    });
  if (counted)
    columns.push(
      { id: 'month', head: t('care.month'), render: (rule) => figure(rule, rule.month), value: ({ month }) => month },
      {
        id: 'week',
        head: t('care.week'),
        extra: true,
        render: (rule) => figure(rule, rule.week),
        value: ({ week }) => week,
      },
    );
  const files = [...columns];
  if (may('analytics:manage'))
    columns.push({
      id: 'remove',
      head: '',
      render: (rule) => (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`${t('care.remove')}: ${rule.name}`}
          onClick={(event) => {
            event.stopPropagation();
            putAway.mutate(rule.id);
          }}
        >
          {t('care.remove')}
        </Button>
      ),
    });
  return (
    <>
      <div className={styles.tableHead}>
        <ScreenTable name={caption} columns={files} rows={rules} />
      </div>
      <DataTable
        caption={caption}
        columns={columns}
        rows={rules}
        rowKey={({ id }) => id}
        {...(onRow ? { onRow, rowHint: () => t('care.days') } : {})}
      />
      {putAway.isError && <Problem error={putAway.error} />}
    </>
  );
}
