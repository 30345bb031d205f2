// A saved segment is kept, changed, taken back and refused as its users expect, and is the same in counts and reports.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { type Filter, filter, reportQuery } from '../contract.ts';
import { READY_SEGMENT_IDS, type ReadySegmentId } from '../report/vocabulary.ts';
import type { SegmentDefinition } from './contract.ts';
import { describeSegment, keptSegments } from './segments.ts';

let program: TestProgram;
let shop: { workspace: string; site: string };
let other: { workspace: string; site: string };

const HOUR = 3_600_000;
const BUYERS: Filter = { did: { what: 'event', where: { property: 'event', is: 'equals', value: 'purchase' } } };
const of = (where: Filter, selects: SegmentDefinition['selects'] = 'visitors'): SegmentDefinition => ({
  version: 1,
  selects,
  where,
});
const WHO = 'anna@shop.example';
const create = (name: string, definition: SegmentDefinition, site: string | null = null) =>
  keptSegments(program.db).create(shop.workspace, { name, site, definition }, WHO);
const tomorrow = new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10);
const report = (filters: Filter, measures = ['visitors', 'visits', 'pageViews'], further = {}) =>
  program.reports.run(
    shop.workspace,
    reportQuery.parse({ period: ['2020-01-01', tomorrow], measures, filters, ...further }),
  );

beforeAll(async () => {
  program = await testProgram();
  shop = await company(program, 'Shop', 'shop.example', 'UTC');
  other = await company(program, 'Other', 'other.example', 'UTC');
  const now = Date.now();
  // visitor 1 bought twice, long ago and now, 2 bought once, 3 looked, 4 came by mail without consent
  const rows = [
    { visitor: 1n, at: now - 900 * HOUR, kind: 'event', name: 'purchase', revenue: 5000, currency: 'EUR' },
    { visitor: 1n, at: now - 2 * HOUR, kind: 'event', name: 'purchase', revenue: 1000, currency: 'EUR' },
    { visitor: 2n, at: now - 3 * HOUR, path: '/sale', channel: 'Email' },
    { visitor: 2n, at: now - 3 * HOUR + 1000, kind: 'event', name: 'purchase', revenue: 700, currency: 'EUR' },
    { visitor: 3n, at: now - 2 * HOUR, path: '/sale' },
    { visitor: 4n, at: now - HOUR, path: '/', channel: 'Email' },
  ] as const;
  await program.spool.append(
    rows.map((row) => eventRow(shop, { visitorKind: row.visitor === 4n ? 'cookieless' : 'consented', ...row })),
  );
  await program.spool.append([eventRow(other, { visitor: 1n, at: now - HOUR, kind: 'event', name: 'purchase' })]);
  await program.flusher.flush();
});
afterAll(() => program?.close());

test('a saved segment is counted, and filters reports by its visitors', async () => {
  const saved = await create('Buyers', of(BUYERS));
  const size = await program.reports.count(shop.workspace, saved);
  expect(size).toMatchObject({ visitors: 2, visits: null, known: 4, joined: 1 });
  expect((await report({ segment: saved.id })).totals).toEqual({ visitors: 2, visits: 3, pageViews: 1 });
  expect((await report({ not: { segment: saved.id } })).totals).toMatchObject({ visitors: 2, visits: 2 });
  const byPage = await report({ segment: saved.id }, ['pageViews'], { dimensions: ['page'] });
  expect(byPage.rows).toEqual([{ page: '/sale', pageViews: 1 }]);
  const byChannel = await report({ segment: saved.id }, ['events'], { dimensions: ['channel'] });
  expect(byChannel.rows).toContainEqual({ channel: 'Email', events: 2 });
});

test('relative windows end with the period of the report', async () => {
  const recent: Filter = { did: { what: 'event', within: { days: 7 } } };
  expect((await report(recent)).totals.visitors).toBe(2);
  const week = new Date(Date.now() - 900 * HOUR);
  const end = new Date(week.getTime() + 24 * HOUR).toISOString().slice(0, 10);
  expect((await report(recent, ['visitors'], { period: ['2020-01-01', end] })).totals.visitors).toBe(1);
  const regulars: Filter = {
    and: [{ did: { what: 'event', times: { atLeast: 2 } } }, { revenue: { sum: { atLeast: 6000 } } }],
  };
  expect((await report(regulars)).totals.visitors).toBe(1);
});

