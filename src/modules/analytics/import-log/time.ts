// The time of a log line, `17/May/2015:10:05:03 +0000`, read from bytes.

/** Length of the time between its brackets. */
export const TIME_LENGTH = 26;

/** Not a time at all. */
export const NO_TIME = -1;
/** Shaped like a time, but there is no such day or hour. */
export const IMPOSSIBLE_TIME = -2;

const MONTHS = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, month) => [
    packed(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2)),
    month,
  ]),
);

function packed(a: number, b: number, c: number): number {
  return ((a | 32) << 16) | ((b | 32) << 8) | (c | 32);
}

/** Day and zone hardly change from line to line, so they are kept and only the hour, minute and second are read each time. */
export class TimeReader {
  readonly #last = new Uint8Array(TIME_LENGTH);
  /** midnight UTC of the day that is written, less the zone's offset; or NO_TIME or IMPOSSIBLE_TIME */
  #day = NO_TIME;

  /** Milliseconds since 1970 UTC of the 26 bytes at `at`, or NO_TIME or IMPOSSIBLE_TIME. */
  read(bytes: Uint8Array, at: number): number {
    if (!this.#isSameDay(bytes, at)) {
      for (let i = 0; i < TIME_LENGTH; i++) this.#last[i] = bytes[at + i] ?? 0;
      this.#day = dayAndZone(this.#last);
    }
    if (this.#day < 0) return this.#day;
    const hour = digits(bytes, at + 12, 2);
    const minute = digits(bytes, at + 15, 2);
    const second = digits(bytes, at + 18, 2);
    if (hour < 0 || minute < 0 || second < 0) return NO_TIME;
    if (bytes[at + 14] !== 58 || bytes[at + 17] !== 58) return NO_TIME;
    // 60 is a leap second
    if (hour > 23 || minute > 59 || second > 60) return IMPOSSIBLE_TIME;
    return this.#day + ((hour * 60 + minute) * 60 + second) * 1000;
  }

  #isSameDay(bytes: Uint8Array, at: number): boolean {
    const last = this.#last;
    for (let i = 0; i < 12; i++) if (bytes[at + i] !== last[i]) return false;
    for (let i = 20; i < TIME_LENGTH; i++) if (bytes[at + i] !== last[i]) return false;
    return true;
  }
}

function dayAndZone(b: Uint8Array): number {
  const day = digits(b, 0, 2);
  const month = MONTHS.get(packed(b[3] ?? 0, b[4] ?? 0, b[5] ?? 0));
  const year = digits(b, 7, 4);
  const zoneHour = digits(b, 22, 2);
  const zoneMinute = digits(b, 24, 2);
  const sign = b[21];
  const shaped = b[2] === 47 && b[6] === 47 && b[11] === 58 && b[20] === 32 && (sign === 43 || sign === 45);
  if (!shaped || month === undefined || Math.min(day, year, zoneHour, zoneMinute) < 0) return NO_TIME;
  // before the first web server, or after what a Date column holds, no clock is right
  if (year < 1990 || year > 2148 || zoneHour > 14 || zoneMinute > 59) return IMPOSSIBLE_TIME;
  if (day < 1 || day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return IMPOSSIBLE_TIME;
  const offset = (zoneHour * 60 + zoneMinute) * (sign === 45 ? -1 : 1);
  return Date.UTC(year, month, day) - offset * 60_000;
}

function digits(b: Uint8Array, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = (b[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
