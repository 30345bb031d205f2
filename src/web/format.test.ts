// Numbers must read the way a marketer of each language writes them, and unknown must never look like zero.
import { describe, expect, test } from 'vitest';
import { formatChange, formatDate, formatValue, languageName, regionName } from './format.ts';

describe('a figure on a screen', () => {
  test('is a dash when it is unknown', () => {
    expect(formatValue(null, 'count', 'en')).toBe('–');
    expect(formatValue(undefined, 'share', 'ru')).toBe('–');
    expect(formatValue(0, 'count', 'en')).toBe('0');
  });
  test('follows the language', () => {
    expect(formatValue(14812, 'count', 'en')).toBe('14,812');
    expect(formatValue(14812, 'count', 'ru')).toMatch(/^14\s812$/);
    expect(formatValue(0.384, 'share', 'en')).toBe('38%');
    expect(formatValue(1.5, 'ratio', 'ru')).toBe('1,50');
  });
  test('counts time in minutes and money in whole units of its currency', () => {
    expect(formatValue(83_000, 'milliseconds', 'en')).toMatch(/^1\smin 23\ss$/);
    expect(formatValue(48_620_00, 'money', 'en', 'RUB')).toBe('48,620');
    expect(formatValue(48_620, 'money', 'en', 'JPY')).toBe('48,620');
  });
});

describe('a change', () => {
  test('is a percentage of a count and points of a share', () => {
    expect(formatChange(112.4, 100, 'count', 'en', 'points')).toEqual({ text: '+12.4%', sign: 1 });
    expect(formatChange(0.41, 0.48, 'share', 'en', 'points')?.text).toMatch(/^−7\spoints$/);
  });
  test('is not said when there was nothing before', () => {
    expect(formatChange(5, 0, 'count', 'en', 'points')).toBeNull();
    expect(formatChange(5, null, 'count', 'en', 'points')).toBeNull();
  });
  test('is no change when it rounds to none', () => {
    expect(formatChange(1000, 1000.1, 'count', 'en', 'points')).toEqual({ text: '0%', sign: 0 });
  });
});

test('names and dates are those of the language', () => {
  expect(regionName('de', 'ru')).toBe('Германия');
  expect(languageName('en', 'ru')).toBe('Английский');
  expect(formatDate('2026-10-25', 'en', { day: 'numeric', month: 'short', timeZone: 'UTC' })).toBe('25 Oct');
});
