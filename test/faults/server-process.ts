// The real server as a process of its own on a real data folder, and the means to kill it or one of its engines. Shared by the
// fault tests and the benches. Reads /proc, so it is for Linux.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { freePort } from '../support/free-port.ts';

export { freePort };

const ROOT = join(import.meta.dirname, '../..');
export const CLI = join(ROOT, 'src/cli.ts');

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until the answer is true. Throws after `ms`. */
export async function until(what: string, ask: () => boolean | Promise<boolean>, ms = 90_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(25)) if (await ask()) return;
  throw new Error(`${what}: not within ${ms} ms`);
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

interface Process {
  pid: number;
  parent: number;
  command: string;
}

function processes(): Process[] {
  const found: Process[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (!stat || state === 'Z') continue;
    found.push({ pid: Number(name), parent: Number(parent), command: read(`/proc/${name}/cmdline`) });
  }
  return found;
}

/** A process and all that came from it. */
function familyOf(pid: number, all = processes()): number[] {
  return [pid, ...all.filter((p) => p.parent === pid).flatMap((p) => familyOf(p.pid, all))];
}

/** Processes that name the folder in their command or, as the ClickHouse child does, in their environment. */
export const processesOf = (data: string): number[] =>
  processes()
    .filter((p) => p.pid !== process.pid && `${p.command}${read(`/proc/${p.pid}/environ`)}`.includes(data))
    .map((p) => p.pid);

const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it went by itself
    }
  }
};

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the command line until it ends. */
export function runCli(
  args: readonly string[],
  options: { env?: Record<string, string>; onStart?: (child: ChildProcess) => void } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  options.onStart?.(child);
  const out: Finished = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...out, code })));
}

export class ServerProcess {
  readonly data: string;
  readonly port: number;
  readonly url: string;
  readonly #env: Record<string, string>;
  readonly #nodeArgs: readonly string[];
  #child: ChildProcess | undefined;
  output = '';

  constructor(of: { data: string; port: number; env?: Record<string, string>; nodeArgs?: readonly string[] }) {
    this.data = of.data;
    this.port = of.port;
    this.url = `http://127.0.0.1:${of.port}`;
    this.#env = of.env ?? {};
    this.#nodeArgs = of.nodeArgs ?? [];
  }

  /** Resolves when both engines answer. */
  async start(): Promise<void> {
    this.output = '';
    const args = [...this.#nodeArgs, CLI, 'start', '--data', this.data, '--port', String(this.port)];
    const child = spawn(process.execPath, [...args, '--log-level', 'error'], {
      cwd: ROOT,
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-4000);
      });
    const ready = async (): Promise<boolean> => {
      if (!this.running()) throw new Error(`The server ended: ${this.output.slice(-1500)}`);
      return this.isReady();
    };
    // what it said last tells a slow machine from a server that waits for something
    await until(`the server on ${this.data}`, ready).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; its last words: ${this.output.slice(-1500)}`, { cause: error });
    });
  }

  running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  pids(): { server: number; clickhouse: number | undefined; postgres: number[] } {
    const server = this.#child?.pid ?? 0;
    const all = processes();
    const postmaster = Number.parseInt(read(join(this.data, 'postgres/cluster/postmaster.pid')), 10);
    return {
      server,
      clickhouse: all.find((p) => p.parent === server && p.command.includes('clickhouse-child'))?.pid,
      postgres: all.some((p) => p.pid === postmaster) ? familyOf(postmaster, all) : [],
    };
  }

  /** kill −9 of the server alone, of it with both engines, or of one engine under a server that goes on. */
  async kill(what: 'server' | 'tree' | 'clickhouse' | 'postgres'): Promise<void> {
    const { server, clickhouse, postgres } = this.pids();
    if (what === 'clickhouse') killAll(clickhouse ? [clickhouse] : []);
    else if (what === 'postgres') killAll(postgres);
    else {
      const child = this.#child;
      const ended = new Promise<void>((resolve) => child?.once('exit', () => resolve()));
      killAll(what === 'tree' ? [server, ...(clickhouse ? [clickhouse] : []), ...postgres] : [server]);
      await ended;
    }
  }

  /** Asks it to stop as Ctrl-C does. Resolves with its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const child = this.#child;
    if (!child || !this.running()) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  /** Ends whatever is left on the folder. */
  async clear(): Promise<void> {
    if (this.running()) await this.kill('tree');
    killAll([...this.pids().postgres, ...processesOf(this.data)]);
    await until('the end of all processes', () => processesOf(this.data).length === 0, 10_000);
  }

  clickhouse(): ClickHouseClient {
    const run = JSON.parse(readFileSync(join(this.data, 'run.json'), 'utf8')) as { clickhouseUrl: string };
    return createClient({
      url: run.clickhouseUrl,
      database: 'tradewind',
      log: { level: ClickHouseLogLevel.OFF },
      request_timeout: 600_000,
    });
  }

  /** Creates the owner and the first company. */
  async setUp(site: string): Promise<{ workspace: string; site: string; key: string; cookie: string }> {
    const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery' };
    const made = await this.#post('/api/v1/setup', {
      owner,
      workspace: { name: 'Shop', currency: 'EUR', timeZone: 'UTC', language: 'en', legalProfile: 'eu' },
      site,
    });
    const ids = (await made.json()) as { workspace: string; site: string };
    const session = await this.#post('/api/auth/sign-in/email', { email: owner.email, password: owner.password });
    const cookie = session.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ');
    const sites = await fetch(`${this.url}/api/v1/workspaces/${ids.workspace}/sites`, { headers: { cookie } });
    const [first] = (await sites.json()) as { key: string }[];
    if (!first) throw new Error('The company has no site');
    return { ...ids, key: first.key, cookie };
  }

  async #post(path: string, body: unknown): Promise<Response> {
    const answer = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    return answer;
  }
}
