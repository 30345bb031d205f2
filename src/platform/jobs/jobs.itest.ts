// Background work over a real database, with two workers as two servers have them.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { defineInstallationJob, defineJob, JobFailed, Jobs, JobWorker, type RunnableJob } from './index.ts';

let program: TestProgram;
let workspace: string;
beforeAll(async () => {
  program = await testProgram();
  ({ workspace } = await company(program));
});
afterAll(() => program?.close());

const workers: JobWorker[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
  await program.installation.pool.query('DELETE FROM job_run');
});

/** A server of its own: its own list of jobs and its own worker. */
async function server(list: readonly RunnableJob[]): Promise<Jobs> {
  const jobs = new Jobs({ pool: program.installation.pool, log: program.installation.log });
  jobs.register(list);
  const worker = new JobWorker(jobs);
  await worker.start();
  workers.push(worker);
  return jobs;
}
const rowOf = (run: string) =>
  program.db.selectFrom('job_run').selectAll().where('id', '=', run).executeTakeFirstOrThrow();
async function until(what: string, ask: () => Promise<boolean>, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) if (await ask()) return;
  throw new Error(`${what}: not within ${ms} ms`);
}
const ends = (run: string, state: string) =>
  until(`${run} is ${state}`, async () => (await rowOf(run)).state === state);

const numbered = z.object({ n: z.number() });

test('work enqueued in a transaction that is rolled back never happens; committed it happens once', async () => {
  const seen: number[] = [];
  const job = defineJob({
    name: 'note',
    title: 't',
    payload: numbered,
    run: async ({ payload }) => void seen.push(payload.n),
  });
  const jobs = await server([job.with({})]);
  await program.db
    .transaction()
    .execute(async (trx) => {
      await jobs.enqueue(trx, workspace, job, { n: 1 });
      throw new Error('no');
    })
    .catch(() => {});
  const client = await program.installation.pool.connect();
  await client.query('BEGIN');
  await jobs.enqueue(client, workspace, job, { n: 2 });
  await sleep(300);
  expect(seen).toEqual([]);
  await client.query('ROLLBACK');
  client.release();
  const kept = await program.db.transaction().execute((trx) => jobs.enqueue(trx, workspace, job, { n: 3 }));
  await ends(kept.run, 'done');
  expect(seen).toEqual([3]);
  expect(await program.db.selectFrom('job_run').select('id').execute()).toHaveLength(1);
});

test('two workers share five hundred jobs and do none twice', async () => {
  const counts = new Map<number, number>();
  const by = [0, 0];
  const make = (who: number) =>
    defineJob({
      name: 'count',
      title: 't',
      payload: numbered,
      run: async ({ payload }) => {
        counts.set(payload.n, (counts.get(payload.n) ?? 0) + 1);
        by[who]!++;
        await sleep(2);
      },
    });
  const jobs = await server([make(0).with({})]);
  await server([make(1).with({})]);
  const payloads = Array.from({ length: 500 }, (_, n) => ({ n }));
  await jobs.enqueueMany(program.db, workspace, make(0), payloads);
  await until('all done', async () => counts.size === 500);
  await sleep(300);
  expect([...counts.values()].every((times) => times === 1)).toBe(true);
  expect(Math.min(...by)).toBeGreaterThan(0);
});

test('a key keeps a second run away while the first waits or runs', async () => {
  const job = defineJob({ name: 'slow', title: 't', payload: numbered, run: () => sleep(200) });
  const jobs = await server([job.with({})]);
  const first = await jobs.enqueue(program.db, workspace, job, { n: 1 }, { singletonKey: 'one' });
  const second = await jobs.enqueue(program.db, workspace, job, { n: 1 }, { singletonKey: 'one' });
  expect(second).toEqual({ run: first.run, made: false });
  await ends(first.run, 'done');
  expect((await jobs.enqueue(program.db, workspace, job, { n: 1 }, { singletonKey: 'one' })).made).toBe(true);
});

