import { expect, test } from 'vitest';
import { USUAL_CONVENTION } from '../convention-contract.ts';
import { fromLines, toConvention, toDraft } from './convention-draft.ts';

test('a convention comes back from its form as it went in', () => {
  expect(toConvention(toDraft(USUAL_CONVENTION))).toEqual(USUAL_CONVENTION);
});
test('a line is a value and its other spellings', () => {
  expect(fromLines('vk: vk.com, вк,\n\n  google \n: lost')).toEqual([
    { value: 'vk', aliases: ['vk.com', 'вк'] },
    { value: 'google', aliases: [] },
  ]);
});
