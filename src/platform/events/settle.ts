// Sees that what was acknowledged is stored, from outside of the process that stores it.
import { setTimeout } from 'node:timers/promises';
import type { Spool } from './spool.ts';

const STEP_MS = 100;

/** Resolves when the segments that lie in the spool now are gone. Throws after `ms`. */
export async function settled(spool: Spool, ms = 120_000): Promise<void> {
  const waiting = new Set(spool.segments());
  for (const end = Date.now() + ms; waiting.size > 0; await setTimeout(STEP_MS)) {
    const now = new Set(spool.segments());
    for (const name of waiting) if (!now.has(name)) waiting.delete(name);
    if (waiting.size > 0 && Date.now() > end)
      throw new Error('Events wait in the spool and are not being stored. Look at the log of the server.');
  }
}
