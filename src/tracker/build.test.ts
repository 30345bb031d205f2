import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltScript, buildTracker } from './build.ts';

let dir = '';
let built: BuiltScript[] = [];
const source = (file: string) => readFile(path.join(dir, file), 'utf8');

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tracker-'));
  built = await buildTracker(dir);
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('the built site scripts', () => {
  // What every visitor of every site pays for; raise it only with a reason written down in ARCHITECTURE.md.
  it.each([
    ['tw.js', 1620],
    ['tw-vitals.js', 4000],
    ['tw-consent.js', 2200],
    ['tw-layer.js', 800],
    ['tw-goals.js', 1400],
    ['tw-forms.js', 700],
    ['tw-phones.js', 1400],
    ['tw-optout.js', 1800],
  ])('%s is at most %i bytes after gzip -9', (file, budget) => {
    const size = built.find((script) => script.file === file)?.gzip ?? Number.POSITIVE_INFINITY;
    expect(size).toBeLessThanOrEqual(budget);
  });

  it('need no eval, no inline style and no module loader', async () => {
    for (const { file } of built) {
      const code = await source(file);
      expect(code, file).not.toMatch(/\beval\(|new Function|\.innerHTML|setAttribute\(.style|^import\b|^export\b/m);
    }
  });

  it('parse as a classic script of 2019 or older', async () => {
    for (const { file } of built) expect(await source(file), file).not.toMatch(/\?\.[a-z[(]|\?\?|\|\|=|&&=/);
  });

  it('leave no name in the global scope but the function itself', async () => {
    const code = await source('tw.js');
    expect(code.startsWith('try{')).toBe(true);
    expect(code).not.toMatch(/\bvar\b|\bfunction [a-z]/);
  });
});
