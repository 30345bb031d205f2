// One contract for every file store: a folder, and a bucket behind a real server of the S3 protocol that checks signatures.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from '@20minutes/s3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderStore } from './providers/folder.ts';
import { s3Store } from './providers/s3.ts';
import { ContentMissing, type FileStore, measure } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'tradewind-files-'));
const service = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'files', configs: [] }],
});
let endpoint: string;
beforeAll(async () => {
  const { port } = (await service.run()) as AddressInfo;
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});
const s3 = (secretKey: string) =>
  s3Store({
    endpoint,
    bucket: 'files',
    region: 'eu-central-1',
    accessKey: 'S3RVER',
    secretKey,
    partSize: 5 * 1024 * 1024,
  });

const written = async (bytes: Buffer) => {
  const path = join(folder, randomBytes(6).toString('hex'));
  writeFileSync(path, bytes);
  return { path, content: await measure(path) };
};

describe.each<[string, () => FileStore]>([
  ['a folder', () => folderStore(join(folder, 'contents'))],
  ['an S3 bucket', () => s3('S3RVER')],
])('%s', (_name, open) => {
  test.each([
    ['nothing at all', Buffer.alloc(0)],
    ['a little', Buffer.from('203.0.113.9 - -\n')],
    ['more than one part', randomBytes(12 * 1024 * 1024 + 7)],
  ])('keeps %s and gives it back, whole and from a byte on', async (_what, bytes) => {
    const store = open();
    const { path, content } = await written(bytes);
    expect(await store.exists(content.sha256)).toBe(false);
    await store.put(content, path);
    await store.put(content, path);
    expect(await store.exists(content.sha256)).toBe(true);
    expect(await store.size(content.sha256)).toBe(bytes.length);
    expect((await buffer(await store.get(content.sha256))).equals(bytes)).toBe(true);
    if (bytes.length > 5)
      expect((await buffer(await store.get(content.sha256, 5))).equals(bytes.subarray(5))).toBe(true);
    await store.delete(content.sha256);
    await store.delete(content.sha256);
    expect(await store.exists(content.sha256)).toBe(false);
  });

  test('says what it has not', async () => {
    const store = open();
    const none = 'a'.repeat(64);
    await expect(store.get(none)).rejects.toThrow(ContentMissing);
    await expect(store.size(none)).rejects.toThrow(ContentMissing);
  });
});

test('a folder keeps no half content when the source is gone, and takes no name that is a path', async () => {
  const root = join(folder, 'half');
  const store = folderStore(root);
  const sha256 = 'b'.repeat(64);
  await expect(store.put({ sha256, size: 3 }, join(folder, 'nowhere'))).rejects.toThrow('ENOENT');
  expect(readdirSync(join(root, 'bb'))).toEqual([]);
  expect(() => store.pathOf('../../secret')).toThrow('sha256');
});

test('a bucket refuses a wrong key, and that is no "missing"', async () => {
  await expect(s3('wrong').exists('c'.repeat(64))).rejects.not.toThrow(ContentMissing);
});
