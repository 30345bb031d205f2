// Days as companies count them, on nights when clocks change and at the ends of years.
import { expect, test } from 'vitest';
import { addDays, todayIn } from './dates.ts';

test.each([
  ['Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-28'],
  ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29'],
  ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29'],
  ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-03-30'],
  ['America/New_York', '2026-11-01T03:59:59Z', '2026-10-31'],
  ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01'],
  ['Asia/Kolkata', '2026-05-01T18:29:59Z', '2026-05-01'],
  ['Asia/Kolkata', '2026-05-01T18:30:00Z', '2026-05-02'],
  // midnight of 4 November 2018 did not exist in São Paulo: one o'clock came after 23:59
  ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03'],
  ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04'],
  // Moscow was four hours ahead until 26 October 2014, three since
  ['Europe/Moscow', '2014-10-25T20:00:00Z', '2014-10-26'],
  ['Europe/Moscow', '2014-10-26T20:59:59Z', '2014-10-26'],
  ['Europe/Moscow', '2014-10-26T21:00:00Z', '2014-10-27'],
  ['Pacific/Kiritimati', '2025-12-31T10:00:00Z', '2026-01-01'],
])('in %s it is at %s the day %s', (zone, at, day) => expect(todayIn(zone, new Date(at))).toBe(day));

test('a day after a day is the next one, whatever the clocks do', () => {
  expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
  expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(addDays('2020-12-31', 3)).toBe('2021-01-03');
});
