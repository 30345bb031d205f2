// A goal while it is built: a condition on what someone did, or one figure that is reached; and its way to the definition and back.
import type { GoalDefinition } from '../../goals/contract.ts';
import type { Act, PlainFilter } from '../../report/filter-contract.ts';
import type { ScreenFilter } from '../filters.ts';
import { actOf, type DraftAct, draftAct, rowsOf, whereOf } from '../segments/draft.ts';

export type GoalDraft =
  | { is: 'act'; act: DraftAct }
  /** percent of a page, on pages the rows choose */
  | { is: 'scroll'; atLeast: number; rows: ScreenFilter[] }
  /** of one visit */
  | { is: 'seconds' | 'views'; atLeast: number }
  /** minor units */
  | { is: 'amount'; atLeast: number }
  | { is: 'kept'; definition: GoalDefinition };

const is = (property: ScreenFilter['property'], value?: string): ScreenFilter => ({
  property,
  operator: 'is',
  values: value === undefined ? [] : [value],
});
const contains = (property: ScreenFilter['property']): ScreenFilter => ({ property, operator: 'contains', values: [] });
const event = (name: string, ...rows: ScreenFilter[]): GoalDraft => ({
  is: 'act',
  act: { what: 'event', rows: [is('event', name), ...rows] },
});

/** What a goal can begin as, in the order of the list. */
export const BEGINNINGS = {
  page: (): GoalDraft => ({ is: 'act', act: { what: 'view', rows: [is('page')] } }),
  event: (): GoalDraft => ({ is: 'act', act: { what: 'event', rows: [is('event')] } }),
  form: () => event('form_submit'),
  purchase: () => event('purchase'),
  contact: () => event('contact_click'),
  outbound: () => event('outbound_click', contains('property:url')),
  download: () => event('file_download', contains('property:url')),
  scroll: (): GoalDraft => ({ is: 'scroll', atLeast: 75, rows: [is('page')] }),
  seconds: (): GoalDraft => ({ is: 'seconds', atLeast: 120 }),
  views: (): GoalDraft => ({ is: 'views', atLeast: 3 }),
  amount: (): GoalDraft => ({ is: 'amount', atLeast: 100_00 }),
} as const;
export type Beginning = keyof typeof BEGINNINGS;

const atLeast = (property: 'scroll' | 'seconds' | 'views' | 'amount', n: number): PlainFilter => ({
  property,
  is: 'greater',
  value: n - 1,
});

export function toDefinition(draft: GoalDraft): GoalDefinition {
  switch (draft.is) {
    case 'act':
      return { version: 1, act: actOf(draft.act) };
    case 'scroll': {
      const { where } = whereOf(draft.rows);
      const deep = atLeast('scroll', draft.atLeast);
      return { version: 1, act: { what: 'attention', where: where ? { and: [deep, where] } : deep } };
    }
    case 'amount':
      return { version: 1, act: { where: atLeast('amount', draft.atLeast) } };
    case 'kept':
      return draft.definition;
    default:
      return { version: 1, visit: atLeast(draft.is, draft.atLeast) };
  }
}

function reached(filter: PlainFilter | undefined): { property: string; n: number } | null {
  if (!filter || !('property' in filter) || filter.is !== 'greater') return null;
  return { property: filter.property, n: Number(filter.value) + 1 };
}

export function toGoalDraft(definition: GoalDefinition): GoalDraft {
  const kept: GoalDraft = { is: 'kept', definition };
  if ('visit' in definition) {
    const one = reached(definition.visit);
    return one?.property === 'seconds' || one?.property === 'views' ? { is: one.property, atLeast: one.n } : kept;
  }
  return ofAct(definition.act) ?? kept;
}

function ofAct(act: Act): GoalDraft | null {
  const one = reached(act.where);
  if (one?.property === 'amount' && !act.what) return { is: 'amount', atLeast: one.n };
  if (act.what !== 'attention') {
    const draft = draftAct(act);
    return draft && { is: 'act', act: draft };
  }
  if (one?.property === 'scroll') return { is: 'scroll', atLeast: one.n, rows: [] };
  if (!act.where || !('and' in act.where)) return null;
  const [deep, ...rest] = act.where.and;
  const depth = reached(deep);
  const rows = rest.length === 1 ? rowsOf(rest[0]) : null;
  return depth?.property === 'scroll' && rows ? { is: 'scroll', atLeast: depth.n, rows } : null;
}

/** Whether it says enough to count anything. */
export function isReady(draft: GoalDraft): boolean {
  if (draft.is === 'kept') return true;
  if (draft.is !== 'act') return draft.atLeast > 0;
  return draft.act.rows.some((row) => row.values.length > 0 || row.operator === 'filled' || row.operator === 'empty');
}
