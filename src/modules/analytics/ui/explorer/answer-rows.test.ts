import { expect, test } from 'vitest';
import { type ExplorerAnswer, explorerQuestion } from '../../explorer/question-contract.ts';
import { linesOf, shownRows } from './answer-rows.ts';
import type { BookMeasure } from './book.ts';

const visits = { id: 'visits', unit: 'count', sums: true, adds: true } as BookMeasure;
const bounce = { id: 'bounceRate', unit: 'share', sums: false, adds: false } as BookMeasure;
const answer: ExplorerAnswer = {
  dates: ['2026-11-20', '2026-11-24'],
  compared: ['2026-11-16', '2026-11-20'],
  today: '2026-11-22',
  hour: '2026-11-22T10',
  rows: [],
  before: [],
  totals: {},
  totalsBefore: null,
  others: [],
  rowCount: null,
  funnel: null,
  trust: {
    freshTo: 'x',
    knownFrom: '2026-11-18',
    robots: { events: 0, visits: 0 },
    joined: null,
    partial: true,
    notes: [],
  },
};
const question = (dimensions: string[]) =>
  explorerQuestion.parse({ version: 1, measures: ['visits', 'bounceRate'], dimensions });

test('a day without visits is a true zero, its shares unknown, and days to come are no rows', () => {
  const rows = shownRows(
    question(['day']),
    {
      ...answer,
      rows: [{ day: '2026-11-21', visits: 5, bounceRate: 0.4 }],
      before: [{ day: '2026-11-19', visits: 9, bounceRate: 0.1 }],
    },
    [visits, bounce],
  );
  expect(rows.map(({ cells }) => [cells.day, cells.visits, cells.bounceRate])).toEqual([
    ['2026-11-20', 0, null],
    ['2026-11-21', 5, 0.4],
    ['2026-11-22', 0, null],
  ]);
  // of the days before anything was known nothing is said
  expect(rows.map(({ before }) => before?.visits)).toEqual([null, null, 0]);
});

test('a row is found again in the period before by its values', () => {
  const rows = shownRows(
    question(['channel', 'device']),
    {
      ...answer,
      rows: [
        { channel: 'Direct', device: 'mobile', visits: 5, bounceRate: 0 },
        { channel: 'Email', device: 'mobile', visits: 4, bounceRate: 0 },
      ],
      before: [{ channel: 'Email', device: 'mobile', visits: 8, bounceRate: 1 }],
    },
    [visits, bounce],
  );
  expect(rows.map(({ before }) => before?.visits)).toEqual([0, 8]);
  expect(rows[0]!.before!.bounceRate).toBeNull();
});

test('lines have a figure for each step, the largest first, all others last', () => {
  const lines = linesOf(
    question(['day', 'channel']),
    {
      ...answer,
      rows: [
        { day: '2026-11-20', channel: 'Email', visits: 1, bounceRate: null },
        { day: '2026-11-21', channel: 'Direct', visits: 7, bounceRate: null },
      ],
      others: [{ day: '2026-11-22', visits: 2, bounceRate: null }],
    },
    visits,
    'day',
  );
  expect(lines.map(({ values, figures }) => [values?.[0] ?? 'others', figures])).toEqual([
    ['Direct', [0, 7, 0]],
    ['Email', [1, 0, 0]],
    ['others', [0, 0, 2]],
  ]);
});
