import { expect, test } from 'vitest';
import { channelOfUrl } from './links.ts';
import { withQuery } from './short/routes.ts';
import { readTarget, taggedUrl } from './tagging.ts';

const tags = (given: object) => ({ source: '', medium: '', campaign: '', content: '', term: '', ...given });
function tag(target: string, given: object): string {
  const read = readTarget(target);
  return typeof read === 'string' ? read : taggedUrl(read.url, tags(given));
}

test('tags stand behind what the address has, before its anchor', () => {
  expect(tag('https://shop.example/sale?color=red#top', { source: 'vk', medium: 'cpc' })).toBe(
    'https://shop.example/sale?color=red&utm_source=vk&utm_medium=cpc#top',
  );
  expect(tag('shop.example', { source: 'vk' })).toBe('https://shop.example/?utm_source=vk');
});
test('tags that were there give way, and are told', () => {
  expect(tag('https://shop.example/?utm_source=old&utm_term=x&a=1', { source: 'new' })).toBe(
    'https://shop.example/?a=1&utm_source=new',
  );
  expect(readTarget('https://shop.example/?utm_source=old')).toMatchObject({ replaced: ['source'] });
});
test('words that networks put in at the click stay as they are, other signs are written safely', () => {
  expect(tag('https://shop.example/', { campaign: '{campaign_id}', content: 'a b&c', term: '{{ad.name}}' })).toBe(
    'https://shop.example/?utm_campaign={campaign_id}&utm_content=a%20b%26c&utm_term={{ad.name}}',
  );
});
test('what is no page of the web is refused by name', () => {
  expect(readTarget('')).toBe('empty');
  expect(readTarget('javascript:alert(1)')).toBe('not-http');
  expect(readTarget('data:text/html,x')).toBe('not-http');
  expect(readTarget('tel:+49301234')).toBe('not-http');
  expect(readTarget('ftp://shop.example/')).toBe('not-http');
  expect(readTarget('just words')).toBe('not-an-address');
  expect(readTarget('word')).toBe('not-an-address');
  expect(readTarget('https://user:secret@shop.example/')).toBe('password');
  expect(readTarget(`https://shop.example/${'a'.repeat(2000)}`)).toBe('too-long');
  expect(readTarget('shop.example:8080/x')).toMatchObject({ replaced: [] });
});
test('the channel is the one visits will have', () => {
  const channel = (given: object) => channelOfUrl(tag('https://shop.example/', given));
  expect(channel({ source: 'yandex', medium: 'cpc' })).toBe('Paid Search');
  expect(channel({ source: 'vk', medium: 'paid_social' })).toBe('Paid Social');
  expect(channel({ source: 'newsletter', medium: 'email' })).toBe('Email');
  expect(channel({ source: 'telegram', medium: 'social' })).toBe('Organic Social');
  expect(channel({ source: 'poster', medium: 'paid_print' })).toBe('Paid Other');
  expect(channel({ source: 'poster', medium: 'qr' })).toBe('Unassigned');
  expect(channel({})).toBe('Direct');
});
test('a short address hands on what an ad network added to it', () => {
  expect(withQuery('https://shop.example/?utm_source=yandex#x', '/l/abc?yclid=7&utm_source=other')).toBe(
    'https://shop.example/?utm_source=yandex&yclid=7#x',
  );
  expect(withQuery('https://shop.example/', '/l/abc')).toBe('https://shop.example/');
  expect(withQuery('https://shop.example/', '/l/abc?a=<script>')).toBe('https://shop.example/');
});
