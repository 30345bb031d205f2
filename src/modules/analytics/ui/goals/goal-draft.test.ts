import { expect, test } from 'vitest';
import { BEGINNINGS, type GoalDraft, isReady, toDefinition, toGoalDraft } from './goal-draft.ts';

const FILLED: Record<string, GoalDraft> = {
  page: {
    is: 'act',
    act: { what: 'view', rows: [{ property: 'page', operator: 'starts', values: ['/shop/', '/b/'] }] },
  },
  form: BEGINNINGS.form(),
  scroll: { is: 'scroll', atLeast: 75, rows: [{ property: 'page', operator: 'is', values: ['/blog/a'] }] },
  everywhere: { is: 'scroll', atLeast: 90, rows: [] },
  seconds: BEGINNINGS.seconds(),
  views: BEGINNINGS.views(),
  amount: BEGINNINGS.amount(),
};

test.each(Object.entries(FILLED))('a goal of %s is opened as it was saved', (_name, draft) => {
  expect(toGoalDraft(toDefinition(draft))).toEqual(draft);
  expect(isReady(draft)).toBe(true);
});

test('a goal the form can’t show is kept as it is', () => {
  const definition = { version: 1, visit: { property: 'channel', is: 'equals', value: 'Email' } } as const;
  expect(toDefinition(toGoalDraft(definition))).toEqual(definition);
});

test('a page nobody has named yet counts nothing', () => {
  expect(isReady(BEGINNINGS.page())).toBe(false);
});
