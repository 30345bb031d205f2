import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breachesOf, mended } from './convention.ts';
import { type Convention, convention, TAG_FIELDS, USUAL_CONVENTION } from './convention-contract.ts';
import { nearest, onEnglishKeyboard, slips } from './nearness.ts';

const TODAY = '2026-11-26';
const tagged = (given: object) => ({
  source: 'google',
  medium: 'cpc',
  campaign: 'tents',
  content: '',
  term: '',
  ...given,
});
const said = (given: object, rules: Convention = USUAL_CONVENTION) =>
  breachesOf(rules, tagged(given), TODAY).map(({ field, code, mend }) => [field, code, mend]);
const withField = (field: 'campaign' | 'source', change: object, more: object = {}): Convention => ({
  ...USUAL_CONVENTION,
  ...more,
  fields: { ...USUAL_CONVENTION.fields, [field]: { ...USUAL_CONVENTION.fields[field], ...change } },
});

describe('a convention', () => {
  test('has nothing to say of tags that keep to it', () => {
    expect(said({})).toEqual([]);
  });
  test('asks for what is required', () => {
    expect(said({ campaign: '' })).toEqual([['campaign', 'required', null]]);
  });
  test('knows other spellings of a value', () => {
    expect(said({ source: 'ВК', medium: 'PPC' })).toEqual([
      ['source', 'alias', 'vk'],
      ['medium', 'alias', 'cpc'],
    ]);
    expect(said({ source: 'Google' })).toEqual([['source', 'case', 'google']]);
  });
  test('mends case, spaces and letters of other alphabets', () => {
    expect(said({ campaign: 'Autumn_Sale' })).toEqual([['campaign', 'case', 'autumn-sale']]);
    expect(said({ campaign: 'autumn sale' })).toEqual([['campaign', 'separator', 'autumn-sale']]);
    expect(said({ campaign: 'осенняя-распродажа' })).toEqual([['campaign', 'characters', 'osennyaya-rasprodazha']]);
  });
  test('leaves the words of ad networks alone', () => {
    expect(said({ campaign: '{campaign_id}', content: '{{ad.name}}', term: '{keyword}' })).toEqual([]);
  });
  test('takes nothing but the listed values where it says so, and guesses which was meant', () => {
    const rules = withField('source', { only: true });
    expect(said({ source: 'gogle' }, rules)).toEqual([['source', 'not-listed', 'google']]);
    expect(said({ source: 'quora' }, rules)).toEqual([['source', 'not-listed', null]]);
  });
  test('fills a pattern with the date and the word', () => {
    const rules = withField('campaign', { template: '{yyyy}-{mm}_{product}' });
    expect(said({ campaign: 'Tents' }, rules)).toEqual([['campaign', 'case', '2026-11_tents']]);
    expect(said({ campaign: '2026-11_tents' }, rules)).toEqual([]);
    expect(said({ campaign: '2026-11_Tents' }, rules)).toEqual([['campaign', 'case', '2026-11_tents']]);
    expect(said({ campaign: '2026-13_tents' }, rules)[0]?.[1]).toBe('template');
    const two = withField('campaign', { template: '{product}_{place}' });
    expect(said({ campaign: 'tents' }, two)).toEqual([['campaign', 'template', null]]);
  });
  test('refuses rules that contradict themselves', () => {
    const broken = withField('source', { only: true, values: [] });
    expect(convention.safeParse(broken).success).toBe(false);
    expect(convention.safeParse(withField('source', { values: [{ value: 'vk', aliases: ['VK'] }] })).success).toBe(
      false,
    );
    expect(convention.safeParse(USUAL_CONVENTION).success).toBe(true);
  });
});

test('a mend never breaks another rule, whatever the convention and the value', () => {
  const word = fc.constantFrom('google', 'paid_social', 'vk', 'Tents', 'a-b', 'ozon');
  const rule = fc.record({
    required: fc.boolean(),
    values: fc
      .uniqueArray(word, { selector: (w) => w.toLowerCase(), maxLength: 4 })
      .map((words) => words.map((value) => ({ value, aliases: [] as string[] }))),
    only: fc.boolean(),
    template: fc.constantFrom('', '', '{name}', '{yyyy}-{mm}_{name}', 'q{mm}.{a}.{b}'),
  });
  const rules = fc.record({
    lowerCase: fc.boolean(),
    separator: fc.constantFrom('-' as const, '_' as const, '' as const),
    latin: fc.boolean(),
    fields: fc.record({ source: rule, medium: rule, campaign: rule, content: rule, term: rule }),
  });
  const value = fc.oneof(
    word,
    fc.string({ maxLength: 12 }),
    fc
      .array(fc.constantFrom('A', 'b', 'ш', 'Ё', 'é', ' ', '_', '-', '.', '7', '%', '__', 'google'), { maxLength: 8 })
      .map((l) => l.join('')),
  );
  let mends = 0;
  fc.assert(
    fc.property(rules, fc.constantFrom(...TAG_FIELDS), value, (given, field, text) => {
      if (!convention.safeParse(given).success) return;
      const tags = { source: '', medium: '', campaign: '', content: '', term: '', [field]: text };
      const next = mended(given, tags, TODAY);
      const before = breachesOf(given, tags, TODAY).find((one) => one.field === field);
      if (!before || before.mend === null) return;
      mends++;
      expect(breachesOf(given, next, TODAY).filter((one) => one.field === field)).toEqual([]);
    }),
    { numRuns: 4000 },
  );
  // by chance about one in eight has something to mend: far fewer would mean that nothing was tried
  expect(mends).toBeGreaterThan(200);
});

describe('nearness', () => {
  test('counts slips of a finger', () => {
    expect(slips('google', 'gogle')).toBe(1);
    expect(slips('google', 'goolge')).toBe(1);
    expect(slips('google', 'bing')).toBe(4);
    expect(slips('kitten', 'sitting')).toBe(3);
  });
  test('finds what was meant, also on the wrong keyboard, and takes no two campaigns for one', () => {
    expect(onEnglishKeyboard('пщщпду')).toBe('google');
    expect(nearest('пщщпду', ['bing', 'google'])).toBe('google');
    expect(nearest('facebok', ['facebook', 'instagram'])).toBe('facebook');
    expect(nearest('sale-2025', ['sale-2026'])).toBeUndefined();
    expect(nearest('vk', ['ok'])).toBeUndefined();
  });
});
