// Things people define and keep (segments, goals, funnels): named once, changed with the version before in the audit trail, put
// away and brought back, and the last change undone.
import { ORPCError } from '@orpc/server';
import { type Generated, type Kysely, sql, type Transaction } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import { uuidv7 } from '../ids/uuid.ts';
import type { PeopleTables } from '../workspaces/tables.ts';

/** The columns every such table has; its own stand beside them. */
export interface KeptRow {
  workspace: string;
  id: string;
  name: string;
  version: Generated<number>;
  created_by: string;
  created_at: Generated<Date>;
  updated_by: string;
  updated_at: Generated<Date>;
  archived_at: Date | null;
}
type Tables = PeopleTables & { kept: KeptRow };
export type KeptDb = Kysely<Tables>;
type Tx = Transaction<Tables>;

/** A row as it is read: the shared columns and its own. */
export type Stored<Own> = {
  [Column in keyof Omit<KeptRow, 'version' | 'created_at' | 'updated_at'>]: KeptRow[Column];
} & {
  version: number;
  created_at: Date;
  updated_at: Date;
} & Own;

export interface Kind<Own extends object> {
  /** of the table, and before the dot of the audit's actions */
  noun: string;
  /** "a goal": in what people are told */
  called: string;
  /** columns of its own, each beside whether it is jsonb */
  columns: { readonly [Column in keyof Own]: 'json' | 'plain' };
  /** throws BAD_REQUEST for a definition that can't be; asked before it is kept or brought back */
  check(db: KeptDb, workspace: string, id: string, given: { name: string } & Own): Promise<void>;
  /** throws CONFLICT when it can't be put away because others need it */
  mayArchive?(db: KeptDb, workspace: string, id: string): Promise<void>;
}

/** What a change can change, as the audit trail keeps the version before. */
type Kept<Own> = Own & { name: string; archived: boolean };
export type KeptChange<Own> = { [Key in keyof Own]?: Own[Key] | undefined } & {
  name?: string | undefined;
  version: number;
};

export class KeptRecords<Own extends object> {
  readonly #db: KeptDb;
  readonly #kind: Kind<Own>;

  /** `db` is the database of the table named by the kind. */
  constructor(db: unknown, kind: Kind<Own>) {
    this.#db = db as KeptDb;
    this.#kind = kind;
  }

