// A change is handed over with its transaction or not at all, once in effect, and one that fails holds up no other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestProgram, testProgram } from '../../../test/support/program.ts';
import { type Change, type Consumer, Outbox, outboxLag } from './outbox.ts';

const WORKSPACE = '018f0000-0000-7000-8000-00000000000b';
let program: TestProgram;

beforeAll(async () => {
  program = await testProgram();
  await program.installation.pool.query('CREATE TABLE seen (key text, worker int)');
});
afterAll(() => program?.close());

const consumer = (worker: number, batch: number, fails = (_change: Change): boolean => false): Consumer => ({
  name: 'listener',
  topics: ['deal won'],
  batch,
  take: async (changes, client) => {
    for (const change of changes) {
      await client.query('INSERT INTO seen VALUES ($1, $2)', [change.key, worker]);
      if (fails(change)) throw new Error(`No room for ${change.key}`);
    }
  },
});
const outboxWith = (one: Consumer): Outbox => {
  const { pool, log } = program.installation;
  return new Outbox({ pool, log, consumers: [one] });
};
const seen = async (): Promise<string[]> =>
  (await program.installation.pool.query<{ key: string }>('SELECT key FROM seen ORDER BY key')).rows.map((r) => r.key);
const publish = (outbox: Outbox, key: string) =>
  outbox.publish(program.installation.pool, { workspace: WORKSPACE, topic: 'deal won', key, data: {} });
const clear = () => program.installation.pool.query('TRUNCATE seen; DELETE FROM outbox');

test('a change of a transaction that was undone is never handed over', async () => {
  await clear();
  const outbox = outboxWith(consumer(1, 10));
  const client = await program.installation.pool.connect();
  await client.query('BEGIN');
  await outbox.publish(client, { workspace: WORKSPACE, topic: 'deal won', key: 'undone', data: {} });
  await client.query('ROLLBACK');
  client.release();
  await publish(outbox, 'kept');
  await publish(outbox, 'nobody asks').then(() => outbox.drain());
  expect(await seen()).toEqual(['kept', 'nobody asks']);
  await outbox.publish(program.installation.pool, { workspace: WORKSPACE, topic: 'other', key: 'x', data: {} });
  expect(await outbox.drain()).toBe(0);
});

test('four workers at once hand over each of 400 changes once', async () => {
  await clear();
  const outboxes = [1, 2, 3, 4].map((worker) => outboxWith(consumer(worker, 7)));
  for (let i = 0; i < 400; i++) await publish(outboxes[0]!, String(i).padStart(3, '0'));
  for (const outbox of outboxes) outbox.start(5);
  const { pool } = program.installation;
  while ((await outboxLag(pool)).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  const keys = await seen();
  expect(keys.length).toBe(400);
  expect(new Set(keys).size).toBe(400);
});

test('a change that cannot be taken waits alone and is taken when it can be', async () => {
  await clear();
  let full = true;
  const outbox = outboxWith(consumer(1, 10, (change) => full && change.key === 'b'));
  for (const key of ['a', 'b', 'c']) await publish(outbox, key);
  await outbox.drain();
  expect(await seen()).toEqual(['a', 'c']);
  const { pool } = program.installation;
  expect(await outboxLag(pool)).toMatchObject({ waiting: 1, failing: 1 });
  const [failed] = (await pool.query('SELECT error, attempts FROM outbox WHERE done_at IS NULL')).rows;
  expect(failed).toEqual({ error: 'No room for b', attempts: 1 });
  full = false;
  await pool.query('UPDATE outbox SET next_at = now() WHERE done_at IS NULL');
  await outbox.drain();
  expect(await seen()).toEqual(['a', 'b', 'c']);
});

test('what was handed over is kept seven days, what waits is kept', async () => {
  await clear();
  const outbox = outboxWith(consumer(1, 10));
  for (const key of ['old', 'new']) await publish(outbox, key);
  await outbox.drain();
  await publish(outbox, 'waiting');
  const { pool } = program.installation;
  await pool.query("UPDATE outbox SET done_at = now() - interval '8 days' WHERE key = 'old'");
  await outbox.purge();
  const kept = await pool.query<{ key: string }>('SELECT key FROM outbox ORDER BY seq');
  expect(kept.rows.map((row) => row.key)).toEqual(['new', 'waiting']);
});