test('an error is tried again after a while, then is a dead letter with its words, and a person’s retry succeeds', async () => {
  let broken = true;
  const attempts: number[] = [];
  const job = defineJob({
    name: 'shaky',
    title: 't',
    payload: numbered,
    retry: { limit: 2, delaySeconds: 0.2 },
    run: async ({ attempt }) => {
      attempts.push(attempt);
      if (broken) throw new Error('the mail server is away');
      return { sent: 1 };
    },
  });
  const jobs = await server([job.with({})]);
  const { run } = await jobs.enqueue(program.db, workspace, job, { n: 1 });
  await ends(run, 'dead');
  expect(attempts).toEqual([1, 2, 3]);
  expect((await rowOf(run)).error).toBe('the mail server is away');
  broken = false;
  expect(await jobs.retry(program.db, workspace, run)).toBe(true);
  await ends(run, 'done');
  expect(await rowOf(run)).toMatchObject({ result: { sent: 1 }, error: null });
  expect(await jobs.retry(program.db, workspace, run)).toBe(false);
});

test('what no further try can save fails at once; data that is not the job’s is refused before it is in line', async () => {
  const job = defineJob({
    name: 'hopeless',
    title: 't',
    payload: numbered,
    run: () => Promise.reject(new JobFailed('The file is packed with zip.')),
  });
  const jobs = await server([job.with({})]);
  const { run } = await jobs.enqueue(program.db, workspace, job, { n: 1 });
  await ends(run, 'failed');
  expect(await rowOf(run)).toMatchObject({ attempt: 1, error: 'The file is packed with zip.' });
  await expect(jobs.enqueue(program.db, workspace, job, { n: 'x' as unknown as number })).rejects.toThrow();
  const sweep = defineInstallationJob({ name: 'sweep', title: 't', payload: z.object({}), run: async () => {} });
  await expect(jobs.enqueue(program.db, workspace, sweep, {})).rejects.toThrow('installation');
});

test('cancel works while waiting and while running, also when another server has it', async () => {
  let stopped = 0;
  const job = defineJob({
    name: 'endless',
    title: 't',
    payload: numbered,
    run: async ({ signal }) => {
      await sleep(60_000, undefined, { signal }).finally(() => stopped++);
    },
  });
  const jobs = await server([job.with({})]);
  const other = new Jobs({ pool: program.installation.pool, log: program.installation.log });
  const waits = await other.enqueue(
    program.db,
    workspace,
    job,
    { n: 1 },
    { startAfter: new Date(Date.now() + 60_000) },
  );
  expect(await other.cancel(program.db, workspace, waits.run)).toBe('waiting');
  expect((await rowOf(waits.run)).state).toBe('cancelled');
  const runs = await jobs.enqueue(program.db, workspace, job, { n: 2 });
  await ends(runs.run, 'running');
  expect(await other.cancel(program.db, workspace, runs.run)).toBe('running');
  await ends(runs.run, 'cancelled');
  expect(stopped).toBe(1);
  expect(
    await other.cancel(program.db, (await company(program, 'Other', 'other.example')).workspace, runs.run),
  ).toBeNull();
});

test('a run whose worker is cut off from the database goes on elsewhere from its checkpoint, and the old hand can write no more', async () => {
  const steps: number[] = [];
  const make = () =>
    defineJob({
      name: 'steps',
      title: 't',
      payload: numbered,
      lane: 'long',
      run: async ({ checkpoint, progress }) => {
        const from = (await checkpoint.load<{ step: number }>())?.step ?? 0;
        for (let step = from; step < 8; step++) {
          await sleep(100);
          progress(step + 1, 8);
          await checkpoint.save({ step: step + 1 });
          steps.push(step);
        }
        return { steps: 8 };
      },
    });
  const job = make();
  const jobs = await server([job.with({})]);
  const { run } = await jobs.enqueue(program.db, workspace, job, { n: 1 });
  await until('three steps', async () => steps.length >= 3);
  await server([make().with({})]);
  const { worker } = await rowOf(run);
  await program.installation.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
       AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('tradewind worker ' || $1, 0)`,
    [worker],
  );
  await ends(run, 'done');
  expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await rowOf(run)).toMatchObject({ attempt: 1, done: 8, total: 8, result: { steps: 8 } });
});
