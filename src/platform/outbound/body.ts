// Reads an answer while counting: neither what comes over the wire nor what it unpacks to may be larger than allowed.
import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { OutboundError } from './errors.ts';

const UNPACK: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

const tooLarge = (limit: number): OutboundError =>
  new OutboundError('too-large', `The answer is larger than ${Math.round(limit / 1024).toLocaleString('en')} KB.`);

/** `wire` gets the bytes as they came. */
export async function readBody(
  source: Readable,
  options: { encoding: string | undefined; limit: number; wire: (bytes: number) => void },
): Promise<Buffer> {
  const { encoding, limit, wire } = options;
  let came = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      came += chunk.length;
      wire(chunk.length);
      if (came > limit) throw tooLarge(limit);
      yield chunk;
    }
  }
  const names = (encoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  const packed = names.filter((name) => name !== '' && name !== 'identity');
  const unpack = packed.length === 1 ? UNPACK[packed[0]!] : undefined;
  if (packed.length > 0 && !unpack)
    throw new OutboundError('bad-answer', `The answer is packed as ${encoding}, unknown here.`);
  let stream: AsyncIterable<Buffer> = counted();
  if (unpack) {
    const through = unpack();
    const raw = Readable.from(stream);
    raw.on('error', (error) => through.destroy(error));
    stream = raw.pipe(through) as AsyncIterable<Buffer>;
  }
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of stream) {
      size += part.length;
      if (size > limit) throw tooLarge(limit);
      parts.push(part);
    }
  } catch (error) {
    source.destroy();
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      throw new OutboundError('bad-answer', 'The packed answer is damaged.', { cause: error });
    throw error;
  }
  return Buffer.concat(parts, size);
}
