// The rates of the Central Bank of Russia: XML_daily, in Windows-1251 with decimal commas, so many roubles for `Nominal` units.
import { isDecimal, type Rate, RatesFileError } from './rate.ts';

const DIGITS = 12;

/** Throws RatesFileError when it is not such a file. */
export function parseCbr(bytes: Uint8Array): Rate[] {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const encoding = /encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1] ?? 'windows-1251';
  const xml = decoder(encoding).decode(bytes);
  const day = /<ValCurs\b[^>]*\bDate\s*=\s*["'](\d{2})[./](\d{2})[./](\d{4})["']/.exec(xml);
  if (!day) throw new RatesFileError('This is not a file of rates of the Central Bank of Russia (XML_daily).');
  const date = `${day[3]}-${day[2]}-${day[1]}`;
  return [...xml.matchAll(/<Valute\b[^>]*>([\s\S]*?)<\/Valute>/g)].map(([, inner]) => {
    const base = element(inner!, 'CharCode');
    const nominal = element(inner!, 'Nominal');
    const value = element(inner!, 'Value').replace(',', '.');
    if (!/^[A-Z]{3}$/.test(base) || !/^[1-9]\d*$/.test(nominal) || !isDecimal(value))
      throw new RatesFileError(
        `The file of the Central Bank of Russia is damaged at ${base || 'a currency'} of ${date}.`,
      );
    return { date, base, quote: 'RUB', rate: divide(value, BigInt(nominal)) };
  });
}

function decoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new RatesFileError(`The file is written in ${encoding}, unknown here.`);
  }
}

const element = (xml: string, name: string): string =>
  new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(xml)?.[1] ?? '';

/** A decimal by a whole number, exact to 12 digits after the point, rounded half up. */
function divide(decimal: string, by: bigint): string {
  const [whole = '0', part = ''] = decimal.split('.');
  const scaled = BigInt(whole + part.padEnd(DIGITS, '0').slice(0, DIGITS));
  const result = ((scaled * 2n + by) / (by * 2n)).toString().padStart(DIGITS + 1, '0');
  const digits = result.slice(-DIGITS).replace(/0+$/, '');
  const units = result.slice(0, -DIGITS);
  return digits === '' ? units : `${units}.${digits}`;
}
