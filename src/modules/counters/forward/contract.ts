// Our goals told to the counters on the page, so that the advertising behind them learns from them. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';

export const LEARNING_COUNTERS = ['metrica', 'ga4'] as const;
export type LearningCounter = (typeof LEARNING_COUNTERS)[number];

/** Metrica's own limit is wider; what stands here works in its settings and in a page's code alike. */
const metricaName = z.string().regex(/^[\w.-]{1,64}$/, 'Metrica knows a goal by letters, digits and . _ -, at most 64');
/** https://support.google.com/analytics/answer/13316687: letters, digits and underscores, a letter first, 40 at most */
const ga4Name = z
  .string()
  .regex(/^[a-zA-Z]\w{0,39}$/, 'Google Analytics knows an event by letters, digits and _, a letter first, at most 40');
const number = z.string().regex(/^\d{4,12}$/, 'Metrica numbers its counters: give the number alone, like 12345678');

const forwarding = z.object({
  site: z.string(),
  /** the lines for the site: ours with the one that tells goals before it */
  snippet: z.string(),
  /** number of Metrica's counter */
  number: z.string().nullable(),
  /** visits of the last 30 days, and those in which the cookie of each was there */
  seen: z.object({ visits: z.number(), metrica: z.number(), ga4: z.number() }),
  goals: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** properties a browser can't know; with any, the goal can't be told */
      unknown: z.array(z.string()),
      /** about a whole visit, which is over before it is known */
      ofVisit: z.boolean(),
      metrica: z.string().nullable(),
      ga4: z.string().nullable(),
      suggested: z.string(),
    }),
  ),
});
export type Forwarding = z.infer<typeof forwarding>;

const sitePath = workspacePath.extend({ site: z.uuid() });
const ONE = '/workspaces/{workspace}/counters/{site}/forwarding';

export const forwardRoutes = {
  forwarding: route('analytics:read', 'GET', ONE, 'Which goals are told to the counters on a site')
    .input(sitePath)
    .output(forwarding),
  setForwarding: route('analytics:manage', 'PUT', ONE, 'Choose the goals that are told to the counters on a site')
    .input(
      sitePath.extend({
        number: number.nullable(),
        goals: z
          .array(z.object({ id: z.uuid(), metrica: metricaName.nullable(), ga4: ga4Name.nullable() }))
          .max(100, 'At most 100 goals'),
      }),
    )
    .output(forwarding),
};
