// Spaces the calls of this process to one host, so that no service locks us out.
import { setTimeout as sleep } from 'node:timers/promises';

export class Pace {
  readonly #next = new Map<string, number>();

  /** Waits for this host's next turn. Throws the signal's reason when it aborts first. */
  async turn(host: string, perSecond: number, signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const at = Math.max(now, this.#next.get(host) ?? 0);
    this.#next.set(host, at + 1000 / perSecond);
    if (this.#next.size > 2000) for (const [key, time] of this.#next) if (time < now) this.#next.delete(key);
    if (at > now) await sleep(at - now, undefined, { signal, ref: false });
  }
}
