// The currency that stands beside an amount or in the head of its column.

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/₽|(?<![a-zа-яё])(?:руб(?:л(?:ей|я|ь|и)?)?|р)\.?(?![a-zа-яё])/i, 'RUB'],
  [/€|(?<![a-zа-яё])евро(?![a-zа-яё])/i, 'EUR'],
  [/US\$|(?<![a-z])USD?(?![a-z])/, 'USD'],
  [/A\$/, 'AUD'],
  [/C\$/, 'CAD'],
  [/R\$/, 'BRL'],
  [/£/, 'GBP'],
  [/₸|(?<![a-zа-яё])тенге|(?<![a-zа-яё])тг\.?(?![a-zа-яё])/i, 'KZT'],
  [/₴|(?<![a-zа-яё])грн\.?(?![a-zа-яё])/i, 'UAH'],
  [/(?<![a-zа-яё])(?:бел\.?\s?руб|Br)(?![a-zа-яё])/, 'BYN'],
  [/₺/, 'TRY'],
  [/₹/, 'INR'],
  [/₾/, 'GEL'],
  [/֏/, 'AMD'],
  [/₼/, 'AZN'],
  [/₪/, 'ILS'],
  [/₩/, 'KRW'],
  [/₫/, 'VND'],
  [/zł|(?<![a-z])zl(?![a-z])/i, 'PLN'],
  [/Kč/i, 'CZK'],
  [/¥/, 'JPY'],
  [/\$|(?<![a-zа-яё])долл/i, 'USD'],
];

const CODES = new Set(
  'AED AMD ARS AUD AZN BDT BGN BHD BRL BYN CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR ISK JOD JPY KGS KRW KWD KZT LKR MAD MDL MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TJS TMT TND TRY TWD UAH USD UYU UZS VND ZAR'.split(
    ' ',
  ),
);

/** A code of ISO 4217, or undefined when the text names none. */
export function currencyIn(text: string): string | undefined {
  for (const word of text.toUpperCase().match(/[A-Z]{3}/g) ?? []) {
    if (CODES.has(word) && new RegExp(`(?<![A-Za-z])${word}(?![A-Za-z])`, 'i').test(text)) return word;
  }
  if (/(?<![A-Z])RUR(?![A-Z])/i.test(text)) return 'RUB';
  return SIGNS.find(([sign]) => sign.test(text))?.[1];
}

/** A bare dollar is the dollar that was chosen, and so for yen and yuan. */
export function sameSign(found: string, chosen: string): boolean {
  if (found === chosen) return true;
  if (found === 'USD') return ['AUD', 'CAD', 'HKD', 'NZD', 'SGD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP'].includes(chosen);
  if (found === 'RUB') return chosen === 'BYN';
  return found === 'JPY' && chosen === 'CNY';
}

/** The currency most cells name. */
export function detectCurrency(cells: readonly string[]): string | undefined {
  const tally = new Map<string, number>();
  for (const cell of cells) {
    const found = /[^\d\s.,'’()+\-−\u00A0\u202F]/.test(cell) ? currencyIn(cell) : undefined;
    if (found) tally.set(found, (tally.get(found) ?? 0) + 1);
  }
  return [...tally].sort((a, b) => b[1] - a[1])[0]?.[0];
}
