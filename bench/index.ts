// npm run bench lists the benches; npm run bench -- NAME runs one with the arguments that follow.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const BENCHES = [
  ['start', 'start.ts', 'second start, idle memory, JavaScript and tracker sizes'],
  ['ingest', 'ingest.ts', 'page views a second beside plain fastify: --seconds 60, --kill'],
  ['reports', 'reports.ts', 'reports over 20 million events of a year: --events N, --data DIR keeps them'],
  [
    'segments',
    'segments.ts',
    'segment counts over 20 million events beside statements by hand: --events N, --data DIR',
  ],
  [
    'funnels',
    'funnels.ts',
    'funnels, cohorts and paths over 20 million events beside statements by hand: --events N, --data DIR',
  ],
  ['goals', 'goals.ts', 'goals over 20 million events beside statements by hand: --events N, --data DIR'],
  ['mirror', 'mirror.ts', 'how far ClickHouse is behind while rows change: --changes 500'],
  [
    'backup',
    'backup.ts',
    'backup and restore of 20 million events, and one company out and in: --events N, --data DIR',
  ],
  ['import-log', 'import-log.ts', 'lines of an access log a second, beside GoAccess'],
  [
    'import-table',
    'import-table.ts',
    'a table of 1,000,000 rows into costs and back: rows a second, peak memory: --rows N, --xlsx',
  ],
  ['jobs', 'jobs.ts', '10,000 jobs: how many a second, and how long one waits: --jobs N'],
  ['parsers', 'parsers.ts', 'browsers, robots and sources told right: --misses'],
] as const;

const [name, ...rest] = process.argv.slice(2);
const found = BENCHES.find(([id]) => id === name);
if (found) {
  const child = spawn(process.execPath, [join(import.meta.dirname, found[1]), ...rest], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {});
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  if (name) console.error(`There is no bench "${name}".\n`);
  console.log('Usage: npm run bench -- NAME [arguments]\n');
  for (const [id, , what] of BENCHES) console.log(`  ${id.padEnd(12)}${what}`);
  process.exitCode = name ? 2 : 0;
}
