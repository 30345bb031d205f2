// Starts the server: engines, parts, background work, web; and stops them in order.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { compose } from './compose.ts';
import { deriveOldAgain } from './modules/analytics/index.ts';
import { ratesRound } from './modules/costs/index.ts';
import { forgetStaleSnapshots } from './platform/backup/index.ts';
import type { Config } from './platform/config/config.ts';
import { sweepFiles } from './platform/files/index.ts';
import { buildServer } from './platform/http/server.ts';
import { openInstallation } from './platform/installation.ts';
import { setSchedule } from './platform/jobs/index.ts';
import { logOptions } from './platform/secrets/redactor.ts';
import { forgetCutOff } from './platform/transfers/index.ts';

const PATIENCE_MS = 60_000;

export class PortTaken extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program. Choose another: npm start -- --port ${port + 1} (or TRADEWIND_PORT=${port + 1}).`,
    );
    this.name = 'PortTaken';
  }
}

export interface RunningServer {
  url: string;
  pids(): { postgres: number | undefined; clickhouse: number | undefined };
  program: Awaited<ReturnType<typeof compose>>;
  stop(): Promise<void>;
}

/** Pages are served already: a database that is killed just then is there again soon, so background work waits for it. */
async function persist(log: Logger, begin: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(500)) {
    try {
      return await begin();
    } catch (err) {
      if (Date.now() > until) throw err;
      log.warn({ err }, 'background work has not begun yet');
    }
  }
}

export async function startServer(
  config: Config,
  options: { say?: (line: string) => void; rateLimit?: boolean } = {},
): Promise<RunningServer> {
  const { say = () => {} } = options;
  const log = pino(logOptions(config.logLevel));
  const installation = await openInstallation({ config, log, say, join: false });
  try {
    const program = await compose(
      installation,
      options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit },
    );
    const app = await buildServer(program);
    try {
      await app.listen({ port: config.port, host: config.host });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? new PortTaken(config.port) : error;
    }
    const url = `http://localhost:${config.port}`;
    installation.announce(url);
    if (config.roles.includes('collect')) program.flusher.start();
    if (config.roles.includes('work')) {
      program.rollUps.start();
      program.outbox.start();
      await persist(log, async () => {
        await setSchedule(program.people, null, ratesRound, { cron: '7 * * * *', payload: {} });
        await setSchedule(program.people, null, sweepFiles, { cron: '17 3 * * *', payload: {} });
        await deriveOldAgain(program.people, installation.pool, program.jobs);
        await program.worker.start();
      });
    }
    const hourly = setInterval(
      () =>
        Promise.all([
          program.salts.forget(),
          program.callLog.forgetOld(),
          program.mail.forgetOld(),
          program.forgetNotifications(),
          program.forgetContactCodes(),
          forgetStaleSnapshots({ ...installation, database: config.clickhouseDatabase }),
          forgetCutOff({ ...installation, database: config.clickhouseDatabase }),
        ]).catch((err: unknown) => log.warn({ err }, 'what is old stays')),
      3_600_000,
    );
    hourly.unref();
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      clearInterval(hourly);
      await app.close();
      await program.worker.stop();
      await program.jobs.queue.close();
      await program.rollUps.stop();
      await program.outbox.stop();
      await program.outbound.close();
      if (config.roles.includes('collect')) await program.flusher.stop();
      await program.collector.close().catch((err: unknown) => log.warn({ err }, 'counts of the last second are lost'));
      await program.spool.close();
      await installation.close();
    };
    return {
      url,
      pids: installation.pids,
      program,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await installation.close();
    throw error;
  }
}
