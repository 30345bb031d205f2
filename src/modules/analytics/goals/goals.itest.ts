// Goals: what they count, by every dimension and filter, on the past, and beside a plain count of the same events.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { reportQuery } from '../contract.ts';
import type { GoalDefinition } from './contract.ts';
import { describeGoal, keptGoals } from './goals.ts';

const DAY = Date.UTC(2026, 9, 14);
const MINUTE = 60_000;
const PERIOD: [string, string] = ['2026-10-14', '2026-10-16'];
let program: TestProgram;
let place: { workspace: string; site: string };

interface Seen {
  visitor: number;
  before?: number;
  /** minutes after midnight UTC of the first day */
  at: number;
  kind?: 'view' | 'event' | 'signal';
  name?: string;
  path?: string;
  channel?: string;
  properties?: Record<string, string>;
  revenue?: number;
  scroll?: number;
}
const SEEN: readonly Seen[] = [
  // 1: an ad, a form, twice
  { visitor: 1, at: 600, path: '/', channel: 'Paid Search' },
  { visitor: 1, at: 602, kind: 'event', name: 'form_submit', path: '/groups/', properties: { form: 'offer' } },
  { visitor: 1, at: 604, kind: 'event', name: 'form_submit', path: '/groups/', properties: { form: 'offer' } },
  // 2: search, reads to the end, no form
  { visitor: 2, at: 610, path: '/blog/tents', channel: 'Organic Search' },
  { visitor: 2, at: 613, kind: 'signal', name: 'engagement', path: '/blog/tents', scroll: 92 },
  // 3: consent gives a new id in the middle of the visit; the order comes under the new one
  { visitor: 3, at: 620, path: '/tents/', channel: 'Email' },
  { visitor: 33, before: 3, at: 622, path: '/checkout/' },
  { visitor: 33, before: 3, at: 625, kind: 'event', name: 'purchase', path: '/thanks', revenue: 19_900 },
  // 4: another form, another day
  { visitor: 4, at: 1500, path: '/', channel: 'Paid Search' },
  { visitor: 4, at: 1501, kind: 'event', name: 'form_submit', path: '/', properties: { form: 'news' } },
];
const EVENT = (name: string): GoalDefinition => ({
  version: 1,
  act: { what: 'event', where: { property: 'event', is: 'equals', value: name } },
});
const set = (name: string, definition: GoalDefinition, worth: number | null = null) =>
  keptGoals(program.db).create(place.workspace, { name, site: null, definition, worth }, 'test');
const run = (query: object) => program.reports.run(place.workspace, reportQuery.parse({ period: PERIOD, ...query }));

beforeAll(async () => {
  program = await testProgram();
  place = await company(program, 'Goals', 'shop.example', 'UTC');
  await program.spool.append(
    SEEN.map(({ visitor, before, at, ...rest }) =>
      eventRow(place, {
        ...rest,
        at: DAY + at * MINUTE,
        visitor: BigInt(visitor),
        visitorBefore: BigInt(before ?? 0),
        currency: rest.revenue ? 'EUR' : '',
      }),
    ),
  );
  await program.flusher.flush();
});
afterAll(() => program?.close());

test('a goal speaks of the past: conversions by their moment, visits in which it was reached, their share, and the value', async () => {
  const { id } = await set('Any form', EVENT('form_submit'), 500);
  const measures = [`conversions:${id}`, `convertedVisits:${id}`, `conversionRate:${id}`, `goalValue:${id}`, 'visits'];
  const { totals } = await run({ measures });
  expect(totals).toEqual({
    [`conversions:${id}`]: 3,
    [`convertedVisits:${id}`]: 2,
    [`conversionRate:${id}`]: 0.5,
    [`goalValue:${id}`]: 1500,
    visits: 4,
  });
  const byDay = await run({ measures, dimensions: ['day'] });
  expect(byDay.rows.map((row) => [row.day, row[`conversions:${id}`], row[`conversionRate:${id}`]])).toEqual([
    ['2026-10-14', 2, 1 / 3],
    ['2026-10-15', 1, 1],
  ]);
  const byChannel = await run({ measures, dimensions: ['channel'], sort: 'channel' });
  expect(byChannel.rows.map((row) => [row.channel, row[`conversions:${id}`], row[`convertedVisits:${id}`]])).toEqual([
    ['Email', 0, 0],
    ['Organic Search', 0, 0],
    ['Paid Search', 3, 2],
  ]);
});

