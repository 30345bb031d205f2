// One program at a time owns a data folder. run.json says which, and where its engines answer, so that the command line can
// work beside a running server instead of fighting it for the folder.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RunFile {
  pid: number;
  /** when the process began, so that a number used again is not taken for it */
  born: string;
  url: string | null;
  databaseUrl: string | null;
  socketFolder: string | null;
  clickhouseUrl: string | null;
}

const pathOf = (data: string): string => join(data, 'run.json');

/** Clock ticks since boot at which a process began (Linux); elsewhere '' and the pid alone must do. */
function bornAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

export function readRunFile(data: string): RunFile | null {
  try {
    const run = JSON.parse(readFileSync(pathOf(data), 'utf8')) as RunFile;
    return isAlive(run.pid) && (bornAt(run.pid) === run.born || !run.born) ? run : null;
  } catch {
    return null;
  }
}

export class FolderInUse extends Error {
  readonly run: RunFile;
  constructor(data: string, run: RunFile) {
    super(
      `Tradewind already runs on ${data} (process ${run.pid}${run.url ? `, ${run.url}` : ''}). ` +
        'Stop it first, or give another folder with --data.',
    );
    this.name = 'FolderInUse';
    this.run = run;
  }
}

/** Takes the folder for this process. Throws FolderInUse while another live one has it. */
export function takeFolder(data: string): { update(run: Partial<RunFile>): void; release(): void } {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const path = pathOf(data);
  let run: RunFile = {
    pid: process.pid,
    born: bornAt(process.pid),
    url: null,
    databaseUrl: null,
    socketFolder: null,
    clickhouseUrl: null,
  };
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(run), { mode: 0o600, flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const other = readRunFile(data);
      if (other) throw new FolderInUse(data, other);
      rmSync(path, { force: true }); // its program is gone
    }
  }
  return {
    update: (change) => {
      run = { ...run, ...change };
      writeFileSync(`${path}.new`, JSON.stringify(run), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}