test('ready-made segments fit the report they are used in, and can be part of others', async () => {
  const sizeOf = async (segment: ReadySegmentId) =>
    (await program.reports.count(shop.workspace, { site: null, definition: of({ segment }) })).visitors;
  expect(await Promise.all(READY_SEGMENT_IDS.map(async (id) => [id, await sizeOf(id)]))).toEqual([
    ['new', 3],
    ['returning', 1],
    ['engaged', 0],
    ['from-ads', 0],
    ['from-search', 0],
    ['mobile', 0],
    ['buyers', 2],
    ['repeat-buyers', 1],
    ['best-customers', 1],
    ['cart-without-order', 0],
  ]);
  expect((await report({ segment: 'new' })).totals.visitors).toBe(4);
  const thisWeek = { period: [new Date(Date.now() - 144 * HOUR).toISOString().slice(0, 10), tomorrow] };
  expect((await report({ segment: 'returning' }, ['visitors'], thisWeek)).totals.visitors).toBe(1);
  const loyal = await create('Loyal', of({ and: [{ segment: 'buyers' }, { segment: 'returning' }] }));
  expect(await program.reports.count(shop.workspace, loyal)).toMatchObject({ visitors: 1 });
  await expect(
    report({ segment: 'best-customers' }, ['visitors'], { ...thisWeek, asOf: new Date().toISOString() }),
  ).rejects.toThrow(/as of now only/);
});

test('those who spent most are a share of all buyers', async () => {
  const best = async (topPercent: number) =>
    (await report({ revenue: { sum: { topPercent } } }, ['visitors'])).totals.visitors;
  expect([await best(1), await best(49), await best(51), await best(99)]).toEqual([1, 1, 2, 2]);
});

test('visitors without consent show in the trust of a count', async () => {
  const size = await program.reports.count(shop.workspace, { site: null, definition: of({ not: BUYERS }) });
  expect(size).toMatchObject({ visitors: 2, joined: 0.5 });
});

test('a segment of visits chooses visits', async () => {
  const mail = await create('Visits by mail', of({ property: 'channel', is: 'equals', value: 'Email' }, 'visits'));
  expect(await program.reports.count(shop.workspace, mail)).toMatchObject({ visitors: 2, visits: 2 });
  expect((await report({ segment: mail.id })).totals.visits).toBe(2);
  // inside a segment of visitors: those who have such a visit
  const mailBuyers = await create('Mail buyers', of({ and: [{ segment: mail.id }, BUYERS] }));
  expect(await program.reports.count(shop.workspace, mailBuyers)).toMatchObject({ visitors: 1 });
});

test('a change can be taken back, and so can taking back and putting away', async () => {
  const made = await create('Lookers', of({ never: { what: 'event' } }));
  const changed = await keptSegments(program.db).update(
    shop.workspace,
    made.id,
    { version: 1, name: 'Only lookers', definition: of({ not: BUYERS }) },
    WHO,
  );
  expect(changed).toMatchObject({ name: 'Only lookers', version: 2 });
  const undo = () => keptSegments(program.db).undo(shop.workspace, made.id, WHO);
  expect(await undo()).toMatchObject({ name: 'Lookers', definition: made.definition });
  expect(await undo()).toMatchObject({ name: 'Only lookers' });
  await keptSegments(program.db).archive(shop.workspace, made.id, WHO);
  const names = async (state: 'active' | 'archived') =>
    (await keptSegments(program.db).list(shop.workspace, state)).map((one) => one.name);
  expect(await names('archived')).toEqual(['Only lookers']);
  await expect(report({ segment: made.id })).rejects.toThrow(/"Only lookers" is archived/);
  expect(await undo()).toMatchObject({ archived_at: null });
  expect(await names('active')).toContain('Only lookers');
  const trail = await program.db
    .selectFrom('audit')
    .select(['action', 'details'])
    .where('workspace', '=', shop.workspace)
    .where('target', 'like', '%ookers')
    .orderBy('id')
    .execute();
  expect(trail.map((row) => row.action)).toEqual(
    ['create', 'update', 'undo', 'undo', 'archive', 'undo'].map((verb) => `segment.${verb}`),
  );
  expect(trail[1]!.details).toMatchObject({ before: { name: 'Lookers', archived: false } });
});

