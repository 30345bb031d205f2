// A funnel counts the same people at the same moments as the plain rules, whatever happened: by visitor and by visit, with other
// things between and without, at the edges of window, period and midnight; so does a segment of those who came so far.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quantile } from '../../../../bench/support.ts';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { countSql, scopeOfNow } from '../segments/count.ts';
import { midnight, type SeenEvent } from '../segments/segment-reference.ts';
import { runDropped, runFunnel } from './answer.ts';
import type { FunnelDefinition } from './contract.ts';
import { type Attempt, attemptsOf, type PlainFunnel } from './funnel-reference.ts';

const ZONE = 'Europe/Berlin';
// summer time ends on 25 October 2026
const PERIOD: [string, string] = ['2026-10-24', '2026-10-27'];
const [FROM, TO] = [midnight(PERIOD[0], ZONE), midnight(PERIOD[1], ZONE)];
const MINUTE = 60_000;
const GAP = 30 * MINUTE;

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

const PATHS = ['/', '/a', '/b'];
const NAMES = ['cart', 'buy'];
const seen: fc.Arbitrary<SeenEvent> = fc
  .record({
    visitor: fc.integer({ min: 1, max: 5 }),
    minute: fc.oneof(
      // dense, at both ends of the period, around midnight UTC and where the clock changes
      ...[0, 60, 1440 + 180, 3 * 1440, 4320 + 60].map((around) => fc.integer({ min: around - 25, max: around + 25 })),
      fc.integer({ min: -1440, max: 5 * 1440 }),
    ),
    ms: fc.constantFrom(0, 0, 0, 1),
    kind: fc.constantFrom('view', 'view', 'event'),
    path: fc.constantFrom(...PATHS),
    name: fc.constantFrom(...NAMES),
    channel: fc.constantFrom('', '', 'Email', 'Paid Search'),
  })
  .map(({ visitor, minute, ms, kind, name, ...e }) => ({
    ...e,
    visitor: BigInt(visitor),
    at: FROM + minute * MINUTE + ms,
    kind: kind as SeenEvent['kind'],
    name: kind === 'event' ? name : '',
    country: '',
    revenue: 0,
    currency: '',
    properties: {},
  }));

type Step = { what: 'view' | 'event' | 'any'; value: string | null };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...PATHS, null).map((value): Step => ({ what: 'view', value })),
  fc.constantFrom(...NAMES, null).map((value): Step => ({ what: 'event', value })),
  fc.constant<Step>({ what: 'any', value: null }),
);
const actOf = ({ what, value }: Step) => ({
  ...(what === 'any' ? {} : { what }),
  ...(value === null
    ? {}
    : { where: { property: what === 'view' ? ('page' as const) : ('event' as const), is: 'equals' as const, value } }),
});
const matchOf =
  ({ what, value }: Step) =>
  (event: SeenEvent): boolean =>
    (what === 'any' || event.kind === what) &&
    (value === null || (what === 'view' ? event.path : event.name) === value);

const asked = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: 4 }),
  order: fc.constantFrom('ordered' as const, 'ordered' as const, 'strict' as const),
  minutes: fc.constantFrom(1, 5, 30, 1440, 4 * 1440),
  by: fc.constantFrom('visitor' as const, 'visitor' as const, 'visit' as const),
  channel: fc.constantFrom(null, null, 'Email'),
});

async function stored(events: readonly SeenEvent[]) {
  const place = await company(program, 'Funnels', 'shop.example', ZONE);
  await program.spool.append(events.map((e) => eventRow(place, e)));
  await program.flusher.flush();
  const byVisitor = new Map<bigint, SeenEvent[]>();
  for (const e of [...events].sort((a, b) => a.at - b.at)) {
    byVisitor.set(e.visitor, [...(byVisitor.get(e.visitor) ?? []), e]);
  }
  return { place, byVisitor };
}

/** At one moment of one visitor there may be several things, but not two visits' sources. */
const oneSource = (events: SeenEvent[]): SeenEvent[] => {
  const channels = new Map<string, string>();
  return events.map((e) => {
    const key = `${e.visitor} ${e.at}`;
    if (!channels.has(key)) channels.set(key, e.channel);
    return { ...e, channel: channels.get(key)! };
  });
};

