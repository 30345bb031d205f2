// As root, with the checkout under root's own folder and the data in one of mode 0700: PostgreSQL, which refuses to run as
// root, must still reach both.
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const isRoot = process.getuid?.() === 0;

test('a checkout under /root with data of mode 0700 starts both engines', { timeout: 180_000 }, async () => {
  if (!isRoot) return expect(process.getuid?.()).not.toBe(0);
  const checkout = mkdtempSync(join(homedir(), 'tradewind-checkout-'));
  try {
    for (const part of ['src', 'migrations', 'package.json']) cpSync(part, join(checkout, part), { recursive: true });
    // links take no room; a copy where they can't be made
    if (spawnSync('cp', ['-al', 'node_modules', checkout]).status !== 0) {
      rmSync(join(checkout, 'node_modules'), { recursive: true, force: true });
      cpSync('node_modules', join(checkout, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    }
    const data = join(checkout, 'data');
    mkdirSync(data, { mode: 0o700 });
    const node = join(checkout, 'node_modules/.bin/node');
    const done = await promisify(execFile)(node, ['src/cli.ts', 'doctor', '--data', data, '--json'], {
      cwd: checkout,
    }).catch(
      // the screens are not built there, which doctor rightly calls bad
      (error: { stdout: string }) => error,
    );
    const { checks } = JSON.parse(done.stdout) as { checks: { what: string; state: string }[] };
    const state = (what: string) => checks.find((check) => check.what === what)?.state;
    expect({ postgres: state('PostgreSQL'), clickhouse: state('ClickHouse') }).toEqual({
      postgres: 'ok',
      clickhouse: 'ok',
    });
    expect(existsSync(join(data, 'run.json'))).toBe(false);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});
