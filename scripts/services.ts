// Tests against services of the system: they are installed where that is possible, else what is left out is said.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const POSTFIX = '/usr/sbin/postfix';

const POSTGRES = '/usr/lib/postgresql/15/bin/postgres';
/** each duty from a browser to both databases once; screens and the tracker know no database */
const JOURNEYS = ['journey', 'site-to-report', 'segments', 'costs', 'import-log', 'imports', 'shell'];

/** A sentence when it can't be had; installed as root on Debian. */
function missing(name: string, path: string, packages: readonly string[]): string | null {
  if (process.getuid?.() !== 0) return `${name} needs root to start`;
  if (existsSync(path)) return null;
  if (!existsSync('/usr/bin/apt-get')) return `${name} is not installed`;
  console.log(`  Installing ${name} for its tests (once)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env } as const;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  return existsSync(path) ? null : `${name} could not be installed`;
}

const vitest = (...args: string[]): number =>
  spawnSync('vitest', ['run', ...args], { stdio: 'inherit', env: { ...process.env, TEST_ENGINES: engines } }).status ??
  1;
let engines = 'embedded';
let failed = 0;

const noPostfix = missing('postfix', POSTFIX, ['postfix', 'openssl']);
if (noPostfix) console.log(`  left out: mail through a real postfix (${noPostfix})`);
else {
  // the tests run one of their own; the system's is not wanted here
  spawnSync('postfix', ['stop'], { stdio: 'ignore' });
  failed += vitest('--config', 'test/services/vitest.config.ts');
}

const noPostgres = missing('PostgreSQL 15', POSTGRES, ['postgresql-15']);
if (noPostgres) console.log(`  left out: journeys on PostgreSQL 15 and a ClickHouse apart (${noPostgres})`);
else {
  engines = 'own';
  failed += vitest('--project', 'e2e', ...JOURNEYS.map((name) => `test/e2e/${name}.e2e.ts`));
}
process.exit(failed === 0 ? 0 : 1);
