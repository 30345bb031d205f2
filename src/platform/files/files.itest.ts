// Files over the real server: pieces that break off, limits, types told by content, links that expire, nothing left behind.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, signedIn, startServer, type TestServer } from '../../../test/support/program.ts';
import { cleanName, disposition } from './name.ts';
import { safeType } from './sniff.ts';

let server: TestServer;
let workspace: string;
let cookie: string;
beforeAll(async () => {
  server = await startServer({ fileLimitMb: '20', filesLimitMb: '50' });
  ({ workspace } = await company(server.program));
  ({ cookie } = await signedIn(server, workspace, 'marketer'));
});
afterAll(() => server?.stop());

interface Upload {
  upload: string;
  offset: number;
}
async function call<T>(method: string, path: string, body?: object, as = cookie): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${server.url}/api/v1/workspaces/${workspace}${path}`, {
    method,
    headers: { cookie: as, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}
const piece = (upload: string, offset: number, bytes: Buffer, headers: Record<string, string> = { cookie }) =>
  fetch(`${server.url}/api/v1/workspaces/${workspace}/uploads/${upload}/bytes?offset=${offset}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: new Uint8Array(bytes),
  });
const begin = async (name: string, size: number) => (await call<Upload>('POST', '/uploads', { name, size })).body;
const row = () => server.program.files.db.selectFrom('file').selectAll().execute();

