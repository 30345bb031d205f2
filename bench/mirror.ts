// How far ClickHouse is behind PostgreSQL while rows change: `node bench/mirror.ts [--seconds 30] [--changes 500]`. Costs are
// written over eight connections; the lag is from the change until its copy is on disk in ClickHouse and marked.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { uuidv7 } from '../src/platform/ids/uuid.ts';
import { freePort, ServerProcess, sleep } from '../test/faults/server-process.ts';
import { argument, printLines } from './support.ts';

const WRITERS = 8;
const CAMPAIGNS = 400;
const seconds = Number(argument('seconds', '30'));
const changes = Number(argument('changes', '500'));

const folder = mkdtempSync(join(tmpdir(), 'tradewind-mirror-'));
const data = join(folder, 'data');
const server = new ServerProcess({ data, port: await freePort() });

async function write(host: string, owner: { workspace: string; site: string }, writer: number): Promise<number> {
  const client = new pg.Client({ host, user: 'tradewind', database: 'tradewind' });
  await client.connect();
  const began = performance.now();
  let done = 0;
  for (; performance.now() - began < seconds * 1000; done++) {
    const due = began + (done * WRITERS * 1000) / changes;
    if (due > performance.now()) await sleep(due - performance.now());
    await client.query(
      `INSERT INTO cost (workspace, id, site, feed, day, campaign, currency, amount) VALUES ($1, $2, $3, 'bench', current_date, $4, 'EUR', $5)
       ON CONFLICT (workspace, site, feed, day, source, medium, campaign, content, term, page, currency) DO UPDATE SET amount = excluded.amount`,
      [owner.workspace, uuidv7(), owner.site, `c${writer}-${done % CAMPAIGNS}`, done + 1],
    );
  }
  await client.end();
  return done;
}

try {
  await server.start();
  await server.setUp('shop.example');
  const { socketFolder } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { socketFolder: string };
  const client = new pg.Client({ host: socketFolder, user: 'tradewind', database: 'tradewind' });
  await client.connect();
  const owner = (await client.query<{ workspace: string; site: string }>('SELECT workspace, id AS site FROM site'))
    .rows[0]!;
  const began = performance.now();
  const written = (await Promise.all(Array.from({ length: WRITERS }, (_, i) => write(socketFolder, owner, i)))).reduce(
    (a, b) => a + b,
  );
  const took = (performance.now() - began) / 1000;
  while ((await client.query('SELECT 1 FROM outbox WHERE done_at IS NULL LIMIT 1')).rowCount) await sleep(50);
  const lag = (
    await client.query<{ half: number; most: number; worst: number }>(
      `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lag) AS half, percentile_cont(0.99) WITHIN GROUP (ORDER BY lag) AS most, max(lag) AS worst
       FROM (SELECT extract(epoch FROM done_at - known)::float8 * 1000 AS lag FROM outbox WHERE topic = 'cost') AS l`,
    )
  ).rows[0]!;
  const truth = Number((await client.query('SELECT sum(amount) AS s FROM cost')).rows[0].s);
  await client.end();
  const clickhouse = server.clickhouse();
  const answer = await clickhouse.query({
    query: 'SELECT sum(amount) AS s FROM cost_differences FINAL',
    format: 'JSONEachRow',
  });
  const copy = Number((await answer.json<{ s: string }>())[0]?.s);
  await clickhouse.close();
  printLines(`Mirror of PostgreSQL in ClickHouse, ${WRITERS} writers, ${seconds} s`, [
    { what: 'changes a second', found: (written / took).toFixed(0), target: `${changes} asked for` },
    { what: 'lag, median', found: `${lag.half.toFixed(0)} ms` },
    { what: 'lag, 99%', found: `${lag.most.toFixed(0)} ms` },
    { what: 'lag, longest', found: `${lag.worst.toFixed(0)} ms` },
    {
      what: 'the sums of both',
      found: copy === truth ? 'the same' : `${truth} ${copy}`,
      target: 'the same',
      ok: copy === truth,
    },
  ]);
  await server.stop();
} finally {
  await server.clear();
  rmSync(folder, { recursive: true, force: true });
}
