// Puts every waiting run in line anew: messages of the queue are not part of a backup, the runs they name are.
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Lane } from './define.ts';
import { inTransaction, Queue } from './queue.ts';

export async function requeueWaiting(pool: pg.Pool, log: Logger): Promise<number> {
  const queue = new Queue(pool, log);
  await queue.prepare();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const sent = await inTransaction(client, async (ask) => {
      const runs = await ask<{ id: string; lane: Lane; delivery: number; run_at: Date }>(
        `UPDATE job_run SET delivery = delivery + 1 WHERE state = 'waiting' RETURNING id, lane, delivery, run_at`,
      );
      for (const { id, lane, delivery, run_at } of runs) await queue.send(ask, lane, [{ run: id, delivery }], run_at);
      return runs.length;
    });
    await client.query('COMMIT');
    client.release();
    return sent;
  } catch (error) {
    client.release(true);
    throw error;
  } finally {
    await queue.close();
  }
}
