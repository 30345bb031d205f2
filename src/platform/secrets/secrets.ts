// Stores passwords and tokens encrypted and gives them back to the code that needs them, never to people.
import { type Kysely, sql, type Transaction } from 'kysely';
import { uuidv7 } from '../ids/uuid.ts';
import type { KeyRing } from './key-ring.ts';
import { redactor } from './redactor.ts';
import { open, type Place, SecretError, seal } from './seal.ts';
import type { SecretTables } from './tables.ts';

export type SecretDb = Kysely<SecretTables> | Transaction<SecretTables>;

/** What a person may know of a secret. */
export interface SecretHint {
  setAt: string;
  /** the last four characters of a long value, else empty */
  endsWith: string;
}

const LONG = 12;
const BATCH = 200;
/** Writers share this lock, a rotation takes it alone while it changes the key: nothing is sealed with a key that is about to go. */
const LOCK = sql`hashtext('tradewind key ring')`;

export class Secrets {
  readonly #ring: KeyRing;
  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** `tx` must be a transaction: the value and what refers to it come together. */
  async put(tx: Transaction<SecretTables>, place: Place, value: string): Promise<void> {
    redactor.learn(value);
    await sql`SELECT pg_advisory_xact_lock_shared(${LOCK})`.execute(tx);
    const key = this.#ring.keys()[0];
    const row = {
      key_id: key.id,
      sealed: seal(key, place, value),
      ends_with: value.length >= LONG ? value.slice(-4) : '',
      set_at: new Date(),
    };
    await tx
      .insertInto('secret')
      .values({ id: uuidv7(), ...place, ...row })
      .onConflict((c) => c.columns(['workspace', 'name']).doUpdateSet(row))
      .execute();
  }

  /** The value in clear, or null when none is set. */
  async reveal(db: SecretDb, place: Place): Promise<string | null> {
    const row = await at(db, place).select(['key_id', 'sealed']).executeTakeFirst();
    if (!row) return null;
    const value = this.#open(place, row);
    redactor.learn(value);
    return value;
  }

  async hint(db: SecretDb, place: Place): Promise<SecretHint | null> {
    const row = await at(db, place).select(['set_at', 'ends_with']).executeTakeFirst();
    return row ? { setAt: row.set_at.toISOString(), endsWith: row.ends_with } : null;
  }

  async remove(db: SecretDb, place: Place): Promise<void> {
    await db
      .deleteFrom('secret')
      .where('workspace', 'is not distinct from', place.workspace)
      .where('name', '=', place.name)
      .execute();
  }

  /**
   * Seals everything anew under the first key. May be killed at any moment and run again: the old key stays until nothing is left
   * under it. Returns how many values were sealed anew.
   */
  async rotate(db: Kysely<SecretTables>): Promise<{ resealed: number; key: string }> {
    const { begin } = this.#ring;
    if (begin) {
      await db.transaction().execute(async (tx) => {
        await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(tx);
        begin();
      });
    }
    const key = this.#ring.keys()[0];
    let resealed = 0;
    for (;;) {
      const done = await db.transaction().execute(async (tx) => {
        const rows = await tx
          .selectFrom('secret')
          .selectAll()
          .where('key_id', '!=', key.id)
          .orderBy('id')
          .limit(BATCH)
          .forUpdate()
          .execute();
        for (const row of rows) {
          const place = { workspace: row.workspace, name: row.name };
          const sealed = seal(key, place, this.#open(place, row));
          await tx.updateTable('secret').set({ key_id: key.id, sealed }).where('id', '=', row.id).execute();
        }
        return rows.length;
      });
      if (done === 0) break;
      resealed += done;
    }
    this.#ring.finish();
    return { resealed, key: key.id };
  }

  #open(place: Place, row: { key_id: string; sealed: Buffer }): string {
    const key = this.#ring.keys().find((one) => one.id === row.key_id);
    if (!key) {
      throw new SecretError(
        `The secret ${place.name} was encrypted with key ${row.key_id}, which is not here. Put that key back (TRADEWIND_KEY_OLD, or the file "key" of the data folder), or set the value anew.`,
      );
    }
    return open(key, place, row.sealed);
  }
}

const at = (db: SecretDb, place: Place) =>
  (db as Kysely<SecretTables>)
    .selectFrom('secret')
    .where('workspace', 'is not distinct from', place.workspace)
    .where('name', '=', place.name);
