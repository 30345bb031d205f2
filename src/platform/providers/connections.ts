// The connections of a company: settings in the open, secrets encrypted beside them, and the outcome of the last try.
import { ORPCError } from '@orpc/server';
import type { Kysely, Transaction } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { redactor } from '../secrets/redactor.ts';
import type { SecretHint, Secrets } from '../secrets/secrets.ts';
import type { SecretTables } from '../secrets/tables.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import { fieldsOf, type Provider, type TestContext, type TestOutcome } from './define.ts';
import type { ConnectionState } from './states-contract.ts';
import type { ConnectionTables } from './tables.ts';

export type ConnectionDb = Kysely<ConnectionTables & SecretTables & PeopleTables>;
type Tx = Transaction<ConnectionTables & SecretTables & PeopleTables>;
type Values = Record<string, string | number>;
type Row = { workspace: string; id: string; provider: string; name: string; settings: Record<string, unknown> };

export interface At {
  workspace: string;
  who: string;
}

export interface Change {
  name?: string | undefined;
  settings?: Values | undefined;
  state?: 'off' | 'new' | undefined;
}

const secretName = (connection: string, field: string): string => `connection/${connection}/${field}`;
const secretsOf = (provider: Provider): string[] =>
  fieldsOf(provider.settings).flatMap((field) => (field.type === 'secret' ? [field.name] : []));
const bad = (message: string): ORPCError<'BAD_REQUEST', undefined> => new ORPCError('BAD_REQUEST', { message });

export class Connections {
  readonly providers: readonly Provider[];
  readonly #db: ConnectionDb;
  readonly #secrets: Secrets;
  readonly #outbound: Outbound;

  constructor(parts: { db: ConnectionDb; secrets: Secrets; outbound: Outbound; providers: readonly Provider[] }) {
    this.#db = parts.db;
    this.#secrets = parts.secrets;
    this.#outbound = parts.outbound;
    this.providers = parts.providers;
  }

  async list(workspace: string) {
    const rows = await this.#db
      .selectFrom('connection')
      .selectAll()
      .where('workspace', '=', workspace)
      .orderBy('id')
      .execute();
    const known = rows.filter((row) => this.providers.some((one) => one.id === row.provider));
    return Promise.all(known.map((row) => this.#describe(row)));
  }

  async create(at: At, input: { provider: string; name: string; settings: Values }) {
    const provider = this.providers.find((one) => one.id === input.provider);
    if (!provider) throw bad(`There is no service "${input.provider}" to connect.`);
    const { open, secret } = split(provider, checked(provider, input.settings));
    const id = uuidv7();
    await this.#db.transaction().execute(async (tx) => {
      const made = await tx
        .insertInto('connection')
        .values({
          workspace: at.workspace,
          id,
          provider: provider.id,
          name: input.name,
          settings: JSON.stringify(open),
          state: 'new',
          said: null,
        })
        .onConflict((c) => c.columns(['workspace', 'provider', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) throw new ORPCError('CONFLICT', { message: `There is a connection "${input.name}" already.` });
      await this.#keep(tx, at.workspace, id, secret);
      await this.#audit(tx, at, 'connection.create', input.name, { provider: provider.id, fields: Object.keys(open) });
    });
    return this.get(at.workspace, id);
  }

  async update(at: At, id: string, change: Change) {
    const row = await this.#row(at.workspace, id);
    const provider = this.#provider(row.provider);
    await this.#db.transaction().execute(async (tx) => {
      if (change.settings) await this.#setUp(tx, row, provider, change.settings);
      if (change.name !== undefined || change.state !== undefined) {
        await tx
          .updateTable('connection')
          .set({
            ...(change.name === undefined ? {} : { name: change.name }),
            ...(change.state === undefined ? {} : { state: change.state }),
          })
          .where('id', '=', id)
          .execute();
      }
      const changed = { settings: Object.keys(change.settings ?? {}), name: change.name, state: change.state };
      await this.#audit(tx, at, 'connection.update', row.name, changed);
    });
    return this.get(at.workspace, id);
  }

