// After a restore ClickHouse is a little older than PostgreSQL: the kept changes of the mirror are handed over once more. Copies
// keep the greatest version of a row, so what they have already changes nothing. Other consumers' work came with PostgreSQL.
import type pg from 'pg';

/** Returns how many changes wait now. */
export async function replayMirror(client: pg.ClientBase): Promise<number> {
  const answer = await client.query(
    `UPDATE outbox SET done_at = NULL, attempts = 0, error = NULL, next_at = clock_timestamp() WHERE consumer = 'mirror'`,
  );
  return answer.rowCount ?? 0;
}
