// Contents in a folder, ab/cd…: written beside, synced, then renamed, so that a name never stands for half a content.
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { uuidv7 } from '../../ids/uuid.ts';
import { ContentMissing, type FileStore } from '../store.ts';

const NAME = /^[0-9a-f]{64}$/;

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function folderStore(root: string): FileStore {
  const pathOf = (sha256: string): string => {
    if (!NAME.test(sha256)) throw new Error('A content is named by its sha256');
    return join(root, sha256.slice(0, 2), sha256);
  };
  const missing = (sha256: string) => (error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new ContentMissing(sha256) : error;
  };
  return {
    put: async ({ sha256 }, path) => {
      const target = pathOf(sha256);
      const part = `${target}.${uuidv7()}.part`;
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      try {
        await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), createWriteStream(part, { mode: 0o600 }));
        await sync(part);
        await rename(part, target);
        // the name itself must be on the disk too; Windows has no such call
        if (process.platform !== 'win32') await sync(dirname(target));
      } finally {
        await rm(part, { force: true });
      }
    },
    get: async (sha256, start = 0) => {
      const handle = await open(pathOf(sha256)).catch(missing(sha256));
      return createReadStream('', { fd: handle, start, highWaterMark: 1 << 18 });
    },
    delete: (sha256) => rm(pathOf(sha256), { force: true }),
    exists: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    size: async (sha256) => (await stat(pathOf(sha256)).catch(missing(sha256))).size,
    pathOf,
  };
}
