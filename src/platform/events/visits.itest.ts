// Visits and sales come out the same whatever order, batches and repetitions their events arrive in, and they equal the plain rules.
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { uuidv7 } from '../ids/uuid.ts';
import { Flusher } from './flusher.ts';
import { referenceSales } from './sales-reference.ts';
import { Spool } from './spool.ts';
import { type ReferenceEvent, referenceVisits } from './visits-reference.ts';

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

/** A collector of another process: a spool folder and a flusher of its own over the same databases. */
async function anotherCollector() {
  const { installation, store } = program;
  const spool = new Spool(join(installation.config.data, 'spool-of-another'));
  await spool.open();
  return {
    spool,
    flusher: new Flusher({ spool, store, pool: installation.pool, log: installation.log, everyMs: 1000 }),
  };
}

const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 9, 14);

const encoded = (place: { workspace: string; site: string }, e: ReferenceEvent): Buffer =>
  eventRow(place, {
    at: e.at,
    id: e.id,
    visitor: e.visitor,
    visitorBefore: e.before,
    kind: e.kind,
    engagedMs: e.engagedMs,
    name: e.name,
    path: e.told ? '' : e.path,
    hostname: e.told ? '' : 'shop.example',
    channel: e.channel,
    visitorKind: e.told ? 'server' : 'cookieless',
    revenue: e.revenue,
    currency: e.revenue === 0 ? '' : 'EUR',
    orderId: e.order,
  });

async function storedVisits(workspace: string) {
  const answer = await program.installation.clickhouse.query({
    query: `SELECT toUInt32(toUInt16(day)) AS day, toString(visitor) AS visitor, toUnixTimestamp64Milli(start) AS start, toUnixTimestamp64Milli(finish) AS finish,
      arrayMap(x -> toString(x), ids) AS ids, views, events, bounce, engaged, duration_ms, landing_path, exit_path, channel, names, acts FROM visits FINAL WHERE workspace = '${workspace}' ORDER BY start, toUInt64(visitor)`,
    format: 'JSONEachRow',
  });
  const rows = await answer.json<
    Record<string, string | number> & { ids: string[]; names: string[]; acts: string[] }
  >();
  return rows.map((r) => ({
    day: r.day,
    visitor: BigInt(r.visitor!),
    ids: r.ids.map(BigInt),
    start: Number(r.start),
    finish: Number(r.finish),
    views: r.views,
    events: r.events,
    bounce: r.bounce,
    engaged: r.engaged,
    durationMs: Number(r.duration_ms),
    landing: r.landing_path,
    exit: r.exit_path,
    channel: r.channel,
    names: r.names,
    acts: r.acts,
  }));
}

async function storedSales(workspace: string) {
  const answer = await program.installation.clickhouse.query({
    query: `SELECT toString(id) AS id, revenue, channel, toUnixTimestamp64Milli(visit_start) AS visit_start, toString(visitor) AS visitor FROM sales FINAL WHERE workspace = '${workspace}' ORDER BY toString(id)`,
    format: 'JSONEachRow',
  });
  const rows = await answer.json<{
    id: string;
    revenue: string;
    channel: string;
    visit_start: string;
    visitor: string;
  }>();
  return rows.map((r) => ({
    id: r.id,
    revenue: Number(r.revenue),
    channel: r.channel,
    visitStart: Number(r.visit_start),
    visitor: r.visitor,
  }));
}

