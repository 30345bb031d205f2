// Nothing that was acknowledged is lost or doubled when the power goes: the server, its engines, or one of them are killed −9
// again and again under a small load, and an import is cut off in the middle.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { afterEach, describe, expect, test } from 'vitest';
import { PageViews } from './page-views.ts';
import { freePort, processesOf, runCli, ServerProcess, sleep, until } from './server-process.ts';

const KILLS = 30;
const TURNS = ['server', 'clickhouse', 'server', 'tree', 'server', 'postgres'] as const;

const folders: string[] = [];
const servers: ServerProcess[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tradewind-faults-'));
  folders.push(made);
  return made;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.clear();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

async function rows<T>(clickhouse: ClickHouseClient, query: string): Promise<T[]> {
  return (await clickhouse.query({ query, format: 'JSONEachRow' })).json<T>();
}

describe.skipIf(process.platform !== 'linux')('killed −9', () => {
  test('nothing acknowledged is lost or doubled in thirty kills under load', { timeout: 600_000 }, async () => {
    const data = folder();
    const env = { TRADEWIND_FLUSH_MS: '50', TRADEWIND_TRUSTED_PROXIES: '1' };
    const server = new ServerProcess({ data, port: await freePort(), env });
    servers.push(server);
    await server.start();
    const { key } = await server.setUp('shop.example');
    const views = new PageViews({ port: server.port, key, connections: 8 });
    views.start();
    const began = Date.now();
    for (let i = 0; i < KILLS; i++) {
      // long enough for a few flushes, and never the same moment of one
      await sleep(400 + Math.random() * 400);
      const turn = TURNS[i % TURNS.length]!;
      await server.kill(turn);
      if (turn === 'server' || turn === 'tree') await server.start();
      else {
        await until(`${turn} to be seen missing`, async () => !(await server.isReady()), 2000).catch(() => {});
        await until(`both engines after ${turn} was killed`, () => {
          expect(server.running(), server.output).toBe(true);
          return server.isReady();
        });
      }
    }
    const took = Date.now() - began;
    await views.finish();
    await until('an empty spool', () => readdirSync(join(data, 'spool')).length === 0);
    const clickhouse = server.clickhouse();
    const stored = await rows<{ id: string }>(clickhouse, 'SELECT id FROM events');
    const [visits] = await rows<{ views: string }>(clickhouse, 'SELECT sum(views) AS views FROM visits FINAL');
    await clickhouse.close();
    const ids = new Set(stored.map((row) => row.id));
    console.log(
      `  ${KILLS} kills in ${Math.round(took / 1000)} s; ${views.acknowledged.size} page views acknowledged, ${views.failures} tries failed`,
    );
    expect([...views.acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    expect(stored.length).toBe(ids.size);
    expect(ids.size).toBe(views.acknowledged.size);
    expect(Number(visits?.views)).toBe(ids.size);
    // the command line joins the server whose engines have been started anew since
    const day = (shift: number): string => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
    const query = { site: 'shop.example', period: [day(-2), day(1)], measures: ['pageViews'] };
    const report = await runCli(['report', JSON.stringify(query), '--json', '--data', data]);
    expect(report.stderr.slice(0, 500)).toBe('');
    expect((JSON.parse(report.stdout) as { totals: { pageViews: number } }).totals.pageViews).toBe(ids.size);
    expect(await server.stop()).toBe(0);
  });

  test('an import cut off in the middle ends as an unbroken one', { timeout: 480_000 }, async () => {
    const log = join(folder(), 'access.log');
    writeFileSync(log, accessLog(60_000));
    const importInto = (data: string, onStart?: Parameters<typeof runCli>[1]) =>
      runCli(['import-log', log, '--site', 'shop.example', '--json', '--data', data], onStart);

    const whole = folder();
    const unbroken = await importInto(whole);
    expect(unbroken.code, unbroken.stderr.slice(0, 500)).toBe(0);
    const cut = folder();
    let cuts = 0;
    for (const after of [900, 1300, 1700]) {
      const killed = await importInto(cut, {
        onStart: (child) => {
          setTimeout(() => child.kill('SIGKILL'), after);
        },
      });
      if (killed.code === null) cuts++;
    }
    expect(cuts).toBeGreaterThan(0);
    const again = await importInto(cut);
    expect(again.code, again.stderr.slice(0, 500)).toBe(0);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(unbroken.stdout));

    const counts: unknown[] = [];
    for (const data of [whole, cut]) {
      expect(processesOf(data)).toEqual([]);
      const server = new ServerProcess({ data, port: await freePort() });
      servers.push(server);
      await server.start();
      const clickhouse = server.clickhouse();
      counts.push(
        await rows(
          clickhouse,
          `SELECT (SELECT (count(), uniqExact(id)) FROM events) AS events, (SELECT (count(), sum(views)) FROM visits FINAL) AS visits,
             (SELECT sum(views) FROM rollup_days FINAL) AS rolled`,
        ),
      );
      await clickhouse.close();
      await server.stop();
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});

/** Lines of the combined format over three days, with robots, assets, a repeated line and some that are no line at all. */
function accessLog(lines: number): string {
  const agents = [
    'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  ];
  const out: string[] = [];
  const begin = Date.UTC(2026, 2, 3);
  for (let i = 0; i < lines; i++) {
    const at = new Date(begin + Math.floor((i * 3 * 86_400_000) / lines));
    const stamp = `${String(at.getUTCDate()).padStart(2, '0')}/Mar/2026:${at.toISOString().slice(11, 19)} +0000`;
    const path = i % 7 === 0 ? `/style-${i % 20}.css` : `/page-${i % 113}`;
    const referrer = i % 5 === 0 ? 'https://www.google.com/' : '-';
    const address = `203.0.${i % 3}.${i % 251}`;
    if (i % 1000 === 999) out.push('this is no line of a log');
    else if (i % 500 === 499) out.push(out.at(-1)!);
    else
      out.push(
        `${address} - - [${stamp}] "GET ${path} HTTP/1.1" 200 ${1000 + (i % 900)} "${referrer}" "${agents[i % 13 === 0 ? 2 : i % 2]}"`,
      );
  }
  return `${out.join('\n')}\n`;
}
