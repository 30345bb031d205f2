// A segment chooses the same visitors as the plain rules, in a count and as the filter of a report.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import { type Filter, reportQuery } from '../contract.ts';
import type { Act, PlainFilter, Times, Within } from '../report/filter-contract.ts';
import { countSql, scopeOfNow } from './count.ts';
import { midnight, type SeenEvent, Visitor } from './segment-reference.ts';

const ZONE = 'Europe/Berlin';
// summer time ends on 25 October 2026
const TODAY = '2026-10-28';
const TO = '2026-10-29';
const NOON = Date.parse(`${TODAY}T12:00:00Z`);
const MINUTE = 60_000;
const RATE = 0.5;
// 30 days with today: what a count takes for the report's period, too
const PERIOD_FROM = '2026-09-29';

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

const seenEvent: fc.Arbitrary<SeenEvent> = fc
  .record({
    visitor: fc.integer({ min: 1, max: 7 }),
    // minutes before the end, dense in places so that visits have several events, and at midnights of the zone
    minute: fc.oneof(
      fc.integer({ min: 0, max: 90 }),
      fc.integer({ min: 4 * 1440 - 60, max: 4 * 1440 + 120 }),
      fc.integer({ min: -600, max: 60 * 1440 }),
    ),
    ms: fc.constantFrom(0, 0, 1),
    kind: fc.constantFrom('view', 'view', 'event'),
    path: fc.constantFrom('/', '/a', '/b/ü'),
    name: fc.constantFrom('purchase', 'purchase', 'sign-up', 'refund'),
    channel: fc.constantFrom('', 'Direct', 'Email', 'Paid Search'),
    revenue: fc.constantFrom(0, 0, 500, 2000, -500),
    currency: fc.constantFrom('EUR', 'EUR', 'USD', 'XYZ'),
    order: fc.constantFrom('', 'A', 'B'),
    size: fc.constantFrom('', '3', '12', "it's \\ so"),
  })
  .map(({ visitor, minute, ms, kind, name, size, order, ...e }) => ({
    ...e,
    visitor: BigInt(visitor),
    at: midnight(TO, ZONE) - minute * MINUTE + ms,
    kind: kind as SeenEvent['kind'],
    name: kind === 'event' ? name : '',
    orderId: order === '' || kind !== 'event' ? '' : `${visitor}${order}`,
    // of the visitor, so that it is also the visit's
    country: ['DE', 'FR', ''][visitor % 3]!,
    properties: (size === '' ? {} : { size }) as Record<string, string>,
  }));

const eventTest: fc.Arbitrary<PlainFilter> = fc.oneof(
  fc.constantFrom('/', '/a', '/b/ü').map((value): PlainFilter => ({ property: 'page', is: 'equals', value })),
  fc.constantFrom('/b', 'Ü').map((value): PlainFilter => ({ property: 'page', is: 'contains', value })),
  fc.constantFrom('purchase', 'sign-up').map((value): PlainFilter => ({ property: 'event', is: 'equals', value })),
  fc.constantFrom('DE', 'FR').map((value): PlainFilter => ({ property: 'country', is: 'equals', value })),
  fc
    .constantFrom('3', '12', "it's \\ so")
    .map((v): PlainFilter => ({ property: 'property:size', is: 'equals', value: v })),
  fc.constant<PlainFilter>({ property: 'property:size', is: 'greater', value: 5 }),
);
const visitTest: fc.Arbitrary<PlainFilter> = fc.oneof(
  fc.constantFrom('Direct', 'Email').map((value): PlainFilter => ({ property: 'channel', is: 'equals', value })),
  fc.constantFrom('/', '/a').map((value): PlainFilter => ({ property: 'landingPage', is: 'equals', value })),
  fc.constantFrom('/a', '/b/ü').map((value): PlainFilter => ({ property: 'page', is: 'equals', value })),
  fc.constant<PlainFilter>({ property: 'event', is: 'in', value: ['purchase'] }),
  fc.constant<PlainFilter>({ property: 'country', is: 'empty' }),
);
const nested = (one: fc.Arbitrary<PlainFilter>): fc.Arbitrary<PlainFilter> =>
  fc.letrec<{ it: PlainFilter }>((tie) => ({
    it: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      one,
      fc.array(tie('it'), { maxLength: 3 }).map((and): PlainFilter => ({ and })),
      fc.array(tie('it'), { maxLength: 3 }).map((or): PlainFilter => ({ or })),
      tie('it').map((not): PlainFilter => ({ not })),
    ),
  })).it;

