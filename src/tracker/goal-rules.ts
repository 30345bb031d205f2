// Whether an event is a goal, told in the browser by the same rules as reports tell it (report/filter.ts). What a browser can't know
// (channel, country, what else a visitor did) is not asked here: such goals are not told to the script.
import type { ToldCondition, ToldGoal, TrackedEvent } from './wire.ts';

const SIGNALS = ['engagement', 'web_vital'];

/** Percent-decoded where that is UTF-8, with its slash. */
function pathOf(url: string): string {
  const path = url.replace(/[?#].*/, '').replace(/^([a-z][\w+.-]*:)?\/\/[^/]*/i, '');
  try {
    return decodeURIComponent(path) || '/';
  } catch {
    return path || '/';
  }
}

/** In major units with its currency, as the collector takes it: `revenue`, or GA4's parameters of an order. */
export function revenueOf(event: TrackedEvent, currency: string): { amount: number; currency: string } | undefined {
  const { revenue, properties = {} } = event;
  if (revenue) return { amount: Number(revenue.amount), currency: revenue.currency };
  if (event.name !== 'purchase' || !Number(properties.value)) return undefined;
  return { amount: Number(properties.value), currency: String(properties.currency || currency) };
}

/** Minor units, as conditions have amounts. */
function minorOf(event: TrackedEvent, currency: string): number {
  const found = revenueOf(event, currency);
  if (!found) return 0;
  const digits = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: found.currency,
  }).resolvedOptions().maximumFractionDigits;
  return Math.round(found.amount * 10 ** (digits === undefined ? 2 : digits));
}

function propertyOf(property: string, event: TrackedEvent, currency: string): string {
  if (property === 'event') return event.name;
  if (property === 'page') return pathOf(event.url);
  if (property === 'hostname') return new URL(event.url).hostname;
  if (property === 'language') return (event.language || '').split(/[-_]/)[0]!.toLowerCase();
  if (property === 'scroll') return String(event.scroll || 0);
  if (property === 'amount') return String(minorOf(event, currency));
  const told = event.properties?.[property.replace('property:', '')];
  return told === undefined || told === null ? '' : String(told);
}

function compare(of: string, is: string, value: unknown): boolean {
  const text = String(value);
  switch (is) {
    case 'empty':
      return of === '';
    case 'equals':
      return of === text;
    case 'in':
      return (Array.isArray(value) ? value : [value]).map(String).includes(of);
    case 'contains':
      return of.toLowerCase().includes(text.toLowerCase());
    case 'starts-with':
      return of.startsWith(text);
    case 'matches':
      // RE2 writes "whatever the case" before the expression
      return new RegExp(text.replace('(?i)', ''), text.startsWith('(?i)') ? 'is' : 's').test(of);
    default:
      return of !== '' && (is === 'less' ? Number(of) < Number(text) : Number(of) > Number(text));
  }
}

function holds(condition: ToldCondition, event: TrackedEvent, currency: string): boolean {
  if ('and' in condition) return condition.and.every((one) => holds(one, event, currency));
  if ('or' in condition) return condition.or.some((one) => holds(one, event, currency));
  if ('not' in condition) return !holds(condition.not, event, currency);
  return compare(propertyOf(condition.property, event, currency), condition.is, condition.value);
}

/** Never throws: what can't be told is no goal. */
export function isGoal({ what, where, currency }: ToldGoal, event: TrackedEvent): boolean {
  const view = event.name === 'page_view';
  const signal = SIGNALS.includes(event.name);
  const kind = what === 'view' ? view : what === 'event' ? !view && !signal : !signal;
  try {
    return (what === 'attention' ? event.name === 'engagement' : kind) && (!where || holds(where, event, currency));
  } catch {
    return false;
  }
}