const times = (attempts: readonly Attempt[], from: number, to: number) => {
  const all = attempts.flatMap(({ times: t }) => (t.length > to ? [t[to]! - t[from]!] : []));
  return all.length === 0
    ? { medianMs: null, p90Ms: null }
    : { medianMs: quantile(all, 0.5), p90Ms: quantile(all, 0.9) };
};

test('random funnels over random events say what the plain rules say', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(seen, { minLength: 10, maxLength: 70 }).map(oneSource),
      fc.array(asked, { minLength: 8, maxLength: 8 }),
      async (events, funnels) => {
        const { place, byVisitor } = await stored(events);
        for (const { steps, channel, ...shape } of funnels) {
          const kinds = new Set(steps.map(({ what }) => what));
          const plain: PlainFunnel = {
            ...shape,
            steps: steps.map(matchOf),
            kinds: kinds.size > 1 || kinds.has('any') ? ['view', 'event'] : ([...kinds] as SeenEvent['kind'][]),
            windowMs: shape.minutes * MINUTE,
            from: FROM,
            to: TO,
            beginsIn: (one) => channel === null || one === channel,
          };
          const attempts = [...byVisitor.values()].flatMap((own) =>
            attemptsOf(own, plain).map((attempt) => ({ ...attempt, own })),
          );
          const definition: FunnelDefinition = {
            version: 1,
            ...shape,
            steps: steps.map((one) => ({ act: actOf(one) })),
          };
          const filters =
            channel === null
              ? {}
              : { filters: { property: 'channel' as const, is: 'equals' as const, value: channel } };
          const question = { period: PERIOD, ...filters, definition };
          const words = JSON.stringify(question);
          const answer = await runFunnel(program, place.workspace, { ...question, breakdown: 'channel' });
          const reached = (some: readonly Attempt[]) =>
            steps.map((_, i) => some.filter((one) => one.times.length > i).length);
          expect(
            answer.steps.map((one) => one.reached),
            words,
          ).toEqual(reached(attempts));
          for (const [i, one] of answer.steps.entries()) {
            if (i > 0) expect(one, words).toMatchObject(times(attempts, i - 1, i));
          }
          expect(answer.total, words).toEqual(times(attempts, 0, steps.length - 1));
          for (const { value, reached: split } of answer.breakdown ?? []) {
            expect(split, `${words} ${value}`).toEqual(reached(attempts.filter((one) => one.channel === value)));
          }
          const stop = steps.length - 1;
          const stopped = attempts.filter((one) => one.times.length === stop);
          const { people, left, next, others } = await runDropped(program, place.workspace, {
            ...question,
            step: stop,
          });
          expect([people, left + others + next.reduce((n, one) => n + one.people, 0)]).toEqual([
            stopped.length,
            stopped.length,
          ]);
          const end = TO + plain.windowMs;
          const went = stopped.filter(({ own, times: t }) =>
            own.some(({ at }) => at > t.at(-1)! && at < end && at - t.at(-1)! < GAP),
          );
          expect(people - left, words).toBe(went.length);
          if (shape.by === 'visit') continue;
          // a segment of those who came so far holds the same people; the period of its count ends much later
          const { scope } = await scopeOfNow(program.db, place.workspace, null, new Date('2026-11-20T12:00:00Z'));
          const where = {
            funnel: {
              ...shape,
              steps: steps.map(actOf),
              reached: { exactly: stop },
              within: { period: PERIOD },
              ...(channel === null ? {} : { where: filters.filters! }),
            },
          };
          const counted = { site: null, definition: { version: 1 as const, selects: 'visitors' as const, where } };
          const [size] = await program.reports.rows<{ visitors: string }>(countSql(scope, counted, new Map()));
          expect(Number(size?.visitors), words).toBe(stopped.length);
        }
      },
    ),
    { numRuns: Number(process.env.FUNNEL_RUNS ?? 2), endOnFailure: true },
  );
});
