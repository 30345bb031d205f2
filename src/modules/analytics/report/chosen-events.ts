// Some of the period's events as rows to count, chosen by a condition of their own and by the filter of the question.
import { compileFilter, isOfVisitors, type Resolved } from './filter.ts';
import { known, own, robots, type Scope, shiftDate, within } from './scope.ts';
import { JOINED } from './sql.ts';
import { visitorCondition } from './visitor-set.ts';
import { visitsFrom } from './visits-from.ts';

/** FROM and WHERE. A filter that speaks of visits joins them to theirs. */
export function chosenEvents(s: Scope, which: string): string {
  const rows = `${own(s)} AND ${within('at', s)}${robots(s)}${known(s)} AND (${which})`;
  if (!s.filter) return `FROM events WHERE ${rows}`;
  const people = (column: string) => (f: Resolved) => visitorCondition(s, f, column);
  if (isOfVisitors(s.filter)) return `FROM events WHERE ${rows} AND ${people('visitor')(s.filter)}`;
  // a visit that began a day before the period can hold its first events
  const wide = { ...s, from: shiftDate(s.from, -1) };
  const visits = `SELECT site, member AS visitor, start AS v_start, ${JOINED.map((name) => `${name} AS v_${name}`).join(', ')}
    FROM ${visitsFrom(wide)} ARRAY JOIN ids AS member WHERE ${own(s)} AND ${within('start', wide)}
      AND member IN (SELECT visitor FROM events WHERE ${rows})`;
  const filter = compileFilter(s.filter, {
    side: 'event',
    zone: s.zone,
    joined: 'v_',
    site: 'e.site',
    people: people('e.visitor'),
  });
  return `FROM (SELECT e.* FROM (SELECT * FROM events WHERE ${rows}) AS e
    ASOF LEFT JOIN (${visits}) AS v ON e.site = v.site AND e.visitor = v.visitor AND e.at >= v.v_start WHERE ${filter}) WHERE 1`;
}
