// Other counters beside ours: what they counted, how they are set up, and why their figures differ. Browser-safe.
import { z } from 'zod';
import { route } from '../../platform/api/contract-base.ts';
import { workspacePath } from '../../platform/workspaces/contract.ts';
import { trust } from '../analytics/contract.ts';
import { forwardRoutes } from './forward/contract.ts';

export const COUNTERS = ['metrica', 'ga4', 'other'] as const;
export const counter = z.enum(COUNTERS);
export type Counter = z.infer<typeof counter>;

const day = z.iso.date('Use a date like 2026-11-23');
const count = z.number().nullable();
const zone = z
  .string()
  .max(64)
  .refine((text) => isZone(text), 'Give a time zone like Europe/Berlin');
const isZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
};

const known = z.object({
  site: z.uuid(),
  host: z.string(),
  counter,
  firstDay: z.string(),
  lastDay: z.string(),
  days: z.number(),
  /** its words for where visits came from, and the channel we take each for; empty when its figures aren't split */
  sources: z.array(z.object({ source: z.string(), channel: z.string() })),
  /** null: the company's */
  zone: z.string().nullable(),
  /** files it came from, the newest first */
  imports: z.array(z.object({ id: z.string(), file: z.string(), source: z.string(), at: z.string() })),
});
export type KnownCounter = z.infer<typeof known>;

const figures = z.object({ visits: z.number(), visitors: count, views: count });

/**
 * From our visits to theirs, each step a number of visits added or taken away:
 * `zone`: days of their zone instead of ours; `not-in-browser`: told by a server or read from a log, where no counter runs;
 * `not-agreed`: without a trace of the counter, by people who haven't agreed to be remembered; `blocked`: the same of people who have;
 * `source-changes`: visits the counter begins anew where people come back by another source within half an hour.
 */
export const STEPS = ['zone', 'not-in-browser', 'not-agreed', 'blocked', 'source-changes'] as const;
const bridge = z.object({
  /** days with figures of both that are over */
  from: z.string(),
  to: z.string(),
  days: z.number(),
  ours: z.number(),
  steps: z.array(z.object({ code: z.enum(STEPS), visits: z.number() })),
  /** ours with all steps taken: what the counter should have counted */
  expected: z.number(),
  theirs: z.number(),
  /** visits of robots that run scripts, left out by us: so many of theirs may be robots */
  robots: z.number(),
  /** its cookie was read in at least one visit, so we know where it ran */
  traces: z.boolean(),
  ourZone: z.string(),
  theirZone: z.string(),
});
export type CounterBridge = z.infer<typeof bridge>;

const ALL = '/workspaces/{workspace}/counters';

export const countersContract = {
  counters: {
    list: route('analytics:read', 'GET', ALL, 'Other counters whose figures are known, by site')
      .input(workspacePath)
      .output(z.array(known)),
    setZone: route('analytics:manage', 'PUT', `${ALL}/{site}/{counter}`, 'Say which time zone a counter is set to')
      .input(workspacePath.extend({ site: z.uuid(), counter, zone: zone.nullable() }))
      .output(z.object({ zone: z.string().nullable() })),
    ...forwardRoutes,
    compare: route(
      'analytics:read',
      'POST',
      `${ALL}/compare`,
      'Figures of another counter beside ours, and why they differ',
    )
      .input(
        workspacePath.extend({
          site: z.uuid(),
          counter,
          period: z.tuple([day, day]).refine(([from, to]) => from < to, 'The period must end after it begins'),
        }),
      )
      .output(
        z.object({
          days: z.array(z.object({ day: z.string(), ours: figures.nullable(), theirs: figures.nullable() })),
          /** null where no day has figures of both */
          bridge: bridge.nullable(),
          /** of the days with both; empty where the counter's figures aren't split */
          channels: z.array(z.object({ channel: z.string(), ours: z.number(), theirs: z.number() })),
          trust,
        }),
      ),
  },
};
