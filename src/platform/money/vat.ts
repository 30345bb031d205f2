// VAT taken out of amounts, in minor units, rounded half away from zero once per amount.

/** A rate from a day on; per mille, so that 5.5 % is exact. */
export interface DatedVat {
  fromDay: string;
  perMille: number;
}

/** The rate of a day: the newest that began on or before it; 0 before the first. */
export function vatOn(rates: readonly DatedVat[], day: string): number {
  let found: DatedVat | undefined;
  for (const rate of rates) if (rate.fromDay <= day && (!found || rate.fromDay > found.fromDay)) found = rate;
  return found?.perMille ?? 0;
}

const round = (part: bigint, whole: bigint): number => {
  const negative = part < 0n;
  const size = negative ? -part : part;
  const value = Number((size * 2n + whole) / (whole * 2n));
  return negative && value !== 0 ? -value : value;
};

/** Splits an amount that holds VAT: net + vat is the amount, exactly. */
export function takeVatOut(gross: number, perMille: number): { net: number; vat: number } {
  const net = round(BigInt(gross) * 1000n, 1000n + BigInt(perMille));
  return { net, vat: gross - net };
}
