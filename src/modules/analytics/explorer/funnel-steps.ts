// A saved funnel as the answer to a question: the same period, sites and filters as any other form.

import type { Filter, ReportAnswer } from '../contract.ts';
import { runFunnel } from '../funnels/answer.ts';
import type { FunnelDefinition } from '../funnels/contract.ts';
import { keptFunnels } from '../funnels/funnels.ts';
import type { Act, PlainFilter } from '../report/filter-contract.ts';
import type { Reports } from '../report/report.ts';
import type { Db } from '../sites/sites.ts';
import type { ExplorerAnswer } from './question-contract.ts';

interface Of {
  funnel: string;
  dates: readonly [string, string];
  compared: readonly [string, string] | null;
  site?: string | undefined;
  filters?: Filter | undefined;
}

export async function answerFunnel(
  deps: { db: Db; reports: Reports },
  workspace: string,
  { funnel: id, dates, compared, site, filters }: Of,
): Promise<{ funnel: NonNullable<ExplorerAnswer['funnel']>; trust: ReportAnswer['trust'] }> {
  const { name, definition } = await keptFunnels(deps.db).get(workspace, id);
  const scope = { ...(site === undefined ? {} : { site }), ...(filters ? { filters } : {}), definition };
  const run = (period: readonly [string, string]) =>
    runFunnel(deps, workspace, { ...scope, period: [period[0], period[1]] });
  const [now, before, names] = await Promise.all([
    run(dates),
    compared && run(compared),
    stepNames(deps.db, workspace, definition),
  ]);
  const steps = now.steps.map(({ reached, medianMs }, index) => ({
    name: names[index] ?? null,
    reached,
    medianMs,
    before: before?.steps[index]?.reached ?? null,
  }));
  return { funnel: { name, by: definition.by, steps }, trust: now.trust };
}

/** What people called a step, else its goal, else what it looks for. */
async function stepNames(db: Db, workspace: string, { steps }: FunnelDefinition): Promise<(string | null)[]> {
  const ids = steps.flatMap((step) => ('goal' in step ? [step.goal] : []));
  const goals =
    ids.length === 0
      ? []
      : await db
          .selectFrom('goal')
          .select(['id', 'name'])
          .where('workspace', '=', workspace)
          .where('id', 'in', ids)
          .execute();
  return steps.map(
    (step) =>
      step.name ?? ('goal' in step ? goals.find(({ id }) => id === step.goal)?.name : lookedFor(step.act)) ?? null,
  );
}

function lookedFor({ where }: Act): string | undefined {
  const first = (filter: PlainFilter | undefined): string | undefined => {
    if (!filter) return undefined;
    if ('property' in filter) return typeof filter.value === 'string' ? filter.value : undefined;
    if ('and' in filter) return filter.and.map(first).find(Boolean);
    if ('or' in filter) return filter.or.map(first).find(Boolean);
    return undefined;
  };
  return first(where);
}
