// Cuts a stream of bytes into blocks of whole lines, in two buffers that are used in turn, so memory stays the same whatever the
// size of the log and the length of its lines.
import { LONGEST_LINE } from './line.ts';

/** Bytes read at once: about 600 lines, some milliseconds of work between two turns of the event loop. */
export const CHUNK = 131_072;
/** Free bytes in front of a block, for whoever wants to put something before a line. */
export const BLOCK_HEAD = 64;

export interface Block {
  bytes: Buffer;
  /** whole lines, from here … */
  start: number;
  /** … to here; the last byte is a newline, but for the last line of a file */
  end: number;
  /** offset of `start` in the unpacked file */
  offset: number;
  /** the block is the beginning of one line that is too long to be read; the rest of that line is left out */
  overlong: boolean;
}

/** A block is valid until the next one is asked for. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Block> {
  const room = BLOCK_HEAD + LONGEST_LINE + CHUNK;
  let bytes = Buffer.allocUnsafeSlow(room);
  let other = Buffer.allocUnsafeSlow(room);
  let end = BLOCK_HEAD;
  let offset = 0;
  let skipping = false;
  for await (const large of chunks) {
    // a pipe may bring chunks of any size
    for (let from = 0; from < large.length; from += CHUNK) {
      let chunk = large.subarray(from, from + CHUNK);
      if (skipping) {
        const newline = chunk.indexOf(10);
        const left = newline < 0 ? chunk.length : newline + 1;
        offset += left;
        if (newline < 0) continue;
        skipping = false;
        chunk = chunk.subarray(left);
      }
      bytes.set(chunk, end);
      const last = chunk.lastIndexOf(10);
      const whole = last < 0 ? BLOCK_HEAD : end + last + 1;
      end += chunk.length;
      const done = bytes;
      bytes = other;
      other = done;
      const start = offset;
      offset += whole - BLOCK_HEAD;
      if (end - whole > LONGEST_LINE) {
        skipping = true;
        if (whole > BLOCK_HEAD) yield { bytes: done, start: BLOCK_HEAD, end: whole, offset: start, overlong: false };
        yield { bytes: done, start: whole, end, offset, overlong: true };
        offset += end - whole;
        end = BLOCK_HEAD;
        continue;
      }
      done.copy(bytes, BLOCK_HEAD, whole, end);
      end = BLOCK_HEAD + end - whole;
      if (whole > BLOCK_HEAD) yield { bytes: done, start: BLOCK_HEAD, end: whole, offset: start, overlong: false };
    }
  }
  if (end > BLOCK_HEAD) yield { bytes, start: BLOCK_HEAD, end, offset, overlong: false };
}
