// What older rules derived is derived anew when the server starts: the same visits and sales as if the rules had always held.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { createApiClient } from '../client.ts';
import { deriveOldAgain } from './derive-again.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0';
const DAY_MS = 86_400_000;
const NOW = Date.now();
const dayAgo = (days: number): string => new Date(NOW - days * DAY_MS).toISOString().slice(0, 10);

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

test('a company derived by older rules is derived anew in the background, and its reports are right again', async () => {
  const { program } = server;
  const { pool, clickhouse } = program.installation;
  const own = await company(program, 'Nord', 'nord.example', 'UTC');
  const { cookie } = await signedIn(server, own.workspace, 'marketer');
  const api = createApiClient({ server: server.url, cookie });
  for (let days = 1; days <= 3; days++) {
    const at = NOW - days * DAY_MS;
    const url = 'https://nord.example/?utm_source=google&utm_medium=cpc';
    const revenue = { amount: 100, currency: 'EUR' };
    const ecommerce = { transaction_id: `order-${days}`, value: 100, currency: 'EUR' };
    const events = [
      { id: `view-000${days}`, name: 'page_view', at, url },
      { id: `sale-000${days}`, name: 'purchase', at: at + 1000, url, revenue, ecommerce },
    ];
    const body = { site: own.key, sent: NOW, visitor: `person-000${days}`, events };
    const sender = { address: `203.0.113.${days}`, userAgent: FIREFOX };
    await program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), sender, NOW);
  }
  const refund = { id: 'refund-01', name: 'refund', at: NOW - 3600_000, ecommerce: { transaction_id: 'order-1' } };
  await program.collector.fromServer(
    own.workspace,
    Buffer.from(JSON.stringify({ site: own.host, events: [refund] })),
    NOW,
  );
  await program.flusher.flush();
  const report = (filters?: { segment: 'buyers' }) =>
    api.reports
      .run({
        workspace: own.workspace,
        period: [dayAgo(5), dayAgo(-1)],
        measures: ['visits', 'orders', 'revenue'],
        dimensions: ['channel'],
        ...(filters ? { filters } : {}),
      })
      .then(({ rows, totals }) => ({ rows, totals }));
  const right = await report();
  expect(right.totals).toMatchObject({ visits: 3, orders: 3, revenue: 20_000 });
  expect((await report({ segment: 'buyers' })).totals.revenue, 'taken back from who had bought it').toBe(20_000);

  for (const table of ['visits', 'sales'])
    await clickhouse.command({
      query: `ALTER TABLE ${table} DELETE WHERE workspace = {workspace:UUID}`,
      query_params: { workspace: own.workspace },
      clickhouse_settings: { mutations_sync: '2' },
    });
  await pool.query('UPDATE workspace SET derived_by = 1 WHERE id = $1', [own.workspace]);
  await deriveOldAgain(program.people, pool, program.jobs);
  const { rows } = await pool.query<{ default: string }>(
    `SELECT column_default AS default FROM information_schema.columns WHERE table_name = 'workspace' AND column_name = 'derived_by'`,
  );
  const derivedBy = async () =>
    (await pool.query<{ derived_by: number }>('SELECT derived_by FROM workspace WHERE id = $1', [own.workspace]))
      .rows[0]!.derived_by;
  // a new company is derived by today's rules
  await expect.poll(derivedBy, { timeout: 30_000 }).toBe(Number(rows[0]!.default));
  await expect.poll(() => report(), { timeout: 30_000 }).toEqual(right);
});
