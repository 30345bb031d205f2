// Days, hours and ISO weeks on the clocks of companies: a view every half hour over the nights when clocks change, counted by the
// reports from raw rows and from roll-ups, and beside them by the plain rules of the browser's calendar.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportQuery } from '../../src/modules/analytics/contract.ts';
import { nextTime } from '../../src/platform/jobs/index.ts';
import { addDays, todayIn } from '../../src/web/dates.ts';
import { eventRow } from '../support/event-rows.ts';
import { company, type TestProgram, testProgram } from '../support/program.ts';

const HALF_HOUR = 1_800_000;
let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

function hourIn(timeZone: string, at: number): string {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at);
  return `${todayIn(timeZone, new Date(at))}T${hour}:00:00`;
}

function counted(instants: readonly number[], key: (at: number) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const at of instants) counts[key(at)] = (counts[key(at)] ?? 0) + 1;
  return counts;
}

async function viewsAt(zone: string, instants: readonly number[]) {
  const place = await company(program, zone, 'shop.example', zone);
  await program.spool.append(instants.map((at, index) => eventRow(place, { at, visitor: BigInt(index + 1) })));
  await program.flusher.flush();
  return async (dimension: string, period: [string, string]): Promise<Record<string, number>> => {
    const query = reportQuery.parse({ period, measures: ['pageViews'], dimensions: [dimension], limit: 1000 });
    const { rows } = await program.reports.run(place.workspace, query);
    return Object.fromEntries(rows.map((row) => [String(row[dimension]), Number(row.pageViews)]));
  };
}

// the day the clocks change, and how many half hours it has there
test.each([
  ['Europe/Berlin', '2026-03-29', 46],
  ['Europe/Berlin', '2026-10-25', 50],
  ['America/New_York', '2026-03-08', 46],
  ['America/New_York', '2026-11-01', 50],
  ['Asia/Kolkata', '2026-03-29', 48],
  // half an hour's change of a clock that stands at half an hour
  ['Australia/Lord_Howe', '2026-10-04', 47],
  // midnight itself is left out
  ['America/Sao_Paulo', '2018-11-04', 46],
  ['America/Santiago', '2024-09-08', 46],
  // Moscow went back for good
  ['Europe/Moscow', '2014-10-26', 50],
] as const)('%s on %s has %i half hours', async (zone, day, halfHours) => {
  const [before, after] = [addDays(day, -1), addDays(day, 2)];
  const first = Date.parse(`${addDays(before, -1)}T00:15:00Z`);
  const all = Array.from({ length: 5 * 48 }, (_, index) => first + index * HALF_HOUR);
  const views = await viewsAt(zone, all);
  const period: [string, string] = [before, after];
  const dayOf = (at: number) => todayIn(zone, new Date(at));
  const inside = all.filter((at) => dayOf(at) >= before && dayOf(at) < after);
  const days = counted(inside, dayOf);
  expect(days[day]).toBe(halfHours);
  expect(await views('day', period)).toEqual(days);
  expect(await views('hour', period)).toEqual(counted(inside, (at) => hourIn(zone, at)));
  expect(await views('day', [day, addDays(day, 1)])).toEqual({ [day]: halfHours });
  expect(await program.rollUps.rebuild()).toBeGreaterThan(0);
  expect(await views('day', period)).toEqual(days);
});

test('weeks begin on Monday and belong to the year of their Thursday, also over the turn of a year', async () => {
  const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);
  const days = Array.from({ length: 21 }, (_, index) => addDays('2020-12-21', index));
  const views = await viewsAt('Europe/Berlin', days.map(noon));
  // 2020 has a week 53, which ends on Sunday 2021-01-03
  expect(await views('week', ['2020-12-21', '2021-01-11'])).toEqual({
    '2020-12-21': 7,
    '2020-12-28': 7,
    '2021-01-04': 7,
  });
  expect(await views('week', ['2021-01-01', '2021-01-05'])).toEqual({ '2020-12-28': 3, '2021-01-04': 1 });
  const others = await viewsAt('Asia/Tokyo', ['2024-12-29', '2024-12-30', '2025-01-05', '2026-12-31'].map(noon));
  expect(await others('week', ['2024-12-01', '2027-01-05'])).toEqual({
    '2024-12-23': 1,
    '2024-12-30': 2,
    '2026-12-28': 1,
  });
});

test('a schedule at the hour that is left out or comes twice fires once a day in every zone', () => {
  for (const [zone, from, to, cron] of [
    ['America/New_York', '2026-03-07T06:00:00Z', '2026-03-10T06:00:00Z', '30 2 * * *'],
    ['America/New_York', '2026-10-31T05:00:00Z', '2026-11-03T06:00:00Z', '30 1 * * *'],
    ['America/Santiago', '2024-09-07T05:00:00Z', '2024-09-10T03:00:00Z', '15 0 * * *'],
    ['Asia/Kolkata', '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z', '30 6 * * *'],
    ['Europe/Moscow', '2014-10-25T00:00:00Z', '2014-10-28T00:00:00Z', '30 1 * * *'],
  ] as const) {
    const days: string[] = [];
    for (let at = nextTime(cron, zone, new Date(from)); at && at < new Date(to); at = nextTime(cron, zone, at))
      days.push(todayIn(zone, at));
    expect(days.length, zone).toBeGreaterThanOrEqual(2);
    expect(new Set(days).size, `${zone}: ${days.join()}`).toBe(days.length);
  }
});