  async remove(at: At, id: string) {
    const row = await this.#row(at.workspace, id);
    await this.#db.transaction().execute(async (tx) => {
      await tx.deleteFrom('connection').where('workspace', '=', at.workspace).where('id', '=', id).execute();
      await tx
        .deleteFrom('secret')
        .where('workspace', '=', at.workspace)
        .where('name', 'like', `connection/${id}/%`)
        .execute();
      await this.#audit(tx, at, 'connection.remove', row.name, { provider: row.provider });
    });
    return { removed: true };
  }

  /** Tries the service for real and remembers how it went. */
  async test(at: At, id: string, person: TestContext['person']): Promise<TestOutcome> {
    const row = await this.#row(at.workspace, id);
    const provider = this.#provider(row.provider);
    const context = { ...this.#context(row), person };
    const found = await this.#settings(row, provider).then((settings) => provider.test(context, settings));
    const outcome = { ok: found.ok, said: redactor.clean(found.said).slice(0, 1000) };
    await this.#db.transaction().execute(async (tx) => {
      await tx
        .updateTable('connection')
        .set({ state: outcome.ok ? 'works' : 'fails', checked_at: new Date(), said: outcome.said })
        .where('id', '=', id)
        .execute();
      await this.#audit(tx, at, 'connection.test', row.name, outcome);
    });
    return outcome;
  }

  async get(workspace: string, id: string) {
    return this.#describe(await this.#row(workspace, id));
  }

  /** What the first connection of a kind that is not switched off does; null when there is none. */
  async first<Does>(workspace: string, kind: string): Promise<{ id: string; does: Does } | null> {
    const rows = await this.#db
      .selectFrom('connection')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('state', '!=', 'off')
      .orderBy('id')
      .execute();
    const row = rows.find((one) => this.providers.some((known) => known.id === one.provider && known.kind === kind));
    return row ? { id: row.id, does: await this.open<Does>(row) } : null;
  }

  /** Whether any company has one of this kind. */
  async anywhere(kind: string): Promise<boolean> {
    const ids = this.providers.flatMap((one) => (one.kind === kind ? [one.id] : []));
    const found = await this.#db
      .selectFrom('connection')
      .select('id')
      .where('provider', 'in', ids)
      .where('state', '!=', 'off')
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }

  async open<Does>(row: Row): Promise<Does> {
    const provider = this.#provider(row.provider);
    return provider.open(this.#context(row), await this.#settings(row, provider)) as Does;
  }

  async #setUp(tx: Tx, row: Row, provider: Provider, given: Values): Promise<void> {
    const secrets = secretsOf(provider);
    const kept = { ...(row.settings as Values) };
    const next = checked(provider, { ...kept, ...given });
    const { open, secret } = split(provider, next);
    const moved = fieldsOf(provider.settings).some(
      (one) => one.destination && String(kept[one.name]) !== String(open[one.name]),
    );
    if (moved && secrets.some((name) => secret[name] === undefined)) {
      const stored = await Promise.all(
        secrets.map((name) => this.#secrets.hint(this.#db as unknown as Kysely<SecretTables>, place(row, name))),
      );
      if (stored.some((one, index) => one !== null && secret[secrets[index]!] === undefined))
        throw bad(
          'It now leads somewhere else, and the stored password was not given for that: enter the password again.',
        );
    }
    await tx
      .updateTable('connection')
      .set({ settings: JSON.stringify(open), state: 'new', said: null, checked_at: null })
      .where('id', '=', row.id)
      .execute();
    await this.#keep(tx, row.workspace, row.id, secret);
  }

  async #keep(tx: Tx, workspace: string, id: string, secret: Record<string, string>): Promise<void> {
    for (const [field, value] of Object.entries(secret))
      await this.#secrets.put(
        tx as unknown as Transaction<SecretTables>,
        { workspace, name: secretName(id, field) },
        value,
      );
  }

  async #settings(row: Row, provider: Provider): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = { ...row.settings };
    for (const name of secretsOf(provider)) {
      const value = await this.#secrets.reveal(this.#db as unknown as Kysely<SecretTables>, place(row, name));
      if (value !== null) values[name] = value;
    }
    return provider.settings.parse(values);
  }

  #context(row: Row) {
    const caller = { workspace: row.workspace, provider: row.provider, connection: row.id };
    return { outbound: this.#outbound, caller };
  }

  #provider(id: string): Provider {
    const provider = this.providers.find((one) => one.id === id);
    if (!provider) throw bad(`The service "${id}" is no longer known here. Remove this connection.`);
    return provider;
  }

  async #row(workspace: string, id: string) {
    const row = await this.#db
      .selectFrom('connection')
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new ORPCError('NOT_FOUND', { message: 'There is no such connection.' });
    return row;
  }

  async #describe(row: Row & { state: ConnectionState; checked_at: Date | null; said: string | null }) {
    const provider = this.#provider(row.provider);
    const secrets: Record<string, SecretHint> = {};
    for (const name of secretsOf(provider)) {
      const hint = await this.#secrets.hint(this.#db as unknown as Kysely<SecretTables>, place(row, name));
      if (hint) secrets[name] = hint;
    }
    const { id, name, state, said } = row;
    const settings = row.settings as Values;
    const checkedAt = row.checked_at?.toISOString() ?? null;
    return { id, provider: row.provider, name, settings, secrets, state, checkedAt, said };
  }

  #audit(tx: Tx, at: At, action: string, target: string, details: Record<string, unknown>): Promise<void> {
    return writeAudit(tx, { workspace: at.workspace, who: at.who, action, target, details });
  }
}

const place = (row: Row, field: string) => ({ workspace: row.workspace, name: secretName(row.id, field) });

/** Throws a sentence that names the field. */
function checked(provider: Provider, values: Values): Values {
  const answer = provider.settings.safeParse(values);
  if (answer.success) return answer.data as Values;
  const [issue] = answer.error.issues;
  throw bad(`${issue!.path.join('.') || 'settings'}: ${issue!.message}`);
}

/** An empty secret means "as it is". */
function split(provider: Provider, values: Values): { open: Values; secret: Record<string, string> } {
  const names = secretsOf(provider);
  const given = Object.entries(values);
  return {
    open: Object.fromEntries(given.filter(([name]) => !names.includes(name))),
    secret: Object.fromEntries(
      given.flatMap(([name, value]) => (names.includes(name) && value !== '' ? [[name, String(value)]] : [])),
    ),
  };
}
