// One message over one SMTP conversation. What matters afterwards is said exactly: taken, refused for good, not now, or nobody knows.
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { OutboundError } from '../outbound/errors.ts';
import type { CallContext } from '../providers/define.ts';

export interface SmtpSettings {
  host: string;
  port: number;
  security: 'starttls' | 'tls' | 'none';
  /** `unchecked`: a server of one's own with a certificate nobody signed */
  certificate: 'checked' | 'unchecked';
  user: string;
  password: string;
}

export interface Envelope {
  from: string;
  to: string;
  raw: Buffer;
  /** called when the server is ready for the body, before any of it leaves */
  onBody?: () => Promise<void>;
}

/** `later`: not now, by 4xx or by no connection; `never`: 5xx; `unsure`: the body went out and no answer came. */
export type Verdict = 'later' | 'never' | 'unsure';

export class SmtpError extends Error {
  override name = 'SmtpError';
  readonly verdict: Verdict;
  constructor(verdict: Verdict, answer: string, options?: ErrorOptions) {
    super(answer, options);
    this.verdict = verdict;
  }
}

const ANSWER_MS = 30_000;
const BODY_MS = 120_000;

interface ServerFault extends Error {
  response?: string;
  responseCode?: number;
  code?: string;
  command?: string;
}

/** Steps whose refusal is about this message. A refused sign-in is about our settings, which a person will mend. */
const ABOUT_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

/** Resolves with the server's own words. Throws SmtpError. */
export async function sendBySmtp(
  { outbound, caller }: CallContext,
  settings: SmtpSettings,
  envelope: Envelope,
): Promise<string> {
  const start = performance.now();
  const progress = { bodyLeft: false };
  const note = (status: number | null, error: string | null): Promise<void> =>
    outbound.note(caller, {
      method: 'SMTP',
      host: `${settings.host}:${settings.port}`,
      path: '',
      status,
      ms: performance.now() - start,
      bytes: progress.bodyLeft ? envelope.raw.length : 0,
      attempt: 1,
      error,
    });
  try {
    const answer = await converse({ outbound, caller }, settings, envelope, progress);
    await note(Number.parseInt(answer, 10) || null, null);
    return answer;
  } catch (cause) {
    const fault = cause as ServerFault;
    const said = fault.response ?? fault.message;
    const known = fault.responseCode ?? null;
    await note(known, said);
    throw new SmtpError(verdictOf(fault, progress.bodyLeft), said, { cause });
  }
}

function verdictOf(fault: ServerFault, bodyLeft: boolean): Verdict {
  if (fault.responseCode !== undefined) {
    return fault.responseCode >= 500 && ABOUT_MESSAGE.has(fault.command ?? '') ? 'never' : 'later';
  }
  if (bodyLeft) return 'unsure';
  return fault instanceof OutboundError && fault.fault === 'forbidden-address' ? 'never' : 'later';
}

async function converse(
  { outbound }: CallContext,
  settings: SmtpSettings,
  envelope: Envelope,
  progress: { bodyLeft: boolean },
): Promise<string> {
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    connection: await outbound.openSocket(settings.host, settings.port),
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    greetingTimeout: ANSWER_MS,
    socketTimeout: BODY_MS,
    tls: { rejectUnauthorized: settings.certificate === 'checked', minVersion: 'TLSv1.2' },
  });
  let broke: (error: Error) => void = () => {};
  const broken = new Promise<never>((_resolve, reject) => {
    broke = reject;
  });
  broken.catch(() => {});
  connection.on('error', (error) => broke(error));
  connection.on('end', () => broke(new Error(`${settings.host} closed the connection.`)));
  const step = <T>(start: (done: (error: Error | null | undefined, value?: T) => void) => void): Promise<T> =>
    Promise.race([
      broken,
      new Promise<T>((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value as T)))),
    ]);
  async function* body(): AsyncGenerator<Buffer> {
    await envelope.onBody?.();
    progress.bodyLeft = true;
    yield envelope.raw;
  }
  try {
    await step<void>((done) => connection.connect((error) => done(error)));
    if (settings.user !== '') {
      const auth = { credentials: { user: settings.user, pass: settings.password } };
      await step<void>((done) =>
        connection.login(auth as unknown as SMTPConnection.AuthenticationType, (error) => done(error)),
      );
    }
    const info = await step<SMTPConnection.SentMessageInfo>((done) =>
      connection.send({ from: envelope.from, to: [envelope.to] }, Readable.from(body()), done),
    );
    connection.removeAllListeners('end');
    connection.quit();
    return info.response;
  } catch (error) {
    // closed at once: a message broken off must not look finished to the server
    connection.removeAllListeners('end');
    connection.close();
    throw error;
  }
}
