// Tells an engine that is away (dying, starting again) from a mistake: the caller then hears "in a moment", not "broken".

const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
]);
const WORDS =
  /Connection terminated|connection is not queryable|timeout exceeded when trying to connect|socket hang up|Client has encountered a connection error/i;

export const ENGINE_AWAY = 'The database is starting again. Try again in a moment; nothing was changed.';

export function isEngineAway(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 4) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code && CODES.has(code) && (code !== 'ENOENT' || syscall === 'connect')) return true;
  return WORDS.test(error.message) || isEngineAway(error.cause, depth + 1);
}
