// DATABASE_URL and CLICKHOUSE_URL replace the embedded engines with the same code: the whole program starts on engines that
// others run, and starts none of its own.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { startServer } from '../support/program.ts';

const run = promisify(execFile);

test('a log is imported and reported on engines of one’s own', async () => {
  const data = mkdtempSync(join(tmpdir(), 'tradewind-own-'));
  const name = `own_${Date.now()}`;
  const admin = new pg.Client({ host: inject('socketFolder'), user: 'tradewind', database: 'postgres' });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const env = {
    ...process.env,
    DATABASE_URL: `postgres://tradewind@localhost/${name}?host=${encodeURIComponent(inject('socketFolder'))}`,
    CLICKHOUSE_URL: inject('clickhouseUrl'),
    CLICKHOUSE_DATABASE: name,
  };
  const cli = async (...args: string[]) => {
    const done = await run('node', ['src/cli.ts', ...args, '--data', data, '--json'], { env });
    return JSON.parse(done.stdout);
  };
  const log = 'src/modules/analytics/import-log/fixtures/access.log.gz';
  expect(await cli('import-log', log, '--site', 'semicomplete.com')).toMatchObject({ lines: 10_000, visits: 1114 });
  const query = { site: 'semicomplete.com', period: ['2015-05-01', '2015-06-01'], measures: ['visits'] };
  expect((await cli('report', JSON.stringify(query))).totals).toEqual({ visits: 1114 });
  expect(existsSync(join(data, 'postgres')) || existsSync(join(data, 'clickhouse'))).toBe(false);
  rmSync(data, { recursive: true });
});

test('the tracker’s path can be changed, and the collector answers beside it', async () => {
  const server = await startServer({ trackerPath: '/a/app.js' });
  try {
    const script = await fetch(`${server.url}/a/app.js`);
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toMatch(/javascript/);
    const answer = await fetch(`${server.url}/a/collect`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${server.url}/tw.js`)).headers.get('content-type')).not.toMatch(/javascript/);
  } finally {
    await server.stop();
  }
});
