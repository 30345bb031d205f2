// An access log from the browser to the figures, over the real server: upload, job, summary, rejected lines, and again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../../test/support/program.ts';

const LOG = readFileSync(join(import.meta.dirname, 'fixtures/access.log.gz'));
let server: TestServer;
let place: { workspace: string; site: string };
let cookie: string;
beforeAll(async () => {
  server = await startServer();
  place = await company(server.program, 'Semicomplete', 'semicomplete.com', 'UTC');
  ({ cookie } = await signedIn(server, place.workspace, 'marketer'));
});
afterAll(() => server?.stop());

interface Import {
  id: string;
  state: string;
  error: string | null;
  done: number;
  total: number;
  lines: number;
  summary: Record<string, unknown> | null;
}
const at = (path: string): string => `${server.url}/api/v1/workspaces/${place.workspace}${path}`;
async function post<T>(path: string, body: object = {}): Promise<T> {
  const answer = await fetch(at(path), {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json() as Promise<T>;
}
async function upload(name: string, bytes: Buffer): Promise<string> {
  const { upload: id } = await post<{ upload: string }>('/uploads', { name, size: bytes.length });
  await fetch(at(`/uploads/${id}/bytes?offset=0`), {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  return (await post<{ id: string }>(`/uploads/${id}/finish`)).id;
}
const start = (files: string[]) => post<Import>(`/sites/${place.site}/log-imports`, { files });
async function ended(run: string): Promise<Import> {
  for (let i = 0; i < 400; i++) {
    const list = (await (await fetch(at('/log-imports'), { headers: { cookie } })).json()) as Import[];
    const found = list.find((one) => one.id === run)!;
    if (!['waiting', 'running'].includes(found.state)) return found;
    await sleep(100);
  }
  throw new Error('the import does not end');
}

test('a packed log becomes visits; its raw file is gone at once; importing it again adds nothing', async () => {
  const first = await ended((await start([await upload('access.log.gz', LOG)])).id);
  expect(first).toMatchObject({
    state: 'done',
    done: LOG.length,
    total: LOG.length,
    lines: 10_000,
    files: [{ name: 'access.log.gz', size: LOG.length }],
    summary: {
      lines: 10_000,
      accepted: 10_000,
      rejected: 0,
      duplicates: 0,
      firstDay: '2015-05-17',
      lastDay: '2015-05-20',
    },
  });
  expect(await server.program.files.db.selectFrom('file').selectAll().execute()).toEqual([]);
  expect(await server.program.files.db.selectFrom('file_content').selectAll().execute()).toEqual([]);
  const second = await ended((await start([await upload('again.gz', LOG)])).id);
  expect(second.summary).toEqual({ ...first.summary, import: undefined, duplicates: 10_000 });
});

test('lines that can’t be read are counted by reason and come as a file with addresses masked', async () => {
  const good = '203.0.113.9 - - [03/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "Mozilla/5.0"';
  const text = [good, '198.51.100.7 said something else', good.replace('/a', '/b'), 'nor is this'].join('\n');
  const done = await ended((await start([await upload('mixed.log', Buffer.from(text))])).id);
  expect(done.summary).toMatchObject({ lines: 4, accepted: 2, rejected: 2 });
  expect((done.summary as { reasons: { lines: number }[] }).reasons.reduce((sum, one) => sum + one.lines, 0)).toBe(2);
  const csv = await (await fetch(at(`/log-imports/${done.id}/rejects`), { headers: { cookie } })).text();
  expect(csv.split('\r\n').filter(Boolean)).toHaveLength(3);
  expect(csv).toContain('198.51.x.x said something else');
  expect(csv).not.toContain('198.51.100.7');
});

test('what is no log fails at once, in words that name the file as the person knows it, and is not kept', async () => {
  const failed = await ended((await start([await upload('photo.png', Buffer.from('504b030414000000', 'hex'))])).id);
  expect(failed).toMatchObject({ state: 'failed', summary: null });
  expect(failed.error).toContain('photo.png is packed with zip');
  expect(failed.error).not.toContain('/');
  expect(await server.program.files.db.selectFrom('file').selectAll().execute()).toEqual([]);
});
