// Paths say of random visits what the plain rules say: from and to a page or event, by folder and group, at midnight and at the
// ends of the period; and an id that changes in the middle of a visit does not cut it.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventRow } from '../../../../test/support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { midnight, type SeenEvent } from '../segments/segment-reference.ts';
import { flowQuestion, type PathNode, sequencesQuestion } from './contract.ts';
import { runFlow } from './flow.ts';
import { countSequences, eventsByVisit, nodesOf, wayOf } from './path-reference.ts';
import { runSequences } from './sequences.ts';

const ZONE = 'Europe/Berlin';
const PERIOD: [string, string] = ['2026-10-24', '2026-10-27'];
const [FROM, TO] = [midnight(PERIOD[0], ZONE), midnight(PERIOD[1], ZONE)];
const MINUTE = 60_000;

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

const PATHS = ['/', '/a/', '/a/1', '/a/2', '/b'];
const seen: fc.Arbitrary<SeenEvent> = fc
  .record({
    visitor: fc.integer({ min: 1, max: 4 }),
    minute: fc.oneof(
      ...[0, 300, 1440 + 120, 4320 + 50].map((around) => fc.integer({ min: around - 45, max: around + 45 })),
    ),
    kind: fc.constantFrom('view', 'view', 'view', 'event'),
    path: fc.constantFrom(...PATHS),
  })
  .map(({ visitor, minute, kind, path }) => ({
    visitor: BigInt(visitor),
    at: FROM + minute * MINUTE,
    kind: kind as SeenEvent['kind'],
    name: kind === 'event' ? 'cart' : '',
    path,
    country: '',
    channel: visitor % 2 === 0 ? 'Email' : '',
    revenue: 0,
    currency: '',
    properties: {},
  }));

const anchor: fc.Arbitrary<PathNode | undefined> = fc.constantFrom<(PathNode | undefined)[]>(
  undefined,
  { what: 'view', value: '/' },
  { what: 'view', value: '/a/*' },
  { what: 'view', value: '/b' },
  { what: 'event', value: 'cart' },
);
const asked = fc.record({
  anchor,
  direction: fc.constantFrom('from' as const, 'to' as const),
  acts: fc.constantFrom('view' as const, 'any' as const),
  pages: fc.constantFrom('page' as const, 'folder' as const),
  groups: fc.constantFrom<string[][]>([], ['/a/*'], ['/b*']),
  depth: fc.integer({ min: 2, max: 6 }),
  top: fc.constantFrom(2, 12),
  length: fc.integer({ min: 2, max: 4 }),
  channel: fc.constantFrom(null, 'Email'),
});

const textOf = ({ what, value }: PathNode): string => `${what} ${value}`;
function labelOf(event: SeenEvent, of: { acts: 'view' | 'any'; pages: string; groups: string[] }): string | null {
  if (event.kind === 'event') return of.acts === 'view' ? null : `event ${event.name}`;
  const group = of.groups.find((one) => event.path.startsWith(one.slice(0, -1)));
  const folder = /^\/[^/]+\//.exec(event.path)?.[0];
  return `view ${group ?? (of.pages === 'folder' && folder ? `${folder}*` : event.path)}`;
}
/** One thing at a time: rows of one moment have no order of their own. */
const distinct = (events: SeenEvent[]): SeenEvent[] => [
  ...new Map(events.map((e) => [`${e.visitor} ${e.at}`, e])).values(),
];

