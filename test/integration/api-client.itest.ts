// The typed client against the real server, the command line through it, and the description of the API it is made of.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiClient } from '../../src/modules/client.ts';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';

const run = promisify(execFile);
let server: TestServer;
let workspace: string;
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  ({ workspace } = await company(server.program));
  ({ cookie } = await signedIn(server, workspace, 'owner'));
});
afterAll(() => server?.stop());

test('calls with a session and with a key, and throws what the server said', async () => {
  const person = createApiClient({ server: server.url, cookie });
  const { key } = await person.apiKeys.create({ workspace, name: 'Reports', permissions: ['analytics:read'] });
  const program = createApiClient({ server: `${server.url}/`, key });
  const report = await program.reports.run({ workspace, period: ['2026-01-01', '2026-02-01'], measures: ['visits'] });
  expect(report.totals).toHaveProperty('visits');
  await expect(program.costs.list({ workspace, from: '2026-01-01', to: '2026-02-01' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: expect.stringContaining('costs:read'),
  });
  const file = await person.audit.csv({ workspace });
  expect(await file.text()).toContain('api-key.create');
});

test('the command line reads a report of a server elsewhere', async () => {
  const person = createApiClient({ server: server.url, cookie });
  const { key } = await person.apiKeys.create({ workspace, name: 'Terminal', permissions: ['analytics:read'] });
  const query = JSON.stringify({ period: ['2026-01-01', '2026-02-01'], measures: ['visits'] });
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const { stdout } = await run(
    process.execPath,
    [cli, 'report', query, '--server', server.url, '--workspace', workspace, '--json'],
    { env: { ...process.env, TRADEWIND_KEY: key } },
  );
  expect(JSON.parse(stdout)).toHaveProperty('totals.visits');
});

test('the description names the right of every route, and whether a key reaches it', async () => {
  const described = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { tags: string[]; security?: object[]; 'x-permission': string }>>;
  };
  const routes = Object.values(described.paths).flatMap((methods) => Object.values(methods));
  expect(routes.length).toBeGreaterThan(50);
  for (const route of routes) expect(route['x-permission']).toBeTruthy();
  expect(described.paths['/workspaces/{workspace}/audit']?.get).toMatchObject({
    'x-permission': 'audit:read',
    tags: ['audit'],
  });
  expect(described.paths['/me']?.get?.security).toEqual([{ session: [] }]);
  expect(described.paths['/setup']?.get?.security).toEqual([]);
});
