// What isn't counted and what is a robot, as a company's rules say it. Browser-safe.
import { z } from 'zod';
import { route } from '../../../platform/api/contract-base.ts';
import { workspacePath } from '../../../platform/workspaces/contract.ts';

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

export const careContract = {
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
