import { describe, expect, test } from 'vitest';
import { ByteCache, viewOf } from './byte-cache.ts';
import { DistinctCounter } from './distinct.ts';
import { maskLine } from './mask.ts';

describe('masking', () => {
  test.each([
    ['83.149.9.216 - - [17/May/2015:10:05:03 +0000] x', '83.149.x.x - - [17/May/2015:10:05:03 +0000] x'],
    ['2001:db8:0:1:2:3:4:5 - - x', '2001:x:x - - x'],
    ['2001:db8::7 - - x', '2001:x:x - - x'],
    ['::1 - - x', ':x:x - - x'],
    ['shop.example.com:443 10.1.2.3 - - x', 'shop.example.com:443 10.1.x.x - - x'],
    ['dsl-83-149-9-216.provider.net - - x', '….provider.net - - x'],
    ['"10.1.2.3, 10.4.5.6" for ann@mail.example', '"10.1.x.x, 10.4.x.x" for …@mail.example'],
    ['a\0b\x1bc', 'a·b·c'],
  ])('%s', (line, masked) => {
    expect(maskLine(line)).toBe(masked);
  });
  test('shortens', () => {
    expect(maskLine('y'.repeat(9_000)).length).toBe(501);
  });
});

test('addresses are counted exactly, and estimated well above the limit', () => {
  const exact = new DistinctCounter();
  const estimated = new DistinctCounter(5_000);
  let state = 1;
  const random = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return Math.imul(state ^ (state >>> 12), 0x297a2d39) ^ (state >>> 16);
  };
  const pairs = Array.from({ length: 100_000 }, () => [random(), random()] as const);
  for (const [a, b] of [...pairs, ...pairs]) {
    exact.add(a, b);
    estimated.add(a, b);
  }
  expect(exact.count).toBe(new Set(pairs.map((pair) => pair.join())).size);
  expect(Math.abs(estimated.count / exact.count - 1)).toBeLessThan(0.06);
});

test('a cache gives back what was kept, through growth and emptying', () => {
  let emptied = 0;
  const cache = new ByteCache(256, 300_000, () => emptied++);
  for (let i = 0; i < 1_000; i++) {
    const key = Buffer.from(`key ${i}`);
    const view = viewOf(key);
    expect(cache.find(view, 0, key.length, 7)).toBe(-1);
    const value = Buffer.from(`${'v'.repeat(i)}${i}`);
    const slot = cache.add(key, 0, key.length, 7, value, i);
    expect(cache.find(view, 0, key.length, 7)).toBe(slot);
    expect(cache.find(view, 0, key.length, 8)).toBe(-1);
    expect(cache.flags(slot)).toBe(i);
    const out = Buffer.alloc(2_000);
    expect(out.toString('utf8', 3, cache.copyValue(slot, out, 3))).toBe(value.toString());
  }
  expect(emptied).toBeGreaterThan(2);
});
