// Writes an archive: a tar of small compressed chunks with a manifest at its end, under a temporary name until it is whole.
// Chunks are bounded, so memory is too, whatever the size of the archive.
import { createHash } from 'node:crypto';
import { existsSync, statfsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import {
  BackupError,
  type Chunk,
  FORMAT,
  FORMAT_VERSION,
  MANIFEST_ENTRY,
  type Manifest,
  type Part,
} from './manifest.ts';
import { TAR_END, tarHeader, tarPadding } from './tar.ts';

const compress = promisify(zstdCompress);
/** chunks that are being compressed or wait for the disk */
const MOST_AHEAD = 3;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export type About = Omit<Manifest, 'format' | 'formatVersion' | 'parts'>;

export interface Written {
  path: string;
  bytes: number;
  /** sha256 of the manifest, which holds those of everything else */
  fingerprint: string;
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export class PartWriter {
  readonly part: Part;
  readonly #archive: ArchiveWriter;
  constructor(archive: ArchiveWriter, name: string, columns: readonly string[]) {
    this.#archive = archive;
    this.part = { name, columns: [...columns], rows: 0, bytes: 0, chunks: [] };
  }

  /** Resolves when there is room for more, not when the bytes are written. */
  add(data: Uint8Array, rows = 0): Promise<void> {
    const number = String(this.part.chunks.length + 1).padStart(6, '0');
    const chunk: Chunk = { entry: `${this.part.name}/${number}.zst`, size: 0, sha256: '', rows };
    this.part.chunks.push(chunk);
    this.part.rows += rows;
    this.part.bytes += data.length;
    return this.#archive.write(chunk, data);
  }
}

export class ArchiveWriter {
  readonly path: string;
  readonly #temporary: string;
  readonly #file: FileHandle;
  readonly #parts: Part[] = [];
  readonly #beganAt = Date.now();
  #position = 0;
  #failed: Error | undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #ahead: Promise<void>[] = [];

  private constructor(path: string, temporary: string, file: FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#file = file;
  }

  /** Throws BackupError when `target` is there already or its disk has less than `needed` bytes. */
  static async open(target: string, needed: number): Promise<ArchiveWriter> {
    const path = resolve(target);
    if (existsSync(path))
      throw new BackupError(`${path} is there already. Give another name: an archive is never written over.`);
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // one that was killed leaves its beginnings under a name nobody else uses
    for (const name of await readdir(folder))
      if (name.startsWith(`${basename(path)}.part-`)) await rm(join(folder, name), { force: true });
    const disk = statfsSync(folder);
    const free = disk.bavail * disk.bsize;
    if (free < needed)
      throw new BackupError(
        `The archive may need ${Math.ceil(needed / 1e6)} MB, and the disk of ${folder} has ${Math.floor(free / 1e6)} MB. Free some space or name another disk.`,
      );
    const temporary = `${path}.part-${process.pid}`;
    return new ArchiveWriter(path, temporary, await open(temporary, 'wx', 0o600));
  }

  part(name: string, columns: readonly string[] = []): PartWriter {
    const writer = new PartWriter(this, name, columns);
    this.#parts.push(writer.part);
    return writer;
  }

  async write(chunk: Chunk, data: Uint8Array): Promise<void> {
    if (this.#failed) throw this.#failed;
    const small = compress(data, LEVEL);
    const before = this.#last;
    this.#last = Promise.all([small, before]).then(([bytes]) => {
      chunk.size = bytes.length;
      chunk.sha256 = createHash('sha256').update(bytes).digest('hex');
      return this.#append(chunk.entry, bytes);
    });
    this.#last.catch((error: Error) => {
      this.#failed ??= error;
    });
    this.#ahead.push(this.#last);
    if (this.#ahead.length > MOST_AHEAD) await this.#ahead.shift();
  }

  async #append(name: string, bytes: Buffer): Promise<void> {
    const pieces = [tarHeader(name, bytes.length, this.#beganAt), bytes, tarPadding(bytes.length)];
    await this.#put(pieces);
  }

  async #put(pieces: readonly Buffer[]): Promise<void> {
    try {
      for (const piece of pieces)
        for (let done = 0; done < piece.length; ) {
          const { bytesWritten } = await this.#file.write(piece, done, piece.length - done, this.#position);
          done += bytesWritten;
          this.#position += bytesWritten;
        }
    } catch (error) {
      if (!FULL.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      throw new BackupError(
        `The disk is full: ${this.path} could not be written, and nothing of it was kept. Free some space or name another disk.`,
      );
    }
  }

  /** Writes the manifest, syncs, and gives the archive its name. */
  async finish(about: About): Promise<Written> {
    await this.#last;
    const content: Manifest = { format: FORMAT, formatVersion: FORMAT_VERSION, ...about, parts: this.#parts };
    const bytes = Buffer.from(JSON.stringify(content));
    await this.#append(MANIFEST_ENTRY, bytes);
    await this.#put([TAR_END]);
    await this.#file.sync();
    await this.#file.close();
    if (existsSync(this.path)) throw new BackupError(`${this.path} came to be meanwhile. Give another name.`);
    await rename(this.#temporary, this.path);
    // the name itself must be on the disk too; Windows has no such call
    if (process.platform !== 'win32') {
      const folder = await open(dirname(this.path), 'r');
      await folder.sync();
      await folder.close();
    }
    return { path: this.path, bytes: this.#position, fingerprint: createHash('sha256').update(bytes).digest('hex') };
  }

  /** Leaves nothing behind. */
  async abandon(): Promise<void> {
    this.#failed ??= new BackupError('The backup was stopped.');
    await this.#last.catch(() => {});
    await this.#file.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }
}