  get #table(): 'kept' {
    return this.#kind.noun as 'kept';
  }

  async list(workspace: string, state: 'active' | 'archived'): Promise<Stored<Own>[]> {
    const rows = await this.#db
      .selectFrom(this.#table)
      .selectAll()
      .where('workspace', '=', workspace)
      .where('archived_at', state === 'active' ? 'is' : 'is not', null)
      .orderBy(sql`lower(name)`)
      .execute();
    return rows as unknown as Stored<Own>[];
  }

  /** Put away or not. Throws NOT_FOUND. */
  async get(workspace: string, id: string): Promise<Stored<Own>> {
    const row = await this.#db
      .selectFrom(this.#table)
      .selectAll()
      .where('workspace', '=', workspace)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw this.#missing();
    return row as unknown as Stored<Own>;
  }

  async create(workspace: string, given: { name: string } & Own, who: string): Promise<Stored<Own>> {
    const id = uuidv7();
    await this.#kind.check(this.#db, workspace, id, given);
    return this.#db.transaction().execute(async (tx) => {
      await this.#checkName(tx, workspace, id, given.name);
      const row = await tx
        .insertInto(this.#table)
        .values({
          workspace,
          id,
          name: given.name,
          ...this.#written(given),
          created_by: who,
          updated_by: who,
          archived_at: null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await writeAudit(tx, {
        workspace,
        who,
        action: `${this.#kind.noun}.create`,
        target: given.name,
        details: { [this.#kind.noun]: id, before: null },
      });
      return row as unknown as Stored<Own>;
    });
  }

  /** Throws CONFLICT when someone else changed it since `change.version` was read. */
  update(workspace: string, id: string, change: KeptChange<Own>, who: string): Promise<Stored<Own>> {
    return this.#changed(workspace, id, 'update', who, (row) => {
      if (row.version !== change.version) {
        throw new ORPCError('CONFLICT', {
          message: `${row.updated_by} has changed "${row.name}" meanwhile. Load it again, then change it.`,
        });
      }
      const next = { ...this.#kept(row), name: change.name ?? row.name };
      for (const column of this.#own()) if (change[column] !== undefined) next[column] = change[column] as never;
      return next;
    });
  }

  async archive(workspace: string, id: string, who: string): Promise<Stored<Own>> {
    await this.#kind.mayArchive?.(this.#db, workspace, id);
    return this.#changed(workspace, id, 'archive', who, (row) => ({ ...this.#kept(row), archived: true }));
  }

  /** Puts back what the last change replaced; undoing twice brings the change back. A new one is put away. */
  async undo(workspace: string, id: string, who: string): Promise<Stored<Own>> {
    const last = await this.#db
      .selectFrom('audit')
      .select('details')
      .where('workspace', '=', workspace)
      .where('action', 'like', `${this.#kind.noun}.%`)
      .where(sql`details ->> ${sql.lit(this.#kind.noun)}`, '=', id)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return this.#changed(workspace, id, 'undo', who, (row) => {
      const before = last?.details.before as Kept<Own> | null | undefined;
      return before ?? { ...this.#kept(row), archived: row.archived_at === null };
    });
  }

  #own(): (keyof Own & string)[] {
    return Object.keys(this.#kind.columns) as (keyof Own & string)[];
  }

  #kept(row: Stored<Own>): Kept<Own> {
    const own = Object.fromEntries(this.#own().map((column) => [column, row[column]])) as unknown as Own;
    return { ...own, name: row.name, archived: row.archived_at !== null };
  }

  #written(given: Own): object {
    const { columns } = this.#kind;
    return Object.fromEntries(
      this.#own().map((column) => [column, columns[column] === 'json' ? JSON.stringify(given[column]) : given[column]]),
    );
  }

  async #changed(
    workspace: string,
    id: string,
    verb: string,
    who: string,
    next: (row: Stored<Own>) => Kept<Own>,
  ): Promise<Stored<Own>> {
    return this.#db.transaction().execute(async (tx) => {
      const found = await tx
        .selectFrom(this.#table)
        .selectAll()
        .where('workspace', '=', workspace)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!found) throw this.#missing();
      const row = found as unknown as Stored<Own>;
      const after = next(row);
      if (!after.archived) {
        await this.#kind.check(tx, workspace, id, after);
        await this.#checkName(tx, workspace, id, after.name);
      }
      const stored = await tx
        .updateTable(this.#table)
        .set({
          name: after.name,
          ...this.#written(after),
          archived_at: after.archived ? (row.archived_at ?? new Date()) : null,
          version: row.version + 1,
          updated_by: who,
          updated_at: new Date(),
        })
        .where('workspace', '=', workspace)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      await writeAudit(tx, {
        workspace,
        who,
        action: `${this.#kind.noun}.${verb}`,
        target: after.name,
        details: { [this.#kind.noun]: id, version: stored.version, before: this.#kept(row) },
      });
      return stored as unknown as Stored<Own>;
    });
  }

  async #checkName(tx: Tx, workspace: string, id: string, name: string): Promise<void> {
    const taken = await tx
      .selectFrom(this.#table)
      .select('id')
      .where('workspace', '=', workspace)
      .where('archived_at', 'is', null)
      .where(sql`lower(name)`, '=', name.toLowerCase())
      .where('id', '!=', id)
      .executeTakeFirst();
    if (taken) {
      throw new ORPCError('CONFLICT', {
        message: `There is ${this.#kind.called} "${name}" already. Choose another name.`,
      });
    }
  }

  #missing(): ORPCError<'NOT_FOUND', undefined> {
    const noun = this.#kind.called.replace(/^an? /, '');
    return new ORPCError('NOT_FOUND', { message: `There is no such ${noun} in this company.` });
  }
}
