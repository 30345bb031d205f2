// Nothing that was committed is missing or old in ClickHouse, whatever happens to writers and mirrors.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type TestProgram, testProgram } from '../support/program.ts';
import { sleep, until } from './server-process.ts';

const WRITERS = 8;
const SECONDS = 6;
const KEYS = 60;
const WORKSPACE = '018f0000-0000-7000-8000-00000000000a';

let program: TestProgram;
let database: string;
const workers = new Set<ChildProcess>();

beforeAll(async () => {
  program = await testProgram();
  database = program.config.clickhouseDatabase;
  await program.installation.pool.query(`
    CREATE TABLE thing (workspace text NOT NULL, id text PRIMARY KEY, value bigint NOT NULL);
    CREATE TRIGGER thing_mirror AFTER INSERT OR UPDATE OR DELETE ON thing FOR EACH ROW EXECUTE FUNCTION mirror_row('thing');`);
  await program.installation.clickhouse.command({
    query: `CREATE TABLE things (workspace UUID, id String, value Int64, version UInt64, gone UInt8)
      ENGINE = ReplacingMergeTree(version, gone) ORDER BY (workspace, id) SETTINGS fsync_after_insert = 1`,
  });
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await program?.close();
});

function startWorker(): ChildProcess {
  const script = join(import.meta.dirname, 'mirror-worker.ts');
  const worker = spawn(process.execPath, [script, inject('socketFolder'), database, inject('clickhouseUrl')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.add(worker);
  return worker;
}

/** Puts, changes and deletes things in transactions, of which some commit late and some not at all. */
async function write(until_: number, seed: number): Promise<number> {
  const client = new pg.Client({ host: inject('socketFolder'), user: 'tradewind', database });
  await client.connect();
  let committed = 0;
  for (let n = seed * 1_000_003; Date.now() < until_; n++) {
    const key = `k${Math.floor(Math.random() * KEYS)}`;
    await client.query('BEGIN');
    if (Math.random() < 0.2) await client.query('DELETE FROM thing WHERE id = $1', [key]);
    else
      await client.query(
        'INSERT INTO thing VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET value = excluded.value',
        [WORKSPACE, key, n],
      );
    if (Math.random() < 0.1) await sleep(Math.random() * 300);
    if (Math.random() < 0.1) await client.query('ROLLBACK');
    else {
      await client.query('COMMIT');
      committed++;
    }
  }
  await client.end();
  return committed;
}

test('eight writers with slow commits and mirrors killed −9: the copy ends equal, row by row', async () => {
  const end = Date.now() + SECONDS * 1000;
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, i) => write(end, i + 1)));
  let kills = 0;
  for (let worker = [startWorker(), startWorker()]; Date.now() < end; ) {
    await sleep(700 + Math.random() * 500);
    worker[0]!.kill('SIGKILL');
    kills++;
    worker = [worker[1]!, startWorker()];
  }
  const committed = (await writing).reduce((a, b) => a + b);
  const { pool, clickhouse } = program.installation;
  await until(
    'everything mirrored',
    async () => (await pool.query('SELECT count(*) AS n FROM outbox WHERE done_at IS NULL')).rows[0].n === 0,
  );
  const truth = (await pool.query('SELECT id, value FROM thing ORDER BY id')).rows;
  const answer = await clickhouse.query({
    query: 'SELECT id, value FROM things FINAL ORDER BY id',
    format: 'JSONEachRow',
  });
  const copy = (await answer.json<{ id: string; value: string }>()).map((row) => ({
    ...row,
    value: Number(row.value),
  }));
  expect(kills).toBeGreaterThanOrEqual(4);
  expect(committed).toBeGreaterThan(500);
  expect(truth.length).toBeGreaterThan(10);
  expect(copy).toEqual(truth);
  const changes = (await pool.query('SELECT count(*) AS n FROM outbox')).rows[0].n;
  expect(changes).toBeGreaterThan(committed * 0.7);
}, 60_000);
