// Tests against services of the system: postfix is installed where that is possible, else what is left out is said.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const POSTFIX = '/usr/sbin/postfix';

/** A sentence when it can't be had. */
function missing(): string | null {
  if (process.getuid?.() !== 0) return 'postfix needs root to start';
  if (existsSync(POSTFIX)) return null;
  if (!existsSync('/usr/bin/apt-get')) return 'postfix is not installed';
  console.log('  Installing postfix for the tests of mail (once)');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env } as const;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postfix', 'openssl'], quiet);
  // the tests run one of their own; the system's is not wanted here
  spawnSync('postfix', ['stop'], { stdio: 'ignore' });
  return existsSync(POSTFIX) ? null : 'postfix could not be installed';
}

const reason = missing();
if (reason) {
  console.log(`  left out: mail through a real postfix (${reason})`);
  process.exit(0);
}
const tests = spawnSync('vitest', ['run', '--config', 'test/services/vitest.config.ts'], { stdio: 'inherit' });
process.exit(tests.status ?? 1);
