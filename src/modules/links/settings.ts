// The company's convention and the domain of its short links.
import { ORPCError } from '@orpc/server';
import { writeAudit } from '../../platform/audit/audit.ts';
import { type Convention, convention as conventionSchema, USUAL_CONVENTION } from './convention-contract.ts';
import type { Db } from './tables.ts';

export interface LinkSettings {
  convention: Convention;
  domain: string | null;
  /** keys of faults of tags that nobody wants to read again */
  leftAlone: string[];
}

/** What stands until somebody changes it. */
export async function linkSettings(db: Db, workspace: string): Promise<LinkSettings> {
  const row = await db
    .selectFrom('link_settings')
    .select(['convention', 'domain', 'left_alone'])
    .where('workspace', '=', workspace)
    .executeTakeFirst();
  const kept = conventionSchema.safeParse(row?.convention);
  return {
    convention: kept.success ? kept.data : USUAL_CONVENTION,
    domain: row?.domain ?? null,
    leftAlone: row?.left_alone ?? [],
  };
}

export async function changeSettings(
  db: Db,
  workspace: string,
  next: Partial<LinkSettings> | ((before: LinkSettings) => Partial<LinkSettings>),
  who: string,
  action: string,
  target = '',
): Promise<LinkSettings> {
  return db.transaction().execute(async (tx) => {
    // two people at once: one after the other
    await tx.selectFrom('workspace').select('id').where('id', '=', workspace).forUpdate().execute();
    const before = await linkSettings(tx, workspace);
    const given = typeof next === 'function' ? next(before) : next;
    const after = { ...before, ...given };
    const values = {
      convention: JSON.stringify(after.convention),
      domain: after.domain,
      left_alone: JSON.stringify(after.leftAlone),
      updated_by: who,
    };
    await tx
      .insertInto('link_settings')
      .values({ workspace, ...values })
      .onConflict((on) => on.column('workspace').doUpdateSet({ ...values, updated_at: new Date() }))
      .execute();
    await writeAudit(tx, {
      workspace,
      who,
      action,
      target,
      details: {
        before: Object.fromEntries(Object.keys(given).map((key) => [key, before[key as keyof LinkSettings]])),
        after: { ...given },
      },
    });
    return after;
  });
}

export const setConvention = (db: Db, workspace: string, convention: Convention, who: string): Promise<LinkSettings> =>
  changeSettings(db, workspace, { convention }, who, 'link-convention.set');

/** Throws CONFLICT for a domain that is taken: by another company's links, by a site, or by the installation itself. */
export async function setDomain(
  db: Db,
  workspace: string,
  domain: string | null,
  who: string,
  publicUrl: string,
): Promise<LinkSettings> {
  if (domain !== null) {
    const refuse = (message: string): never => {
      throw new ORPCError('CONFLICT', { message });
    };
    if (domain === new URL(publicUrl).hostname)
      refuse('That is the address of this installation itself: short links stand there without a domain of your own.');
    const other = await db
      .selectFrom('link_settings')
      .select('workspace')
      .where('domain', '=', domain)
      .where('workspace', '!=', workspace)
      .executeTakeFirst();
    if (other) refuse('Another company of this installation has its short links there. Choose another domain.');
    const site = await db.selectFrom('site').select('id').where('host', '=', domain).executeTakeFirst();
    if (site) refuse('A site stands at that domain. Choose a subdomain of it, like go.shop.example.');
  }
  return changeSettings(db, workspace, { domain }, who, 'link-domain.set', domain ?? '');
}

/** Where short links begin: https://go.shop.example, or the installation's own address. */
export const shortAddress = (domain: string | null, publicUrl: string): string =>
  domain === null ? publicUrl.replace(/\/$/, '') : `${new URL(publicUrl).protocol}//${domain}`;
