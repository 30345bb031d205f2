// A period must mean the same days to the person, the report and what it is compared with.
import { describe, expect, test } from 'vitest';
import { todayIn } from '../../../web/dates.ts';
import { addMonths, comparedDates, grainOf, resolvePeriod, stepDates, steps } from './period.ts';

const TODAY = '2026-11-23';

describe('a named period', () => {
  test('ends today and counts today', () => {
    expect(resolvePeriod('7d', TODAY)).toEqual(['2026-11-17', '2026-11-24']);
    expect(resolvePeriod('30d', TODAY)).toEqual(['2026-10-25', '2026-11-24']);
    expect(resolvePeriod('month', TODAY)).toEqual(['2026-11-01', '2026-11-24']);
    expect(resolvePeriod('last-month', TODAY)).toEqual(['2026-10-01', '2026-11-01']);
  });
  test("may be two dates of one's own; nonsense is the last 30 days", () => {
    expect(resolvePeriod('2015-05-01..2015-06-01', TODAY)).toEqual(['2015-05-01', '2015-06-01']);
    expect(resolvePeriod('2015-06-01..2015-05-01', TODAY)).toEqual(resolvePeriod('30d', TODAY));
    expect(resolvePeriod('constructor', TODAY)).toEqual(resolvePeriod('30d', TODAY));
  });
  test("begins when the day begins in the company's zone", () => {
    const night = new Date('2026-11-22T22:30:00Z');
    expect(todayIn('Europe/Moscow', night)).toBe('2026-11-23');
    expect(todayIn('America/New_York', night)).toBe('2026-11-22');
  });
});

describe('a comparison', () => {
  test('is as many days just before', () => {
    expect(comparedDates('7d', ['2026-11-17', '2026-11-24'], 'previous')).toEqual(['2026-11-10', '2026-11-17']);
  });
  test('holds a whole month against a whole month, and a begun one against the same days', () => {
    expect(comparedDates('last-month', ['2026-10-01', '2026-11-01'], 'previous')).toEqual(['2026-09-01', '2026-10-01']);
    expect(comparedDates('month', ['2026-11-01', '2026-11-24'], 'previous')).toEqual(['2026-10-01', '2026-10-24']);
  });
  test('can be the year before, also from 29 February', () => {
    expect(comparedDates('', ['2024-02-29', '2024-03-01'], 'year')).toEqual(['2023-02-28', '2023-03-01']);
    expect(comparedDates('7d', ['2026-11-17', '2026-11-24'], 'none')).toBeNull();
  });
});

describe('the steps of a chart', () => {
  test('are hours, days, weeks or months by the length of the period', () => {
    expect(grainOf(['2026-11-23', '2026-11-24'])).toBe('hour');
    expect(grainOf(resolvePeriod('90d', TODAY))).toBe('day');
    expect(grainOf(resolvePeriod('12m', TODAY))).toBe('week');
    expect(grainOf(['2015-01-01', '2026-01-01'])).toBe('month');
  });
  test('leave none out', () => {
    expect(steps(['2026-11-23', '2026-11-24'], 'hour')).toHaveLength(24);
    expect(steps(['2026-10-25', '2026-11-24'], 'day')).toHaveLength(30);
    expect(steps(['2026-11-18', '2026-11-24'], 'week')).toEqual(['2026-11-16', '2026-11-23']);
    expect(steps(['2025-12-15', '2026-02-02'], 'month')).toEqual(['2025-12-01', '2026-01-01', '2026-02-01']);
  });
  test('open as periods of their own', () => {
    expect(stepDates('2026-11-16', 'week', ['2026-11-18', '2026-11-24'])).toEqual(['2026-11-18', '2026-11-23']);
    expect(stepDates('2026-11-23T14', 'hour', ['2026-11-23', '2026-11-24'])).toEqual(['2026-11-23', '2026-11-24']);
  });
});

test('months later keep to the end of a shorter month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2026-01-15', -13)).toBe('2024-12-15');
});
