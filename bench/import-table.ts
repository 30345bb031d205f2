// A table of a million rows into costs: dry run, import, undo; rows a second and the most memory the program itself takes (the
// engines are processes of their own). A data folder of its own, the embedded PostgreSQL. --rows N, --xlsx
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { pino } from 'pino';
import { compose } from '../src/compose.ts';
import { createSite } from '../src/modules/analytics/sites/sites.ts';
import { importKinds } from '../src/modules/imports.ts';
import { loadConfig } from '../src/platform/config/config.ts';
import { openKysely } from '../src/platform/database/postgres.ts';
import { checkRows, findImport, openImport, startImport, undoWhole } from '../src/platform/imports/imports.ts';
import { openInstallation } from '../src/platform/installation.ts';
import { createWorkspace } from '../src/platform/workspaces/workspaces.ts';
import { argument, has, printLines } from './support.ts';

const ROWS = Number(argument('rows', '1000000'));
const HEAD = ['Date', 'Campaign', 'Ad', 'Cost, EUR', 'Clicks'];
const data = mkdtempSync(join(tmpdir(), 'tradewind-bench-table-'));
const log = pino({ level: 'error' });

const cells = (i: number): [string, string, string, string, string] => {
  const day = new Date(Date.UTC(2025, 0, 1 + (i % 365))).toISOString().slice(0, 10);
  return [day, `campaign ${i % 97}`, `ad ${Math.floor(i / 365)}`, ((i % 9000) / 100 + 1).toFixed(2), String(i % 40)];
};

async function writeFile(path: string): Promise<void> {
  if (!has('xlsx')) {
    async function* lines() {
      yield `${HEAD.map((name) => `"${name}"`).join(',')}\n`;
      for (let i = 0; i < ROWS; i += 5000) {
        let text = '';
        for (let j = i; j < Math.min(i + 5000, ROWS); j++) text += `${cells(j).join(',')}\n`;
        yield text;
      }
    }
    return pipeline(Readable.from(lines()), createWriteStream(path));
  }
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = book.addWorksheet('Costs');
  sheet.addRow(HEAD).commit();
  for (let i = 0; i < ROWS; i++) {
    const [day, campaign, ad, cost, clicks] = cells(i);
    sheet.addRow([day, campaign, ad, Number(cost), Number(clicks)]).commit();
  }
  await book.commit();
}

const installation = await openInstallation({ config: loadConfig({ data }, {}), log, join: false });
try {
  const program = await compose(installation);
  const workspace = await createWorkspace(
    program.people,
    { name: 'Bench', currency: 'EUR', timeZone: 'UTC', language: 'en', legalProfile: 'eu' },
    { owner: null, who: 'bench' },
  );
  await createSite(program.db, workspace, 'bench.example', 'bench');
  const path = join(data, has('xlsx') ? 'costs.xlsx' : 'costs.csv');
  await writeFile(path);
  const file = await program.files.savePath(workspace, path, { name: 'costs', who: 'bench' });
  const parts = {
    db: openKysely<never>(installation.pool),
    files: program.files,
    jobs: program.jobs,
    kinds: importKinds,
  };
  const by = { workspace, who: 'bench' };
  await program.worker.start();

  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  globalThis.gc?.();
  const idle = process.memoryUsage().rss;
  const until = async (id: string, state: string): Promise<void> => {
    for (;;) {
      const row = await findImport(parts as never, workspace, id);
      if (row.state === state) return;
      const run = await program.db.selectFrom('job_run').selectAll().where('id', '=', row.run!).executeTakeFirst();
      if (run && ['failed', 'dead', 'cancelled'].includes(run.state)) throw new Error(run.error ?? run.state);
      await sleep(50);
    }
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const kind = importKinds.find((one) => one.name === 'costs')!;
  const { id, looked } = await openImport(parts as never, by, { file: file.id, kind });
  const checked = await timed(async () => {
    await checkRows(parts as never, by, id, { source: 'bench', settings: looked });
    await until(id, 'checked');
  });
  const afterCheck = peak;
  const written = await timed(async () => {
    await startImport(parts as never, by, id);
    await until(id, 'done');
  });
  const { result } = await findImport(parts as never, workspace, id);
  const undone = await timed(async () => {
    await undoWhole(parts as never, by, id);
    await until(id, 'undone');
  });
  clearInterval(watch);
  await program.worker.stop();
  await program.jobs.queue.close();
  await program.spool.close();

  const rate = (took: number): string => `${Math.round((ROWS / took) * 1000).toLocaleString('en')} rows/s`;
  const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  printLines(`${ROWS.toLocaleString('en')} rows of a ${has('xlsx') ? 'workbook' : 'CSV file'} (${mb(file.size)})`, [
    { what: 'dry run: read, understood, staged, compared', found: rate(checked) },
    {
      what: `import: ${result?.added.toLocaleString('en')} rows of ${result?.days} days written`,
      found: rate(written),
    },
    { what: 'undo of all of it', found: rate(undone) },
    { what: 'memory of the program before', found: mb(idle) },
    { what: 'most memory in the dry run', found: mb(afterCheck) },
    { what: 'most memory of all', found: mb(peak) },
  ]);
} finally {
  await installation.close();
  rmSync(data, { recursive: true, force: true });
}
