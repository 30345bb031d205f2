// Competence limits: what the product begins with, who changes them, and that a change says what it was before.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { limitOf } from './limits.ts';

let server: TestServer;
let workspace: string;
beforeAll(async () => {
  server = await startServer();
  ({ workspace } = await company(server.program));
});
afterAll(() => server?.stop());

const LIMIT = {
  moneyPerAction: 25_000,
  moneyPerMonth: null,
  discountPercent: 7.5,
  mayPublish: true,
  maySend: false,
  mayErase: false,
};
const set = (cookie: string, role: string, limit: object = LIMIT) =>
  fetch(`${server.url}/api/v1/workspaces/${workspace}/limits/${role}`, {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(limit),
  });

test('a company begins with limits in its own currency, the owner without any', async () => {
  const viewer = await signedIn(server, workspace, 'specialist');
  const url = `${server.url}/api/v1/workspaces/${workspace}/limits`;
  const list = (await (await fetch(url, { headers: { cookie: viewer.cookie } })).json()) as Record<string, unknown>[];
  expect(list.map((one) => one.role)[0]).toBe('owner');
  expect(list[0]).toMatchObject({ moneyPerAction: null, mayErase: true, changed: false });
  expect(list[2]).toMatchObject({ role: 'marketer', moneyPerAction: 100_000, currency: 'EUR', mayErase: false });
  expect(list[6]).toMatchObject({ role: 'viewer', moneyPerMonth: 0, maySend: false });
});

test('owner and head change them within their own, others don’t, and the trail has before and after', async () => {
  const [owner, head, marketer] = await Promise.all(
    (['owner', 'head', 'marketer'] as const).map((role) => signedIn(server, workspace, role)),
  );
  expect((await set(marketer!.cookie, 'marketer')).status).toBe(403);
  expect((await set(head!.cookie, 'head')).status).toBe(403);
  expect((await set(owner!.cookie, 'owner')).status).toBe(409);
  expect((await set(owner!.cookie, 'head')).status).toBe(200);
  for (const wrong of [{ moneyPerAction: -1 }, { discountPercent: 101 }, { moneyPerMonth: 1.5 }, { maySend: 'yes' }])
    expect((await set(owner!.cookie, 'marketer', { ...LIMIT, ...wrong })).status).toBe(400);
  expect(await (await set(head!.cookie, 'marketer')).json()).toMatchObject({
    role: 'marketer',
    changed: true,
    ...LIMIT,
  });
  expect(await limitOf(server.program.people, workspace, 'marketer')).toEqual({ ...LIMIT, currency: 'EUR' });
  const row = await server.program.people
    .selectFrom('audit')
    .select('details')
    .where('action', '=', 'limit.set')
    .where('target', '=', 'marketer')
    .executeTakeFirstOrThrow();
  expect(row.details).toEqual({
    before: { moneyPerAction: 100_000, moneyPerMonth: 1_000_000, discountPercent: 10, maySend: true },
    after: { moneyPerAction: 25_000, moneyPerMonth: null, discountPercent: 7.5, maySend: false },
    currency: 'EUR',
  });
});
