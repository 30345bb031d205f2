// The rules of cohorts written plainly, one visitor after another, to be compared with the SQL that production uses.
// Nothing but the property test (retention-rules.itest.ts) runs it.
import { type SeenEvent, visitsOf } from '../segments/segment-reference.ts';
import type { RetentionUnit } from './contract.ts';
import { unitOf } from './units.ts';

type Happening = { at: number; unit: number };
export interface PlainRetention {
  unit: RetentionUnit;
  zone: string;
  /** 'visit', or what an event must be */
  first: 'visit' | ((event: SeenEvent) => boolean);
  back: 'visit' | ((event: SeenEvent) => boolean);
  currency: string;
}
export interface PlainPerson {
  cohort: number;
  /** units after the cohort's in which they came back */
  units: Set<number>;
  money: { unit: number; amount: number }[];
  /** of the first visit of all */
  channel: string;
}

/** The date a moment has in a zone. */
const dateIn = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);

/** All events of one visitor in order of time; null: in no cohort. */
export function personOf(events: readonly SeenEvent[], asked: PlainRetention): PlainPerson | null {
  const happened = (at: number): Happening => ({ at, unit: unitOf(dateIn(at, asked.zone), asked.unit) });
  const visits = visitsOf(events);
  const find = (what: PlainRetention['first']): Happening[] =>
    what === 'visit' ? visits.map(({ start }) => happened(start)) : events.filter(what).map(({ at }) => happened(at));
  const [first] = find(asked.first);
  if (!first) return null;
  const backs = find(asked.back).filter(
    ({ at, unit }) => at >= first.at || (asked.back === 'visit' && unit >= first.unit),
  );
  const units = new Set(backs.map(({ unit }) => unit - first.unit));
  if (asked.back === 'visit') units.add(0);
  const money = events
    .filter(({ at, revenue, currency }) => at >= first.at && revenue !== 0 && currency === asked.currency)
    .map(({ at, revenue }) => ({ unit: happened(at).unit - first.unit, amount: revenue }));
  return { cohort: first.unit, units, money, channel: visits[0]!.channel };
}