test('random paths over random visits', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(seen, { minLength: 20, maxLength: 80 }).map(distinct),
      fc.array(asked, { minLength: 8, maxLength: 8 }),
      async (events, questions) => {
        const place = await company(program, 'Paths', 'shop.example', ZONE);
        await program.spool.append(events.map((e) => eventRow(place, e)));
        await program.flusher.flush();
        const visits = [1n, 2n, 3n, 4n].flatMap((visitor) =>
          eventsByVisit(events.filter((e) => e.visitor === visitor).sort((a, b) => a.at - b.at)),
        );
        for (const { channel, length, ...rest } of questions) {
          const words = JSON.stringify({ channel, length, ...rest });
          const chosen = visits
            .filter(([first]) => first!.at >= FROM && first!.at < TO)
            .filter(([first]) => channel === null || first!.channel === channel)
            .map((visit) => nodesOf(visit, (event) => labelOf(event, rest)));
          const filters =
            channel === null
              ? {}
              : { filters: { property: 'channel' as const, is: 'equals' as const, value: channel } };
          const flow = await runFlow(
            program.reports,
            place.workspace,
            flowQuestion.parse({ period: PERIOD, ...filters, ...rest }),
          );
          const ways = chosen.flatMap((nodes) => {
            const way = wayOf(nodes, { ...rest, anchor: rest.anchor ? textOf(rest.anchor) : null });
            return way ? [way] : [];
          });
          expect([flow.visits, flow.through], words).toEqual([chosen.length, ways.length]);
          // every node by name, or among the others where there are more than are shown
          for (const [i, step] of flow.steps.entries()) {
            const here = ways.flatMap((way) => (way[i] === undefined ? [] : [way[i]]));
            const count = (text: string): number => here.filter((one) => one === text).length;
            for (const node of step) {
              if (node.what === 'end') expect(node.visits, words).toBe(count('end'));
              else if (node.what !== 'other') expect(node.visits, words).toBe(count(textOf(node as PathNode)));
            }
            expect(
              step.reduce((sum, node) => sum + node.visits, 0),
              words,
            ).toBe(here.length);
            if (rest.top === 12) expect(step.some((node) => node.what === 'other')).toBe(false);
          }
          if (rest.top === 12) {
            const told = flow.links.map(({ step, from, to, visits: many }) => {
              const name = (at: number, which: number): string => {
                const node = flow.steps[at]![which]!;
                return node.what === 'end' ? 'end' : textOf(node as PathNode);
              };
              return [`${step} ${name(step, from)} > ${name(step + 1, to)}`, many] as const;
            });
            const plain = new Map<string, number>();
            for (const way of ways) {
              for (let i = 0; i + 1 < way.length; i++) {
                const key = `${i} ${way[i]} > ${way[i + 1]}`;
                plain.set(key, (plain.get(key) ?? 0) + 1);
              }
            }
            expect(new Map(told), words).toEqual(plain);
          }
          const { rows } = await runSequences(
            program.reports,
            place.workspace,
            sequencesQuestion.parse({
              period: PERIOD,
              ...filters,
              acts: rest.acts,
              pages: rest.pages,
              groups: rest.groups,
              length,
              limit: 200,
            }),
          );
          const said = new Map(rows.map((row) => [row.nodes.map(textOf).join(' > '), row.visits]));
          expect(said, words).toEqual(countSequences(chosen, length));
        }
      },
    ),
    { numRuns: Number(process.env.PATH_RUNS ?? 2), endOnFailure: true },
  );
});

test('a visit whose id changes at midnight is one path', async () => {
  const place = await company(program, 'Handed over', 'shop.example', 'UTC');
  const night = Date.UTC(2026, 9, 25);
  const page = (at: number, visitor: bigint, path: string, visitorBefore = 0n) =>
    eventRow(place, { at, visitor, path, visitorBefore });
  await program.spool.append([
    page(night - 5 * MINUTE, 11n, '/'),
    page(night - 2 * MINUTE, 11n, '/a'),
    page(night + 3 * MINUTE, 12n, '/b', 11n),
    page(night + 5 * MINUTE, 12n, '/c'),
    // a visit of its own later that day
    page(night + 300 * MINUTE, 12n, '/d'),
  ]);
  await program.flusher.flush();
  const period: [string, string] = ['2026-10-24', '2026-10-26'];
  const question = sequencesQuestion.parse({ period, length: 4 });
  const whole = [{ nodes: ['/', '/a', '/b', '/c'].map((value) => ({ what: 'view', value })), visits: 1 }];
  expect((await runSequences(program.reports, place.workspace, question)).rows).toEqual(whole);

  // as if derived by a version that did not keep what visits did: said, until they are derived anew
  const unknown = async () =>
    (await runFlow(program.reports, place.workspace, flowQuestion.parse({ period }))).trust.notes.filter(
      ({ code }) => code === 'paths-unknown',
    );
  expect(await unknown()).toEqual([]);
  await program.installation.clickhouse.command({
    query: `ALTER TABLE visits UPDATE acts = [] WHERE workspace = '${place.workspace}'`,
    clickhouse_settings: { mutations_sync: '2' },
  });
  expect(await unknown()).toEqual([{ code: 'paths-unknown', value: 2 }]);
  const days = [Math.floor(night / 86_400_000) - 1, Math.floor(night / 86_400_000)];
  await program.store.deriveDays({ ...place, timeZone: 'UTC' }, place.site, days);
  expect(await unknown()).toEqual([]);
  expect((await runSequences(program.reports, place.workspace, question)).rows).toEqual(whole);
});
