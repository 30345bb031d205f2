// Page views a second that are on disk when they are answered, through the real server with flushing on, beside a fastify
// route that does nothing: `node bench/ingest.ts [--seconds 60] [--connections 64] [--kill] [--profile DIR]`. With --kill
// the server is killed −9 in the middle and must lose and double nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, ServerProcess, sleep } from '../test/faults/server-process.ts';
import type { LoadResult, LoadSettings } from './load-client.ts';
import { argument, has, type Line, median, printLines } from './support.ts';

const LEAST_RATIO = 0.25;
const LONGEST_DRAIN_S = 10;
const PLAIN_SECONDS = 8;
const seconds = Number(argument('seconds', '60'));
const connections = Number(argument('connections', '64'));
const profile = argument('profile', '');

async function load(settings: LoadSettings): Promise<LoadResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load-client.ts'), JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error('The load generator failed');
  return JSON.parse(out) as LoadResult;
}

let firstId = 1;
const settings = (of: Partial<LoadSettings>): LoadSettings => {
  firstId += 100_000_000;
  return { port: 0, key: 'x', connections, seconds: PLAIN_SECONDS, firstId, acknowledged: '', persist: false, ...of };
};

async function plainRate(): Promise<number> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, 'plain-server.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()));
    await load(settings({ port, seconds: 2 }));
    return (await load(settings({ port }))).perSecond;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Seconds until no segment is left. */
async function drained(folder: string): Promise<number> {
  const began = Date.now();
  while (readdirSync(folder).length > 0 && Date.now() - began < 300_000) await sleep(100);
  return (Date.now() - began) / 1000;
}

async function stored(server: ServerProcess) {
  const clickhouse = server.clickhouse();
  const answer = await clickhouse.query({
    query: 'SELECT count() AS n, uniqExact(id) AS ids, (SELECT sum(views) FROM visits FINAL) AS views FROM events',
    format: 'JSONEachRow',
  });
  const [row] = await answer.json<{ n: string; ids: string; views: string }>();
  await clickhouse.close();
  return { rows: Number(row?.n), ids: Number(row?.ids), views: Number(row?.views) };
}

const folder = mkdtempSync(join(tmpdir(), 'tradewind-ingest-'));
const data = join(folder, 'data');
const server = new ServerProcess({
  data,
  port: await freePort(),
  env: { TRADEWIND_TRUSTED_PROXIES: '1' },
  ...(profile ? { nodeArgs: ['--cpu-prof', `--cpu-prof-dir=${profile}`] } : {}),
});
try {
  const plain = has('kill') ? [] : [await plainRate(), await plainRate()];
  await server.start();
  const { key } = await server.setUp('shop.example');
  const warm = await load(settings({ port: server.port, key, seconds: 3, persist: false }));
  const list = join(folder, 'acknowledged');
  const going = load(settings({ port: server.port, key, seconds, acknowledged: list, persist: has('kill') }));
  if (has('kill')) {
    await sleep(seconds * 500);
    await server.kill('server');
    await server.start();
  }
  const result = await going;
  const empty = await drained(join(data, 'spool'));
  const found = await stored(server);
  const ids = readFileSync(list, 'utf8').split('\n').length - 1 + warm.acknowledged;
  const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pids().server}/status`, 'utf8'))?.[1]) / 1024;
  await server.stop();
  if (!has('kill')) plain.push(await plainRate(), await plainRate());
  const ratio = result.perSecond / median(plain);
  const exact = found.rows === ids && found.ids === ids && found.views === ids;
  const lines: Line[] = [
    { what: 'page views acknowledged and synced a second', found: result.perSecond.toFixed(0) },
    ...(plain.length > 0
      ? [
          {
            what: `plain fastify route (${plain.map((r) => r.toFixed(0)).join(', ')})`,
            found: median(plain).toFixed(0),
          },
          { what: 'ratio', found: ratio.toFixed(3), target: `≥ ${LEAST_RATIO}`, ok: ratio >= LEAST_RATIO },
        ]
      : [{ what: 'tries that failed and were sent again', found: String(result.failed) }]),
    { what: 'answer, median', found: `${result.p50.toFixed(1)} ms` },
    { what: 'answer, 99%', found: `${result.p99.toFixed(1)} ms` },
    {
      what: 'spool empty after',
      found: `${empty.toFixed(1)} s`,
      target: `≤ ${LONGEST_DRAIN_S} s`,
      ok: empty <= LONGEST_DRAIN_S,
    },
    { what: 'acknowledged', found: String(ids) },
    {
      what: 'stored (rows, ids, views of visits)',
      found: exact ? 'the same' : Object.values(found).join(' '),
      target: 'the same',
      ok: exact,
    },
    { what: 'memory of the server process', found: `${rss.toFixed(0)} MB` },
  ];
  printLines(
    `Page views over HTTP, ${connections} connections, ${seconds} s${has('kill') ? ', killed −9 in the middle' : ''}`,
    lines,
  );
} finally {
  await server.clear();
  rmSync(folder, { recursive: true, force: true });
}
