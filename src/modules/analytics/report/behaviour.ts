// What a filter says of visitors → figures of each visitor, counted in one pass over events and one over visits, and a
// formula over them.
import { ORPCError } from '@orpc/server';
import { reachedSql, stepOf } from '../funnels/attempts.ts';
import { ACT_KIND, actCondition, checkProperties } from './act.ts';
import { quote } from './dimensions.ts';
import { checkDepth, compileFilter, type Resolved } from './filter.ts';
import type { Act, Behaviour, Times, Within } from './filter-contract.ts';
import { instant, own, robots, type Scope, shiftDate } from './scope.ts';

export type Source = 'events' | 'visits' | 'sales';
export interface Leaf {
  source: Source;
  /** of one visitor's rows; a whole number, 0 where there are none */
  aggregate: string;
  /** the same where nothing but its own rows is read */
  alone?: string;
  /** the rows it looks at */
  rows: string;
  /** nothing before this local date matters; null: all that is known */
  from: string | null;
}
export interface Formula {
  leaves: Leaf[];
  /** over b0, b1, … */
  sql: string;
  /** what it says of a visitor without any of the rows */
  ofNothing: boolean;
}

/** Older than any web statistics. */
const BEGINNING = '2000-01-01';

const SPENT = `${ACT_KIND.any} AND revenue != 0`;

const all = (conditions: readonly string[]): string => conditions.filter((c) => c !== '').join(' AND ') || '1';

export class Behaviours {
  readonly #scope: Scope;
  readonly #people: (filter: Resolved) => string;
  readonly #leaves: Leaf[] = [];

  /** `people` answers conditions about visitors inside a condition about their visits. */
  constructor(scope: Scope, people: (filter: Resolved) => string) {
    this.#scope = scope;
    this.#people = people;
  }

  formula(filter: Resolved): Formula {
    const { sql, ofNothing } = this.#walk(filter, null, 0);
    return { leaves: this.#leaves, sql, ofNothing };
  }

  #walk(filter: Resolved, site: string | null, depth: number): { sql: string; ofNothing: boolean } {
    checkDepth(depth);
    const below = (f: Resolved) => this.#walk(f, site, depth + 1);
    if ('and' in filter) {
      const parts = filter.and.map(below);
      return {
        sql: parts.length === 0 ? '1' : `(${parts.map((p) => p.sql).join(' AND ')})`,
        ofNothing: parts.every((p) => p.ofNothing),
      };
    }
    if ('or' in filter) {
      const parts = filter.or.map(below);
      return {
        sql: parts.length === 0 ? '0' : `(${parts.map((p) => p.sql).join(' OR ')})`,
        ofNothing: parts.some((p) => p.ofNothing),
      };
    }
    if ('not' in filter) {
      const { sql, ofNothing } = below(filter.not);
      return { sql: `NOT (${sql})`, ofNothing: !ofNothing };
    }
    if ('visitors' in filter) return below(filter.visitors);
    if ('onSite' in filter) return this.#walk(filter.where, filter.onSite, depth + 1);
    if ('did' in filter) {
      const { times, within, ...act } = filter.did;
      return this.#counted('events', this.#act(act, within, site), within, times);
    }
    if ('never' in filter) {
      const { within, ...act } = filter.never;
      return this.#counted('events', this.#act(act, within, site), within, { exactly: 0 });
    }
    if ('visited' in filter) {
      const { where, times, within } = filter.visited;
      return this.#counted('visits', this.#visit(where, within, site), within, times);
    }
    if ('firstSeen' in filter) return this.#seen('min', filter.firstSeen.within, site);
    if ('lastSeen' in filter) return this.#seen('max', filter.lastSeen.within, site);
    if ('revenue' in filter) {
      const { sum, within } = filter.revenue;
      // sales are derived as things stand now: of a past moment the events known then are added up, doubled orders and all
      const past = this.#scope.asOf !== undefined;
      const rows = all([past ? SPENT : '', this.#inside('at', within), onSite(site)]);
      const aggregate = this.#scope.money.sum(`if(${rows}, revenue, 0)`);
      const leaf: Leaf = { source: past ? 'events' : 'sales', aggregate, rows, from: this.#from(within) };
      return 'topPercent' in sum ? this.#amongBest(leaf, sum.topPercent) : this.#compared(leaf, sum);
    }
    if ('funnel' in filter) return this.#funnel(filter.funnel, site);
    if ('sequence' in filter) return this.#sequence(filter.sequence, site);
    // a bare property, or visits with conditions of their own: there is a visit like that
    return this.#counted('visits', this.#visit(filter, undefined, site), undefined, undefined);
  }

  #add(leaf: Leaf): string {
    return `b${this.#leaves.push(leaf) - 1}`;
  }

  #compared(leaf: Leaf, times: Times): { sql: string; ofNothing: boolean } {
    const name = this.#add(leaf);
    if ('atLeast' in times) return { sql: `${name} >= ${times.atLeast}`, ofNothing: 0 >= times.atLeast };
    if ('atMost' in times) return { sql: `${name} <= ${times.atMost}`, ofNothing: 0 <= times.atMost };
    return { sql: `${name} = ${times.exactly}`, ofNothing: times.exactly === 0 };
  }

  /** Spent no less than the one who stands where the best so many percent of all buyers begin. */
  #amongBest(leaf: Leaf, percent: number): { sql: string; ofNothing: boolean } {
    const s = this.#scope;
    if (leaf.source === 'events') {
      throw new ORPCError('BAD_REQUEST', { message: 'Who spent most is known as of now only: leave out asOf.' });
    }
    const name = this.#add(leaf);
    const each = `SELECT toInt64(${leaf.aggregate}) AS spent FROM sales FINAL
      WHERE ${own(s)}${robots(s)} AND at < ${instant(s.to, s.zone)} GROUP BY visitor HAVING spent > 0`;
    return {
      sql: `(${name} > 0 AND ${name} >= (SELECT quantileExact(${1 - percent / 100})(spent) FROM (${each})))`,
      ofNothing: false,
    };
  }

