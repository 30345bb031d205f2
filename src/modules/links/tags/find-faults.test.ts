import { expect, test } from 'vitest';
import { USUAL_CONVENTION } from '../convention-contract.ts';
import { findFaults, isTagged, type SeenTags } from './find-faults.ts';

const row = (given: Partial<SeenTags>): SeenTags => ({
  source: 'newsletter',
  medium: 'email',
  campaign: 'weekly',
  content: '',
  channel: 'Email',
  click: '',
  host: '',
  visits: 10,
  first: '2026-11-01',
  last: '2026-11-20',
  ...given,
});
const found = (rows: readonly SeenTags[], inside: Parameters<typeof findFaults>[1] = []) =>
  findFaults(rows, inside, USUAL_CONVENTION, '2026-11-26').map(({ code, value, instead, visits, wouldBe }) => ({
    code,
    value,
    instead,
    visits,
    wouldBe,
  }));

test('what the referrer or a click id says by itself is no tag', () => {
  expect(isTagged(row({ source: 'google', medium: 'organic', campaign: '', host: 'www.google.com' }))).toBe(false);
  expect(isTagged(row({ source: 'google', medium: 'cpc', campaign: '', click: 'gclid', host: 'www.google.com' }))).toBe(
    false,
  );
  expect(isTagged(row({ source: 'news.example', medium: 'referral', campaign: '', host: 'news.example' }))).toBe(false);
  expect(isTagged(row({ campaign: '' }))).toBe(true);
});
test('a letter off from what comes more often is a slip, and its visits are added up', () => {
  const rows = [
    row({ visits: 90 }),
    row({ source: 'newsleter' }),
    row({ source: 'newsleter', campaign: 'special', visits: 4 }),
  ];
  expect(found(rows)).toEqual([{ code: 'slip', value: 'newsleter', instead: 'newsletter', visits: 14, wouldBe: null }]);
});
test('a word on the wrong keyboard is told, and the channel it would have', () => {
  const rows = [row({ source: 'пщщпду', medium: 'cpc', channel: 'Paid Other', visits: 3 })];
  expect(found(rows)).toEqual([
    { code: 'keyboard', value: 'пщщпду', instead: 'google', visits: 3, wouldBe: 'Paid Search' },
  ]);
});
test('case and separators make the rarer of two campaigns the fault; numbers do not', () => {
  const rows = [
    row({ campaign: 'autumn-sale', visits: 40 }),
    row({ campaign: 'Autumn_Sale', visits: 6 }),
    row({ campaign: 'sale-2025', visits: 50 }),
    row({ campaign: 'sale-2026', visits: 5 }),
  ];
  expect(found(rows)).toEqual([
    { code: 'spelling', value: 'Autumn_Sale', instead: 'autumn-sale', visits: 6, wouldBe: null },
  ]);
});
test('a spelling the convention knows says what to write', () => {
  const rows = [row({ source: 'telegram', medium: 'post', channel: 'Organic Social', visits: 7 })];
  expect(found(rows)).toEqual([{ code: 'alias', value: 'post', instead: 'social', visits: 7, wouldBe: null }]);
});
test('pairs no rule knows, missing mediums and campaigns, ads without tags, links inside', () => {
  const rows = [
    row({ source: 'leaflet', medium: 'handout', channel: 'Unassigned', visits: 9 }),
    row({ source: 'vk', medium: '', channel: 'Organic Social', visits: 8 }),
    row({ source: 'vk', medium: 'paid_social', campaign: '', channel: 'Paid Social', visits: 6 }),
    row({
      source: 'google',
      medium: 'cpc',
      campaign: '',
      click: 'gclid',
      host: 'www.google.com',
      channel: 'Paid Search',
      visits: 5,
    }),
    row({
      source: 'google',
      medium: 'organic',
      campaign: '',
      host: 'www.google.com',
      channel: 'Organic Search',
      visits: 500,
    }),
  ];
  const inside = [
    { source: 'banner', medium: 'home', campaign: 'x', visits: 20, page: 'https://nord.example/', first: '', last: '' },
  ];
  expect(found(rows, inside).map(({ code, visits }) => [code, visits])).toEqual([
    ['inside', 20],
    ['unassigned', 9],
    ['no-medium', 8],
    ['no-campaign', 6],
    ['untagged-ads', 5],
  ]);
});
test('a pair no rule knows is told the medium that helps, where the convention knows one', () => {
  const rows = [row({ source: 'fair', medium: 'qr', channel: 'Unassigned' })];
  expect(found(rows)).toContainEqual({
    code: 'unassigned',
    value: 'qr',
    instead: 'paid_print',
    visits: 10,
    wouldBe: 'Paid Other',
  });
});
