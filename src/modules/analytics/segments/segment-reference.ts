// The rules of segments written plainly, one visitor after another, to be compared with the SQL that production uses.
// Nothing but the property test (segment-rules.itest.ts) runs it.
import type { Filter } from '../contract.ts';
import type { Act, Comparison, PlainFilter, Times, Within } from '../report/filter-contract.ts';

export interface SeenEvent {
  visitor: bigint;
  at: number;
  kind: 'view' | 'event';
  path: string;
  name: string;
  country: string;
  channel: string;
  /** minor units */
  revenue: number;
  currency: string;
  orderId?: string;
  properties: Record<string, string>;
}

export interface SeenVisit {
  start: number;
  country: string;
  channel: string;
  landing: string;
  paths: Set<string>;
  names: Set<string>;
}

export interface Moment {
  /** local date after the last day that counts */
  to: string;
  zone: string;
  currency: string;
  /** the first day of the report's period */
  periodFrom?: string;
  /** what one unit of another currency is worth, on any day */
  rates: Record<string, number>;
}

const GAP_MS = 30 * 60_000;
const DAY_MS = 86_400_000;

/** Half an hour without an event ends a visit. Events in the order they happened. */
export function visitsOf(events: readonly SeenEvent[]): SeenVisit[] {
  const visits: (SeenVisit & { last: number; seen: boolean; named: boolean })[] = [];
  for (const event of events) {
    let visit = visits.at(-1);
    if (!visit || event.at - visit.last >= GAP_MS) {
      visit = {
        start: event.at,
        last: event.at,
        country: event.country,
        channel: 'Direct',
        landing: '',
        paths: new Set(),
        names: new Set(),
        seen: false,
        named: false,
      };
      visits.push(visit);
    }
    visit.last = event.at;
    if (!visit.named && event.channel !== '' && event.channel !== 'Direct') {
      visit.channel = event.channel;
      visit.named = true;
    }
    if (event.kind === 'view') {
      if (!visit.seen) visit.landing = event.path;
      visit.seen = true;
      visit.paths.add(event.path);
    } else visit.names.add(event.name);
  }
  return visits;
}

/** The instant a local day begins: the offset of the zone is tried until it fits. */
export function midnight(date: string, zone: string): number {
  const known = midnights.get(`${date} ${zone}`) ?? findMidnight(date, zone);
  midnights.set(`${date} ${zone}`, known);
  return known;
}
const midnights = new Map<string, number>();

function findMidnight(date: string, zone: string): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  for (let quarter = -14 * 4; quarter <= 14 * 4; quarter++) {
    const guess = utc - quarter * 900_000;
    const said = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    if (said.format(guess) === `${date} 00:00:00`) return guess;
  }
  throw new Error(`No midnight on ${date} in ${zone}`);
}

const holds = (n: number, times: Times): boolean =>
  'atLeast' in times ? n >= times.atLeast : 'atMost' in times ? n <= times.atMost : n === times.exactly;

function compared(value: string, { is, value: given }: Comparison): boolean {
  const one = String(given);
  switch (is) {
    case 'empty':
      return value === '';
    case 'equals':
      return value === one;
    case 'in':
      return (given as string[]).includes(value);
    case 'contains':
      return value.toLowerCase().includes(one.toLowerCase());
    case 'starts-with':
      return value.startsWith(one);
    case 'matches':
      return new RegExp(one).test(value);
    case 'less':
      return value.trim() !== '' && Number(value) < Number(one);
    case 'greater':
      return value.trim() !== '' && Number(value) > Number(one);
  }
}

function plainly(filter: PlainFilter, test: (one: Comparison) => boolean): boolean {
  if ('and' in filter) return filter.and.every((f) => plainly(f, test));
  if ('or' in filter) return filter.or.some((f) => plainly(f, test));
  if ('not' in filter) return !plainly(filter.not, test);
  return test(filter);
}

function ofEvent(event: SeenEvent, one: Comparison): boolean {
  const { property } = one;
  if (property.startsWith('property:')) return compared(event.properties[property.slice(9)] ?? '', one);
  const known: Record<string, string> = { page: event.path, event: event.name, country: event.country };
  return compared(known[property]!, one);
}

function ofVisit(visit: SeenVisit, one: Comparison): boolean {
  const { property, is } = one;
  const members = property === 'page' ? visit.paths : property === 'event' ? visit.names : null;
  if (members) return is === 'empty' ? members.size === 0 : [...members].some((member) => compared(member, one));
  const known: Record<string, string> = { country: visit.country, channel: visit.channel, landingPage: visit.landing };
  return compared(known[property]!, one);
}

