// Ten thousand jobs through one worker: how many a second from the first to the last, and how long one waits that comes alone
// or in a steady stream. A data folder of its own, the embedded PostgreSQL. --jobs N
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/platform/config/config.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { defineJob, Jobs, JobWorker } from '../src/platform/jobs/index.ts';
import { createWorkspace } from '../src/platform/workspaces/workspaces.ts';
import { argument, median, printLines, quantile } from './support.ts';

const COUNT = Number(argument('jobs', '10000'));
const STREAM = { jobs: 1000, aSecond: 100 };
const data = mkdtempSync(join(tmpdir(), 'tradewind-bench-jobs-'));
const log = pino({ level: 'error' });
const installation = await openInstallation({ config: loadConfig({ data }, {}), log, join: false });
try {
  const program = await compose(installation);
  const workspace = await createWorkspace(
    program.people,
    { name: 'Bench', currency: 'EUR', timeZone: 'UTC', language: 'en', legalProfile: 'eu' },
    { owner: null, who: 'bench' },
  );
  const latencies: number[] = [];
  let done = 0;
  const job = defineJob({
    name: 'bench',
    title: 't',
    payload: z.object({ at: z.number() }),
    run: async ({ payload }) => {
      latencies.push(performance.now() - payload.at);
      done++;
    },
  });
  const jobs = new Jobs({ pool: installation.pool, log });
  jobs.register([job.with({})]);
  const worker = new JobWorker(jobs);

  const enqueuing = performance.now();
  for (let i = 0; i < COUNT; i += 1000)
    await jobs.enqueueMany(
      program.db,
      workspace,
      job,
      Array.from({ length: Math.min(1000, COUNT - i) }, () => ({ at: performance.now() })),
    );
  const enqueued = performance.now() - enqueuing;
  const beginning = performance.now();
  await worker.start();
  while (done < COUNT) await sleep(5);
  const took = performance.now() - beginning;

  latencies.length = 0;
  done = 0;
  const began = performance.now();
  for (let i = 0; i < STREAM.jobs; i++) {
    const due = began + (i * 1000) / STREAM.aSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    await jobs.enqueue(program.db, workspace, job, { at: performance.now() });
  }
  while (done < STREAM.jobs) await sleep(5);
  await worker.stop();
  await jobs.queue.close();
  await program.spool.close();

  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const rate = (count: number, during: number): string =>
    `${Math.round((count / during) * 1000).toLocaleString('en')}/s`;
  printLines(`${COUNT.toLocaleString('en')} jobs`, [
    { what: 'put in line, a thousand a transaction', found: rate(COUNT, enqueued) },
    { what: 'done by one worker', found: rate(COUNT, took) },
    { what: `begun after enqueue at ${STREAM.aSecond} a second, median`, found: ms(median(latencies)) },
    { what: `begun after enqueue at ${STREAM.aSecond} a second, 99 %`, found: ms(quantile(latencies, 0.99)) },
  ]);
} finally {
  await installation.close();
  rmSync(data, { recursive: true, force: true });
}