test('an order after consent belongs to the visit it ended, with its revenue', async () => {
  const { id } = await set('Order', EVENT('purchase'));
  const { rows } = await run({
    measures: [`conversions:${id}`, `conversionRate:${id}`, `goalValue:${id}`],
    dimensions: ['channel'],
    filters: { property: 'channel', is: 'equals', value: 'Email' },
  });
  expect(rows).toEqual([
    { channel: 'Email', [`conversions:${id}`]: 1, [`conversionRate:${id}`]: 1, [`goalValue:${id}`]: 19_900 },
  ]);
  const later = await run({ measures: [`conversions:${id}`], dimensions: ['landingPage'] });
  expect(later.rows).toEqual([{ landingPage: '/tents/', [`conversions:${id}`]: 1 }]);
});

test('pages, properties, amounts, depth of scroll and length of a visit are goals', async () => {
  const count = async (name: string, definition: GoalDefinition) => {
    const { id } = await set(name, definition);
    const { totals } = await run({ measures: [`conversions:${id}`, `convertedVisits:${id}`] });
    return [totals[`conversions:${id}`], totals[`convertedVisits:${id}`]];
  };
  const where = (property: string, value: string | number, is = 'equals') => ({ property, is, value }) as never;
  expect(await count('Checkout', { version: 1, act: { what: 'view', where: where('page', '/checkout/') } })).toEqual([
    1, 1,
  ]);
  expect(
    await count('Offer form', {
      version: 1,
      act: { what: 'event', where: { and: [where('event', 'form_submit'), where('property:form', 'offer')] } },
    }),
  ).toEqual([2, 1]);
  expect(await count('Large order', { version: 1, act: { where: where('amount', 10_000, 'greater') } })).toEqual([
    1, 1,
  ]);
  expect(
    await count('Read', { version: 1, act: { what: 'attention', where: where('scroll', 89, 'greater') } }),
  ).toEqual([1, 1]);
  expect(await count('Four minutes', { version: 1, visit: where('seconds', 239, 'greater') })).toEqual([2, 2]);
  expect(await count('Two pages', { version: 1, visit: where('views', 1, 'greater') })).toEqual([1, 1]);
});

test('a visitor who did it by a saved segment, and by filters of what happened', async () => {
  const { id } = await set('Form by segment', EVENT('form_submit'));
  const measures = [`conversions:${id}`, `conversionRate:${id}`];
  const buyers = { did: { what: 'view', where: { property: 'page', is: 'equals', value: '/' } } };
  const { totals } = await run({ measures, filters: buyers });
  expect(totals).toEqual({ [`conversions:${id}`]: 3, [`conversionRate:${id}`]: 1 });
  await expect(run({ measures, dimensions: ['status'] })).rejects.toThrow(/figure of whole visits/);
});

test('as it was known before the form arrived there is no conversion', async () => {
  const { id } = await set('Form as known', EVENT('form_submit'));
  const asOf = new Date(DAY + 601 * MINUTE).toISOString();
  const { totals } = await run({ measures: [`conversions:${id}`, `convertedVisits:${id}`], asOf });
  expect(totals).toEqual({ [`conversions:${id}`]: 0, [`convertedVisits:${id}`]: 0 });
});

test('a goal is changed, put away, brought back, and refused when it can’t be meant', async () => {
  const goals = keptGoals(program.db);
  const made = describeGoal(await set('Short-lived', EVENT('x')));
  const changed = await goals.update(place.workspace, made.id, { version: 1, worth: 700 }, 'test');
  expect(describeGoal(changed)).toMatchObject({ worth: 700, version: 2 });
  await expect(goals.update(place.workspace, made.id, { version: 1, worth: 1 }, 'test')).rejects.toThrow(/meanwhile/);
  await goals.archive(place.workspace, made.id, 'test');
  await expect(run({ measures: [`conversions:${made.id}`] })).rejects.toThrow(/"Short-lived" is archived/);
  await goals.undo(place.workspace, made.id, 'test');
  expect((await run({ measures: [`conversions:${made.id}`] })).totals).toEqual({ [`conversions:${made.id}`]: 0 });
  await expect(set('short-LIVED', EVENT('y'))).rejects.toThrow(/already/);
  const ofVisit = { version: 1, act: { where: { property: 'channel', is: 'equals', value: 'Email' } } } as const;
  await expect(set('Wrong', ofVisit)).rejects.toThrow(/belongs to a whole visit/);
  const other = await company(program, 'Other', 'other.example');
  await expect(
    program.reports.run(other.workspace, reportQuery.parse({ period: PERIOD, measures: [`conversions:${made.id}`] })),
  ).rejects.toThrow(/not in this company/);
});
