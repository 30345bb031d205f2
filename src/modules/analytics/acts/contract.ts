// What people do on the site besides viewing pages: leave it, take files, search, miss a page, fill forms, scroll. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { question, trust } from '../report/question-contract.ts';

export const ACT_KINDS = ['outbound', 'download', 'search', 'not-found', 'form', 'scroll'] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** Parameters by which sites usually carry what was searched for; the first that is there counts. */
export const USUAL_SEARCH_PARAMETERS: readonly string[] = [
  ...['q', 'query', 'search', 's', 'search_query', 'searchterm', 'keyword', 'text', 'words'],
];
const searchParameters = z
  .array(
    z
      .string()
      .trim()
      .regex(/^[\w.[\]-]{1,40}$/, 'A parameter is a name as it stands in the address, like q or search[text]'),
  )
  .max(20, 'At most 20 parameters');

const share = z.number().nullable();
const row = z.object({
  /** an address, a file, words searched, a path, a form's name */
  value: z.string(),
  /** clicks, downloads, searches, misses, starts of a form, views */
  count: z.number(),
  visitors: z.number(),
  /** searches: found nothing (where the site says so), and looked at a page within half an hour after */
  nothingFound: share.optional(),
  wentOn: share.optional(),
  /** pages that were not found: reached from a page of the site itself, which can be mended there */
  fromInside: z.number().optional(),
  /** forms: who began it; null where no page tells of beginnings (tw-forms.js is not there) */
  begun: z.number().nullable().optional(),
  /** forms, by visitor: sent, begun and never sent, and the middle time to fill of those sent, in seconds */
  sent: z.number().optional(),
  left: z.number().optional(),
  seconds: z.number().nullable().optional(),
  /** pages: shares of visitors who got so far down, and the mean time they looked, in seconds */
  reached: z.array(z.number()).optional(),
  looked: z.number().nullable().optional(),
});
export type ActRow = z.infer<typeof row>;

/** Depths a page's `reached` speaks of, in percent. */
export const DEPTHS = [25, 50, 75, 90] as const;

export const ACT_LISTS = ['pages', 'from', 'fields', 'next'] as const;
const list = z.object({
  /** pages it happened on; where they came from (a page or an outside address); the field a form was left at; pages seen after */
  list: z.enum(ACT_LISTS),
  rows: z.array(z.object({ value: z.string(), count: z.number() })),
});
export type ActList = z.infer<typeof list>;

const kind = z.enum(ACT_KINDS);
const asked = workspacePath.extend({ ...question, kind });
const ALL = '/workspaces/{workspace}/acts/{kind}';
export const actsContract = {
  acts: {
    table: route('analytics:read', 'POST', ALL, 'Outbound links, downloads, searches, missed pages, forms or scrolling')
      .input(asked.extend({ by: z.enum(['hour', 'day', 'week', 'month']).default('day') }))
      .output(
        z.object({
          /** the most frequent first */
          rows: z.array(row),
          /** there are more than are given */
          cut: z.boolean(),
          total: z.object({ count: z.number(), visitors: z.number() }),
          /** `step` as reports write the dimension `by` */
          steps: z.array(z.object({ step: z.string(), count: z.number() })),
          trust,
        }),
      ),
    detail: route('analytics:read', 'POST', `${ALL}/detail`, 'What is behind one link, file, search, page or form')
      .input(asked.extend({ value: z.string().max(2048) }))
      .output(z.object({ lists: z.array(list) })),
    searchParameters: route(
      'analytics:read',
      'GET',
      '/workspaces/{workspace}/search-parameters',
      'The parameters of addresses in which words of a search stand',
    )
      .input(workspacePath)
      .output(z.object({ parameters: z.array(z.string()), usual: z.boolean() })),
    setSearchParameters: route(
      'analytics:manage',
      'PUT',
      '/workspaces/{workspace}/search-parameters',
      'Say in which parameters of addresses words of a search stand; none: the usual ones',
    )
      .input(workspacePath.extend({ parameters: searchParameters }))
      .output(z.object({ parameters: z.array(z.string()), usual: z.boolean() })),
  },
};
