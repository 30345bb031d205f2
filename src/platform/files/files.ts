// Files of companies: kept, read, removed, linked to. A content stays while any file names it, and goes when none does.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ORPCError } from '@orpc/server';
import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { uuidv7 } from '../ids/uuid.ts';
import { cleanName } from './name.ts';
import { sniff } from './sniff.ts';
import { type Content, type FileStore, FileTooLarge, measure, onDisk } from './store.ts';
import type { FileTables } from './tables.ts';

export interface FileLimits {
  /** bytes of one file */
  file: number;
  /** bytes of all files of a workspace, and of its uploads under way */
  workspace: number;
}

export interface FilesParts {
  db: Kysely<FileTables>;
  store: FileStore;
  /** temporary files lie in `uploads` of it */
  data: string;
  limits: FileLimits;
  secret: string;
}

export interface StoredFile {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
}

interface About {
  name: string;
  who: string;
  expiresAt?: Date;
}

const COLUMNS = ['id', 'name', 'type', 'size', 'sha256'] as const;
const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000).toLocaleString('en')} MB`;

export class Files {
  readonly db: Kysely<FileTables>;
  readonly store: FileStore;
  readonly limits: FileLimits;
  readonly folder: string;
  readonly #secret: string;

  constructor(parts: FilesParts) {
    this.db = parts.db;
    this.store = parts.store;
    this.limits = parts.limits;
    this.folder = join(parts.data, 'uploads');
    this.#secret = parts.secret;
  }

  /** Keeps what a stream brings. Throws FileTooLarge, or CONFLICT when the company's room is used up. */
  save(workspace: string, stream: Readable, about: About): Promise<StoredFile> {
    return onDisk(this.folder, stream, this.limits.file, (path, content) =>
      this.#keep(workspace, path, content, about),
    );
  }

  /** Keeps a file of the local disk; the file itself is left alone. */
  async savePath(workspace: string, path: string, about: About): Promise<StoredFile> {
    return this.#keep(workspace, path, await measure(path), about);
  }

  async #keep(workspace: string, path: string, content: Content, about: About): Promise<StoredFile> {
    const { sha256, size } = content;
    if (size > this.limits.file) throw new FileTooLarge(this.limits.file);
    const type = await sniff(path);
    await this.#touch(this.db, content);
    if (!(await this.store.exists(sha256))) await this.store.put(content, path);
    return this.db.transaction().execute(async (trx) => {
      // from here on nobody sweeps this content away; it may have gone a moment ago
      await this.#touch(trx, content);
      if (!(await this.store.exists(sha256))) await this.store.put(content, path);
      await this.makeRoom(trx, workspace, size);
      const file = { id: uuidv7(), name: cleanName(about.name), type, size, sha256 };
      await trx
        .insertInto('file')
        .values({ ...file, workspace, created_by: about.who, expires_at: about.expiresAt ?? null })
        .execute();
      return file;
    });
  }

  async #touch(on: Kysely<FileTables>, { sha256, size }: Content): Promise<void> {
    await on
      .insertInto('file_content')
      .values({ sha256, size })
      .onConflict((c) => c.column('sha256').doUpdateSet({ touched_at: new Date() }))
      .execute();
  }

  /** Throws CONFLICT when `size` more bytes would be too many; concurrent callers wait for each other's transaction. */
  async makeRoom(trx: Transaction<FileTables>, workspace: string, size: number): Promise<void> {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('files ' || ${workspace}, 0))`.execute(trx);
    const { rows } = await sql<{ used: string }>`
      SELECT (SELECT COALESCE(sum(size), 0) FROM file WHERE workspace = ${workspace})
           + (SELECT COALESCE(sum(size), 0) FROM file_upload WHERE workspace = ${workspace}) AS used`.execute(trx);
    if (Number(rows[0]?.used ?? 0) + size <= this.limits.workspace) return;
    throw new ORPCError('CONFLICT', {
      message: `The files of this company would be more than ${megabytes(this.limits.workspace)}. Remove some first, or let the administrator raise the limit.`,
    });
  }

  find(workspace: string, id: string): Promise<StoredFile | undefined> {
    return this.db
      .selectFrom('file')
      .select(COLUMNS)
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .executeTakeFirst();
  }

  read(file: StoredFile, start?: number): Promise<Readable> {
    return this.store.get(file.sha256, start);
  }

  /** A path with the content for the while of `work`: where it lies, or a copy brought here from the store. */
  async withPath<T>(file: StoredFile, work: (path: string) => Promise<T>): Promise<T> {
    const path = this.store.pathOf(file.sha256);
    if (path !== null) return work(path);
    // always under the same name, so that work cut off finds the file where it was
    return onDisk(this.folder, await this.store.get(file.sha256), file.size, (copy) => work(copy), file.id);
  }

  /** The content goes with the last file that names it. False when there is no such file. */
  async remove(workspace: string, id: string): Promise<boolean> {
    const gone = await this.db
      .deleteFrom('file')
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .returning('sha256')
      .executeTakeFirst();
    if (gone) await this.#collect(gone.sha256);
    return gone !== undefined;
  }

  /** Deletes a content no file names. The row's lock keeps whoever is about to name it waiting. */
  async #collect(sha256: string): Promise<boolean> {
    return this.db.transaction().execute(async (trx) => {
      await trx.selectFrom('file_content').select('sha256').where('sha256', '=', sha256).forUpdate().execute();
      const named = await trx.selectFrom('file').select('id').where('sha256', '=', sha256).limit(1).execute();
      if (named.length > 0) return false;
      await this.store.delete(sha256);
      await trx.deleteFrom('file_content').where('sha256', '=', sha256).execute();
      return true;
    });
  }

  /** Removes files whose time is over, and contents nobody has named for `graceMs`. */
  async sweep(graceMs = 86_400_000): Promise<{ files: number; contents: number }> {
    const old = await this.db.deleteFrom('file').where('expires_at', '<', new Date()).returning('sha256').execute();
    const unnamed = await this.db
      .selectFrom('file_content')
      .select('sha256')
      .where('touched_at', '<', new Date(Date.now() - graceMs))
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('file').select('file.id').whereRef('file.sha256', '=', 'file_content.sha256'))),
      )
      .execute();
    let contents = 0;
    for (const sha256 of new Set([...old, ...unnamed].map((row) => row.sha256)))
      if (await this.#collect(sha256)) contents++;
    return { files: old.length, contents };
  }

  #signature(id: string, expires: number): Buffer {
    return createHmac('sha256', this.#secret).update(`file link\u0000${id}\u0000${expires}`).digest();
  }

  /** A path anyone who has it may download from until it expires. */
  link(id: string, seconds: number): { path: string; expiresAt: Date } {
    const expires = Math.floor(Date.now() / 1000) + seconds;
    const sign = this.#signature(id, expires).toString('base64url');
    return { path: `/files/${id}?expires=${expires}&sign=${sign}`, expiresAt: new Date(expires * 1000) };
  }

  /** The file a link names; undefined when the link is forged or its time is over. */
  async followLink(id: string, expires: string, sign: string): Promise<StoredFile | undefined> {
    const until = Number(expires);
    if (!/^\d{1,12}$/.test(expires) || until * 1000 < Date.now()) return undefined;
    const given = Buffer.from(sign, 'base64url');
    const right = this.#signature(id, until);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return this.db.selectFrom('file').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  }
}
