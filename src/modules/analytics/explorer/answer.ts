// The answer to a question of the explorer: a few reports of the one pipeline, put together so that rows, lines and "all others" are
// each counted, never a difference or a sum of figures that don't add up.

import { todayIn } from '../../../web/dates.ts';
import { type Filter, type ReportAnswer, reportQuery } from '../contract.ts';
import { factsOf, readFromEvents } from '../report/facts.ts';
import type { Reports } from '../report/report.ts';
import type { AnyMeasureId, DimensionId } from '../report/vocabulary.ts';
import type { Db } from '../sites/sites.ts';
import { reportFilter } from '../ui/filters.ts';
import { comparedDates, type Dates, hourIn, resolvePeriod } from '../ui/period.ts';
import { answerFunnel } from './funnel-steps.ts';
import type { AnswerRow, ExplorerAnswer, ExplorerQuestion } from './question-contract.ts';
import { atMost, noneOf, oneOf, STEPS } from './tops.ts';

export type Find = { contains: string } | { among: readonly string[] };

/** Steps of time in one answer: an hour each for 90 days, and some lines of them. */
const MOST_STEPS = 3000;
const MOST_POINTS = 30_000;

export interface ExplorerDeps {
  db: Db;
  reports: Reports;
}

interface Asked {
  ask(of: {
    dates: Dates;
    dimensions: readonly DimensionId[];
    further?: readonly Filter[];
    sort?: string;
    limit: number;
  }): Promise<ReportAnswer>;
  dates: Dates;
  compared: Dates | null;
  question: ExplorerQuestion;
  dimensions: readonly DimensionId[];
}

/** Throws BAD_REQUEST with what to change, as any report does. */
export async function answerQuestion(
  deps: ExplorerDeps,
  workspace: string,
  question: ExplorerQuestion,
  find?: Find,
): Promise<ExplorerAnswer> {
  const zone = await zoneOf(deps.db, workspace);
  const today = todayIn(zone);
  const dates = resolvePeriod(question.period, today);
  const compared = comparedDates(question.period, dates, question.compare);
  const dimensions = question.dimensions as readonly DimensionId[];
  const searched = dimensions.find((id) => !STEPS.includes(id));
  const narrowed: Filter[] =
    !find || !searched
      ? []
      : 'contains' in find
        ? [{ property: searched, is: 'contains', value: find.contains }]
        : [{ property: searched, is: 'in', value: [...find.among] }];
  const segment: Filter[] = question.segment ? [{ segment: question.segment }] : [];
  const ask: Asked['ask'] = ({ dates: period, dimensions: by, further = [], sort, limit }) => {
    const filters = reportFilter(question.filters, [...segment, ...narrowed, ...further]);
    return deps.reports.run(
      workspace,
      reportQuery.parse({
        period,
        ...(question.site === undefined ? {} : { site: question.site }),
        ...(filters ? { filters } : {}),
        measures: question.measures,
        dimensions: by,
        ...(sort === undefined ? {} : { sort }),
        limit,
      }),
    );
  };
  if (question.form === 'funnel' && question.funnel !== undefined) {
    const filters = reportFilter(question.filters, segment);
    const of = { funnel: question.funnel, dates, compared, site: question.site, filters };
    const found = await answerFunnel(deps, workspace, of);
    return {
      dates: [dates[0], dates[1]],
      compared: compared && [compared[0], compared[1]],
      today,
      hour: hourIn(zone),
      ...{ rows: [], before: null, totals: {}, totalsBefore: null, others: [], rowCount: null },
      ...found,
    };
  }
  const asked: Asked = { ask, dates, compared, question, dimensions };
  const step = dimensions.find((id) => STEPS.includes(id));
  const parts = dimensions.filter((id) => id !== step);
  const found = step === undefined ? byParts(asked) : parts.length === 0 ? bySteps(asked) : byBoth(asked, step, parts);
  const before = compared && ask({ dates: compared, dimensions: [], limit: 1 });
  const [rest, totalsBefore] = await Promise.all([found, before]);
  return {
    dates: [dates[0], dates[1]],
    compared: compared && [compared[0], compared[1]],
    today,
    hour: hourIn(zone),
    totalsBefore: totalsBefore?.totals ?? null,
    funnel: null,
    ...rest,
  };
}

/** The time zone of a company. */
const zoneOf = async (db: Db, workspace: string): Promise<string> =>
  (await db.selectFrom('workspace').select('time_zone').where('id', '=', workspace).executeTakeFirstOrThrow())
    .time_zone;

type Part = Pick<ExplorerAnswer, 'rows' | 'before' | 'others' | 'totals' | 'rowCount' | 'trust'>;

