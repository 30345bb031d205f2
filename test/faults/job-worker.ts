// A worker as a process of its own, for the fault tests: node job-worker.ts SOCKET-FOLDER DATABASE JOURNAL. Each job notes in the
// journal that it began and ended.
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import { openPool } from '../../src/platform/database/postgres.ts';
import { defineJob, Jobs, JobWorker } from '../../src/platform/jobs/index.ts';

export const countJob = defineJob({
  name: 'count',
  title: 't',
  payload: z.object({ n: z.number() }),
  run: async ({ payload }, { journal }: { journal: string }) => {
    appendFileSync(journal, `begun ${payload.n} ${process.pid}\n`);
    await sleep(20);
    appendFileSync(journal, `ended ${payload.n} ${process.pid}\n`);
  },
});

const [socketFolder, database, journal] = process.argv.slice(2);
if (process.argv[1]?.endsWith('job-worker.ts') && socketFolder && database && journal) {
  const log = pino({ level: 'error' });
  const pool = openPool({ socketFolder: () => socketFolder, database, log, max: 12 });
  const jobs = new Jobs({ pool, log });
  jobs.register([countJob.with({ journal })]);
  await new JobWorker(jobs).start();
}
