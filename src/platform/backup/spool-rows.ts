// Events that were acknowledged and are not stored yet: whole segments of the spool.
import { statSync } from 'node:fs';
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readSegment } from '../events/spool.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { ArchiveReader } from './archive-reader.ts';
import type { ArchiveWriter } from './archive-writer.ts';

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function segments(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
  return names.filter((name) => name.endsWith('.open')).sort();
}

/**
 * Copies the spool. To be called before the snapshot of ClickHouse: a segment that is stored and gone meanwhile is then in there.
 */
export async function dumpSpool(folder: string, archive: ArchiveWriter): Promise<number> {
  let events = 0;
  for (const name of await segments(folder)) {
    try {
      const { rows, columns, structure } = readSegment(folder, name);
      if (rows.length === 0) continue;
      const pieces: Buffer[] = [Buffer.from(`${JSON.stringify({ v: 1, columns, structure })}\n`)];
      for (const row of rows) {
        const head = Buffer.allocUnsafe(8);
        head.writeUInt32LE(row.length, 0);
        head.writeUInt32LE(crc32(row), 4);
        pieces.push(head, row);
      }
      await archive.part(`spool/${name.replace(/\.open$/, '')}`).add(Buffer.concat(pieces), rows.length);
      events += rows.length;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return events;
}

/** Puts segments in line behind those that are there; a running server stores them like its own. Returns how many events. */
export async function loadSpool(archive: ArchiveReader, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  let events = 0;
  for (const part of archive.parts('spool/')) {
    const name = uuidv7();
    const file = await open(join(folder, `${name}.coming`), 'wx', 0o600);
    for await (const { data } of archive.chunks(part)) await file.write(data);
    await file.sync();
    await file.close();
    await rename(join(folder, `${name}.coming`), join(folder, `${name}.open`));
    events += part.rows;
  }
  return events;
}

/** Bytes that wait. */
export async function spoolSize(folder: string): Promise<number> {
  let size = 0;
  for (const name of await segments(folder)) {
    try {
      size += statSync(join(folder, name)).size;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return size;
}
