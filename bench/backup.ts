// How long a backup of 20 million events takes, how large it is, and how long its restore takes: `node bench/backup.ts
// [--events 20000000] [--data DIR]`. One company alone is exported and taken in again beside it. With --data the folder is used again.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { backUp, restore } from '../src/platform/backup/index.ts';
import { loadConfig } from '../src/platform/config/config.ts';
import { openFiles } from '../src/platform/files/index.ts';
import { openKeyRing } from '../src/platform/secrets/key-ring.ts';
import { addTransfer, exportCompany, forgetCutOff, runImport } from '../src/platform/transfers/index.ts';
import { createUser } from '../src/platform/workspaces/people.ts';
import { HOST, rows, withLarge } from './reports-data.ts';
import { type Line, printLines } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'tradewind-bench-backup-'));
const lines: Line[] = [];
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
const figure = (what: string, seconds: number, bytes: number, events: number): void => {
  lines.push({
    what: `${what}: ${megabytes(bytes)}`,
    found: `${seconds.toFixed(0)} s`,
    target: `${Math.round(events / seconds).toLocaleString('en')} events/s`,
  });
};
/** The most memory this process held, megabytes. */
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 200);

const whole = join(folder, 'whole.tar');
const one = join(folder, 'one.tar');
let events = 0;
try {
  await withLarge(async (program, large) => {
    const { config, pool, clickhouse } = program.installation;
    events = Number((await rows<{ n: string }>(program, 'SELECT count() AS n FROM events'))[0]?.n);
    const parts = { config, pool, clickhouse, store: program.files.store, ring: openKeyRing({ data: config.data }) };
    const done = await backUp({ ...parts, version: 'bench' }, whole);
    figure('backup', done.seconds, done.bytes, events);
    const to = { ...program.transfers, store: program.files.store, folder: program.files.folder, room: 1e12 };
    const left = await exportCompany(to, { id: large.workspace, name: HOST }, one);
    figure('export of the company', left.seconds, left.bytes, events);
    const owner = { email: `bench-${Date.now()}@large.example`, name: 'Bench', password: 'correct horse battery' };
    const id = await createUser(program.people, owner);
    const of = { workspace: null, direction: 'import', file_name: 'one.tar', owner: id, who: 'bench' } as const;
    const transfer = await addTransfer(program.transfers.db, of);
    const began = performance.now();
    const come = await runImport(to, transfer, one, { owner: { id, email: owner.email }, who: 'bench' });
    figure('import of the company', (performance.now() - began) / 1000, statSync(one).size, events);
    // a kept folder stays as it was: without the company there, what lies under its id is left over
    await pool.query('DELETE FROM organization WHERE id = $1', [come.workspace]);
    await pool.query('UPDATE transfer SET finished_at = NULL WHERE id = $1', [transfer]);
    await forgetCutOff(program.transfers);
    await pool.query('DELETE FROM "user" WHERE id = $1', [id]);
  });
  const config = loadConfig({ data: join(folder, 'restored') }, {});
  const done = await restore(
    {
      config,
      log: pino({ level: 'error' }),
      storeOf: ({ pool, secret }) => openFiles({ pool, config, secret }).files.store,
      ringOf: ({ data }) => openKeyRing({ data }),
    },
    whole,
    null,
  );
  figure('restore, every checksum checked', done.seconds, statSync(whole).size, events);
  lines.push({ what: 'peak memory of the process', found: megabytes(peak) });
  printLines(`Backup of ${events.toLocaleString('en')} events`, lines);
} finally {
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
}