test('an upload that breaks off in the middle of a piece goes on at the byte it reached, and comes out as it went in', async () => {
  const bytes = randomBytes(9_000_000);
  const { upload } = await begin('C:\\logs\\access.log', bytes.length);
  expect((await piece(upload, 0, bytes.subarray(0, 4_000_000))).status).toBe(200);
  // the line goes dead after a part of the next piece
  await new Promise<void>((resolve) => {
    const cut = request(`${server.url}/api/v1/workspaces/${workspace}/uploads/${upload}/bytes?offset=4000000`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/octet-stream', 'content-length': '4000000' },
    });
    cut.on('error', () => resolve());
    cut.on('close', () => resolve());
    cut.write(bytes.subarray(4_000_000, 5_500_000), () => setTimeout(() => cut.destroy(), 300));
  });
  let offset = 0;
  for (let i = 0; i < 50 && offset <= 4_000_000; i++)
    offset = (await call<Upload>('GET', `/uploads/${upload}`)).body.offset;
  expect(offset).toBeGreaterThan(4_000_000);
  expect(offset).toBeLessThanOrEqual(5_500_000);
  expect((await piece(upload, 0, bytes.subarray(0, 10))).status).toBe(409);
  expect((await call('POST', `/uploads/${upload}/finish`)).status).toBe(409);
  expect((await piece(upload, offset, bytes.subarray(offset))).status).toBe(200);
  const done = await call<{ id: string; name: string; type: string; sha256: string }>(
    'POST',
    `/uploads/${upload}/finish`,
  );
  expect(done.body).toMatchObject({
    name: 'access.log',
    type: 'application/octet-stream',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(readdirSync(server.program.files.folder)).toEqual([]);
  const file = (await server.program.files.find(workspace, done.body.id))!;
  const parts: Buffer[] = [];
  for await (const chunk of await server.program.files.read(file)) parts.push(chunk as Buffer);
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  await call('DELETE', `/files/${file.id}`);
});

test('limits are said before a byte is sent, and hold when more comes than was announced', async () => {
  const over = await call<{ message: string }>('POST', '/uploads', { name: 'a', size: 20_000_001 });
  expect(over.status).toBe(400);
  expect(over.body.message).toContain('20 MB');
  const held = [await begin('a', 19_000_000), await begin('b', 19_000_000)];
  const full = await call<{ message: string }>('POST', '/uploads', { name: 'c', size: 19_000_000 });
  expect(full.status).toBe(409);
  expect(full.body.message).toContain('50 MB');
  for (const { upload } of held) await call('DELETE', `/uploads/${upload}`);
  const { upload } = await begin('d', 5);
  expect((await piece(upload, 0, Buffer.from('more than five'))).status).toBe(400);
  expect((await call<Upload>('GET', `/uploads/${upload}`)).body.offset).toBe(0);
  expect((await piece(upload, 0, randomBytes(9_000_000))).status).toBe(400);
  await call('DELETE', `/uploads/${upload}`);
});

test('pieces need the right, the company and one’s own page', async () => {
  const { upload } = await begin('a.log', 3);
  const bytes = Buffer.from('abc');
  const viewer = await signedIn(server, workspace, 'viewer');
  const other = await signedIn(server, (await company(server.program, 'Other', 'other.example')).workspace, 'owner');
  expect((await piece(upload, 0, bytes, {})).status).toBe(401);
  expect((await piece(upload, 0, bytes, { cookie: viewer.cookie })).status).toBe(403);
  expect((await piece(upload, 0, bytes, { cookie: other.cookie })).status).toBe(404);
  expect((await piece(upload, 0, bytes, { cookie, origin: 'https://evil.example' })).status).toBe(403);
  await call('DELETE', `/uploads/${upload}`);
});

test('a page called a picture is told by its bytes and is never shown as a page; its link is signed and expires', async () => {
  const { files } = server.program;
  const html = '<!doctype html><script>alert(1)</script>';
  const save = (name: string, bytes: Buffer | string) =>
    files.save(workspace, Readable.from([Buffer.from(bytes)]), { name, who: 'test' });
  const page = await save('photo.png', html);
  expect(page.type).toBe('text/plain');
  expect((await save('x.txt', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).type).toBe('image/png');
  expect((await save('письмо.txt', Buffer.from('cff0e8e2e5f220f1eef1e5e4', 'hex'))).type).toBe('text/plain');
  const { path } = (await call<{ path: string }>('POST', `/files/${page.id}/link`, { seconds: 60 })).body;
  const answer = await fetch(`${server.url}${path}`);
  expect(await answer.text()).toBe(html);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="photo.png"; filename*=UTF-8''photo.png`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect((await fetch(`${server.url}${path.replace('expires=', 'expires=1')}`)).status).toBe(404);
  const old = files.link(page.id, -1);
  expect((await fetch(`${server.url}${old.path}`)).status).toBe(404);
  expect((await fetch(`${server.url}/files/${page.id}`)).status).toBe(404);
  expect(safeType('text/html')).toBe('application/octet-stream');
  expect(safeType('image/svg+xml')).toBe('application/octet-stream');
  expect(cleanName('../../etc/passwd')).toBe('passwd');
  expect(disposition('a"\r\nset-cookie: x.txt')).not.toMatch(/[\r\n]/);
  for (const file of await row()) await files.remove(workspace, file.id);
});

test('a content with two names stays until the second goes; what nobody names is swept away', async () => {
  const { files, uploads } = server.program;
  const save = () => files.save(workspace, Readable.from([Buffer.from('the same')]), { name: 'n', who: 'test' });
  const [one, two] = [await save(), await save()];
  const path = files.store.pathOf(one.sha256)!;
  await files.remove(workspace, one.id);
  expect(existsSync(path)).toBe(true);
  await files.remove(workspace, two.id);
  expect(existsSync(path)).toBe(false);
  const old = await files.save(workspace, Readable.from([Buffer.from('old')]), {
    name: 'n',
    who: 'test',
    expiresAt: new Date(0),
  });
  // a content whose server was killed before it got a name
  const lost = await save();
  await files.db.deleteFrom('file').where('id', '=', lost.id).execute();
  expect(await files.sweep()).toEqual({ files: 1, contents: 1 });
  expect(existsSync(files.store.pathOf(old.sha256)!)).toBe(false);
  expect(existsSync(path)).toBe(true);
  expect(await files.sweep(-1000)).toEqual({ files: 0, contents: 1 });
  expect(existsSync(path)).toBe(false);
  const { upload } = await begin('left.log', 100);
  await piece(upload, 0, Buffer.from('abc'));
  const stray = join(files.folder, 'stray.part');
  writeFileSync(stray, 'x');
  utimesSync(stray, new Date(0), new Date(0));
  expect(await uploads.sweep()).toBe(0);
  expect(existsSync(stray)).toBe(false);
  expect(statSync(join(files.folder, `${upload}.upload`)).size).toBe(3);
  expect(await uploads.sweep(-1000)).toBe(1);
  expect(readdirSync(files.folder)).toEqual([]);
});

test('saving and removing the same content at once never leaves a file without its bytes', async () => {
  const { files } = server.program;
  for (let round = 0; round < 10; round++) {
    const save = () => files.save(workspace, Readable.from([Buffer.from('contended')]), { name: 'n', who: 'test' });
    const first = await save();
    const [second, third] = await Promise.all([save(), save(), files.remove(workspace, first.id)]);
    for (const file of [second, third]) expect(await files.store.size(file.sha256)).toBe(9);
    await Promise.all([files.remove(workspace, second.id), files.remove(workspace, third.id)]);
    expect(await files.store.exists(first.sha256)).toBe(false);
  }
});
