// What a command of the command line is, and what all share: exit codes, faults, a progress line.
import { pino } from 'pino';
import { compose, type Program } from '../compose.ts';
import { loadConfig } from '../platform/config/config.ts';
import { openInstallation } from '../platform/installation.ts';
import { logOptions } from '../platform/secrets/redactor.ts';

export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** A failure explained to a person. */
export class Fault extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.name = 'Fault';
    this.exitCode = exitCode;
  }
}

export interface Call {
  values: Readonly<Record<string, string | boolean | undefined>>;
  positionals: readonly string[];
  /** print one JSON document on standard output and nothing else */
  json: boolean;
}

export interface Command {
  name: string;
  summary: string;
  help: string;
  options: Record<string, { type: 'string' | 'boolean'; short?: string }>;
  /** returns an exit code */
  run(call: Call): Promise<number>;
}

/** Runs `work` over the data folder: beside a running server when there is one, else with the engines started for the while. */
export async function withProgram<T>(call: Call, work: (program: Program) => Promise<T>): Promise<T> {
  const config = loadConfig(call.values);
  const log = pino(logOptions(process.env.TRADEWIND_LOG_LEVEL ?? 'warn'), pino.destination(2));
  const say = call.json || !process.stderr.isTTY ? undefined : (line: string) => process.stderr.write(`${line}\n`);
  const installation = await openInstallation({ config, log, join: true, ...(say ? { say } : {}) });
  try {
    const program = await compose(installation);
    try {
      return await work(program);
    } finally {
      await program.jobs.queue.close();
      await program.spool.close();
    }
  } finally {
    await installation.close();
  }
}

/** A line that is drawn over itself, on a terminal only. */
export function progressLine(call: Call): { show(text: string): void; end(): void } {
  const live = process.stderr.isTTY && !call.json;
  let last = 0;
  return {
    show: (text) => {
      if (!live || Date.now() - last < 100) return;
      last = Date.now();
      process.stderr.write(`\r\u001b[2K${text}`);
    },
    end: () => {
      if (live) process.stderr.write('\r\u001b[2K');
    },
  };
}

export const bar = (done: number, width = 24): string => {
  const full = Math.round(Math.min(1, Math.max(0, done)) * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(done * 100)}%`;
};

/** A whole number given as an option, or what stands when none is. Throws a Fault that says what is allowed. */
export function wholeNumber(
  call: Call,
  option: string,
  otherwise: number,
  [low, high]: readonly [number, number],
): number {
  const given = call.values[option];
  if (given === undefined) return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < low || number > high)
    throw new Fault(`--${option} is a whole number from ${low} to ${high}, not ${given}.`, EXIT.usage);
  return number;
}
