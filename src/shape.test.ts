// The shape of the house: what every file and every module must be. The rights of every route are tried in
// test/integration/access.itest.ts.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'test', 'bench', 'scripts'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\n')
  .filter((name) => /\.(ts|tsx|mjs|css)$/.test(name) && existsSync(join(ROOT, name)));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

test('no file is over 400 lines', () => {
  expect(files.length).toBeGreaterThan(100);
  const long = files
    .map((name) => `${name}: ${read(name).split('\n').length - 1}`)
    .filter((line) => Number(line.split(': ')[1]) > 400);
  expect(long).toEqual([]);
});

test('file names are kebab-case', () => {
  const odd = files.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(basename(name)));
  expect(odd).toEqual([]);
});

test('a file of the server opens by saying why it exists', () => {
  const silent = files.filter(
    (name) => /^src\/.*\.ts$/.test(name) && !/\.i?test\.ts$/.test(name) && !/^(\/\/|\/\*|#!)/.test(read(name)),
  );
  expect(silent).toEqual([]);
});

test('every module has a door, a contract and demo data, and stands in the explicit lists', () => {
  const modules = readdirSync(join(ROOT, 'src/modules'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(modules.length).toBeGreaterThan(0);
  for (const { name } of modules) {
    const has = (path: string): boolean => existsSync(join(ROOT, 'src/modules', name, path));
    expect(has('index.ts'), `${name}/index.ts`).toBe(true);
    expect(has('contract.ts'), `${name}/contract.ts`).toBe(true);
    expect(has('demo') || has('seed.ts'), `${name}: demo/ or seed.ts`).toBe(true);
    expect(read('src/modules/contracts.ts')).toContain(`./${name}/contract.ts`);
    expect(read('src/modules/pages.ts')).toContain(`./${name}/ui/`);
  }
});

test('every router is behind the gate', () => {
  const routers = files.filter((name) => /^src\/.*\.ts$/.test(name) && /\bimplement\(\w+Contract\)/.test(read(name)));
  expect(routers.length).toBeGreaterThan(1);
  for (const name of routers)
    expect(read(name), name).toMatch(/implement\(\w+Contract\)\s*\.\$context<RequestContext>\(\)\s*\.use\(gate\(/);
});

test('nothing is left over: no skipped tests, no TODO without a duty', () => {
  const mark = new RegExp(
    ['\\b(test|describe|it)\\.(skip|only)\\(', '@ts-(ignore|nocheck)', 'TODO(?! [A-Z]\\d)', 'FIXME'].join('|'),
  );
  expect(files.filter((name) => name !== 'src/shape.test.ts' && mark.test(read(name)))).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(read('package-lock.json')).not.toContain('"resolved": "http');
});
