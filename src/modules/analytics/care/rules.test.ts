// Rules as they are asked for every event: addresses and ranges, pages, parameters, spam and robots.
import { describe, expect, test } from 'vitest';
import { readNetwork } from '../../../platform/http/networks.ts';
import type { RuleKind } from './contract.ts';
import { CountingRules, SPAM_NAME } from './rules.ts';

const rules = (...list: [RuleKind, string][]) =>
  new CountingRules(list.map(([kind, pattern], n) => ({ id: `r${n}`, name: `Rule ${n}`, kind, pattern, site: null })));

describe('addresses', () => {
  test('one address or a range, of either version, and IPv4 written as IPv6', () => {
    const own = rules(['address', '203.0.113.7'], ['address', '198.51.100.0/24'], ['address', '2001:db8:a::/48']);
    expect(own.ofAddress('203.0.113.7')).toBe('r0');
    expect(own.ofAddress('::ffff:203.0.113.7')).toBe('r0');
    expect(own.ofAddress('203.0.113.8')).toBeUndefined();
    expect(own.ofAddress('198.51.100.255')).toBe('r1');
    expect(own.ofAddress('198.51.101.0')).toBeUndefined();
    expect(own.ofAddress('2001:db8:a:ffff::1')).toBe('r2');
    expect(own.ofAddress('2001:db8:b::1')).toBeUndefined();
    expect(own.ofAddress('unknown')).toBeUndefined();
  });

  test('what is no address or range is told apart', () => {
    for (const wrong of [
      '203.0.113',
      '203.0.113.7/33',
      '2001:db8::/129',
      '10.0.0.0/8/8',
      'office',
      '10.0.0.0/x',
      'fe80::1%eth0',
    ])
      expect(readNetwork(wrong), wrong).toBeNull();
    expect(readNetwork(' 10.0.0.0/8 ')).toEqual({ address: '10.0.0.0', prefix: 8, family: 'ipv4' });
  });
});

test('a page: as it is written, with * for anything; signs of expressions are only signs', () => {
  const own = rules(['path', '/admin/*'], ['path', '/thanks.html'], ['path', '*/preview']);
  expect(own.ofPath('/admin/users/1')).toBe('r0');
  expect(own.ofPath('/admin')).toBeUndefined();
  expect(own.ofPath('/thanks.html')).toBe('r1');
  expect(own.ofPath('/thanksxhtml')).toBeUndefined();
  expect(own.ofPath('/a\nb/preview')).toBe('r2');
});

test('parameters go, the rest of the address stays as it was', () => {
  const own = rules(['parameter', 'token'], ['parameter', 'email']);
  expect(own.stripped('https://a.example/p?token=1&q=x&email=a%40b#part')).toBe('https://a.example/p?q=x#part');
  expect(own.stripped('https://a.example/p?token=1')).toBe('https://a.example/p');
  expect(own.stripped('https://a.example/p?mytoken=1')).toBe('https://a.example/p?mytoken=1');
  expect(own.stripped('/p?q=token=1')).toBe('/p?q=token=1');
  expect(rules().stripped('https://a.example/?token=1')).toBe('https://a.example/?token=1');
});

describe('robots and spam', () => {
  const person = { bot: false, botName: '' };
  test('a rule that it is a person goes before one that it is a robot, and both before what the signature says', () => {
    const own = rules(['robot', 'PriceWatch'], ['not-robot', 'PriceWatch/Kiosk'], ['not-robot', 'OurAppBot']);
    expect(own.judge('Mozilla PriceWatch/2', '', person)).toEqual({ bot: true, botName: 'Rule 0' });
    expect(own.judge('Mozilla PriceWatch/Kiosk', '', person)).toEqual(person);
    expect(own.judge('OurAppBot/1', '', { bot: true, botName: 'OurAppBot' })).toEqual(person);
    expect(own.judge('', '', person)).toEqual(person);
  });

  test('a domain of spam is itself and its subdomains, unless it is said to be fine', () => {
    const own = rules(['spam', 'https://www.Spam.example/'], ['not-spam', 'good.spam.example']);
    expect(own.judge('Mozilla', 'a.spam.example', person)).toEqual({ bot: true, botName: SPAM_NAME });
    expect(own.judge('Mozilla', 'good.spam.example', person)).toEqual(person);
    expect(own.judge('Mozilla', 'notspam.example', person)).toEqual(person);
    expect(own.judge('Crawler', 'spam.example', { bot: true, botName: 'Crawler' }).botName).toBe('Crawler');
  });
});
