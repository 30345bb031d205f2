// Every check in one command: types, lint, boundaries, then unit, integration and end-to-end tests in one run over one pair
// of engines and a real Chromium.
import { spawnSync } from 'node:child_process';
import { runChecks } from './check.ts';
import { findChromium } from './chromium.ts';

const chromium = findChromium({ install: true });
if (!chromium.path) {
  console.error(`  ${chromium.advice}`);
  process.exit(1);
}
if (!runChecks()) process.exit(1);
const only = process.argv.slice(2);
const tests = spawnSync('vitest', ['run', ...only], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium.path },
});
process.exit(tests.status ?? 1);
