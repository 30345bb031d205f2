// Background work under kill −9: a log import of the browser is cut off with its server again and again and ends as an unbroken
// one; two worker processes over one database share a thousand jobs while one after the other is killed, and none is done twice.
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { company, testProgram } from '../support/program.ts';
import { countJob } from './job-worker.ts';
import { freePort, ServerProcess, sleep, until } from './server-process.ts';

const folders: string[] = [];
const servers: ServerProcess[] = [];
const children: ChildProcess[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'tradewind-faults-'));
  folders.push(made);
  return made;
};
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.clear();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

interface Import {
  state: string;
  lines: number;
  error: string | null;
  attempt: number;
  summary: Record<string, unknown> | null;
}

describe.skipIf(process.platform !== 'linux')('killed −9', () => {
  test('an import in the browser goes on after every kill, soon, and ends as an unbroken one', {
    timeout: 480_000,
  }, async () => {
    const server = new ServerProcess({ data: folder(), port: await freePort() });
    servers.push(server);
    await server.start();
    const { workspace, site, cookie } = await server.setUp('shop.example');
    const at = (path: string): string => `${server.url}/api/v1/workspaces/${workspace}${path}`;
    const post = async <T>(path: string, body: object = {}): Promise<T> => {
      const headers = { cookie, 'content-type': 'application/json' };
      const answer = await fetch(at(path), { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json() as Promise<T>;
    };
    const upload = async (log: Buffer): Promise<string> => {
      let { upload: id, offset } = await post<{ upload: string; offset: number }>('/uploads', {
        name: 'access.log',
        size: log.length,
      });
      while (offset < log.length) {
        const piece = new Uint8Array(log.subarray(offset, offset + 4_000_000));
        const answer = await fetch(at(`/uploads/${id}/bytes?offset=${offset}`), {
          method: 'PUT',
          headers: { cookie, 'content-type': 'application/octet-stream' },
          body: piece,
        });
        ({ offset } = (await answer.json()) as { offset: number });
      }
      return (await post<{ id: string }>(`/uploads/${id}/finish`)).id;
    };
    const newest = async (): Promise<Import> =>
      ((await (await fetch(at('/log-imports'), { headers: { cookie } })).json()) as Import[])[0]!;
    const running = async () => (await newest()).state === 'running';

    await post(`/sites/${site}/log-imports`, { files: [await upload(accessLog(500_000))] });
    let kills = 0;
    for (const wait of [600, 1200, 1800, 1500]) {
      await until('the import to run', async () => (await running()) || (await newest()).state === 'done');
      await sleep(wait);
      if ((await newest()).state === 'done') break;
      await server.kill(kills % 2 === 0 ? 'server' : 'tree');
      kills++;
      await server.start();
      const back = Date.now();
      await until(
        'the import to be taken up again',
        async () => (await running()) || (await newest()).state === 'done',
        5000,
      );
      console.log(`  taken up ${Date.now() - back} ms after the start`);
    }
    await until('the end of the import', async () => !['waiting', 'running'].includes((await newest()).state), 120_000);
    const broken = await newest();
    expect(kills).toBeGreaterThan(1);
    expect(broken).toMatchObject({ state: 'done', error: null, attempt: 1 });
    await post(`/sites/${site}/log-imports`, { files: [await upload(accessLog(500_000))] });
    await until('the second import', async () => (await newest()).state === 'done', 120_000);
    // the second finds every row of the first: none was lost; and it finds each once
    expect((await newest()).summary).toEqual({ ...broken.summary, duplicates: 499_500 });
    const clickhouse = server.clickhouse();
    const counted = await clickhouse.query({
      query: 'SELECT count() AS n, uniqExact(id) AS different FROM events',
      format: 'JSONEachRow',
    });
    expect(await counted.json()).toEqual([{ n: '499500', different: '499500' }]);
    await clickhouse.close();
    expect(await server.stop()).toBe(0);
  });

  test('two worker processes share a thousand jobs, are killed in turn, and none is done twice or lost', {
    timeout: 360_000,
  }, async () => {
    const program = await testProgram();
    const { workspace } = await company(program);
    const journal = join(folder(), 'journal');
    appendFileSync(journal, '');
    const name = program.config.clickhouseDatabase; // both engines' databases of a test are called the same
    const start = (): ChildProcess => {
      const child = spawn(
        process.execPath,
        [join(import.meta.dirname, 'job-worker.ts'), inject('socketFolder'), name, journal],
        { stdio: 'inherit' },
      );
      children.push(child);
      return child;
    };
    const jobs = program.jobs;
    await jobs.enqueueMany(
      program.db,
      workspace,
      countJob,
      Array.from({ length: 1000 }, (_, n) => ({ n })),
    );
    const pair = [start(), start()];
    const ended = async () =>
      Number(
        (await program.installation.pool.query(`SELECT count(*) AS n FROM job_run WHERE state = 'done'`)).rows[0].n,
      );
    for (let i = 0; (await ended()) < 900 && i < 12; i++) {
      await sleep(500);
      appendFileSync(journal, `killed - ${pair[i % 2]!.pid}\n`);
      pair[i % 2]!.kill('SIGKILL');
      pair[i % 2] = start();
    }
    await until('all jobs to be done', async () => (await ended()) === 1000, 60_000);
    // a job begins a second time only after the process that had it was killed
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    const killed = new Set<string>();
    const held = new Map<string, string>();
    const ends = new Set<string>();
    const doubled: string[] = [];
    for (const [what, n, pid] of lines.map((line) => line.split(' ') as [string, string, string])) {
      if (what === 'killed') killed.add(pid);
      else if (what === 'ended') ends.add(n);
      else {
        const before = held.get(n);
        if (before !== undefined && !killed.has(before)) doubled.push(n);
        held.set(n, pid);
      }
    }
    console.log(`  ${killed.size} kills, ${lines.length} lines of the journal for a thousand jobs`);
    expect(killed.size).toBeGreaterThan(1);
    expect(ends.size).toBe(1000);
    expect(doubled).toEqual([]);
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await program.close();
  });
});

function accessLog(lines: number): Buffer {
  const out: string[] = [];
  const begin = Date.UTC(2026, 2, 3);
  for (let i = 0; i < lines; i++) {
    const at = new Date(begin + Math.floor((i * 3 * 86_400_000) / lines)).toISOString();
    out.push(
      i % 1000 === 999
        ? 'this is no line of a log'
        : `203.0.${i % 3}.${i % 251} - - [${at.slice(8, 10)}/Mar/2026:${at.slice(11, 19)} +0000] "GET /page-${i % 113} HTTP/1.1" 200 ${1000 + (i % 900)} "-" "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"`,
    );
  }
  return Buffer.from(`${out.join('\n')}\n`);
}