async function bySteps({ ask, dates, compared, dimensions }: Asked): Promise<Part> {
  const [now, before] = await Promise.all([
    ask({ dates, dimensions, sort: dimensions[0]!, limit: MOST_STEPS }),
    compared && ask({ dates: compared, dimensions, sort: dimensions[0]!, limit: MOST_STEPS }),
  ]);
  return { ...now, before: before?.rows ?? null, others: [] };
}

/** Without steps of time: the first rows by the sort, the same rows before, and all others. */
async function byParts({ ask, dates, compared, dimensions, question }: Asked): Promise<Part> {
  const bounded = question.form === 'heat' && dimensions.length > 1;
  if (bounded) return grid({ ask, dates, compared, dimensions, question });
  const sort = question.sort ?? defaultSort(question, dimensions);
  const limit = atMost(dimensions, question.top);
  const now = await ask({ dates, dimensions, sort, limit });
  if (dimensions.length === 0) return { ...now, before: null, others: [], rowCount: 1 };
  const shown = oneOf(dimensions, now.rows);
  const cut = (now.rowCount ?? 0) > now.rows.length && now.rows.length > 0;
  const [before, rest] = await Promise.all([
    compared && shown ? ask({ dates: compared, dimensions, further: [shown], limit: MOST_STEPS }) : null,
    cut ? ask({ dates, dimensions: [], further: noneOf(dimensions, now.rows), limit: 1 }) : null,
  ]);
  return {
    ...now,
    before: before?.rows ?? null,
    others: rest ? [countable(rest.totals, question.measures, dimensions)] : [],
  };
}

/** A line a part: the parts that lead in the period, step by step, and all others together. */
async function byBoth(
  { ask, dates, dimensions, question }: Asked,
  step: DimensionId,
  parts: readonly DimensionId[],
): Promise<Part> {
  const lead = question.lead ?? question.measures[0]!;
  const leading = await ask({ dates, dimensions: parts, sort: `-${lead}`, limit: question.top });
  const shown = oneOf(parts, leading.rows);
  if (!shown) return { ...leading, rows: [], before: null, others: [], rowCount: 0 };
  const cut = (leading.rowCount ?? 0) > leading.rows.length;
  const [now, rest] = await Promise.all([
    ask({ dates, dimensions, further: [shown], sort: step, limit: MOST_POINTS }),
    cut
      ? ask({ dates, dimensions: [step], further: noneOf(parts, leading.rows), sort: step, limit: MOST_STEPS })
      : null,
  ]);
  const rows = keepShown(now.rows, parts, leading.rows);
  return {
    rows,
    before: null,
    others: rest
      ? rest.rows.map((row) => ({ ...countable(row, question.measures, parts), [step]: row[step] ?? null }))
      : [],
    totals: leading.totals,
    rowCount: leading.rowCount,
    trust: leading.trust,
  };
}

/** Two dimensions against each other: the leading values of each. */
async function grid({ ask, dates, dimensions, question }: Asked): Promise<Part> {
  const lead = question.lead ?? question.measures[0]!;
  const leading = await Promise.all(
    dimensions.map((id) => ask({ dates, dimensions: [id], sort: `-${lead}`, limit: atMost([id], question.top) })),
  );
  const shown = dimensions.flatMap((id, index) => oneOf([id], leading[index]!.rows) ?? []);
  const now = await ask({ dates, dimensions, further: shown, limit: MOST_POINTS });
  const rows = dimensions.reduce((kept, id, index) => keepShown(kept, [id], leading[index]!.rows), now.rows);
  return { ...now, rows, before: null, others: [], totals: leading[0]!.totals, rowCount: rows.length };
}

/** A page or event among the leading ones brings others of its visit along: those are no rows of theirs. */
function keepShown(rows: AnswerRow[], by: readonly DimensionId[], leading: readonly AnswerRow[]): AnswerRow[] {
  const keyOf = (row: AnswerRow): string => JSON.stringify(by.map((id) => row[id]));
  const known = new Set(leading.map(keyOf));
  return rows.filter((row) => known.has(keyOf(row)));
}

/** Of a visit with several pages the others can't be told by leaving those pages out: such a figure is unknown, not 0. */
function countable(totals: AnswerRow, measures: readonly AnyMeasureId[], parts: readonly DimensionId[]): AnswerRow {
  if (!parts.some((id) => factsOf(id).many)) return totals;
  return Object.fromEntries(measures.map((id) => [id, readFromEvents(id) ? (totals[id] ?? null) : null]));
}

const defaultSort = (question: ExplorerQuestion, dimensions: readonly DimensionId[]): string =>
  dimensions.length > 0 && dimensions.every((id) => factsOf(id).id === 'weekday' || id === 'hourOfDay')
    ? dimensions[0]!
    : `-${question.lead ?? question.measures[0]!}`;
