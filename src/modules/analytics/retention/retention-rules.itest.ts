// Cohorts hold whom the plain rules put in them: by day, week and month of the company's zone where clocks change, by first visit
// or act, with who came back and what they brought in; and a visitor who agrees in the middle of a visit stays one person.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { midnight, type SeenEvent } from '../segments/segment-reference.ts';
import { MOST_UNITS, type Occasion, retentionQuestion } from './contract.ts';
import { runRetention } from './retention.ts';
import { type PlainPerson, personOf } from './retention-reference.ts';
import { dateOf, unitOf } from './units.ts';

const ZONE = 'Europe/Berlin';
// summer time ends on 25 October 2026
const PERIOD: [string, string] = ['2026-10-05', '2026-11-10'];
const TODAY = '2026-11-18';
const NOW = new Date(`${TODAY}T12:00:00Z`);
const MINUTE = 60_000;
const DAYS = [
  '2026-10-01',
  '2026-10-12',
  '2026-10-24',
  '2026-10-25',
  '2026-10-26',
  '2026-11-01',
  '2026-11-02',
  '2026-11-17',
];

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

const seen: fc.Arbitrary<SeenEvent> = fc
  .record({
    visitor: fc.integer({ min: 1, max: 12 }),
    day: fc.constantFrom(...DAYS),
    // around midnight of the zone and of UTC, and in the day
    minute: fc.oneof(fc.integer({ min: -40, max: 160 }), fc.integer({ min: 600, max: 660 })),
    kind: fc.constantFrom('view', 'view', 'event'),
    name: fc.constantFrom('purchase', 'sign-up'),
    channel: fc.constantFrom('', 'Email', 'Paid Search'),
    revenue: fc.constantFrom(0, 500, 2000, -500),
    currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  })
  .map(({ visitor, day, minute, kind, name, ...e }) => ({
    ...e,
    visitor: BigInt(visitor),
    at: Math.min(midnight(day, ZONE) + minute * MINUTE, NOW.getTime() - 1),
    kind: kind as SeenEvent['kind'],
    name: kind === 'event' ? name : '',
    revenue: kind === 'event' ? e.revenue : 0,
    path: '/',
    country: '',
    properties: {},
  }));
const distinct = (events: SeenEvent[]): SeenEvent[] => [
  ...new Map(events.map((e) => [`${e.visitor} ${e.at}`, e])).values(),
];

const did = (value: string): Occasion => ({
  did: { what: 'event', where: { property: 'event', is: 'equals', value } },
});
const occasion = fc.constantFrom<Occasion>('visit', 'visit', did('purchase'), did('sign-up'));
const matcher = (of: Occasion): 'visit' | ((event: SeenEvent) => boolean) => {
  if (of === 'visit' || 'goal' in of) return 'visit';
  const { where } = of.did;
  const name = where && 'value' in where ? where.value : '';
  return (event) => event.kind === 'event' && event.name === name;
};

