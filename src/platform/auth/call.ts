// A call to a sign-in route, as the guards before it see it.

export interface SignInCall {
  /** below /api/auth */
  path: string;
  headers: Headers;
  body: unknown;
  /** hands it on; with `fields`, as a body of these alone */
  send(fields?: Record<string, unknown>): Promise<Response>;
}

/** The JSON object of a body, or null. */
export function fieldsOf(body: unknown): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body instanceof Buffer ? body.toString('utf8') : '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export const refusal = (status: number, code: string, message: string): Response =>
  new Response(JSON.stringify({ code, message }), { status, headers: { 'content-type': 'application/json' } });
