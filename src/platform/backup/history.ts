// When the installation was last backed up, from the trail: each backup leaves its row there.
import { type Kysely, sql } from 'kysely';
import { writeAudit } from '../audit/audit.ts';
import type { PeopleTables } from '../workspaces/tables.ts';
import type { BackupDone } from './backup.ts';

const ACTION = 'backup.make';

export const noteBackup = (db: Kysely<PeopleTables>, { bytes, seconds, fingerprint }: BackupDone): Promise<void> =>
  writeAudit(db, {
    workspace: null,
    who: 'command line',
    action: ACTION,
    target: fingerprint,
    details: { bytes, seconds: Math.round(seconds * 10) / 10 },
  });

/** Where the archive lies is not told: that is the administrator's. */
export async function lastBackup(on: unknown): Promise<{ at: string; bytes: number; seconds: number } | null> {
  const { rows } = await sql<{ at: Date; bytes: number; seconds: number }>`
    SELECT at, (details ->> 'bytes')::bigint AS bytes, (details ->> 'seconds')::float8 AS seconds FROM audit
    WHERE workspace IS NULL AND action = ${ACTION} ORDER BY id DESC LIMIT 1`.execute(on as Kysely<PeopleTables>);
  const row = rows[0];
  return row ? { at: row.at.toISOString(), bytes: row.bytes, seconds: row.seconds } : null;
}
