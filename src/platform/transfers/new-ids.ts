// New ids for everything of a company, so that it can come into an installation that has it already. One function of the old id:
// every place that names a row names it alike, in PostgreSQL and in ClickHouse. A new id keeps the time of the old one, so order stays.
import { createHash } from 'node:crypto';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const KEPT = 20;

export class NewIds {
  readonly #key: string;
  readonly #known = new Set<string>();

  /** `key`: text of letters and figures, another for each import */
  constructor(key: string) {
    if (!/^\w+$/.test(key)) throw new Error('The key is put into SQL as it is');
    this.#key = key;
  }

  /** Ids in texts are renewed when they are known. */
  add(id: string): void {
    this.#known.add(id);
  }

  of(id: string): string {
    const hash = createHash('sha256').update(`${this.#key}${id}`).digest('hex');
    return `${id.slice(0, KEPT)}${hash.slice(0, 3)}-${hash.slice(3, 15)}`;
  }

  /** The same in ClickHouse's words, of an expression that is the id as text. */
  sql(text: string): string {
    const hash = `lower(hex(SHA256(concat('${this.#key}', ${text}))))`;
    return `concat(substring(${text}, 1, ${KEPT}), substring(${hash}, 1, 3), '-', substring(${hash}, 4, 12))`;
  }

  /** Every known id in a text is renewed, wherever it stands. */
  inText(text: string): string {
    return text.replace(UUID, (id) => (this.#known.has(id) ? this.of(id) : id));
  }
}