// two lasting visitors, and one whose id changes at midnight from 11 to 12; some events on both sides of two midnights
const visitorAt = (who: number, at: number): { visitor: bigint; before: bigint } => {
  if (who < 2) return { visitor: BigInt(who + 1), before: 0n };
  const day = Math.floor((at - MIDNIGHT) / 86_400_000);
  const early = at - MIDNIGHT - day * 86_400_000 < 30 * MINUTE;
  return { visitor: BigInt(20 + day), before: early ? BigInt(19 + day) : 0n };
};
const event = fc
  .record({
    who: fc.integer({ min: 0, max: 2 }),
    // minutes around two midnights, dense enough that runs of events cross them
    minute: fc.oneof(
      fc.integer({ min: -70, max: 90 }),
      fc.integer({ min: 1370, max: 1500 }),
      fc.integer({ min: -2900, max: 2900 }),
    ),
    ms: fc.integer({ min: 0, max: 3 }),
    kind: fc.constantFrom('view', 'view', 'event', 'signal', 'asset', 'told'),
    path: fc.constantFrom('/', '/a', '/b'),
    engagedMs: fc.constantFrom(0, 0, 6000),
    channel: fc.constantFrom('', 'Direct', 'Organic Search', 'Email'),
    name: fc.constantFrom('purchase', 'refund', 'click'),
    amount: fc.constantFrom(0, 700, 1900),
    order: fc.constantFrom('', 'A', 'B'),
  })
  .map(({ who, minute, ms, kind, path, engagedMs, channel, name, amount, order }): Omit<ReferenceEvent, 'id'> => {
    const at = MIDNIGHT + minute * MINUTE + ms;
    return {
      ...visitorAt(who, at),
      at,
      kind: kind === 'told' ? 'event' : (kind as ReferenceEvent['kind']),
      told: kind === 'told',
      path,
      name: kind === 'told' || kind === 'event' ? name : '',
      revenue:
        kind !== 'told' && kind !== 'event' ? 0 : name === 'refund' ? -amount || 0 : name === 'click' ? 0 : amount,
      order: name === 'click' ? '' : order,
      engagedMs,
      channel,
    };
  });

test('any order, any batches and any repetition of the same events give the same visits as the plain rules', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 24 }),
      fc.array(fc.nat(), { minLength: 4, maxLength: 60 }),
      async (drawn, order) => {
        const events: ReferenceEvent[] = drawn.map((e) => ({ ...e, id: uuidv7() }));
        const place = await company(program, 'Visits', 'shop.example', 'UTC');
        // every event at least once, some again, in a drawn order, cut into batches at drawn places
        const deliveries = [...events, ...order.map((n) => events[n % events.length]!)];
        for (let i = deliveries.length - 1; i > 0; i--) {
          const j = order[i % order.length]! % (i + 1);
          [deliveries[i], deliveries[j]] = [deliveries[j]!, deliveries[i]!];
        }
        // through two collectors, one of which is started anew each time with what it had not flushed
        for (let at = 0, batch = 0; at < deliveries.length; batch++) {
          const size = 1 + (order[batch % order.length]! % 11);
          const rows = deliveries.slice(at, at + size).map((e) => encoded(place, e));
          const second = await anotherCollector();
          await program.spool.append(rows.slice(0, rows.length >> 1));
          await second.spool.append(rows.slice(rows.length >> 1));
          await second.spool.close();
          await Promise.all([program.flusher.flush(), (await anotherCollector()).flusher.flush()]);
          at += size;
        }
        expect(await storedVisits(place.workspace)).toEqual(referenceVisits(events));
        const sales = referenceSales(events, referenceVisits(events));
        expect(await storedSales(place.workspace)).toEqual(sales);
        const twice = await program.installation.clickhouse.query({
          query: `SELECT count() AS n, uniqExact(id) AS ids FROM events WHERE workspace = '${place.workspace}'`,
          format: 'JSONEachRow',
        });
        expect((await twice.json<{ n: string; ids: string }>())[0]).toEqual({
          n: String(events.length),
          ids: String(events.length),
        });
        // and recomputing whole days gives the same again
        await program.store.deriveDays(
          { workspace: place.workspace, timeZone: 'UTC' },
          place.site,
          new Set(events.map((e) => Math.floor(e.at / 86_400_000)).flatMap((d) => [d - 1, d, d + 1])),
        );
        expect(await storedVisits(place.workspace)).toEqual(referenceVisits(events));
        expect(await storedSales(place.workspace)).toEqual(sales);
      },
    ),
    { numRuns: Number(process.env.VISIT_RUNS ?? 8), endOnFailure: true },
  );
});
