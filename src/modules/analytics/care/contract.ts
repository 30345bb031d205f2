// What isn't counted and what is a robot, as a company's rules say it. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { jobRun } from '../../../platform/jobs/contract.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';
import { question } from '../report/question-contract.ts';
import { personRoutes } from './person/contract.ts';

export const RULE_KINDS = ['address', 'path', 'parameter', 'spam', 'not-spam', 'robot', 'not-robot'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];
/** Kinds that speak of the past too, once it is counted anew; an address is stored nowhere. */
export const OF_THE_PAST: readonly RuleKind[] = RULE_KINDS.filter((kind) => kind !== 'address');

const name = z.string().trim().min(1, 'Give the rule a name').max(120);
const site = z.uuid().nullable();
const pattern = z.string().trim().min(1, 'Write what the rule is about').max(300);
const rule = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(RULE_KINDS),
  pattern: z.string(),
  /** null: on all sites */
  site: z.string().nullable(),
  version: z.number(),
  updatedBy: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
});
export type CountingRuleView = z.infer<typeof rule>;
const listed = rule.extend({
  /** page views and events left out on arrival, in the last 7 and 30 UTC days */
  week: z.number(),
  month: z.number(),
});

const path = workspacePath.extend({ rule: z.uuid() });
const ALL = '/workspaces/{workspace}/counting-rules';
const ONE = `${ALL}/{rule}` as const;

const robots = z.object({
  /** the most views first */
  robots: z.array(
    z.object({
      name: z.string(),
      views: z.number(),
      visitors: z.number(),
      /** some of its browser signatures */
      agents: z.array(z.string()),
      page: z.string(),
      /** local date it was seen last */
      last: z.string(),
      /** what a rule that it is no robot would say */
      pattern: z.string(),
    }),
  ),
  spam: z.array(z.object({ host: z.string(), views: z.number(), visitors: z.number(), last: z.string() })),
  /** views and events left out of the past by rules, and those of people */
  excluded: z.number(),
  people: z.number(),
  days: z.array(z.object({ day: z.string(), robots: z.number(), spam: z.number() })),
});
export type Robots = z.infer<typeof robots>;

const recount = z.object({
  /** rules that speak of the past were changed since it was counted by them */
  needed: z.boolean(),
  /** as of when the past was counted; null: as it came */
  asOf: z.string().nullable(),
  /** the newest run */
  run: jobRun.nullable(),
});
export type Recount = z.infer<typeof recount>;

const retention = z.object({
  /** null: everything is kept */
  months: z.number().nullable(),
  /** UTC day before which events were deleted; null: none were */
  keptFrom: z.string().nullable(),
});
export type Retention = z.infer<typeof retention>;
/** A year of comparison needs 13. */
export const FEWEST_MONTHS = 3;
const months = z.coerce
  .number()
  .int()
  .min(FEWEST_MONTHS, `Keep at least ${FEWEST_MONTHS} months: shorter, and reports have nothing to stand on`)
  .max(240);

const KEEP = '/workspaces/{workspace}/retention';
const TRAFFIC = '/workspaces/{workspace}/robots';
const RECOUNT = '/workspaces/{workspace}/recount';
export const careContract = {
  persons: personRoutes,
  keeping: {
    get: route('analytics:read', 'GET', KEEP, 'How long events of single visitors are kept')
      .input(workspacePath)
      .output(retention),
    set: route('analytics:manage', 'PUT', KEEP, 'Change how long events of single visitors are kept')
      .input(workspacePath.extend({ months: months.nullable() }))
      .output(retention),
    preview: route('analytics:read', 'GET', `${KEEP}/preview`, 'What a limit would delete now')
      .input(workspacePath.extend({ months }))
      .output(z.object({ before: z.string(), events: z.number(), first: z.string().nullable() })),
  },
  robots: {
    list: route('analytics:read', 'POST', TRAFFIC, 'Who is among the robots and spam of a period, and why')
      .input(workspacePath.extend(question))
      .output(robots),
    suspects: route('analytics:read', 'POST', `${TRAFFIC}/suspects`, 'Referrers that look like spam')
      .input(workspacePath.extend(question))
      .output(z.array(z.object({ host: z.string(), visits: z.number(), stayed: z.number(), page: z.string() }))),
  },
  recount: {
    state: route('analytics:read', 'GET', RECOUNT, 'Whether the past is counted by the rules of today')
      .input(workspacePath)
      .output(recount),
    start: route('analytics:manage', 'POST', RECOUNT, 'Count the past anew by the rules of today')
      .input(workspacePath)
      .output(recount),
  },
  countingRules: {
    list: route('analytics:read', 'GET', ALL, 'Rules about what is not counted and what is a robot')
      .input(workspacePath.extend({ state: z.enum(['active', 'archived']).default('active') }))
      .output(z.array(listed)),
    create: route('analytics:manage', 'POST', ALL, 'Leave something out of the figures, or say what is a robot')
      .input(workspacePath.extend({ name, kind: z.enum(RULE_KINDS), pattern, site: site.default(null) }))
      .output(rule),
    update: route('analytics:manage', 'PATCH', ONE, 'Change a rule about what is counted')
      .input(
        path.extend({
          name: name.optional(),
          pattern: pattern.optional(),
          site: site.optional(),
          version: z.number().int().min(1),
        }),
      )
      .output(rule),
    archive: route('analytics:manage', 'POST', `${ONE}/archive`, 'Put a rule about what is counted away')
      .input(path)
      .output(rule),
    undo: route('analytics:manage', 'POST', `${ONE}/undo`, 'Take back the last change of a rule')
      .input(path)
      .output(rule),
    excluded: route('analytics:read', 'GET', `${ALL}/excluded`, 'How much was left out on arrival, by day')
      .input(workspacePath.extend({ days: z.coerce.number().int().min(1).max(400).default(30) }))
      .output(z.array(z.object({ day: z.string(), rule: z.string(), events: z.number() }))),
    myAddress: route('analytics:manage', 'GET', `${ALL}/my-address`, 'The address this request came from')
      .input(workspacePath)
      .output(z.object({ address: z.string() })),
  },
};
