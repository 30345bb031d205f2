// What a file is, told by its first bytes and never by its name or its sender.
import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';

const FIRST_BYTES = 8192;

/** A MIME type: of a known binary format, text/plain for what reads as text, else application/octet-stream. */
export async function sniff(path: string): Promise<string> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    const first = buffer.subarray(0, bytesRead);
    // by the whole head and not by the file: a look at a packed file's inside costs time and trust
    const known = await fileTypeFromBuffer(first).catch(() => undefined);
    if (known) return known.mime;
    return isText(first, bytesRead === FIRST_BYTES) ? 'text/plain' : 'application/octet-stream';
  } finally {
    await handle.close();
  }
}

/** UTF-8, UTF-16 with its mark, or a one-byte alphabet: no control characters but those of lines and columns. */
function isText(bytes: Buffer, isCut: boolean): boolean {
  if (bytes.length === 0) return true;
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff) return true;
  for (const byte of bytes)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return true;
  } catch {
    // letters of a one-byte alphabet such as Windows-1251 stand among spaces and lines
    return bytes.includes(32) || bytes.includes(10);
  }
}

/** Shown in the browser as it is: nothing that can run. */
const SAFE_TYPES = new Set(['text/plain', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf']);

/** The type a download is sent with. */
export const safeType = (type: string): string =>
  type === 'text/plain' ? 'text/plain; charset=utf-8' : SAFE_TYPES.has(type) ? type : 'application/octet-stream';
