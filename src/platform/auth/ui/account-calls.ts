// Calls of one's own account that go to the sign-in routes, which hold the cookie.
import { queryClient } from '../../../web/api.ts';
import { post, SignInError } from '../../../web/session.ts';

export type CodeKind = 'totp' | 'backup-code';

/** Ends a sign-in, or confirms a set-up when signed in. Spaces people read codes with are left out. */
export async function giveCode(code: string, kind: CodeKind): Promise<void> {
  await post(`/two-factor/verify-${kind}`, { code: code.replaceAll(/\s/g, '') });
  queryClient.clear();
}

export interface Begun {
  totpURI: string;
  backupCodes: string[];
}
export const beginSecondFactor = (password: string): Promise<Begun> => post('/two-factor/enable', { password });

export const confirmSecondFactor = (code: string): Promise<unknown> =>
  post('/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') });

export const endSecondFactor = (password: string): Promise<unknown> => post('/two-factor/disable', { password });

export const newBackupCodes = async (password: string): Promise<string[]> =>
  (await post<{ backupCodes: string[] }>('/two-factor/generate-backup-codes', { password })).backupCodes;

export const changePassword = (currentPassword: string, newPassword: string): Promise<unknown> =>
  post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true });

/** The i18n key that says what went wrong. */
export function accountProblem(error: unknown): string {
  if (!(error instanceof SignInError)) return 'problem.OFFLINE';
  if (error.code === 'INVALID_PASSWORD') return 'account.wrongPassword';
  if (error.code === 'INVALID_CODE' || error.code === 'INVALID_BACKUP_CODE') return 'account.wrongCode';
  if (error.code === 'INVALID_TWO_FACTOR_COOKIE' || error.code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE')
    return 'account.again';
  if (error.status === 429) return 'account.wait';
  return 'problem.INTERNAL_SERVER_ERROR';
}
