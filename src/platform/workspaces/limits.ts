// Competence limits: how far a role may go without asking. Stored and read here; who spends, sends or erases asks `limitOf`.
import { ORPCError } from '@orpc/server';
import type { Kysely, Selectable } from 'kysely';
import { ROLES, type Role } from '../api/contract-base.ts';
import { writeAudit } from '../audit/audit.ts';
import { minorDigits } from '../money/money.ts';
import type { PeopleTables } from './tables.ts';

type Db = Kysely<PeopleTables>;

export interface Limit {
  /** minor units of `currency`; null: without limit */
  moneyPerAction: number | null;
  moneyPerMonth: number | null;
  /** percent with one decimal at most; null: without limit */
  discountPercent: number | null;
  mayPublish: boolean;
  maySend: boolean;
  mayErase: boolean;
  currency: string;
}

const FREE = { moneyPerAction: null, moneyPerMonth: null, discountPercent: null } as const;
const NOTHING = { moneyPerAction: 0, moneyPerMonth: 0, discountPercent: 0 } as const;
const ALL = { mayPublish: true, maySend: true, mayErase: true } as const;
const NONE = { mayPublish: false, maySend: false, mayErase: false } as const;

/** What the product begins with; money in whole units of the company's currency. */
const BEGINS: Readonly<Record<Role, Omit<Limit, 'currency'>>> = {
  owner: { ...FREE, ...ALL },
  head: { ...FREE, ...ALL },
  marketer: { moneyPerAction: 1000, moneyPerMonth: 10_000, discountPercent: 10, ...ALL, mayErase: false },
  specialist: { ...NOTHING, ...NONE },
  contractor: { ...NOTHING, ...NONE },
  client: { ...NOTHING, ...NONE },
  viewer: { ...NOTHING, ...NONE },
};

function beginning(role: Role, currency: string): Limit {
  const of = BEGINS[role];
  const minor = (whole: number | null) => (whole === null ? null : whole * 10 ** minorDigits(currency));
  return {
    ...of,
    moneyPerAction: minor(of.moneyPerAction),
    moneyPerMonth: minor(of.moneyPerMonth),
    currency,
  };
}

const describe = (row: Selectable<PeopleTables['competence_limit']>): Limit => ({
  moneyPerAction: row.money_per_action,
  moneyPerMonth: row.money_per_month,
  discountPercent: row.discount_per_mille === null ? null : row.discount_per_mille / 10,
  mayPublish: row.may_publish,
  maySend: row.may_send,
  mayErase: row.may_erase,
  currency: row.currency,
});

async function currencyOf(db: Db, workspace: string): Promise<string> {
  const row = await db.selectFrom('workspace').select('currency').where('id', '=', workspace).executeTakeFirstOrThrow();
  return row.currency;
}

export async function listLimits(db: Db, workspace: string) {
  const currency = await currencyOf(db, workspace);
  const rows = await db.selectFrom('competence_limit').selectAll().where('workspace', '=', workspace).execute();
  return ROLES.map((role) => {
    const row = rows.find((one) => one.role === role);
    return { role, changed: row !== undefined, ...(row ? describe(row) : beginning(role, currency)) };
  });
}

/** How far a role may go without asking. */
export async function limitOf(db: Db, workspace: string, role: Role): Promise<Limit> {
  const row = await db
    .selectFrom('competence_limit')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('role', '=', role)
    .executeTakeFirst();
  return row ? describe(row) : beginning(role, await currencyOf(db, workspace));
}

/** An owner is bound by nothing; a head of marketing does not move their own limit or the owner's. */
export async function setLimit(
  db: Db,
  at: { workspace: string; role: Role; who: string },
  role: Role,
  limit: Omit<Limit, 'currency'>,
) {
  if (role === 'owner') throw new ORPCError('CONFLICT', { message: 'An owner has no limits.' });
  if (role === 'head' && at.role !== 'owner')
    throw new ORPCError('FORBIDDEN', { message: 'Only an owner limits the head of marketing.' });
  await db.transaction().execute(async (tx) => {
    const before = await limitOf(tx, at.workspace, role);
    const currency = await currencyOf(tx, at.workspace);
    const row = {
      currency,
      money_per_action: limit.moneyPerAction,
      money_per_month: limit.moneyPerMonth,
      discount_per_mille: limit.discountPercent === null ? null : Math.round(limit.discountPercent * 10),
      may_publish: limit.mayPublish,
      may_send: limit.maySend,
      may_erase: limit.mayErase,
      updated_at: new Date(),
    };
    await tx
      .insertInto('competence_limit')
      .values({ workspace: at.workspace, role, ...row })
      .onConflict((c) => c.columns(['workspace', 'role']).doUpdateSet(row))
      .execute();
    await writeAudit(tx, {
      workspace: at.workspace,
      who: at.who,
      action: 'limit.set',
      target: role,
      details: { ...changes(before, { ...limit, currency }), currency },
    });
  });
  return { role, changed: true, ...(await limitOf(db, at.workspace, role)) };
}

/** Only what differs, before and after. */
function changes(before: Limit, after: Limit): { before: Partial<Limit>; after: Partial<Limit> } {
  const differing = (Object.keys(after) as (keyof Limit)[]).filter((name) => before[name] !== after[name]);
  const pick = (limit: Limit) => Object.fromEntries(differing.map((name) => [name, limit[name]])) as Partial<Limit>;
  return { before: pick(before), after: pick(after) };
}
