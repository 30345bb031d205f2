// What each visit did, in order, as one ClickHouse statement: events and the starts of visits are put in one row by time and cut
// where a visit starts, so that no event has to look for its visit. Pages and events are numbers until they are shown.
import { ACT_KIND } from '../report/act.ts';
import { quote } from '../report/dimensions.ts';
import { compileFilter, type Resolved } from '../report/filter.ts';
import { known, own, robots, type Scope, shiftDate, utcDays, within } from '../report/scope.ts';
import { visitorCondition } from '../report/visitor-set.ts';
import type { FlowQuestion, PathNode } from './contract.ts';

export type NodeRule = Pick<FlowQuestion, 'acts' | 'pages' | 'groups'>;

/** Before the node's text: what it is. */
const MARK = { view: 'v', event: 'e' } as const;
/** Instead of a node: the start of a visit that is asked about, and of one that is not. */
const STARTS = { asked: 1, other: 0 } as const;

/** Text of a node, as SQL over an event. */
export function nodeText({ pages, groups }: NodeRule): string {
  // pages of a folder are one; a page of the root stands by itself
  const folder = `if(match(path, '^/[^/]+/'), concat(extract(path, '^/[^/]+/'), '*'), path)`;
  const page = pages === 'folder' ? folder : 'path';
  const grouped = groups.map((group) => `startsWith(path, ${quote(group.slice(0, -1))}), ${quote(group)}, `).join('');
  const label = grouped === '' ? page : `multiIf(${grouped}${page})`;
  return `if(kind = 'view', concat('${MARK.view}', ${label}), concat('${MARK.event}', name))`;
}

export const hashOf = (node: PathNode): string => `cityHash64(${quote(`${MARK[node.what]}${node.value}`)})`;
export const nodeOf = (text: string): PathNode => ({
  what: text.startsWith(MARK.event) ? 'event' : 'view',
  value: text.slice(1),
});

/** Events that visits of the period can hold: they begin in it and may go on after it. */
export const eventRange = (s: Scope): string =>
  `${own(s)} AND ${utcDays(s.from, shiftDate(s.to, 1))}${robots(s)}${known(s)}`;

const askedVisits = (s: Scope): string => {
  const people = (f: Resolved): string => visitorCondition(s, f, 'visitor');
  const filter = s.filter ? ` AND ${compileFilter(s.filter, { side: 'visit', zone: s.zone, people })}` : '';
  return `${within('start', s)}${filter}`;
};

/** Yields one row: how many visits began in the period. */
export const visitCountSql = (s: Scope): string =>
  `SELECT count() AS visits FROM visits FINAL WHERE ${own(s)}${robots(s)} AND ${askedVisits(s)}`;

/** One row a visit that began in the period: `nodes`, what it did without repeats that follow each other (empty: nothing asked about). */
export function visitActsSql(s: Scope, rule: NodeRule, anchor?: PathNode): string {
  const wide = `${own(s)} AND ${utcDays(shiftDate(s.from, -1), shiftDate(s.to, 1))}${robots(s)}`;
  // what goes on after midnight or consent under a new id belongs to the visit that began under the old one
  const handed = `SELECT site, member, visitor AS v_visitor, start AS v_start, finish AS v_finish
    FROM visits FINAL ARRAY JOIN ids AS member WHERE ${wide} AND length(ids) > 1 AND member != visitor`;
  // of visitors who never were at the anchor nothing needs to be laid out; an id that changed within a visit may have been there by its other
  const there = anchor
    ? ` AND visitor IN (SELECT visitor FROM events WHERE ${eventRange(s)} AND ${ACT_KIND[anchor.what]} AND cityHash64(${nodeText(rule)}) = ${hashOf(anchor)}
        UNION ALL SELECT arrayJoin(ids) FROM visits FINAL WHERE ${wide} AND length(ids) > 1)`
    : '';
  const ms = (column: string): string => `toUInt64(toUnixTimestamp64Milli(${column}))`;
  const events = `SELECT e.site AS site, if(v_visitor != 0 AND e.at <= v_finish, v_visitor, e.visitor) AS who, ${ms('e.at')} * 4 + e.later AS moment, e.node AS node
    FROM (SELECT site, visitor, at, if(kind = 'view', 1, 2) AS later, cityHash64(${nodeText(rule)}) AS node FROM events WHERE ${eventRange(s)} AND ${ACT_KIND[rule.acts]}${there}) AS e
    ASOF LEFT JOIN (${handed}) AS h ON e.site = h.site AND e.visitor = h.member AND e.at >= h.v_start`;
  const starts = `SELECT site, visitor AS who, ${ms('start')} * 4 AS moment, toUInt64(if(${askedVisits(s)}, ${STARTS.asked}, ${STARTS.other})) AS node
    FROM visits FINAL WHERE ${wide}${there}`;
  const rows = `SELECT arraySort((node, moment) -> moment, groupArray(node), groupArray(moment)) AS acts
    FROM (${events} UNION ALL ${starts}) GROUP BY site, who HAVING max(node = ${STARTS.asked}) = 1`;
  return `SELECT arrayCompact(arrayPopFront(visit)) AS nodes
    FROM (SELECT arrayJoin(arraySplit(x -> x <= ${STARTS.asked}, acts)) AS visit FROM (${rows})) WHERE visit[1] = ${STARTS.asked}`;
}
