// A call whose input doesn't fit is told what to change, in the message itself, not only in a list beside it.
import { ValidationError } from '@orpc/contract';
import { ORPCError } from '@orpc/server';

const MOST = 3;

/** The same refusal with its first reasons in words; null when it is another error. */
export function withReasons(error: unknown): ORPCError<'BAD_REQUEST', unknown> | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError))
    return null;
  const reasons = error.cause.issues.slice(0, MOST).map((issue) => {
    const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  if (reasons.length === 0) return null;
  return new ORPCError('BAD_REQUEST', { message: reasons.join(' · '), data: error.data, cause: error.cause });
}
