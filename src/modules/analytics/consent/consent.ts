// Texts of the consent banner, versioned, and the proof of each choice made under them.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import { uuidv7 } from '../../../platform/ids/uuid.ts';
import { BadPayload } from '../collect/payload.ts';
import { type Db, siteOrThrow } from '../sites/sites.ts';
import type { ConsentText } from '../tables.ts';
import { DEFAULT_TEXTS } from './default-texts.ts';

type Texts = Record<string, ConsentText>;

/** Version 0 stands for the texts that come with the legal profile, until a version of one's own is published. */
export async function currentTexts(
  db: Db,
  workspace: string,
  site: string,
): Promise<{ version: number; texts: Texts }> {
  await siteOrThrow(db, workspace, site);
  const own = await db
    .selectFrom('consent_text')
    .select(['version', 'texts'])
    .where('workspace', '=', workspace)
    .where('site', '=', site)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (own) return own;
  const { legal_profile } = await db
    .selectFrom('workspace')
    .select('legal_profile')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  return { version: 0, texts: DEFAULT_TEXTS[legal_profile] };
}

export async function publishTexts(db: Db, workspace: string, site: string, texts: Texts, who: string) {
  const row = await siteOrThrow(db, workspace, site);
  return db.transaction().execute(async (tx) => {
    const last = await tx
      .selectFrom('consent_text')
      .select((eb) => eb.fn.max('version').as('version'))
      .where('site', '=', site)
      .executeTakeFirst();
    const version = (last?.version ?? 0) + 1;
    await tx
      .insertInto('consent_text')
      .values({ workspace, site, version, texts: JSON.stringify(texts) })
      .execute();
    await writeAudit(tx, { workspace, who, action: 'consent.publish', target: row.host, details: { version } });
    return { version };
  });
}

export interface BannerText extends ConsentText {
  version: string;
  language: string;
}

/** What the banner on a site shows in a language, else in English, else in whatever there is. */
export async function bannerText(
  db: Db,
  site: { workspace: string; id: string },
  language: string,
): Promise<BannerText> {
  const { version, texts } = await currentTexts(db, site.workspace, site.id);
  const short = language.toLowerCase().slice(0, 2);
  const chosen = texts[short] ? short : texts.en ? 'en' : Object.keys(texts)[0]!;
  return { ...texts[chosen]!, version: String(version), language: chosen };
}

const proof = z.object({
  site: z.string().min(1).max(64),
  version: z.coerce.number().int().min(0),
  choice: z.enum(['granted', 'denied']),
  visitor: z.string().max(64).optional(),
  at: z.number().int(),
  language: z.string().max(35).optional(),
});
export type ConsentProof = z.infer<typeof proof>;

export function readProof(body: Buffer): ConsentProof {
  try {
    return proof.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    throw new BadPayload(issue ? `${issue.path.join('.')}: ${issue.message}` : 'The body is not JSON.');
  }
}

export async function keepProof(
  db: Db,
  site: { workspace: string; id: string },
  given: ConsentProof,
  userAgent: string,
): Promise<void> {
  const shown = await bannerText(db, site, given.language ?? 'en');
  await db
    .insertInto('consent_proof')
    .values({
      workspace: site.workspace,
      id: uuidv7(),
      site: site.id,
      version: given.version,
      language: shown.language,
      text_hash: createHash('sha256')
        .update(`${shown.title}\n${shown.text}\n${shown.accept}\n${shown.decline}`)
        .digest('hex'),
      choice: given.choice,
      visitor: given.visitor ?? null,
      at: new Date(Math.min(given.at, Date.now())),
      user_agent: userAgent.slice(0, 500),
    })
    .execute();
}
