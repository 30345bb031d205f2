// Who a visitor is without knowing them (METHODS, visitor id without consent): a hash that lasts one UTC day. The address
// and the day's salt go into it; the address is kept nowhere, and the salt is deleted within 48 hours.
import { hash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { dayOf, MS_PER_DAY } from '../../../platform/events/row.ts';

const HAND_OVER_MS = 30 * 60_000;
const SALTS_KEPT_MS = 48 * 3_600_000;

const dateOf = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** Daily salts, shared by all collectors through PostgreSQL. */
export class Salts {
  readonly #pool: pg.Pool;
  readonly #cache = new Map<number, Buffer>();
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** The salt of a day: at once when it is known here, otherwise from the database. */
  ofDay(day: number): Buffer | Promise<Buffer> {
    return this.#cache.get(day) ?? this.#read(day);
  }

  async #read(day: number): Promise<Buffer> {
    const found = await this.#pool.query<{ salt: Buffer }>(
      `INSERT INTO visitor_salt (day, salt) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET day = excluded.day RETURNING salt`,
      [dateOf(day), randomBytes(32)],
    );
    const salt = found.rows[0]!.salt;
    this.#cache.set(day, salt);
    return salt;
  }

  /** Deletes salts older than 48 hours, here and in the database. Call it hourly. */
  async forget(nowMs = Date.now()): Promise<void> {
    // a salt made at the first event of a day is at most 24 h old when the day ends
    const oldest = dayOf(nowMs - (SALTS_KEPT_MS - MS_PER_DAY));
    for (const day of this.#cache.keys()) if (day < oldest) this.#cache.delete(day);
    await this.#pool.query('DELETE FROM visitor_salt WHERE day < $1', [dateOf(oldest)]);
  }
}

const BLOCK = 64;
const pads = new WeakMap<Buffer, { inner: Buffer; outer: Buffer }>();
function padsOf(key: Buffer): { inner: Buffer; outer: Buffer } {
  const known = pads.get(key);
  if (known) return known;
  const made = { inner: Buffer.alloc(BLOCK, 0x36), outer: Buffer.alloc(BLOCK + 32, 0x5c) };
  for (const [i, byte] of key.entries()) {
    made.inner[i]! ^= byte;
    made.outer[i]! ^= byte;
  }
  pads.set(key, made);
  return made;
}

/** HMAC-SHA-256 by its definition (RFC 2104), for keys of up to 64 bytes: createHmac takes five times as long. */
export function hmac(key: Buffer, text: string): Buffer {
  const { inner, outer } = padsOf(key);
  hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer').copy(outer, BLOCK);
  return hash('sha256', outer, 'buffer');
}

const truncated = (key: Buffer, parts: readonly string[]): bigint =>
  // never 0: that means "none" in visitor_before
  hmac(key, parts.join('\u0000')).readBigUInt64LE(0) || 1n;

/** The id of a visitor without consent at `at`, and yesterday's in the first 30 minutes of a UTC day. */
export async function cookielessVisitor(
  salts: Salts,
  who: { site: string; address: string; userAgent: string },
  at: number,
): Promise<{ visitor: bigint; before: bigint }> {
  const day = dayOf(at);
  const parts = [who.site, who.address, who.userAgent];
  const salt = salts.ofDay(day);
  const visitor = truncated(Buffer.isBuffer(salt) ? salt : await salt, parts);
  const before = at - day * MS_PER_DAY < HAND_OVER_MS ? truncated(await salts.ofDay(day - 1), parts) : 0n;
  return { visitor, before };
}

const FIRST_PARTY = Buffer.from('first-party');

/** The id of a visitor with consent: a hash of the site's own first-party id. */
export const consentedVisitor = (site: string, firstPartyId: string): bigint =>
  truncated(FIRST_PARTY, [site, firstPartyId]);
