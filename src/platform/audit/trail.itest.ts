// The audit trail: every filter, pages that neither repeat nor lose a row, a file, and nothing of another company.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { uuidv7 } from '../ids/uuid.ts';

let server: TestServer;
let workspace: string;
let other: string;
let cookie: string;

beforeAll(async () => {
  server = await startServer();
  ({ workspace } = await company(server.program, 'Own', 'own.example', 'America/New_York'));
  ({ workspace: other } = await company(server.program, 'Other', 'other.example'));
  ({ cookie } = await signedIn(server, workspace, 'owner'));
  const row = (at: string, who: string, action: string, target: string, details: object = {}, of = workspace) => ({
    workspace: of,
    id: uuidv7(),
    at: new Date(at),
    who,
    action,
    target,
    details: JSON.stringify(details),
  });
  await server.program.people
    .insertInto('audit')
    .values([
      // 23:30 on 7 March in New York; the clocks change that night
      row('2026-03-08T04:30:00Z', 'anna@own.example', 'rate.set', 'EUR/USD', { rate: '1.08' }),
      row('2026-03-08T05:30:00Z', 'anna@own.example', 'rate.set', 'EUR/GBP', { before: { rate: '0.8' } }),
      row('2026-03-09T03:30:00Z', 'boris@own.example', 'vat.set', '100%_\\', { percent: 20 }),
      row('2026-03-09T04:30:00Z', 'boris@own.example', 'rate.set', '=cmd', {}),
      row('2026-03-08T12:00:00Z', 'anna@own.example', 'rate.set', 'secret of others', {}, other),
    ])
    .execute();
});
afterAll(() => server?.stop());

interface Row {
  id: string;
  target: string;
}
const ask = (query: string, of = workspace) =>
  fetch(`${server.url}/api/v1/workspaces/${of}/audit${query}`, { headers: { cookie } });
const targets = async (query: string) => ((await (await ask(query)).json()) as Row[]).map((row) => row.target);

test('filters by person, action, thing, words and days of the company’s zone', async () => {
  expect(await targets('?who=boris@own.example')).toEqual(['=cmd', '100%_\\']);
  expect(await targets('?action=rate.set&who=anna@own.example')).toEqual(['EUR/GBP', 'EUR/USD']);
  expect(await targets('?target=EUR/USD')).toEqual(['EUR/USD']);
  expect(await targets(`?search=${encodeURIComponent('1.08')}`)).toEqual(['EUR/USD']);
  expect(await targets('?search=eur/')).toEqual(['EUR/GBP', 'EUR/USD']);
  expect(await targets('?from=2026-03-08&to=2026-03-08')).toEqual(['100%_\\', 'EUR/GBP']);
  expect(await targets('?to=2026-03-07')).toEqual(['EUR/USD']);
});

test('signs of patterns are taken as they are', async () => {
  expect(await targets(`?search=${encodeURIComponent('%_\\')}`)).toEqual(['100%_\\']);
  expect(await targets(`?search=${encodeURIComponent('_____')}`)).toEqual([]);
  expect((await ask('?from=yesterday')).status).toBe(400);
});

test('pages follow each other without a gap or a double', async () => {
  const whole = (await (await ask('?limit=200')).json()) as Row[];
  const seen: string[] = [];
  for (let before = ''; ; ) {
    const page = (await (await ask(`?limit=2${before}`)).json()) as Row[];
    seen.push(...page.map((row) => row.id));
    if (page.length < 2) break;
    before = `&before=${page[1]!.id}`;
  }
  expect(seen).toEqual(whole.map((row) => row.id));
});

test('the file holds what the filters leave, and no formula', async () => {
  const answer = await fetch(`${server.url}/api/v1/workspaces/${workspace}/audit/csv`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ who: 'boris@own.example' }),
  });
  const lines = (await answer.text()).trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(",'=cmd,");
});

test('tells who and what there is, and nothing of another company', async () => {
  const facets = (await (await ask('/facets')).json()) as { people: { value: string; count: number }[] };
  expect(facets.people).toContainEqual({ value: 'boris@own.example', count: 2 });
  expect(await targets('?search=secret')).toEqual([]);
  expect((await ask('', other)).status).toBe(404);
});
