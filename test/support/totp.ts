// Codes as a phone makes them (RFC 6238: SHA-1, six digits, half a minute), written apart from what the server uses.
import { createHmac } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
export const STEP_MS = 30_000;

/** The key in an otpauth:// address. */
export const keyOf = (uri: string): string => new URL(uri).searchParams.get('secret') ?? '';

function bytesOf(key: string): Buffer {
  let bits = '';
  for (const letter of key.replaceAll(/[\s=]/g, '').toUpperCase())
    bits += BASE32.indexOf(letter).toString(2).padStart(5, '0');
  const whole = bits.slice(0, bits.length - (bits.length % 8));
  return Buffer.from(whole.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

/** The code of the moment; `at` in milliseconds. */
export function codeOf(key: string, at = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS)));
  const hash = createHmac('sha1', bytesOf(key)).update(counter).digest();
  const offset = hash[hash.length - 1]! & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
