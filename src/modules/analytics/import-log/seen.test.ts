import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeenLines } from './seen.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seen-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('counts equal lines as a map would, however little memory it has', () => {
  const line = fc.record({ a: fc.integer({ min: -20, max: 20 }), minute: fc.integer({ min: 0, max: 12 }) });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 600 }), fc.integer({ min: 16, max: 64 }), (lines, memory) => {
      const seen = new SeenLines(folder, memory);
      const counts = new Map<string, number>();
      for (const { a, minute } of lines) {
        const key = `${a} ${minute}`;
        const before = counts.get(key) ?? 0;
        counts.set(key, before + 1);
        expect(seen.add(a, minute, minute)).toBe(before);
      }
      seen.close();
    }),
    { numRuns: 300 },
  );
});

test('a second pass over the same days counts on, and leaves no file behind', () => {
  const seen = new SeenLines(folder, 100);
  for (let pass = 0; pass < 3; pass++) {
    for (let i = 0; i < 5_000; i++) expect(seen.add(i * 7919, i, Math.floor(i / 10))).toBe(pass);
  }
  expect(readdirSync(folder)).not.toEqual([]);
  seen.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a minute with more lines than the memory is meant for is counted right', () => {
  const seen = new SeenLines(folder, 50);
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < 1_000; i++) expect(seen.add(i, i, 7)).toBe(pass);
  }
  seen.close();
});
