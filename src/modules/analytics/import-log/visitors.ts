// Visitors of an imported log: one id for an address and a user agent, made with the workspace's import key, so that the same
// visitor has the same id in every log of the workspace and the address itself is nowhere.
import { hash } from 'node:crypto';

const BLOCK = 64;

/** HMAC-SHA256 from the one-shot hash, which costs a twentieth of a Hmac object. */
export class Hmac {
  readonly #inner = Buffer.alloc(BLOCK, 0x36);
  readonly #outer = Buffer.alloc(BLOCK, 0x5c);

  constructor(key: Buffer) {
    const short = key.length > BLOCK ? hash('sha256', key, 'buffer') : key;
    for (let i = 0; i < short.length; i++) {
      this.#inner[i] = (this.#inner[i] ?? 0) ^ (short[i] ?? 0);
      this.#outer[i] = (this.#outer[i] ?? 0) ^ (short[i] ?? 0);
    }
  }

  digest(message: string): Buffer {
    const inner = hash('sha256', Buffer.concat([this.#inner, Buffer.from(message)]), 'buffer');
    return hash('sha256', Buffer.concat([this.#outer, inner]), 'buffer');
  }
}

/** Visitor ids by the cache slots of address and user agent. Emptied when it is full or when one of those caches is. */
export class VisitorCache {
  readonly #mask: number;
  readonly #most: number;
  /** address slot + 1, agent slot, and the two halves of the id */
  readonly #table: Int32Array;
  #count = 0;
  low = 0;
  high = 0;

  /** `size` is a power of two. */
  constructor(size = 131_072) {
    this.#mask = size * 2 - 1;
    this.#most = size;
    this.#table = new Int32Array(size * 8);
  }

  /** Whether the pair is known; then `low` and `high` hold the halves of its id. */
  find(address: number, agent: number): boolean {
    const table = this.#table;
    for (let at = this.#place(address, agent); ; at = (at + 1) & this.#mask) {
      const i = at * 4;
      if (table[i] === 0) return false;
      if (table[i] === address + 1 && table[i + 1] === agent) {
        this.low = table[i + 2] ?? 0;
        this.high = table[i + 3] ?? 0;
        return true;
      }
    }
  }

  add(address: number, agent: number, low: number, high: number): void {
    if (this.#count === this.#most) this.clear();
    this.#count++;
    let at = this.#place(address, agent);
    while (this.#table[at * 4] !== 0) at = (at + 1) & this.#mask;
    this.#table.set([address + 1, agent, low, high], at * 4);
    this.low = low;
    this.high = high;
  }

  clear(): void {
    this.#table.fill(0);
    this.#count = 0;
  }

  #place(address: number, agent: number): number {
    const mixed = Math.imul(Math.imul(address + 1, 0x9e3779b1) ^ (agent + 0x7f4a7c15), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
