// An uploaded file as a table: what it is, told by its first bytes, its head for detection, and all its rows.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { ImportFileError } from '../errors.ts';
import type { Reading } from '../settings-contract.ts';
import type { RawRow } from './rows.ts';
import { textRows } from './text-rows.ts';
import { xlsxRows } from './xlsx-rows.ts';
import { Zip } from './zip.ts';

const HEAD = 1 << 20;

export interface Head {
  format: Reading['format'];
  bytes: Buffer;
  /** the head is the whole file */
  isWhole: boolean;
}

const starts = (bytes: Buffer, hex: string): boolean => bytes.subarray(0, hex.length / 2).toString('hex') === hex;

/** Throws ImportFileError for what is no table, in words that say what to do instead. */
export async function readHead(path: string): Promise<Head> {
  const handle = await open(path);
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(Math.min(size, HEAD));
  await handle.read(bytes, 0, bytes.length, 0).finally(() => handle.close());
  if (bytes.length === 0 || bytes.toString('latin1').trim() === '')
    throw new ImportFileError('empty', 'The file is empty. Export it again from where it comes from.');
  if (starts(bytes, '504b0304')) {
    const zip = await Zip.open(path);
    if (zip.has('xl/workbook.xml')) return { format: 'xlsx', bytes, isWhole: true };
    if (zip.has('xl/workbook.bin'))
      throw new ImportFileError(
        'old-excel',
        'This is a binary workbook (XLSB). Save it as XLSX or CSV and upload that.',
      );
    if (zip.has('content.xml'))
      throw new ImportFileError(
        'open-document',
        'This is an OpenDocument table. Save it as XLSX or CSV and upload that.',
      );
    throw new ImportFileError('packed', 'The file is packed. Unpack it and upload the CSV or XLSX that is inside.');
  }
  if (starts(bytes, 'd0cf11e0'))
    throw new ImportFileError(
      'old-excel',
      'This is an old Excel file, or one locked with a password. Save it as XLSX without a password, or as CSV, and upload that.',
    );
  if (starts(bytes, '1f8b') || starts(bytes, '526172') || starts(bytes, '377abc'))
    throw new ImportFileError('packed', 'The file is packed. Unpack it and upload the CSV or XLSX that is inside.');
  const beginning = bytes.subarray(0, 512).toString('latin1').trimStart().toLowerCase();
  if (/^(?:ï»¿)?(?:<!doctype html|<html|<table|<\?xml)/.test(beginning))
    throw new ImportFileError(
      'web-page',
      'This is a web page and not a table, whatever its name says. Export it as CSV or XLSX and upload that.',
    );
  if (isBinary(bytes)) throw new ImportFileError('not-a-table', 'This is no table. Upload a CSV, TSV or XLSX file.');
  return { format: 'text', bytes, isWhole: size <= HEAD };
}

function isBinary(bytes: Buffer): boolean {
  const first = bytes.subarray(0, 8192);
  let zeros = 0;
  let odd = 0;
  for (const byte of first) {
    if (byte === 0) zeros++;
    else if (byte < 32 && ![9, 10, 12, 13, 26, 27].includes(byte)) odd++;
  }
  // UTF-16 has zeros, and its Cyrillic letters a 4 beside each
  if (zeros > 0) return !isWide(first);
  return odd > first.length * 0.02 && !isWide(first);
}

function isWide(bytes: Buffer): boolean {
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff) return true;
  let sides = 0;
  let both = 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    if ((bytes[i] === 0) !== (bytes[i + 1] === 0)) sides++;
    else if (bytes[i] === 0) both++;
  }
  return both === 0 && sides > bytes.length / 20;
}

/** `seen` hears of how many bytes of the file were read. */
export const rowsOf = (path: string, reading: Reading, seen?: (bytes: number) => void): AsyncGenerator<RawRow> =>
  reading.format === 'xlsx'
    ? xlsxRows(path, reading, seen)
    : textRows(createReadStream(path, { highWaterMark: 1 << 18 }), reading, seen);