  #counted(source: Source, rows: string, within: Within | undefined, times: Times = { atLeast: 1 }) {
    // whoever has a row at all has one
    const alone = 'atLeast' in times && times.atLeast === 1 ? '1' : 'count()';
    return this.#compared({ source, aggregate: `countIf(${rows})`, alone, rows, from: this.#from(within) }, times);
  }

  #seen(side: 'min' | 'max', within: Within, site: string | null) {
    const rows = onSite(site) || '1';
    const start = `toUnixTimestamp64Milli(start)`;
    const name = this.#add({ source: 'visits', aggregate: `${side}If(${start}, ${rows})`, rows, from: null });
    const [from, to] = this.#ends(within);
    const ms = (date: string): string => `toUnixTimestamp64Milli(${instant(date, this.#scope.zone)})`;
    return { sql: `(${name} != 0 AND ${name} >= ${ms(from)} AND ${name} < ${ms(to)})`, ofNothing: false };
  }

  /**
   * Firsts (odd) and nexts (even) in one row by time, a next before a first of the same millisecond; arrayFill puts in each
   * next's place the newest first before it.
   */
  #sequence(of: { first: Act; next: Act; days: number; within?: Within | undefined }, site: string | null) {
    const [first, next] = [this.#act(of.first, of.within, site), this.#act(of.next, of.within, site)];
    const moments = (rows: string, mark: number): string =>
      `groupArrayIf(toUnixTimestamp64Milli(at) * 2 + ${mark}, ${rows})`;
    const row = `arraySort(arrayConcat(${moments(first, 1)}, ${moments(next, 0)}))`;
    const odd = (x: string): string => `bitAnd(${x}, 1) = 1`;
    const near = `NOT ${odd('e')} AND ${odd('f')} AND e - f < ${of.days * 2 * 86_400_000}`;
    const aggregate = `arrayExists((e, f) -> ${near}, ${row}, arrayFill(e -> ${odd('e')}, ${row}))`;
    const rows = `((${first}) OR (${next}))`;
    return this.#compared({ source: 'events', aggregate, rows, from: this.#from(of.within) }, { atLeast: 1 });
  }

  /** Those who came so far, found by the statement that a funnel itself is counted by. */
  #funnel(
    { where, reached, within, steps, ...rules }: Extract<Behaviour, { funnel: unknown }>['funnel'],
    site: string | null,
  ) {
    const s = this.#scope;
    const [from, to] = within ? this.#ends(within) : [BEGINNING, s.to];
    const scope = { ...s, from, to: to < s.to ? to : s.to, sites: site === null ? s.sites : [site] };
    if (where) checkProperties(where, 'visit');
    const shape = { ...rules, steps: steps.map((act) => stepOf(act, s.zone)) };
    const people = reachedSql({ scope, shape, filter: where, until: s.to, people: this.#people }, reached);
    const rows = all([ACT_KIND.any, `visitor IN (${people})`]);
    return this.#counted('events', rows, within && { period: [from, shiftDate(s.to, 1)] }, undefined);
  }

  #act(act: Act, within: Within | undefined, site: string | null): string {
    return all([actCondition(act, this.#scope.zone, this.#people), this.#inside('at', within), onSite(site)]);
  }

  #visit(where: Resolved | undefined, within: Within | undefined, site: string | null): string {
    if (where) checkProperties(where, 'visit');
    const condition = where
      ? compileFilter(where, { side: 'visit', zone: this.#scope.zone, people: this.#people })
      : '';
    return all([condition, this.#inside('start', within), onSite(site)]);
  }

  /** The local dates of a window, the second exclusive. */
  #ends(within: Within): [string, string] {
    const { from, periodFrom, to } = this.#scope;
    if ('days' in within) return [shiftDate(to, -within.days), to];
    return 'reportPeriod' in within ? [periodFrom ?? from, to] : within.period;
  }

  #from(within: Within | undefined): string | null {
    return within ? this.#ends(within)[0] : null;
  }

  #inside(column: string, within: Within | undefined): string {
    if (!within) return '';
    const [from, to] = this.#ends(within);
    const zone = this.#scope.zone;
    // nothing after the end of the report's period is read at all
    const end = !('period' in within) ? '' : ` AND ${column} < ${instant(to, zone)}`;
    return `${column} >= ${instant(from, zone)}${end}`;
  }
}

const onSite = (site: string | null): string => (site === null ? '' : `site = ${quote(site)}`);
