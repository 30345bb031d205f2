import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { afterAll, expect, test } from 'vitest';
import { freePort, runCli, ServerProcess, until } from '../../../test/faults/server-process.ts';
import { company, testProgram } from '../../../test/support/program.ts';
import { uuidv7 } from '../ids/uuid.ts';
import { openKeyRing } from '../secrets/key-ring.ts';
import { backUp } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tradewind-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a cost written between the snapshots of both engines is in both after a restore', {
  timeout: 120_000,
}, async () => {
  const program = await testProgram();
  const { workspace, site } = await company(program);
  const { config, pool, clickhouse } = program.installation;
  const add = async (amount: number): Promise<void> => {
    await pool.query(
      `INSERT INTO cost (workspace, id, site, feed, day, campaign, currency, amount) VALUES ($1, $2, $3, 'test', '2026-03-01', $4, 'EUR', $5)`,
      [workspace, uuidv7(), site, `c${amount}`, amount],
    );
    await program.outbox.drain();
  };
  await add(100);
  const path = join(folder, 'one.tar');
  const parts = {
    config,
    pool,
    clickhouse,
    store: program.files.store,
    ring: openKeyRing({ data: config.data, env: {} }),
  };
  const done = await backUp({ ...parts, version: 'test', between: () => add(23) }, path);
  expect(done.rows['clickhouse/cost_differences']).toBe(1);
  expect(done.rows['postgres/cost']).toBe(2);
  expect(readdirSync(folder)).toEqual(['one.tar']);
  await program.close();

  const bytes = readFileSync(path);
  bytes[700] = bytes[700]! ^ 1;
  writeFileSync(join(folder, 'bad.tar'), bytes);
  const data = join(folder, 'data');
  const bad = await runCli(['restore', join(folder, 'bad.tar'), '--data', data]);
  expect(bad.code).toBe(1);
  expect(bad.stderr).toContain('damaged');
  expect(readdirSync(folder)).not.toContain('data');

  const restored = await runCli(['restore', path, '--data', data, '--json']);
  expect(restored.code, restored.stderr).toBe(0);
  expect((await runCli(['restore', path, '--data', data])).stderr).toContain('is not empty');
  const server = new ServerProcess({ data, port: await freePort() });
  try {
    await server.start();
    const { clickhouseUrl } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { clickhouseUrl: string };
    const client = createClient({ url: clickhouseUrl, database: 'tradewind' });
    await until('both costs', async () => {
      const query = 'SELECT toInt32(sum(amount)) AS n FROM cost_differences FINAL';
      const [row] = await (await client.query({ query, format: 'JSONEachRow' })).json<{ n: number }>();
      return row?.n === 123;
    });
    await client.close();
  } finally {
    await server.clear();
  }
});
