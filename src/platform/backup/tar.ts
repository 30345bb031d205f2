// Just enough of tar (POSIX ustar) to write and read an archive of small files, so that every tar can open it. Names have at
// most 99 characters, files less than 8 GB: chunks have a few megabytes.
import type { FileHandle } from 'node:fs/promises';

const BLOCK = 512;
const LONGEST_NAME = 99;

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

function sumOf(header: Buffer): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i]!;
  return sum;
}

export function tarHeader(name: string, size: number, atMs: number): Buffer {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new Error(`The name ${name} is too long for a tar`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(size, 12), 124);
  header.write(octal(Math.floor(atMs / 1000), 12), 136);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${octal(sumOf(header), 7)} `, 148);
  return header;
}

/** Zeroes up to the next whole block. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

export const TAR_END = Buffer.alloc(2 * BLOCK);

export interface TarEntry {
  name: string;
  size: number;
  /** where its bytes begin */
  offset: number;
}

/** The entry whose header is at `offset`, or null at the end. Throws when there is no header or its bytes are not all there. */
export async function tarEntry(file: FileHandle, offset: number, length: number): Promise<TarEntry | null> {
  const header = Buffer.alloc(BLOCK);
  const { bytesRead } = await file.read(header, 0, BLOCK, offset);
  if (bytesRead < BLOCK) throw new Error('it ends in the middle');
  if (header.every((byte) => byte === 0)) return null;
  const number = (at: number, width: number): number => {
    const text = header.toString('latin1', at, at + width).replace(/[\0 ]+$/, '');
    if (!/^[0-7]+$/.test(text)) throw new Error(`there is no entry at byte ${offset}`);
    return Number.parseInt(text, 8);
  };
  if (number(148, 8) !== sumOf(header)) throw new Error(`the entry at byte ${offset} is damaged`);
  const size = number(124, 12);
  if (offset + BLOCK + size > length) throw new Error('it ends in the middle');
  return { name: header.toString('utf8', 0, header.indexOf(0)), size, offset: offset + BLOCK };
}

export const afterEntry = ({ offset, size }: TarEntry): number => offset + Math.ceil(size / BLOCK) * BLOCK;
