// All goals of the period side by side; pressing one opens what is behind it.
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatChange, formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Goal, GoalDefinition } from '../../goals/contract.ts';
import type { View } from '../view.ts';
import { useGoalMeasures } from './goal-measures.ts';
import styles from './goals.module.css';
import { useGoalWords } from './use-goal-words.ts';

interface Line {
  goal: Goal;
  figures: (number | null)[] | undefined;
  before: number | null;
}

export function GoalTable({
  goals,
  view,
  onOpen,
}: {
  goals: readonly Goal[];
  view: View;
  onOpen: (id: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const measuresOf = useGoalMeasures();
  const words = useGoalWords();
  const ask = (goal: Goal, period: [string, string]) =>
    api.reports.run.queryOptions({
      input: { workspace: workspace.id, ...view.scope, period, measures: measuresOf(goal).map((one) => one.id) },
    });
  const now = useQueries({ queries: goals.map((goal) => ask(goal, view.scope.period)) });
  const before = useQueries({
    queries: view.compared ? goals.map((goal) => ask(goal, [view.compared![0], view.compared![1]])) : [],
  });
  const lines: Line[] = goals.map((goal, index) => {
    const ids = measuresOf(goal).map((one) => one.id);
    const totals = now[index]?.data?.totals;
    const old = before[index]?.data?.totals[ids[0]!];
    return {
      goal,
      figures: totals && ids.map((id) => (typeof totals[id] === 'number' ? (totals[id] as number) : null)),
      before: typeof old === 'number' ? old : null,
    };
  });
  const figure = (line: Line, index: number, unit: 'count' | 'share' | 'money') =>
    line.figures ? formatValue(line.figures[index], unit, i18n.language, workspace.currency) : '…';
  const [conversions, visits, rate, value] = measuresOf({ id: '' });
  const columns: Column<Line>[] = [
    { id: 'goal', head: t('goals.goal'), render: ({ goal }) => goal.name },
    {
      id: 'conversions',
      head: conversions.name!,
      render: (line) => figure(line, 0, 'count'),
      value: (line) => line.figures?.[0] ?? null,
    },
    {
      id: 'change',
      head: t('goals.change'),
      extra: true,
      render: (line) => formatChange(line.figures?.[0], line.before, 'count', i18n.language, t('points'))?.text ?? '–',
    },
    {
      id: 'visits',
      head: visits.name!,
      extra: true,
      render: (line) => figure(line, 1, 'count'),
      value: (line) => line.figures?.[1] ?? null,
    },
    {
      id: 'rate',
      head: rate.name!,
      render: (line) => figure(line, 2, 'share'),
      value: (line) => line.figures?.[2] ?? null,
    },
    {
      id: 'value',
      head: value.name!,
      extra: true,
      render: (line) => (line.figures?.[3] ? figure(line, 3, 'money') : '–'),
      value: (line) => line.figures?.[3] ?? null,
    },
  ];
  return (
    <section aria-label={t('nav.goals')}>
      <div className={styles.tableHead}>
        <ScreenTable name={t('nav.goals')} columns={columns} rows={lines} />
      </div>
      <DataTable
        caption={t('nav.goals')}
        columns={columns}
        rows={lines}
        rowKey={({ goal }) => goal.id}
        rowHint={({ goal }) => words(goal.definition as GoalDefinition)}
        onRow={({ goal }) => onOpen(goal.id)}
      />
    </section>
  );
}