/** An order counts once, the earliest time it is told; a refund that names only its order takes back all of it. */
function salesOf(events: readonly SeenEvent[], { currency, rates }: Moment): { at: number; amount: number }[] {
  const orderOf = (e: SeenEvent) =>
    events.find((o) => o.kind === 'event' && o.name === 'purchase' && o.orderId && o.orderId === e.orderId);
  const worth = (e: SeenEvent): number => e.revenue * (e.currency === currency ? 1 : (rates[e.currency] ?? 0));
  return events
    .filter((e) => e.name !== 'purchase' || !e.orderId || orderOf(e) === e)
    .map((e) => {
      const whole = e.name === 'refund' && e.orderId && e.revenue === 0;
      const taken = whole ? orderOf(e) : undefined;
      return { at: e.at, amount: whole ? -(taken ? worth(taken) : 0) : worth(e) };
    });
}

/** One visitor, all whose events are given in order. */
export class Visitor {
  readonly #events: readonly SeenEvent[];
  readonly #sales: readonly { at: number; amount: number }[];
  readonly #visits: readonly SeenVisit[];
  readonly #moment: Moment;

  constructor(events: readonly SeenEvent[], moment: Moment) {
    this.#moment = moment;
    const end = midnight(moment.to, moment.zone);
    this.#visits = visitsOf(events).filter((visit) => visit.start < end);
    this.#events = events.filter((event) => event.at < end);
    this.#sales = salesOf(events, moment).filter((sale) => sale.at < end);
  }

  get visits(): readonly SeenVisit[] {
    return this.#visits;
  }

  isIn(filter: Filter): boolean {
    if ('and' in filter) return filter.and.every((f) => this.isIn(f));
    if ('or' in filter) return filter.or.some((f) => this.isIn(f));
    if ('not' in filter) return !this.isIn(filter.not);
    if ('visitors' in filter) return this.isIn(filter.visitors);
    if ('did' in filter)
      return holds(this.#acts(filter.did, filter.did.within).length, filter.did.times ?? { atLeast: 1 });
    if ('never' in filter) return this.#acts(filter.never, filter.never.within).length === 0;
    if ('visited' in filter) {
      const { where, times, within } = filter.visited;
      const fitting = this.#visits.filter(
        (visit) => this.#within(visit.start, within) && (!where || plainly(where, (one) => ofVisit(visit, one))),
      );
      return holds(fitting.length, times ?? { atLeast: 1 });
    }
    if ('firstSeen' in filter)
      return this.#visits.length > 0 && this.#within(this.#visits[0]!.start, filter.firstSeen.within);
    if ('lastSeen' in filter)
      return this.#visits.length > 0 && this.#within(this.#visits.at(-1)!.start, filter.lastSeen.within);
    if ('revenue' in filter) {
      const { sum, within } = filter.revenue;
      if ('topPercent' in sum) throw new Error('Whether someone is among the best is no question about one visitor');
      const paid = this.#sales.filter((sale) => this.#within(sale.at, within));
      return holds(Math.round(paid.reduce((total, { amount }) => total + amount, 0)), sum);
    }
    if ('sequence' in filter) {
      const { first, next, days, within } = filter.sequence;
      const [firsts, nexts] = [this.#acts(first, within), this.#acts(next, within)];
      return firsts.some((a) => nexts.some((b) => b.at > a.at && b.at <= a.at + days * DAY_MS));
    }
    if ('funnel' in filter) throw new Error('Funnels have a reference of their own');
    if ('segment' in filter) throw new Error('The reference knows no saved segments');
    return this.#visits.some((visit) => ofVisit(visit, filter));
  }

  #acts(act: Act, within: Within | undefined): SeenEvent[] {
    return this.#events.filter(
      (event) =>
        (act.what === undefined || event.kind === act.what) &&
        this.#within(event.at, within) &&
        (!act.where || plainly(act.where, (one) => ofEvent(event, one))),
    );
  }

  #within(at: number, within: Within | undefined): boolean {
    if (!within) return true;
    const { to, zone } = this.#moment;
    const [first, last] =
      'days' in within
        ? [new Date(Date.parse(to) - within.days * DAY_MS).toISOString().slice(0, 10), to]
        : 'period' in within
          ? within.period
          : [this.#moment.periodFrom ?? '', to];
    return at >= midnight(first, zone) && at < midnight(last, zone);
  }
}
