// tradewind doctor: what stands on this machine, what does not, and what to do about it.
import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { arch, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../platform/config/config.ts';
import { readRunFile } from '../platform/config/run-file.ts';
import { postgresBinaries } from '../platform/engines/postgres.ts';
import { WEB_FOLDER } from '../platform/http/pages.ts';
import { outboxLag } from '../platform/outbox/outbox.ts';
import { type Command, EXIT, withProgram } from './shape.ts';

interface Check {
  what: string;
  state: 'ok' | 'warn' | 'bad';
  found: string;
  /** what to do */
  todo?: string;
}

const GB = 1e9;
const LATE_S = 60;

function folderChecks(data: string): Check[] {
  const checks: Check[] = [];
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    accessSync(data, constants.W_OK | constants.X_OK);
    checks.push({ what: 'data folder', state: 'ok', found: `${data} is writable` });
  } catch (error) {
    checks.push({
      what: 'data folder',
      state: 'bad',
      found: (error as Error).message,
      todo: 'Give --data a folder this user may write.',
    });
    return checks;
  }
  const disk = statfsSync(data);
  const free = disk.bavail * disk.bsize;
  checks.push({
    what: 'disk',
    state: free < GB ? 'bad' : free < 5 * GB ? 'warn' : 'ok',
    found: `${(free / GB).toFixed(1)} GB free`,
    ...(free < 5 * GB
      ? { todo: 'Free some space: events are refused when the disk is full (nothing acknowledged is lost).' }
      : {}),
  });
  const secret = join(data, 'secret');
  if (existsSync(secret)) {
    const open = (statSync(secret).mode & 0o077) !== 0;
    checks.push({
      what: 'secret',
      state: open ? 'warn' : 'ok',
      found: open ? 'readable by others' : 'mode 0600',
      ...(open ? { todo: `chmod 600 ${secret}` } : {}),
    });
  }
  return checks;
}

function machineChecks(): Check[] {
  const checks: Check[] = [
    {
      what: 'node',
      state: Number(process.versions.node.split('.')[0]) >= 24 ? 'ok' : 'bad',
      found: `${process.version} on ${platform()}-${arch()}`,
    },
    {
      what: 'memory',
      state: totalmem() < 1.8 * GB ? 'warn' : 'ok',
      found: `${(totalmem() / GB).toFixed(1)} GB`,
      ...(totalmem() < 1.8 * GB ? { todo: 'Under 2 GB, large reports and imports may be refused.' } : {}),
    },
    existsSync(join(WEB_FOLDER, 'index.html'))
      ? { what: 'screens', state: 'ok', found: 'built' }
      : { what: 'screens', state: 'bad', found: 'not built', todo: 'Run npm start, or npm run build.' },
  ];
  try {
    checks.push({
      what: 'PostgreSQL binaries',
      state: 'ok',
      found: postgresBinaries().split('node_modules/')[1] ?? 'found',
    });
  } catch (error) {
    checks.push({
      what: 'PostgreSQL binaries',
      state: 'bad',
      found: (error as Error).message,
      todo: 'Run npm install again, or give DATABASE_URL.',
    });
  }
  return checks;
}

/** Changes on their way from PostgreSQL to ClickHouse; they move while a server of the role `work` runs. */
function outboxCheck(lag: Awaited<ReturnType<typeof outboxLag>>, running: boolean): Check {
  const late = running && lag.oldestSeconds > LATE_S;
  return {
    what: 'outbox',
    state: lag.failing > 0 || late ? 'warn' : 'ok',
    found:
      lag.waiting === 0
        ? 'nothing waits'
        : `${lag.waiting} changes wait, the oldest ${Math.round(lag.oldestSeconds)} s`,
    ...(lag.failing > 0
      ? { todo: `${lag.failing} could not be handed over and are tried again; the reasons are in the server's log.` }
      : late
        ? { todo: 'Is a server of the role work running? Its log says why changes wait.' }
        : {}),
  };
}

export const doctor: Command = {
  name: 'doctor',
  summary: 'Check engines, disk, versions and permissions, and say what to do',
  help: 'Usage: tradewind doctor [--data DIR] [--json]',
  options: {},
  async run(call) {
    const config = loadConfig(call.values);
    const checks = [...machineChecks(), ...folderChecks(config.data)];
    const running = readRunFile(config.data);
    checks.push({
      what: 'server',
      state: 'ok',
      found: running ? `runs as process ${running.pid} at ${running.url ?? 'no address yet'}` : 'not running',
    });
    if (!checks.some((check) => check.state === 'bad' && check.what === 'data folder')) {
      try {
        await withProgram(call, async ({ installation, ready }) => {
          const engines = await ready();
          const version = await installation.pool.query<{ server_version: string }>('SHOW server_version');
          const events = await installation.clickhouse.query({ query: 'SELECT version() AS v', format: 'JSONEachRow' });
          const [row] = await events.json<{ v: string }>();
          checks.push({
            what: 'PostgreSQL',
            state: engines.postgres ? 'ok' : 'bad',
            found: version.rows[0]?.server_version ?? '',
          });
          checks.push({ what: 'ClickHouse', state: engines.clickhouse ? 'ok' : 'bad', found: row?.v ?? '' });
          checks.push(outboxCheck(await outboxLag(installation.pool), running !== null));
        });
      } catch (error) {
        checks.push({
          what: 'engines',
          state: 'bad',
          found: (error as Error).message,
          todo: 'See the reason above; the data folder is untouched.',
        });
      }
    }
    const bad = checks.some((check) => check.state === 'bad');
    if (call.json) console.log(JSON.stringify({ ok: !bad, checks }));
    else {
      for (const check of checks) {
        console.log(
          `${{ ok: '  ok  ', warn: ' warn ', bad: ' BAD  ' }[check.state]} ${check.what.padEnd(20)} ${check.found}`,
        );
        if (check.todo) console.log(`       ${''.padEnd(20)} → ${check.todo}`);
      }
    }
    return bad ? EXIT.failed : EXIT.ok;
  },
};
