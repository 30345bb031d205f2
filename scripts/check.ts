// The fast checks: types, lint and format, boundaries. `npm run check` adds the unit tests.
import { spawnSync } from 'node:child_process';

const STEPS: readonly (readonly [string, readonly string[]])[] = [
  ['types', ['tsc', '--noEmit', '-p', '.']],
  ['lint and format', ['biome', 'check', '--error-on-warnings', '.']],
  ['boundaries', ['depcruise', '--config', '.dependency-cruiser.mjs', 'src']],
];

function step(name: string, [command, ...args]: readonly string[]): boolean {
  const began = performance.now();
  const done = spawnSync(command!, args, { encoding: 'utf8' });
  const ok = done.status === 0;
  console.log(`  ${ok ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(done.stdout, done.stderr);
  return ok;
}

/** True when all hold; every step is run, so that one run shows all there is to mend. */
export function runChecks(): boolean {
  return STEPS.map(([name, command]) => step(name, command)).every(Boolean);
}

if (import.meta.main) {
  const checks = runChecks();
  const unit = spawnSync('vitest', ['run', '--project', 'unit'], { stdio: 'inherit' });
  process.exit(checks && unit.status === 0 ? 0 : 1);
}
