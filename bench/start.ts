// The first impression: time from the command to the first page on a folder that is there already, memory when idle, and how
// much JavaScript the first page and the tracker are. `node bench/start.ts [--idle 20] [--times 5]`.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { freePort, processesOf, ServerProcess, sleep } from '../test/faults/server-process.ts';
import { argument, type Line, median, printLines } from './support.ts';

const ROOT = join(import.meta.dirname, '..');
const LONGEST_START_MS = 3000;
const MOST_JAVASCRIPT = 300_000;
const LARGEST_TRACKER: Readonly<Record<string, number>> = { 'tw.js': 1600 };

const packed = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length;

/** Starts as a person does and stops again. Resolves with the milliseconds until the first page is there. */
async function startOnce(data: string): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn('node', [join(ROOT, 'scripts/launch.mjs'), 'start', '--data', data, '--port', String(port)], {
    cwd: ROOT,
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    for (;;) {
      const page = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
      if (page?.ok && (await page.text()).includes('<script')) return performance.now() - began;
      if (performance.now() - began > 60_000) throw new Error('No page within a minute');
      await sleep(5);
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
    for (let i = 0; i < 200 && processesOf(data).length > 0; i++) await sleep(50);
  }
}

const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};
/** Shared pages are counted once, as PostgreSQL's processes share most of theirs. */
const proportionalMb = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    try {
      return sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);

async function idleMemory(data: string): Promise<Line[]> {
  const server = new ServerProcess({ data, port: await freePort() });
  try {
    await server.start();
    await sleep(Number(argument('idle', '20')) * 1000);
    const { server: node, clickhouse, postgres } = server.pids();
    const mb = (n: number): string => `${n.toFixed(0)} MB`;
    const parts = [residentMb(node), residentMb(clickhouse ?? 0), proportionalMb(postgres)];
    return [
      { what: 'idle: server', found: mb(parts[0]!) },
      { what: 'idle: ClickHouse', found: mb(parts[1]!) },
      { what: 'idle: PostgreSQL (shared pages once)', found: mb(parts[2]!) },
      { what: 'idle: together', found: mb(parts.reduce((a, b) => a + b, 0)) },
    ];
  } finally {
    await server.clear();
  }
}

/** Module scripts and preloads of the page, and what these import at once (not what they import later). */
function firstPageJavaScript(): Line[] {
  const web = join(ROOT, 'dist/web');
  const html = readFileSync(join(web, 'index.html'), 'utf8');
  const files = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((m) => m[1]!));
  for (const file of files) {
    const code = readFileSync(join(web, file), 'utf8');
    for (const m of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g)) files.add(`assets/${m[1]}`);
  }
  const bytes = [...files].reduce((sum, file) => sum + packed(join(web, file)), 0);
  return [
    {
      what: `JavaScript of the first page, gzipped (${files.size} files)`,
      found: `${(bytes / 1000).toFixed(1)} kB`,
      target: `< ${MOST_JAVASCRIPT / 1000} kB`,
      ok: bytes < MOST_JAVASCRIPT,
    },
  ];
}

function trackerSizes(): Line[] {
  const folder = join(ROOT, 'dist/tracker');
  if (!existsSync(folder)) return [{ what: 'tracker', found: 'not built' }];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => {
      const size = packed(join(folder, name));
      const most = LARGEST_TRACKER[name];
      const found = `${size} B`;
      return most === undefined
        ? { what: `${name}, gzipped`, found }
        : { what: `${name}, gzipped`, found, target: `< ${most} B (Umami)`, ok: size < most };
    });
}

const data = mkdtempSync(join(tmpdir(), 'tradewind-start-'));
try {
  const first = await startOnce(data);
  const later: number[] = [];
  for (let i = 0; i < Number(argument('times', '5')); i++) later.push(await startOnce(data));
  const again = median(later);
  printLines('Start', [
    { what: 'first start to first page', found: `${first.toFixed(0)} ms` },
    {
      what: `second start to first page, median of ${later.length}`,
      found: `${again.toFixed(0)} ms`,
      target: `< ${LONGEST_START_MS} ms`,
      ok: again < LONGEST_START_MS,
    },
    ...(await idleMemory(data)),
    ...firstPageJavaScript(),
    ...trackerSizes(),
  ]);
} finally {
  rmSync(data, { recursive: true, force: true });
}
