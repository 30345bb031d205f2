// Starts the embedded ClickHouse beside the program and starts it again when it dies.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';

export interface EmbeddedClickHouse {
  /** http://tradewind:secret@127.0.0.1:port; stays the same when the engine dies and is started again */
  url(): string;
  pid(): number | undefined;
  stop(): Promise<void>;
}

const CHILD = join(import.meta.dirname, 'clickhouse-child.ts');
const LONGEST_START_MS = 60_000;

/** From so much memory on, tables of millions of visitors are kept in large pages, which the processor finds faster. */
const LARGE_PAGES_FROM_BYTES = 8_000_000_000;
/** Of the engine's own allocator: http://jemalloc.net/jemalloc.3.html#opt.thp; freed memory is kept for the next statement. */
const ALLOCATOR = totalmem() >= LARGE_PAGES_FROM_BYTES ? 'thp:always,dirty_decay_ms:10000' : '';

/** Bytes the engine may use: half of the machine, at least 1 GB. */
const memoryLimit = (): number =>
  Math.max(1_000_000_000, Math.min(totalmem() / 2, Math.max(freemem(), totalmem() / 3)));

export async function startEmbeddedClickHouse(options: { folder: string; log: Logger }): Promise<EmbeddedClickHouse> {
  const { folder, log } = options;
  await mkdir(folder, { recursive: true });
  const password = randomBytes(18).toString('base64url');
  let child: ChildProcess | undefined;
  let port = 0;
  let stopping = false;

  const launch = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const errors: string[] = [];
      const started = fork(CHILD, [], {
        env: {
          JE_MALLOC_CONF: ALLOCATOR,
          ...process.env,
          UV_THREADPOOL_SIZE: '16',
          TRADEWIND_CLICKHOUSE_FOLDER: folder,
          TRADEWIND_CLICKHOUSE_PASSWORD: password,
          TRADEWIND_CLICKHOUSE_PORT: String(port),
          TRADEWIND_CLICKHOUSE_MEMORY: String(Math.round(memoryLimit())),
        },
        execArgv: ['--disable-warning=ExperimentalWarning'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      child = started;
      started.stderr?.on('data', (chunk: Buffer) => {
        errors.push(chunk.toString());
        if (errors.length > 50) errors.shift();
      });
      started.once('message', (message) => resolve((message as { port: number }).port));
      started.once('exit', (code, signal) => {
        if (child === started) child = undefined;
        reject(new ClickHouseDidNotStart(errors.join('').trim() || `exit ${code ?? signal}`));
      });
      started.on('error', reject);
    });

  const launchUntilUnlocked = async (): Promise<void> => {
    const deadline = Date.now() + LONGEST_START_MS;
    for (let wait = 100; ; wait = Math.min(wait * 2, 1000)) {
      try {
        port = await launch();
        child?.once('exit', onExit);
        return;
      } catch (error) {
        // an engine of a killed program needs a moment to notice and to let the folder go
        if (stopping || Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };
  const onExit = (): void => {
    if (stopping) return;
    log.warn('ClickHouse stopped unexpectedly; starting it again');
    launchUntilUnlocked().then(
      () => {
        log.info('ClickHouse is back');
      },
      (error: unknown) => log.error({ err: error }, 'ClickHouse does not start'),
    );
  };
  const url = (): string => `http://tradewind:${password}@127.0.0.1:${port}`;

  await launchUntilUnlocked();
  return {
    url,
    pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      const running = child;
      if (!running || running.exitCode !== null) return;
      const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
      running.send('stop', () => {});
      const timer = setTimeout(() => running.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

export class ClickHouseDidNotStart extends Error {
  constructor(reason: string) {
    super(
      `The embedded ClickHouse did not start: ${reason.slice(0, 600)}\nRun "npm run -s tradewind -- doctor" for what to do.`,
    );
    this.name = 'ClickHouseDidNotStart';
  }
}
