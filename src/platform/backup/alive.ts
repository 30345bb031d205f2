// The last step of a restore: what refers to the world the backup was made in is put right for the one it was restored into.
import type { ClickHouseClient } from '@clickhouse/client';
import type pg from 'pg';
import { writeAudit } from '../audit/audit.ts';
import { openKysely } from '../database/postgres.ts';
import { localDays, markDirty } from '../events/flusher.ts';
import { MS_PER_DAY } from '../events/row.ts';
import type { Installation } from '../installation.ts';
import { requeueWaiting } from '../jobs/requeue.ts';
import { replayMirror } from '../outbox/replay.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { open } from '../secrets/seal.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { ArchiveReader } from './archive-reader.ts';
import { IMPORT_KEY } from './rules.ts';

interface SealedKeys {
  keyId: string;
  keys: { workspace: string; sealed: string }[];
}

/** Marks every day that has events, so that reports read it raw until its roll-up is rebuilt. */
async function markAllDays(pool: pg.Pool, clickhouse: ClickHouseClient): Promise<void> {
  const answer = await clickhouse.query({
    query: `SELECT toString(workspace) AS workspace, toString(site) AS site, groupUniqArray(toString(day)) AS days FROM events
      GROUP BY workspace, site`,
    format: 'JSONEachRow',
  });
  const known = new Set((await pool.query<{ id: string }>('SELECT id FROM workspace')).rows.map(({ id }) => id));
  for (const row of await answer.json<{ workspace: string; site: string; days: string[] }>()) {
    if (!known.has(row.workspace)) continue;
    const days = localDays(row.days.map((day) => Date.parse(day) / MS_PER_DAY));
    await markDirty(pool, { workspace: row.workspace, timeZone: '' }, row.site, days);
  }
}

/** Keys of imported visitor ids open with the installation's key; without it each company gets a new one. */
async function openImportKeys(client: pg.PoolClient, archive: ArchiveReader, ring: KeyRing, fresh: () => Buffer) {
  const sealed = await archive.json<SealedKeys>('sealed/import-keys');
  const key = ring.keys().find(({ id }) => id === sealed?.keyId);
  for (const one of sealed?.keys ?? []) {
    const place = { workspace: one.workspace, name: IMPORT_KEY };
    const value = key ? Buffer.from(open(key, place, Buffer.from(one.sealed, 'base64')), 'base64') : fresh();
    await client.query('UPDATE workspace SET import_key = $2 WHERE id = $1', [one.workspace, value]);
  }
}

export async function makeAlive(
  { pool, clickhouse, log }: Installation,
  archive: ArchiveReader,
  ring: KeyRing,
  fresh: () => Buffer,
): Promise<{ replayed: number; unopened: number }> {
  const client = await pool.connect();
  let replayed = 0;
  let unopened = 0;
  try {
    await client.query('BEGIN');
    replayed = await replayMirror(client);
    await openImportKeys(client, archive, ring, fresh);
    await client.query('DELETE FROM file WHERE sha256 = ANY($1)', [archive.manifest.missingContents]);
    await client.query('DELETE FROM file_content c WHERE NOT EXISTS (SELECT 1 FROM file f WHERE f.sha256 = c.sha256)');
    // since the backup it was most likely sent: sending it twice is worse than asking
    await client.query(
      `UPDATE mail_message SET state = 'unsure', answer = 'A backup was restored before this was sent; it may have been sent then.', changed_at = now()
       WHERE state IN ('queued', 'sending', 'handing')`,
    );
    const keys = await client.query<{ n: number }>('SELECT count(*) AS n FROM secret WHERE NOT key_id = ANY($1)', [
      ring.keys().map(({ id }) => id),
    ]);
    unopened = Number(keys.rows[0]?.n ?? 0);
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
  await requeueWaiting(pool, log);
  await markAllDays(pool, clickhouse);
  await writeAudit(openKysely<PeopleTables>(pool), {
    workspace: null,
    who: 'command line',
    action: 'backup.restore',
    target: archive.manifest.createdAt,
    details: { fingerprint: archive.fingerprint },
  });
  return { replayed, unopened };
}