const times: fc.Arbitrary<Times> = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((atLeast) => ({ atLeast })),
  fc.integer({ min: 0, max: 3 }).map((atMost) => ({ atMost })),
  fc.integer({ min: 0, max: 2 }).map((exactly) => ({ exactly })),
);
const within: fc.Arbitrary<Within> = fc.oneof(
  fc.constantFrom(1, 4, 5, 30).map((days) => ({ days })),
  fc.constant<Within>({ reportPeriod: true }),
  fc.constantFrom<Within>({ period: ['2026-10-24', '2026-10-26'] }, { period: ['2026-09-01', '2026-12-01'] }),
);
const perhaps = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom('view', 'event', undefined),
  where: perhaps(nested(eventTest)),
});
const behaviour: fc.Arbitrary<Filter> = fc.oneof(
  fc.tuple(act, perhaps(times), perhaps(within)).map(([a, n, w]): Filter => ({ did: { ...a, times: n, within: w } })),
  fc.tuple(act, perhaps(within)).map(([a, w]): Filter => ({ never: { ...a, within: w } })),
  fc
    .tuple(perhaps(nested(visitTest)), perhaps(times), perhaps(within))
    .map(([where, n, w]): Filter => ({ visited: { where, times: n, within: w } })),
  within.map((w): Filter => ({ firstSeen: { within: w } })),
  within.map((w): Filter => ({ lastSeen: { within: w } })),
  fc
    .tuple(fc.constantFrom(-400, 0, 1, 1500), fc.boolean(), perhaps(within))
    .map(([n, least, w]): Filter => ({ revenue: { sum: least ? { atLeast: n } : { atMost: n }, within: w } })),
  fc
    .tuple(act, act, fc.constantFrom(1, 3, 20), perhaps(within))
    .map(([first, next, days, w]): Filter => ({ sequence: { first, next, days, within: w } })),
);
const segmentOf = (leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ it: Filter }>((tie) => ({
    it: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('it'), { maxLength: 3 }).map((and): Filter => ({ and })),
      fc.array(tie('it'), { maxLength: 3 }).map((or): Filter => ({ or })),
      tie('it').map((not): Filter => ({ not })),
    ),
  })).it;
const ofVisitors = segmentOf(fc.oneof(behaviour, behaviour, visitTest as fc.Arbitrary<Filter>));

async function stored(events: readonly SeenEvent[], periodFrom: string) {
  const place = await company(program, 'Segments', 'shop.example', ZONE);
  // one dollar is worth half a euro on every day
  await sql`INSERT INTO exchange_rate (workspace, id, day, currency, to_currency, rate, source)
    VALUES (${place.workspace}, ${uuidv7()}, '2020-01-01', 'USD', 'EUR', ${String(RATE)}, 'manual')`.execute(
    program.db,
  );
  await program.spool.append(events.map((e) => eventRow(place, e)));
  await program.flusher.flush();
  const byVisitor = new Map<bigint, SeenEvent[]>();
  for (const e of [...events].sort((a, b) => a.at - b.at)) {
    byVisitor.set(e.visitor, [...(byVisitor.get(e.visitor) ?? []), e]);
  }
  const moment = { to: TO, zone: ZONE, currency: 'EUR', periodFrom, rates: { USD: RATE } };
  const visitors = [...byVisitor].map(([id, own]) => ({ id, it: new Visitor(own, moment) }));
  return { place, visitors: visitors.filter(({ it }) => it.visits.length > 0) };
}

/** Rows of one moment have no order of their own: a visitor does one thing at a time. */
const distinct = (events: SeenEvent[]): SeenEvent[] => [
  ...new Map(events.map((e) => [`${e.visitor} ${e.at}`, e])).values(),
];

describe('random segments over random events', { timeout: 240_000 }, () => {
  test('choose the visitors of the plain rules, counted and in a report', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(seenEvent, { minLength: 5, maxLength: 60 }).map(distinct),
        fc.array(fc.oneof(behaviour, ofVisitors), { minLength: 25, maxLength: 25 }),
        async (events, segments) => {
          const { place, visitors } = await stored(events, PERIOD_FROM);
          const { scope: now } = await scopeOfNow(program.db, place.workspace, null, new Date(NOON));
          const sales = await program.reports.openSales(place.workspace, { period: ['2020-01-01', TO] });
          const scope = { ...now, money: sales.scope.money };
          for (const where of segments) {
            const chosen = visitors.filter(({ it }) => it.isIn(where));
            const definition = { version: 1, selects: 'visitors', where } as const;
            const [size] = await program.reports.rows<{ visitors: string }>(
              countSql(scope, { site: null, definition }, new Map()),
            );
            const words = JSON.stringify(where);
            expect(Number(size!.visitors), words).toBe(chosen.length);
            const { totals } = await program.reports.run(
              place.workspace,
              reportQuery.parse({
                period: [PERIOD_FROM, TO],
                measures: ['visitors', 'visits', 'events'],
                filters: { visitors: where },
              }),
            );
            const from = midnight(PERIOD_FROM, ZONE);
            const visits = chosen.flatMap(({ it }) => it.visits.filter((visit) => visit.start >= from));
            expect(totals.visits ?? 0, words).toBe(visits.length);
          }
        },
      ),
      { numRuns: Number(process.env.SEGMENT_RUNS ?? 6), endOnFailure: true },
    );
  });

  test('beside properties of visits they leave the visits for which both hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(seenEvent, { minLength: 5, maxLength: 60 }).map(distinct),
        fc.array(fc.tuple(behaviour, behaviour, visitTest), { minLength: 15, maxLength: 15 }),
        async (events, asked) => {
          const { place, visitors } = await stored(events, '2020-01-01');
          for (const [one, other, property] of asked) {
            const filters: Filter = { and: [one, property, { not: other }] };
            const { totals } = await program.reports.run(
              place.workspace,
              reportQuery.parse({ period: ['2020-01-01', TO], measures: ['visits'], filters }),
            );
            const here: Filter = { visited: { where: property, times: { atLeast: 0 } } };
            const fitting = visitors.filter(({ it }) => it.isIn({ and: [one, { not: other }, here] }));
            // the plain rules count the visits of a visitor by asking for ever more of them
            const visits = fitting.reduce((n, { it }) => {
              let many = 0;
              while (it.isIn({ visited: { where: property, times: { atLeast: many + 1 } } })) many++;
              return n + many;
            }, 0);
            expect(totals.visits ?? 0, JSON.stringify(filters)).toBe(visits);
          }
        },
      ),
      { numRuns: Number(process.env.SEGMENT_RUNS ?? 4), endOnFailure: true },
    );
  });
});
