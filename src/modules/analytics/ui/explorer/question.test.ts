import { expect, test } from 'vitest';
import { explorerQuestion } from '../../explorer/question-contract.ts';
import { changed, readQuestion, sameQuestion, writeQuestion } from './question.ts';

const FULL = explorerQuestion.parse({
  version: 1,
  measures: ['visits', 'revenue', 'conversions:0198a1b2-0000-7000-8000-000000000001'],
  dimensions: ['week', 'channel'],
  period: '2026-10-01..2026-11-01',
  compare: 'year',
  site: 'shop.example',
  segment: '0198a1b2-0000-7000-8000-000000000002',
  filters: [{ property: 'country', operator: 'is', values: ['DE', 'FR'] }],
  form: 'area',
  lead: 'revenue',
  sort: '-revenue',
  top: 25,
});

test('a question comes back from the address as it was', () => {
  const address = JSON.parse(JSON.stringify(writeQuestion(FULL)));
  expect(sameQuestion(readQuestion(address), FULL)).toBe(true);
  expect(sameQuestion(readQuestion({ ...address, top: 5 }), FULL)).toBe(false);
});

test('an address that makes no sense asks the usual', () => {
  const usual = readQuestion({});
  expect(usual).toMatchObject({ measures: ['visits', 'revenue'], dimensions: ['day'], form: 'line' });
  expect(readQuestion({ measures: ['nonsense'], by: 'x', form: 7 })).toMatchObject({ measures: usual.measures });
  expect(readQuestion({ measures: ['visits'], filters: [['nothing', 'is', 1]] }).filters).toEqual([]);
});

test('what hangs on a measure goes with it', () => {
  expect(changed(FULL, { measures: ['visits'] })).toMatchObject({ sort: undefined, measure: undefined });
  expect(changed(FULL, { dimensions: ['device'] })).toMatchObject({ sort: '-revenue', measure: 'revenue' });
});
