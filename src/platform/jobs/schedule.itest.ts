// Schedules on the workspace's clock: a day of 23 hours and one of 25 hold one round each, and two workers fire one.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { defineJob, Jobs, nextTime, removeSchedule, setSchedule } from './index.ts';
import { fireSchedules } from './schedule.ts';

let program: TestProgram;
let workspace: string;
beforeAll(async () => {
  program = await testProgram();
  ({ workspace } = await company(program, 'Shop', 'shop.example', 'Europe/Berlin'));
});
afterAll(() => program?.close());

const rounds = (cron: string, zone: string, from: string, to: string): string[] => {
  const all: string[] = [];
  for (let at = nextTime(cron, zone, new Date(from)); at && at < new Date(to); at = nextTime(cron, zone, at))
    all.push(at.toISOString());
  return all;
};

test('a round at an hour that is skipped or comes twice happens once that day', () => {
  expect(rounds('30 6 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
    '2026-03-28T05:30:00.000Z',
    '2026-03-29T04:30:00.000Z',
    '2026-03-30T04:30:00.000Z',
  ]);
  expect(rounds('30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00:00Z', '2026-03-30T12:00:00Z')).toHaveLength(3);
  expect(rounds('30 2 * * *', 'Europe/Berlin', '2026-10-23T12:00:00Z', '2026-10-26T12:00:00Z')).toHaveLength(3);
  expect(() => nextTime('every day', 'UTC', new Date())).toThrow('is no schedule');
});

test('two workers that look at the same moment fire a round once; a missed one fires once, late; a new zone moves the next', async () => {
  const job = defineJob({ name: 'weekly', title: 't', payload: z.object({ to: z.string() }), run: async () => {} });
  const both = [0, 1].map(() => {
    const jobs = new Jobs({ pool: program.installation.pool, log: program.installation.log });
    jobs.register([job.with({})]);
    return jobs;
  });
  await setSchedule(program.db, workspace, job, { cron: '30 6 * * 1', payload: { to: 'head' } });
  const next = async () => (await program.db.selectFrom('schedule').selectAll().executeTakeFirstOrThrow()).next_at!;
  const due = await next();
  const runs = async () => (await program.db.selectFrom('job_run').selectAll().execute()).length;
  const fired = await Promise.all(Array.from({ length: 12 }, (_, i) => fireSchedules(both[i % 2]!, due)));
  expect(fired.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(await runs()).toBe(1);
  // five weeks without a server
  await program.installation.pool.query(`UPDATE job_run SET state = 'done'`);
  const late = new Date(due.getTime() + 5 * 7 * 86_400_000 + 1000);
  expect(await fireSchedules(both[0]!, late)).toBe(1);
  expect((await next()).getTime()).toBeGreaterThan(late.getTime());
  expect(await runs()).toBe(2);
  await program.db.updateTable('workspace').set({ time_zone: 'Asia/Tokyo' }).where('id', '=', workspace).execute();
  expect(await fireSchedules(both[0]!, late)).toBe(0);
  expect((await next()).toISOString().slice(11, 16)).toBe('21:30');
  await removeSchedule(program.db, workspace, job);
  expect(await program.db.selectFrom('schedule').selectAll().execute()).toEqual([]);
});
