// The people of one step: those who stopped there and what they did next, or those who went through; kept as a segment by a press.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { formatValue } from '../../../../web/format.ts';
import { type Column, DataTable } from '../../../../web/parts/data-table.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { ScreenTable } from '../../../../web/parts/table-files.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Filter } from '../../contract.ts';
import type { FunnelAnswer, FunnelDefinition } from '../../funnels/contract.ts';
import type { Act, PlainFilter } from '../../report/filter-contract.ts';
import type { SegmentDefinition } from '../../segments/contract.ts';
import { reportFilter } from '../filters.ts';
import { SegmentButtons } from '../segments/segment-buttons.tsx';
import type { View } from '../view.ts';
import styles from './funnels.module.css';
import { useActGoals, useStepNames } from './use-funnel.ts';

interface Props {
  name: string;
  definition: FunnelDefinition;
  answer: FunnelAnswer;
  /** from 1 */
  step: number;
  view: View;
}

interface NextRow {
  key: string;
  name: string;
  people: number;
}

const DAYS: Record<string, number> = { '7d': 7, '30d': 30, '90d': 90 };

/** The people of a step as a segment: of the last so many days where the screen shows those, else of its dates. */
export function segmentOfStep(
  { version: _, ...shape }: FunnelDefinition,
  goals: ReadonlyMap<string, Act>,
  reached: { atLeast: number } | { exactly: number },
  view: View,
): SegmentDefinition {
  const days = DAYS[view.period];
  const where = reportFilter(view.filters) as PlainFilter | undefined;
  const funnel: Filter = {
    funnel: {
      ...shape,
      steps: shape.steps.map((step) => ('goal' in step ? (goals.get(step.goal) ?? {}) : step.act)),
      ...(where ? { where } : {}),
      reached,
      within: days ? { days } : { period: view.scope.period },
    },
  };
  return {
    version: 1,
    selects: 'visitors',
    where: view.further.length > 0 ? { and: [funnel, ...view.further] } : funnel,
  };
}

export function StepPeople({ name, definition, answer, step, view }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const names = useStepNames()(definition);
  const goals = new Map(useActGoals().map(({ id, act }) => [id, act]));
  const last = step === definition.steps.length;
  const dropped = useQuery(
    api.funnels.dropped.queryOptions({
      input: { workspace: workspace.id, ...view.scope, definition, step },
      enabled: !last,
    }),
  );
  const reached = answer.steps[step - 1]?.reached ?? 0;
  const stopped = reached - (answer.steps[step]?.reached ?? 0);
  const count = (n: number) => formatValue(n, 'count', i18n.language);
  const stepName = names[step - 1] ?? '';
  const title = last ? t('funnels.through', { step: stepName }) : t('funnels.stopped', { n: step, step: stepName });
  const rows: NextRow[] | undefined = dropped.data && [
    { key: 'left', name: t('funnels.left'), people: dropped.data.left },
    ...dropped.data.next.map(({ what, value, people }) => ({
      key: `${what} ${value}`,
      name: what === 'event' ? t('funnels.event', { name: value }) : value || t('empty.other'),
      people,
    })),
    ...(dropped.data.others > 0 ? [{ key: 'others', name: t('funnels.others'), people: dropped.data.others }] : []),
  ];
  const columns: Column<NextRow>[] = [
    { id: 'next', head: t('funnels.next'), render: (row) => row.name, value: (row) => row.name },
    {
      id: 'people',
      head: t(`funnels.who.${definition.by}`),
      render: (row) => count(row.people),
      value: (row) => row.people,
    },
    {
      id: 'share',
      head: t('funnels.share'),
      render: (row) => formatValue(stopped > 0 ? row.people / stopped : null, 'share', i18n.language),
      value: (row) => (stopped > 0 ? row.people / stopped : null),
    },
  ];
  return (
    <Section
      title={title}
      hint={t(`funnels.people.${definition.by}`, {
        count: last ? reached : stopped,
        n: count(last ? reached : stopped),
      })}
      actions={!last && <ScreenTable name={title} columns={columns} rows={rows} />}
    >
      <SegmentButtons
        key={step}
        name={`${name}: ${title}`}
        definition={segmentOfStep(definition, goals, last ? { atLeast: step } : { exactly: step }, view)}
        period={view.period}
        disabled={(last ? reached : stopped) === 0}
      />
      {last && <p className={styles.hint}>{t('funnels.throughHint')}</p>}
      {!last && dropped.isError && <Problem error={dropped.error} onRetry={dropped.refetch} />}
      {!last && !dropped.isError && stopped > 0 && (
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          bar={(row) => (stopped > 0 ? row.people / stopped : 0)}
        />
      )}
    </Section>
  );
}
