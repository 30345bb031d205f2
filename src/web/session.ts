// Signing in and out through the sign-in routes, which set an http-only cookie; the page never holds a secret.
import { queryClient } from './api.ts';

/** `code` is what the server said, e.g. INVALID_EMAIL_OR_PASSWORD; status 429 means the account waits after too many tries. */
export class SignInError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A call to a sign-in route; throws SignInError. */
export async function post<Answer = unknown>(path: string, body: Record<string, unknown>): Promise<Answer> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return (await response.json().catch(() => ({}))) as Answer;
  const said = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  throw new SignInError(response.status, said.code ?? 'UNKNOWN', said.message ?? '');
}

/** `code`: the password is right, and a code of the second factor is asked for next. */
export async function signIn(email: string, password: string): Promise<'in' | 'code'> {
  const answer = await post<{ twoFactorRedirect?: boolean }>('/sign-in/email', { email, password });
  if (answer.twoFactorRedirect) return 'code';
  queryClient.clear();
  return 'in';
}

/** The caller leaves the screens of the company, then forgets what they showed. */
export async function signOut(): Promise<void> {
  await post('/sign-out', {});
}

/** Says nothing of whether anyone has the address. */
export const askForPassword = (email: string): Promise<unknown> => post('/request-password-reset', { email });

/** All sessions of the person end. */
export const setNewPassword = (token: string, newPassword: string): Promise<unknown> =>
  post('/reset-password', { token, newPassword });
