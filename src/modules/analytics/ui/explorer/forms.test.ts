import { expect, test } from 'vitest';
import { FORMS } from '../../explorer/question-contract.ts';
import { cantBe, dimensionsFor } from './forms.ts';

test('a form completes the question it is chosen for, and keeps what fits', () => {
  expect(dimensionsFor('line', ['channel'], 'day')).toEqual(['day', 'channel']);
  expect(dimensionsFor('line', ['channel', 'week'], 'day')).toEqual(['week', 'channel']);
  expect(dimensionsFor('heat', ['day'], 'day')).toEqual(['weekday', 'hourOfDay']);
  expect(dimensionsFor('heat', ['channel', 'country'], 'day')).toEqual(['channel', 'country']);
  expect(dimensionsFor('pie', ['day', 'device'], 'day')).toEqual(['device']);
  expect(dimensionsFor('map', ['channel'], 'day')).toEqual(['country']);
  expect(dimensionsFor('table', ['channel', 'day', 'page'], 'day')).toEqual(['channel', 'day', 'page']);
});

test('what a form has made stays as it is when it is chosen again', () => {
  for (const form of FORMS) {
    const once = dimensionsFor(form, ['page', 'hour', 'country'], 'week');
    expect(dimensionsFor(form, once, 'week'), form).toEqual(once);
  }
});

test('shares make no ring, and a funnel takes two counts', () => {
  const unitOf = (id: string) => (id === 'bounceRate' ? 'share' : 'count');
  const of = (measures: ('visits' | 'orders' | 'bounceRate')[]) => ({ measures, dimensions: [] });
  expect(cantBe('pie', of(['bounceRate']), { unit: 'share', adds: false }, unitOf)).toBe('adds');
  expect(cantBe('funnel', of(['visits', 'bounceRate']), { unit: 'count', adds: true }, unitOf)).toBe('steps');
  expect(cantBe('funnel', of(['visits', 'orders']), { unit: 'count', adds: true }, unitOf)).toBeNull();
  expect(cantBe('funnel', { ...of(['visits']), funnel: 'x' }, { unit: 'count', adds: true }, unitOf)).toBeNull();
});