test('random cohorts over random events', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(seen, { minLength: 30, maxLength: 90 }).map(distinct),
      fc.array(
        fc.record({
          unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
          first: occasion,
          back: occasion,
          people: fc.constantFrom('recognised' as const, 'all' as const),
          channel: fc.constantFrom(null, 'Email'),
        }),
        { minLength: 3, maxLength: 3 },
      ),
      async (events, questions) => {
        const place = await company(program, 'Cohorts', 'shop.example', ZONE);
        // every third visitor can't be recognised on another day
        const isLasting = (visitor: bigint): boolean => visitor % 3n !== 0n;
        await program.spool.append(
          events.map((e) => eventRow(place, { ...e, visitorKind: isLasting(e.visitor) ? 'consented' : 'cookieless' })),
        );
        await program.flusher.flush();
        const knownFrom = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' }).format(
          Math.min(...events.map(({ at }) => at)),
        );
        for (const { channel, ...asked } of questions) {
          const words = JSON.stringify({ channel, ...asked });
          const { unit } = asked;
          const plain = { unit, zone: ZONE, first: matcher(asked.first), back: matcher(asked.back), currency: 'EUR' };
          const visitors = [...new Set(events.map(({ visitor }) => visitor))].filter(
            (visitor) => asked.people === 'all' || isLasting(visitor),
          );
          const people = visitors.flatMap((visitor) => {
            const own = events.filter((e) => e.visitor === visitor).sort((a, b) => a.at - b.at);
            const person = personOf(own, plain);
            return person && (channel === null || person.channel === channel) ? [person] : [];
          });
          const filters =
            channel === null
              ? {}
              : { filters: { property: 'channel' as const, is: 'equals' as const, value: channel } };
          const question = { period: PERIOD, ...filters, ...asked };
          const run = (count: 'people' | 'revenue') =>
            runRetention(
              program,
              place.workspace,
              retentionQuestion.parse({ ...question, count, breakdown: 'channel' }),
              NOW,
            );
          const now = unitOf(TODAY, unit);
          const first = Math.max(unitOf(PERIOD[0], unit), unitOf(knownFrom, unit));
          const numbers = Array.from({ length: unitOf('2026-11-09', unit) - first + 1 }, (_, i) => first + i);
          const tell = (cell: (own: readonly PlainPerson[], k: number) => object) =>
            numbers.map((number) => {
              const own = people.filter(({ cohort }) => cohort === number);
              const cells = Array.from({ length: Math.min(now - number, MOST_UNITS[unit]) + 1 }, (_, k) => ({
                ...cell(own, k),
                open: number + k === now,
              }));
              return { start: dateOf(number, unit), size: own.length, open: number === now, cells };
            });
          const came = await run('people');
          expect(came.cohorts, words).toEqual(
            tell((own, k) => ({ people: own.filter(({ units }) => units.has(k)).length, revenue: null })),
          );
          const inside = people.filter(({ cohort }) => cohort >= first && cohort <= unitOf('2026-11-09', unit));
          for (const { value, size } of came.breakdown ?? []) {
            expect(size, `${words} ${value}`).toBe(inside.filter((one) => one.channel === value).length);
          }
          const brought = await run('revenue');
          expect(brought.cohorts, words).toEqual(
            tell((own, k) => {
              const until = own.map(({ money }) => money.filter((one) => one.unit <= k));
              return {
                people: until.filter((money) => money.some(({ amount }) => amount > 0)).length,
                revenue: until.flat().reduce((sum, { amount }) => sum + amount, 0),
              };
            }),
          );
          let sum = 0;
          for (const { unit: k, value } of brought.average) {
            const over = inside.filter(({ cohort }) => cohort + k < now);
            const amount = over
              .flatMap(({ money }) => money.filter((one) => one.unit === k))
              .reduce((all, one) => all + one.amount, 0);
            if (over.length > 0) sum += amount / over.length;
            if (over.length === 0) expect(value, words).toBeNull();
            else expect(value, words).toBeCloseTo(sum, 6);
          }
        }
      },
    ),
    { numRuns: Number(process.env.RETENTION_RUNS ?? 2), endOnFailure: true },
  );
});

test('someone who agrees in the middle of the first visit is one person who comes back', async () => {
  const place = await company(program, 'Consent', 'shop.example', 'UTC');
  const day = Date.UTC(2026, 9, 12, 10);
  const page = (at: number, visitor: bigint, kind: 'cookieless' | 'consented', visitorBefore = 0n) =>
    eventRow(place, { at, visitor, visitorKind: kind, visitorBefore });
  await program.spool.append([
    page(day, 21n, 'cookieless'),
    page(day + 2 * MINUTE, 22n, 'consented', 21n),
    page(day + 7 * 1440 * MINUTE, 22n, 'consented'),
  ]);
  await program.flusher.flush();
  const { cohorts } = await runRetention(
    program,
    place.workspace,
    retentionQuestion.parse({ period: ['2026-10-12', '2026-10-19'] }),
    NOW,
  );
  expect(cohorts).toEqual([
    {
      start: '2026-10-12',
      size: 1,
      open: false,
      cells: [1, 1, 0, 0, 0, 0].map((people, k) => ({ people, revenue: null, open: k === 5 })),
    },
  ]);
});
