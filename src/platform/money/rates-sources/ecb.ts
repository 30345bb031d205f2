// The euro's reference rates of the European Central Bank: eurofxref-daily.xml and eurofxref-hist.xml, EUR to about 30 currencies.
import { isDecimal, type Rate, RatesFileError } from './rate.ts';

/** Throws RatesFileError when it is not such a file. A currency without a rate that day ("N/A") is left out. */
export function parseEcb(xml: string): Rate[] {
  if (!/<(\w+:)?Envelope[\s>]/.test(xml) || !xml.includes('eurofxref'))
    throw new RatesFileError('This is not a file of rates of the European Central Bank (eurofxref XML).');
  const rates: Rate[] = [];
  let date: string | undefined;
  for (const [tag] of xml.matchAll(/<Cube\b[^>]*>/g)) {
    date = attribute(tag, 'time') ?? date;
    const currency = attribute(tag, 'currency');
    const rate = attribute(tag, 'rate');
    if (currency === undefined || rate === undefined) continue;
    if (date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^[A-Z]{3}$/.test(currency))
      throw new RatesFileError(`The file of the European Central Bank is damaged near ${tag}`);
    if (isDecimal(rate)) rates.push({ date, base: 'EUR', quote: currency, rate });
  }
  if (rates.length === 0) throw new RatesFileError('The file of the European Central Bank holds no rates.');
  return rates;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}\\s*=\\s*(?:'([^']*)'|"([^"]*)")`)
    .exec(tag)
    ?.slice(1)
    .find((value) => value !== undefined);
