// The day it is for a company: patterns with a date are filled with it, and a link's last day is held against it.
import type { Db } from './tables.ts';

export const dayIn = (timeZone: string, at: number = Date.now()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

export async function todayOf(db: Db, workspace: string): Promise<string> {
  const row = await db
    .selectFrom('workspace')
    .select('time_zone')
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
  return dayIn(row.time_zone);
}
