// Money is an integer in minor units with a currency; it is never held as a fraction.

const digits = new Map<string, number>();

/** Minor digits of a currency by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    try {
      known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      known = 2;
    }
    digits.set(currency, known);
  }
  return known;
}

/** '1990.50' EUR → 199050. Half a minor unit is rounded away from zero. The amount is a plain decimal number. */
export function minorUnits(amount: string, currency: string): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount.trim());
  if (!match) return Math.round(Number(amount) * 10 ** minorDigits(currency)) || 0;
  const places = minorDigits(currency);
  const fraction = (match[3] ?? '').padEnd(places + 1, '0');
  const whole = Number(match[2] + fraction.slice(0, places));
  const value = Number(fraction[places]) >= 5 ? whole + 1 : whole;
  return match[1] && value !== 0 ? -value : value;
}
