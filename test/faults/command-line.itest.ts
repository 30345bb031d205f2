// What a person meets on the command line when something is wrong: a folder or a port that is taken, a bad setting, Ctrl-C; and
// the way from a first import to an owner. Real processes on real folders.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort, processesOf, runCli, ServerProcess } from './server-process.ts';

const COMMANDS = ['start', 'import-log', 'report', 'demo', 'doctor', 'reset-password'];
const LINE =
  '203.0.113.9 - - [03/Mar/2026:10:00:00 +0000] "GET /welcome HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"\n';

const folders: string[] = [];
const servers: ServerProcess[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tradewind-faults-'));
  folders.push(made);
  return made;
};
async function serve(data: string): Promise<ServerProcess> {
  const server = new ServerProcess({ data, port: await freePort() });
  servers.push(server);
  await server.start();
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.clear();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe.skipIf(process.platform !== 'linux')('start', () => {
  test('a second start on the same folder says who has it, and Ctrl-C ends everything in order', async () => {
    const data = folder();
    const server = await serve(data);
    const second = await runCli(['start', '--data', data, '--port', String(await freePort())]);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`Tradewind already runs on ${data} (process ${server.pids().server}`);
    expect(second.stderr).not.toContain(' at ');
    expect(await server.isReady()).toBe(true);
    const { postgres, clickhouse } = server.pids();
    expect(postgres.length).toBeGreaterThan(0);
    expect(clickhouse).toBeGreaterThan(0);
    expect(await server.stop('SIGINT')).toBe(0);
    expect(server.output).toContain('Stopped');
    expect(processesOf(data)).toEqual([]);
    expect(readdirSync(data)).not.toContain('run.json');
  });

  test('a port that is taken is named with the way out, and no engine stays behind', async () => {
    const data = folder();
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    try {
      const refused = await runCli(['start', '--data', data, '--port', String(port)]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(`Port ${port} is taken`);
      expect(refused.stderr).toContain(`--port ${port + 1}`);
      expect(processesOf(data)).toEqual([]);
    } finally {
      other.close();
    }
    expect((await serve(data)).running()).toBe(true);
  });

  test.skipIf(process.getuid?.() !== 0)('as root, data under a folder only root may enter works', async () => {
    const closed = folder(); // mode 0700
    const server = await serve(join(closed, 'deep', 'data'));
    const { workspace } = await server.setUp('shop.example');
    expect(workspace).toMatch(/^[0-9a-f-]{36}$/);
    expect(await server.stop('SIGTERM')).toBe(0);
  });
});

describe('commands', () => {
  test.each(COMMANDS)('%s --help tells how', async (name) => {
    const help = await runCli([name, '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain(`Usage: tradewind ${name}`);
  });

  test('an unknown command and an unknown option say so', async () => {
    expect(await runCli(['strat'])).toMatchObject({ code: 2, stderr: expect.stringContaining('no command "strat"') });
    expect(await runCli(['start', '--prot', '1'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("'--prot'"),
    });
  });

  test('a bad setting is refused with the place it came from', async () => {
    const data = folder();
    const flag = await runCli(['start', '--data', data, '--port', 'eighty']);
    expect(flag).toMatchObject({ code: 1, stderr: expect.stringContaining('flag --port') });
    const env = await runCli(['start', '--data', data], { env: { TRADEWIND_FLUSH_MS: '1' } });
    expect(env).toMatchObject({ code: 1, stderr: expect.stringContaining('environment TRADEWIND_FLUSH_MS') });
    const file = join(data, 'tradewind.json');
    writeFileSync(file, '{"prot": 80}');
    const named = await runCli(['start', '--data', data]);
    expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining(`${file}, "prot": no such setting`) });
    writeFileSync(file, '{"port": 80');
    const broken = await runCli(['start', '--data', data]);
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining(file) });
    const absent = await runCli(['start', '--data', data, '--config', join(data, 'no.json')]);
    expect(absent).toMatchObject({ code: 1, stderr: expect.stringContaining('no.json') });
    for (const { stderr } of [flag, env, named, broken, absent]) expect(stderr).not.toContain('    at ');
  });
});

describe.skipIf(process.platform !== 'linux')('import-log before anyone has signed up', () => {
  test('the company that waits becomes the first owner’s, with its site and its visits', async () => {
    const data = folder();
    const log = join(data, 'access.log');
    writeFileSync(log, LINE);
    const imported = await runCli(['import-log', log, '--site', 'waiting.example', '--json', '--data', data]);
    expect(imported.code, imported.stderr.slice(0, 500)).toBe(0);
    expect(processesOf(data)).toEqual([]);
    const server = await serve(data);
    const status = await (await fetch(`${server.url}/api/v1/setup`)).json();
    expect(status).toMatchObject({ empty: true, waitingWorkspace: { site: 'waiting.example' } });
    const { workspace, cookie } = await server.setUp('waiting.example');
    const get = async (path: string): Promise<unknown> =>
      (await fetch(`${server.url}/api/v1${path}`, { headers: { cookie } })).json();
    expect(await get('/me')).toMatchObject({ workspaces: [{ id: workspace, name: 'Shop', role: 'owner' }] });
    expect(await get(`/workspaces/${workspace}/sites`)).toMatchObject([{ host: 'waiting.example' }]);
    const report = await fetch(`${server.url}/api/v1/workspaces/${workspace}/reports`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ site: 'waiting.example', period: ['2026-03-01', '2026-04-01'], measures: ['pageViews'] }),
    });
    expect(await report.json()).toMatchObject({ totals: { pageViews: 1 } });
  });
});