test('undoing a new segment puts it away', async () => {
  const made = await create('Passing', of(BUYERS));
  expect(describeSegment(await keptSegments(program.db).undo(shop.workspace, made.id, WHO))).toMatchObject({
    archived: true,
  });
});

test('what can’t be meant is refused with the reason', async () => {
  const buyers = (await keptSegments(program.db).list(shop.workspace, 'active')).find((one) => one.name === 'Buyers')!;
  await expect(create('buyers', of(BUYERS))).rejects.toThrow(/already/);
  const outer = await create('Outer', of({ segment: buyers.id }));
  const circle = { version: 1, definition: of({ segment: outer.id }) };
  await expect(keptSegments(program.db).update(shop.workspace, buyers.id, circle, WHO)).rejects.toThrow(
    /refer to itself/,
  );
  await expect(keptSegments(program.db).archive(shop.workspace, buyers.id, WHO)).rejects.toThrow(/"Outer"/);
  const stale = { version: 7, name: 'Mine' };
  await expect(keptSegments(program.db).update(shop.workspace, buyers.id, stale, WHO)).rejects.toThrow(/meanwhile/);
  const channel: Filter = { did: { where: { property: 'channel', is: 'equals', value: 'Email' } } };
  await expect(create('Wrong', of(channel))).rejects.toThrow(/"visited" instead of "did"/);
  const status: Filter = { visited: { where: { property: 'status', is: 'equals', value: 404 } } };
  await expect(create('Wrong', of(status))).rejects.toThrow(/with "did"/);
  await expect(report(BUYERS, ['visits'], { site: 'no.example' })).rejects.toThrow(/no site/);
  const past = { asOf: new Date().toISOString(), period: [new Date().toISOString().slice(0, 10), tomorrow] };
  await expect(report({ visited: {} }, ['visits'], past)).rejects.toThrow(/past moment/);
});

test('an unknown property or condition is named', () => {
  const why = (given: unknown) => filter.safeParse(given).error?.issues[0]?.message;
  expect(why({ and: [{ property: 'colour', is: 'equals', value: 'x' }] })).toMatch(/no property "colour"/);
  expect(why({ and: [{ did: { where: { property: 'colour', is: 'empty' } } }] })).toMatch(/no property "colour"/);
  expect(why({ not: { knew: {} } })).toMatch(/no condition "knew"/);
});

test('segments of another company are not there', async () => {
  const [first] = await keptSegments(program.db).list(shop.workspace, 'active');
  await expect(
    program.reports.run(
      other.workspace,
      reportQuery.parse({ period: ['2020-01-01', tomorrow], measures: ['visits'], filters: { segment: first!.id } }),
    ),
  ).rejects.toThrow(/not in this company/);
  await expect(keptSegments(program.db).archive(other.workspace, first!.id, WHO)).rejects.toThrow(/no such segment/);
  const foreign = { name: 'Foreign', site: other.site, definition: of(BUYERS) };
  await expect(keptSegments(program.db).create(shop.workspace, foreign, WHO)).rejects.toThrow(/no such site/);
});

test('values are only values, wherever they stand', async () => {
  for (const value of ["'; DROP TABLE events; --", "\\'", '\\', "%' OR 1=1"]) {
    const where = { property: 'property:x' as const, is: 'equals' as const, value };
    expect((await report({ did: { where } })).totals.visits).toBe(0);
    expect(
      (await report({ did: { where: { property: `property:${value}`, is: 'equals', value } } })).totals.visits,
    ).toBe(0);
  }
});
