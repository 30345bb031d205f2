// What a report is about (workspace, sites, period, zone) and the conditions every statement of it begins with.
import { quote } from './dimensions.ts';
import type { Resolved } from './filter.ts';
import type { Factor, Money } from './money.ts';

/** A goal as conditions: on events, or on whole visits. */
export interface GoalSql {
  kind: 'view' | 'event' | 'attention' | 'any' | 'visit';
  event: string | null;
  visit: string | null;
  /** over `visits`, by what a visit keeps of its events; null: the events themselves must be asked. `but`: those it may lack, over `events` */
  seen?: { visit: string; but: string | null } | null;
  /** minor units a conversion is worth; null: its event's revenue */
  worth: number | null;
}

export interface Scope {
  workspace: string;
  sites: readonly string[];
  /** local dates, the second exclusive */
  from: string;
  to: string;
  /** the first day of what conditions call the report's period, where it isn't `from` */
  periodFrom?: string;
  zone: string;
  currency: string;
  robots: 'exclude' | 'include' | 'only';
  filter?: Resolved | undefined;
  /** UTC, as ClickHouse reads it */
  asOf?: string | undefined;
  /** (site, local day) whose roll-ups are older than their events */
  dirty: readonly { site: string; day: string }[];
  /** rates of other currencies in which the period has costs */
  costFactors?: readonly Factor[];
  /** rates of other currencies in which costs of goods are given */
  goodsFactors?: readonly Factor[];
  /** turns sales into the company's currency */
  money: Money;
  /** currencies and UTC days in which the period has sales and no rate: those are in no figure */
  withoutRate: readonly { currency: string; day: string }[];
  /** the goals that measures name, by id */
  goals?: ReadonlyMap<string, GoalSql>;
  /** events before this day were deleted: of earlier days only totals are known */
  keptFrom?: string | undefined;
  /** the period's end has not come yet, so nothing can be later */
  ahead: boolean;
  /** pages that can be among the answers, when that is known */
  pages?: readonly string[] | undefined;
}

export const own = (s: Scope): string =>
  `workspace = ${quote(s.workspace)} AND site IN (${s.sites.map(quote).join(', ') || "''"})`;
export const robots = (s: Scope): string => (s.robots === 'include' ? '' : ` AND bot = ${s.robots === 'only' ? 1 : 0}`);
export const instant = (date: string, zone: string): string =>
  `toDateTime64(${quote(`${date} 00:00:00`)}, 3, ${quote(zone)})`;
/** the UTC days a local period can touch, for the primary key */
export const utcDays = (from: string, to: string): string =>
  `day >= toDate(${quote(from)}) - 1 AND day <= toDate(${quote(to)})`;
export const within = (column: string, s: Scope): string =>
  `${utcDays(s.from, s.to)} AND ${column} >= ${instant(s.from, s.zone)} AND ${column} < ${instant(s.to, s.zone)}`;
export const known = (s: Scope): string => (s.asOf ? ` AND known <= toDateTime64(${quote(s.asOf)}, 3, 'UTC')` : '');

const MS_PER_DAY = 86_400_000;
/** A local date so many days later (earlier when negative). */
export const shiftDate = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * MS_PER_DAY).toISOString().slice(0, 10);

/** The local date it is in a zone. */
export const localDay = (zone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
