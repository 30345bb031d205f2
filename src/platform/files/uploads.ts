// A file on its way from a browser: begun with its name and size, sent in pieces that may break off at any byte, finished
// when it is whole. The bytes that arrived are the length of a file on the disk, so going on is asking how long it is.
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ORPCError } from '@orpc/server';
import { uuidv7 } from '../ids/uuid.ts';
import type { Files, StoredFile } from './files.ts';
import { cleanName } from './name.ts';
import { FileTooLarge } from './store.ts';

/** Given up when nothing came for this long. */
const FORGET_MS = 2 * 86_400_000;
/** A finished upload belongs to a job that takes it soon; what nobody takes goes. */
export const KEEP_MS = 7 * 86_400_000;

export interface Upload {
  upload: string;
  name: string;
  size: number;
  /** bytes that arrived; the next piece begins here */
  offset: number;
}

export class Uploads {
  readonly #files: Files;
  readonly #busy = new Set<string>();

  constructor(files: Files) {
    this.#files = files;
  }

  #path = (upload: string): string => join(this.#files.folder, `${upload}.upload`);

  async begin(workspace: string, of: { name: string; size: number; who: string }): Promise<Upload> {
    if (of.size > this.#files.limits.file)
      throw new ORPCError('BAD_REQUEST', { message: new FileTooLarge(this.#files.limits.file).message });
    const id = uuidv7();
    const name = cleanName(of.name);
    await this.#files.db.transaction().execute(async (trx) => {
      await this.#files.makeRoom(trx, workspace, of.size);
      await trx.insertInto('file_upload').values({ workspace, id, name, size: of.size, created_by: of.who }).execute();
    });
    return { upload: id, name, size: of.size, offset: 0 };
  }

  async state(workspace: string, upload: string): Promise<Upload> {
    const row = await this.#files.db
      .selectFrom('file_upload')
      .select(['id', 'name', 'size'])
      .where('workspace', '=', workspace)
      .where('id', '=', upload)
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such upload. Choose the file again.' });
    const found = await stat(this.#path(upload)).catch(() => null);
    return { upload, name: row.name, size: row.size, offset: found?.size ?? 0 };
  }

  /** Appends a piece. What arrived before it broke off stays. CONFLICT when it doesn't begin where the upload ends. */
  async append(workspace: string, upload: string, offset: number, piece: Readable): Promise<Upload> {
    const { size, offset: at, ...of } = await this.state(workspace, upload);
    if (this.#busy.has(upload) || at !== offset)
      throw new ORPCError('CONFLICT', { message: `The upload stands at byte ${at}; go on from there.` });
    this.#busy.add(upload);
    const path = this.#path(upload);
    try {
      await mkdir(this.#files.folder, { recursive: true });
      await pipeline(piece, createWriteStream(path, { flags: 'a', mode: 0o600 })).catch(async (error: unknown) => {
        const arrived = (await stat(path).catch(() => null))?.size ?? 0;
        if (arrived > size) await truncate(path, offset);
        throw error;
      });
      const arrived = (await stat(path)).size;
      if (arrived > size) {
        await truncate(path, offset);
        throw new ORPCError('BAD_REQUEST', { message: 'More bytes came than the file has. Choose the file again.' });
      }
      await this.#files.db
        .updateTable('file_upload')
        .set({ touched_at: new Date() })
        .where('id', '=', upload)
        .execute();
      return { ...of, size, offset: arrived };
    } finally {
      this.#busy.delete(upload);
    }
  }

  /** Makes a file of it. CONFLICT while bytes are missing. */
  async finish(workspace: string, upload: string, who: string): Promise<StoredFile> {
    const { name, size, offset } = await this.state(workspace, upload);
    if (offset !== size || this.#busy.has(upload))
      throw new ORPCError('CONFLICT', { message: `The upload stands at byte ${offset} of ${size}; go on from there.` });
    this.#busy.add(upload);
    try {
      // it stops counting as an upload before it counts as a file
      await this.#files.db
        .deleteFrom('file_upload')
        .where('workspace', '=', workspace)
        .where('id', '=', upload)
        .execute();
      return await this.#files.savePath(workspace, this.#path(upload), {
        name,
        who,
        expiresAt: new Date(Date.now() + KEEP_MS),
      });
    } finally {
      await rm(this.#path(upload), { force: true });
      this.#busy.delete(upload);
    }
  }

  async abandon(workspace: string, upload: string): Promise<boolean> {
    const gone = await this.#files.db
      .deleteFrom('file_upload')
      .where('workspace', '=', workspace)
      .where('id', '=', upload)
      .returning('id')
      .executeTakeFirst();
    if (gone) await rm(this.#path(upload), { force: true });
    return gone !== undefined;
  }

  /** Forgets uploads nobody goes on with, and temporary files nobody will ask for. */
  async sweep(forgetMs = FORGET_MS): Promise<number> {
    const before = new Date(Date.now() - forgetMs);
    const gone = await this.#files.db
      .deleteFrom('file_upload')
      .where('touched_at', '<', before)
      .returning('id')
      .execute();
    for (const { id } of gone) await rm(this.#path(id), { force: true });
    for (const name of await readdir(this.#files.folder).catch(() => [])) {
      const path = join(this.#files.folder, name);
      const about = await stat(path).catch(() => null);
      if (about && about.mtime < before) await rm(path, { force: true });
    }
    return gone.length;
  }
}
