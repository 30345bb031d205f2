// A question of the explorer: measures by dimensions, of a period, with filters, in a form. What is saved, shared, put on dashboards
// and watched by alarms. Browser-safe.
import { z } from 'zod';
import { property } from '../report/filter-contract.ts';
import { measure, trust } from '../report/question-contract.ts';

/** The forms an answer is shown in. */
export const FORMS = ['table', 'line', 'bar', 'area', 'heat', 'pie', 'funnel', 'map'] as const;
export type Form = (typeof FORMS)[number];

export const MOST_MEASURES = 6;
export const MOST_DIMENSIONS = 3;
/** Rows or lines shown by name; what is beyond stands together as all others. */
export const TOPS = [5, 10, 25, 50, 100] as const;

const OPERATORS = ['is', 'is-not', 'contains', 'contains-not', 'starts', 'empty', 'filled'] as const;
/** A line of the filter bar; all must hold. */
const screenFilter = z.strictObject({
  property,
  operator: z.enum(OPERATORS),
  values: z.array(z.string().max(2000)).max(200),
});

/** What visits a question is of: the same above every screen of analytics. */
export const scopeShape = {
  /** a name such as 30d, or two dates as 2026-11-01..2026-12-01; see ui/period.ts */
  period: z.string().max(40).default('30d'),
  compare: z.enum(['previous', 'year', 'none']).default('previous'),
  /** id or host; left out: all sites */
  site: z.string().max(260).optional(),
  segment: z.uuid().optional(),
  filters: z.array(screenFilter).max(50).default([]),
};

export const explorerQuestion = z.strictObject({
  /** how it is to be read */
  version: z.literal(1),
  measures: z.array(measure).min(1, 'Choose a measure').max(MOST_MEASURES),
  dimensions: z.array(property).max(MOST_DIMENSIONS).default([]),
  ...scopeShape,
  form: z.enum(FORMS).default('table'),
  /** a saved funnel, in the form of a funnel; left out: the measures are its steps */
  funnel: z.uuid().optional(),
  /** the measure on the chart; left out: the first */
  lead: measure.optional(),
  /** a measure or dimension; a leading minus means descending */
  sort: z.string().max(80).optional(),
  top: z.number().int().min(1).max(100).default(10),
});
export type ExplorerQuestion = z.infer<typeof explorerQuestion>;
export type ExplorerInput = z.input<typeof explorerQuestion>;

const cell = z.union([z.string(), z.number(), z.null()]);
const row = z.record(z.string(), cell);
export type AnswerRow = z.infer<typeof row>;
const dates = z.tuple([z.string(), z.string()]);

export const explorerAnswer = z.object({
  /** what was asked: a name of a period made into dates, the second exclusive */
  dates,
  compared: dates.nullable(),
  /** the local day and hour it was asked on */
  today: z.string(),
  hour: z.string(),
  rows: z.array(row),
  /** the same rows in the period it is compared with, found by their dimensions; by time: step for step */
  before: z.array(row).nullable(),
  totals: row,
  totalsBefore: row.nullable(),
  /** all that is in no row: of the whole without those rows, never a difference of figures. By time: a row a step */
  others: z.array(row),
  /** before the cut; null: not counted */
  rowCount: z.number().nullable(),
  /** of a saved funnel alone */
  funnel: z
    .object({
      name: z.string(),
      by: z.enum(['visitor', 'visit']),
      steps: z.array(
        z.object({
          /** null: nobody named it */
          name: z.string().nullable(),
          reached: z.number(),
          medianMs: z.number().nullable(),
          before: z.number().nullable(),
        }),
      ),
    })
    .nullable(),
  trust,
});
export type ExplorerAnswer = z.infer<typeof explorerAnswer>;
