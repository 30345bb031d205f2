// Numbers, money, dates and names of countries as people of a language write them. Unknown is "–", never 0.
export const UNKNOWN = '–';
const NBSP = '\u00a0';

/** Measures as reports give them: shares are 0–1, durations milliseconds, money minor units. */
export type Unit = 'count' | 'ratio' | 'share' | 'milliseconds' | 'speed' | 'money' | 'bytes';

const cache = new Map<string, Intl.NumberFormat>();
function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = cache.get(key) ?? new Intl.NumberFormat(language, options);
  cache.set(key, known);
  return known;
}

function duration(ms: number, words: DurationWords): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}${NBSP}${words.second}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return `${minutes}${NBSP}${words.minute} ${String(seconds % 60).padStart(2, '0')}${NBSP}${words.second}`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)}${NBSP}${words.day} ${hours % 24}${NBSP}${words.hour}`;
  return `${hours}${NBSP}${words.hour} ${String(minutes % 60).padStart(2, '0')}${NBSP}${words.minute}`;
}

interface DurationWords {
  second: string;
  minute: string;
  hour: string;
  day: string;
}
const DURATION: Record<string, DurationWords> = {
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  ru: { second: 'с', minute: 'мин', hour: 'ч', day: 'д' },
};

export function minorDigits(currency: string): number {
  return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

export function currencySign(currency: string, language: string): string {
  const parts = numberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(
    0,
  );
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** `currency` is needed for money only; the sign itself stands in the head of the column. */
export function formatValue(value: unknown, unit: Unit, language: string, currency = 'EUR'): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return UNKNOWN;
  if (unit === 'share') {
    return numberFormat(language, { style: 'percent', maximumFractionDigits: Math.abs(value) < 0.1 ? 1 : 0 }).format(
      value,
    );
  }
  if (unit === 'ratio')
    return numberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2 }).format(value);
  if (unit === 'speed') {
    const seconds = value >= 1000;
    const style = { style: 'unit', unit: seconds ? 'second' : 'millisecond', unitDisplay: 'short' } as const;
    return numberFormat(language, { ...style, maximumFractionDigits: seconds ? 1 : 0 }).format(
      seconds ? value / 1000 : value,
    );
  }
  if (unit === 'milliseconds') return duration(value, DURATION[language] ?? DURATION.en!);
  if (unit === 'money') {
    return numberFormat(language, { maximumFractionDigits: 0 }).format(value / 10 ** minorDigits(currency));
  }
  return numberFormat(language, { maximumFractionDigits: 0 }).format(value);
}

const BYTES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size of a file, in units of a thousand: 4.2 MB. */
export function formatBytes(bytes: number, language: string): string {
  const step = bytes < 1000 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return numberFormat(language, {
    style: 'unit',
    unit: BYTES[step]!,
    maximumFractionDigits: step > 0 && value < 100 ? 1 : 0,
  }).format(value);
}

/** Minor units as a plain decimal number with all its digits: 10050 EUR is '100.50'. What a form or the API takes. */
export function majorUnits(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

export interface Change {
  text: string;
  /** 1 grew, -1 shrank, 0 stayed */
  sign: 1 | -1 | 0;
}

/** The change from one period to another: percent, or points when the value itself is a share. Null when it can't be said. */
export function formatChange(
  now: unknown,
  before: unknown,
  unit: Unit,
  language: string,
  points: string,
): Change | null {
  if (typeof now !== 'number' || typeof before !== 'number') return null;
  if (unit !== 'share' && before === 0) return null;
  const change = unit === 'share' ? (now - before) * 100 : (now / before - 1) * 100;
  const digits = Math.abs(change) >= 100 ? 0 : 1;
  const rounded = Number(change.toFixed(digits));
  const text = numberFormat(language, {
    style: unit === 'share' ? 'decimal' : 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: digits,
  })
    .format(unit === 'share' ? rounded : rounded / 100)
    .replace('-', '−');
  return { text: unit === 'share' ? `${text}${NBSP}${points}` : text, sign: rounded > 0 ? 1 : rounded < 0 ? -1 : 0 };
}

export function formatDate(iso: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso);
  if (Number.isNaN(date.getTime())) return UNKNOWN;
  // the year speaks for itself: "май 2015", not "май 2015 г."
  return new Intl.DateTimeFormat(dateLanguage(language), options).format(date).replace(/\sг\./u, '');
}

/** English dates put the day first: 25 Oct, not Oct 25. */
export const dateLanguage = (language: string): string => (language === 'en' ? 'en-GB' : language);

export function formatMoment(iso: string, language: string, timeZone: string): string {
  return formatDate(iso, language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
}

export function regionName(code: string, language: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(code.toUpperCase()) ?? code;
}

export function languageName(code: string, language: string): string {
  try {
    const name = new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return code;
  }
}
