// Amounts in several currencies as one figure: what an event tells is kept as it was told, and turned into the company's currency
// when it is asked for, by the rate of its UTC day. So a rate entered later changes the past, and nothing has to be rebuilt.
import { quote } from './dimensions.ts';

/** What one minor unit of a currency is worth on a day, in minor units of the company's currency. */
export interface Factor {
  currency: string;
  day: string;
  factor: number;
}

/** Factors as whole numbers: sums are exact, so rows, totals and roll-ups say the same in whatever order they are added up. */
const SCALE = 1e12;

/** How sales and roll-ups name the rate of an amount: 'USD2026-11-25'. */
export const rateKey = 'concat(currency, toString(day))';

export class Money {
  readonly #own: string;
  readonly #keys: string;
  readonly #rates: string;
  readonly #foreign: boolean;

  constructor(currency: string, factors: readonly Factor[]) {
    this.#own = currency;
    this.#foreign = factors.length > 0;
    this.#keys = `[${factors.map((f) => quote(f.currency + f.day)).join(', ')}]`;
    this.#rates = `[${factors.map((f) => `toInt64(${BigInt(Math.round(f.factor * SCALE))})`).join(', ')}]`;
  }

  /** One amount of a row, 0 without a rate; where there are rates it is SCALE times as large. */
  #of(amount: string): string {
    if (!this.#foreign) return `if(currency = ${quote(this.#own)}, ${amount}, 0)`;
    const rate = `transform(${rateKey}, ${this.#keys}, ${this.#rates}, toInt64(0))`;
    return `if(currency = ${quote(this.#own)}, toInt128(${amount}) * ${SCALE}, toInt128(${amount}) * ${rate})`;
  }

  /** The sum of an amount over rows of `sales` or `events`, in minor units of the company's currency. */
  sum(amount: string): string {
    return this.#foreign ? this.#whole(`sum(${this.#of(amount)})`) : `sum(${this.#of(amount)})`;
  }

  /** The sum of a column of roll-ups that maps rate keys to amounts. */
  sumMap(column: string): string {
    const of = (key: string): string => `startsWith(${key}, ${quote(this.#own)})`;
    const map = `sumMap(${column})`;
    if (!this.#foreign) return `arraySum(mapValues(mapFilter((k, v) -> ${of('k')}, ${map})))`;
    const rate = `if(${of('k')}, toInt64(${SCALE}), transform(k, ${this.#keys}, ${this.#rates}, toInt64(0)))`;
    return this.#whole(
      `arrayReduce('sum', arrayMap((k, v) -> toInt128(v) * ${rate}, mapKeys(${map}), mapValues(${map})))`,
    );
  }

  #whole(scaled: string): string {
    return `round(toFloat64(${scaled}) / ${SCALE})`;
  }
}
