// What each visit did, in order, as one ClickHouse statement over the visits themselves, which keep it. Pages and events are numbers
// until they are shown.
import { ACT_MARK } from '../../../platform/events/visits-sql.ts';
import { quote } from '../report/dimensions.ts';
import { compileFilter, type Resolved } from '../report/filter.ts';
import { own, robots, type Scope, within } from '../report/scope.ts';
import { visitorCondition } from '../report/visitor-set.ts';
import { visitsFrom } from '../report/visits-from.ts';
import type { FlowQuestion, PathNode } from './contract.ts';

export type NodeRule = Pick<FlowQuestion, 'acts' | 'pages' | 'groups'>;

/** Whether every page is a node by itself. */
const isPlain = ({ pages, groups }: NodeRule): boolean => pages === 'page' && groups.length === 0;

/** Text of a node, as SQL over one of a visit's acts. */
export function nodeText(rule: NodeRule, act: string): string {
  if (isPlain(rule)) return act;
  // pages of a folder are one; a page of the root stands by itself
  const folder = `^${ACT_MARK.view}/[^/]+/`;
  const page =
    rule.pages === 'folder' ? `if(match(${act}, '${folder}'), concat(extract(${act}, '${folder}'), '*'), ${act})` : act;
  const grouped = rule.groups.map((group) => {
    const text = `${ACT_MARK.view}${group}`;
    return `startsWith(${act}, ${quote(text.slice(0, -1))}), ${quote(text)}, `;
  });
  return grouped.length === 0 ? page : `multiIf(${grouped.join('')}${page})`;
}

const actOf = (node: PathNode): string => quote(`${ACT_MARK[node.what]}${node.value}`);
export const hashOf = (node: PathNode): string => `cityHash64(${actOf(node)})`;
export const nodeOf = (text: string): PathNode => ({
  what: text.startsWith(ACT_MARK.event) ? 'event' : 'view',
  value: text.slice(1),
});

/** Visits that began in the period, with the filter: FROM and WHERE of a statement. */
export function askedVisits(s: Scope): string {
  const people = (f: Resolved): string => visitorCondition(s, f, 'visitor');
  const filter = s.filter ? ` AND ${compileFilter(s.filter, { side: 'visit', zone: s.zone, people })}` : '';
  return `FROM ${visitsFrom(s)} WHERE ${own(s)}${robots(s)} AND ${within('start', s)}${filter}`;
}

/** Yields one row: how many visits began in the period, and how many of them were made before a visit kept what it did. */
export const visitCountSql = (s: Scope): string =>
  `SELECT count() AS visits, countIf(empty(acts) AND views + events > 0) AS unknown ${askedVisits(s)}`;

/** One row a visit that began in the period: `nodes`, what it did without repeats that follow each other (empty: nothing asked about). */
export function visitActsSql(s: Scope, rule: NodeRule, anchor?: PathNode): string {
  const acts = rule.acts === 'any' ? 'acts' : `arrayFilter(a -> startsWith(a, '${ACT_MARK[rule.acts]}'), acts)`;
  // of visits that never were at the anchor nothing needs to be laid out
  const there = anchor && isPlain(rule) ? ` AND has(acts, ${actOf(anchor)})` : '';
  return `SELECT arrayCompact(arrayMap(a -> cityHash64(${nodeText(rule, 'a')}), ${acts})) AS nodes ${askedVisits(s)}${there}`;
}
