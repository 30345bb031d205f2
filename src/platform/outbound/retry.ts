// When a failed call is made again, and how long to wait before.
/** Answers that mean "not now". */
const NOT_NOW = new Set([408, 425, 429, 500, 502, 503, 504]);
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

export const FIRST_WAIT_MS = 500;
const LONGEST_BACK_OFF_MS = 20_000;

export const isNotNow = (status: number): boolean => NOT_NOW.has(status);

/** A call that does the same when made twice: by its method, or because the other side knows it by its key. */
export const isRepeatable = (method: string, headers: Readonly<Record<string, string>>): boolean =>
  REPEATABLE.has(method) || Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');

/** Retry-After in milliseconds: seconds or a date. Null when absent or not understood. */
export function retryAfterMs(value: string | undefined, now = Date.now()): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Doubles each time; half of it is chance, so that many callers don't come back at once. */
export function backOffMs(attempt: number, firstMs = FIRST_WAIT_MS, random = Math.random): number {
  const whole = Math.min(LONGEST_BACK_OFF_MS, firstMs * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random());
}
