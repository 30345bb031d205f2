// What every question about visits has in common, and what every answer says of its own worth. Browser-safe.
import { z } from 'zod';
import { filter } from './filter-contract.ts';
import { GOAL_MEASURES, MEASURE_IDS } from './vocabulary.ts';

const date = z.iso.date('Use a date like 2026-11-23');

/** A measure of all visits, or of one goal: `conversions:` and the goal's id. */
export const measure = z.union([
  z.enum(MEASURE_IDS),
  ...GOAL_MEASURES.map((name) => z.templateLiteral([name, ':', z.uuid()])),
]);

/** Opened by report/open-scope.ts. */
export const question = {
  /** host name or id; all sites of the workspace when left out */
  site: z.string().max(260).optional(),
  /** two dates in the workspace's zone, the second exclusive */
  period: z.tuple([date, date]).refine(([from, to]) => from < to, 'The period must end after it begins'),
  filters: filter.optional(),
};

export const trust = z.object({
  /** when the newest fact in the answer became known; null when there is none */
  freshTo: z.string().nullable(),
  /** the local date of the first event; nothing is known of days before. null while nothing has come */
  knownFrom: z.string().nullable(),
  /** robots left out (or counted in, when asked for) */
  robots: z.object({ events: z.number(), visits: z.number() }),
  /** share 0–1 of visits by visitors who can be recognised on another day; null without visits */
  joined: z.number().nullable(),
  /** the period holds days that are not over yet */
  partial: z.boolean(),
  /** codes a screen explains in words, e.g. uniques-over-days, revenue-unconverted, events-from-import */
  notes: z.array(
    z.object({
      code: z.string(),
      value: z.union([z.string(), z.number()]).optional(),
      /** what it speaks of, like the currencies without a rate */
      of: z.string().optional(),
    }),
  ),
});
export type Trust = z.infer<typeof trust>;
