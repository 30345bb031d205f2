// The one way out: guarded against private addresses, limited in size, time and rate, repeated only where that is safe, and
// written down.
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import { ACCEPTED_ENCODINGS, readBody } from './body.ts';
import type { Caller, CallLog } from './call-log.ts';
import { OutboundError } from './errors.ts';
import { type AddressGuard, describe } from './guard.ts';
import { Pace } from './pace.ts';
import { backOffMs, FIRST_WAIT_MS, isNotNow, isRepeatable, retryAfterMs } from './retry.ts';
import type { CallEnd } from './tables.ts';

export interface Limits {
  /** of the answer, unpacked; bytes */
  size: number;
  /** of everything together, waits included; milliseconds */
  totalMs: number;
  redirects: number;
  /** calls a second to one host, of this process */
  perSecond: number;
  /** tries in all */
  tries: number;
  /** a longer Retry-After is not waited for: the answer is handed over as it is */
  longestWaitMs: number;
  /** before the second try */
  firstWaitMs: number;
}

export const LIMITS: Limits = {
  size: 10 * 1024 * 1024,
  totalMs: 30_000,
  redirects: 5,
  perSecond: 10,
  tries: 3,
  longestWaitMs: 20_000,
  firstWaitMs: FIRST_WAIT_MS,
};

export interface OutboundRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** an Idempotency-Key makes any method repeatable */
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
  limits?: Partial<Limits>;
  signal?: AbortSignal;
}

export interface OutboundAnswer {
  status: number;
  ok: boolean;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** where it came from after redirects */
  url: string;
  /** of an answer "not now": how long the other side asks to wait */
  retryAfterMs: number | null;
}

const CONNECT_MS = 10_000;
const USER_AGENT = 'Tradewind';
/** What must not follow to another origin. */
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'api-key', 'idempotency-key'];
const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

interface Sent {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

export class Outbound {
  readonly #guard: AddressGuard;
  readonly #log: CallLog;
  readonly #agent: Agent;
  readonly #pace = new Pace();

  constructor(guard: AddressGuard, log: CallLog) {
    this.#guard = guard;
    this.#log = log;
    this.#agent = new Agent({ connect: guard.connector(CONNECT_MS), connections: 8, keepAliveTimeout: 4_000 });
  }

  /** Any status is an answer; OutboundError is thrown when there is none. */
  async fetch(caller: Caller, address: string, request: OutboundRequest = {}): Promise<OutboundAnswer> {
    const limits = { ...LIMITS, ...request.limits };
    const time = AbortSignal.timeout(limits.totalMs);
    const signal = request.signal ? AbortSignal.any([request.signal, time]) : time;
    const first: Sent = {
      url: httpUrl(address),
      method: request.method ?? 'GET',
      headers: lowerCased(request.headers ?? {}),
      body: request.body,
    };
    const tries = isRepeatable(first.method, first.headers) ? limits.tries : 1;
    try {
      for (let attempt = 1; ; attempt++) {
        const last = attempt >= tries;
        let waitMs = backOffMs(attempt, limits.firstWaitMs);
        try {
          const answer = await this.#follow(caller, first, { limits, signal, attempt });
          if (last || !isNotNow(answer.status)) return answer;
          if (answer.retryAfterMs !== null && answer.retryAfterMs > limits.longestWaitMs) return answer;
          waitMs = Math.max(waitMs, answer.retryAfterMs ?? 0);
        } catch (error) {
          if (last || !(error instanceof OutboundError) || error.fault !== 'unreachable' || signal.aborted) throw error;
        }
        await sleep(waitMs, undefined, { signal });
      }
    } catch (error) {
      if (time.aborted && !(error instanceof OutboundError && error.fault !== 'unreachable'))
        throw new OutboundError('too-slow', `${first.url.host} didn't answer in ${limits.totalMs / 1000} s.`, {
          cause: error,
        });
      throw error;
    }
  }

  /** A socket of another protocol, guarded the same; the caller says how it ended with `note`. */
  openSocket(host: string, port: number): Promise<Socket> {
    return this.#guard.openSocket(host, port, CONNECT_MS);
  }

  note(caller: Caller, end: CallEnd): Promise<void> {
    return this.#log.write(caller, end);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #follow(
    caller: Caller,
    first: Sent,
    at: { limits: Limits; signal: AbortSignal; attempt: number },
  ): Promise<OutboundAnswer> {
    let sent = first;
    for (let hop = 0; ; hop++) {
      const answer = await this.#once(caller, sent, at);
      const target = answer.headers.location;
      if (!isRedirect(answer.status) || target === undefined) return answer;
      if (hop >= at.limits.redirects)
        throw new OutboundError(
          'too-many-redirects',
          `${first.url.host} redirects more than ${at.limits.redirects} times.`,
        );
      sent = redirected(sent, httpUrl(target, sent.url), answer.status);
    }
  }

  async #once(
    caller: Caller,
    sent: Sent,
    { limits, signal, attempt }: { limits: Limits; signal: AbortSignal; attempt: number },
  ): Promise<OutboundAnswer> {
    await this.#pace.turn(sent.url.host, limits.perSecond, signal);
    const start = performance.now();
    let bytes = 0;
    let status: number | null = null;
    const end = (error: string | null): Promise<void> =>
      this.#log.write(caller, {
        method: sent.method,
        host: sent.url.host,
        path: sent.url.pathname,
        status,
        ms: performance.now() - start,
        bytes,
        attempt,
        error,
      });
    try {
      const response = await undiciRequest(sent.url, {
        dispatcher: this.#agent,
        method: sent.method as Dispatcher.HttpMethod,
        headers: { 'user-agent': USER_AGENT, 'accept-encoding': ACCEPTED_ENCODINGS, ...sent.headers },
        body: sent.body ?? null,
        signal,
        headersTimeout: limits.totalMs,
        bodyTimeout: limits.totalMs,
      });
      status = response.statusCode;
      const headers = flat(response.headers);
      const body = await readBody(response.body, {
        encoding: sent.method === 'HEAD' ? undefined : headers['content-encoding'],
        limit: limits.size,
        wire: (count) => {
          bytes += count;
        },
      });
      await end(null);
      return {
        status,
        ok: status >= 200 && status < 300,
        headers,
        body,
        url: sent.url.href,
        retryAfterMs: isNotNow(status) ? retryAfterMs(headers['retry-after']) : null,
      };
    } catch (cause) {
      const error = asOutboundError(sent.url, cause as Error);
      await end(signal.aborted ? 'stopped: the time was up' : error.message);
      throw error;
    }
  }
}

function httpUrl(address: string, from?: URL): URL {
  if (!URL.canParse(address, from))
    throw new OutboundError('bad-address', 'This is not an address like https://host/path.');
  const url = new URL(address, from);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new OutboundError('bad-address', `Only http and https are called, not ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw new OutboundError('bad-address', 'A name and password do not belong into an address.');
  url.hash = '';
  return url;
}

/** As browsers do: 303, and 301 or 302 of a POST, become a GET; to another origin no credentials go along. */
function redirected(sent: Sent, url: URL, status: number): Sent {
  const becomesGet = (status === 303 && sent.method !== 'HEAD') || (status < 303 && sent.method === 'POST');
  const headers = { ...sent.headers };
  if (url.origin !== sent.url.origin) {
    for (const name of Object.keys(headers))
      if (CREDENTIALS.includes(name) || /token|secret|auth|signature/.test(name)) delete headers[name];
  }
  if (!becomesGet) {
    // what is in a body may be secret too
    if (sent.body !== undefined && url.origin !== sent.url.origin)
      throw new OutboundError(
        'bad-answer',
        `${sent.url.host} sends the data on to ${url.host}; it was not handed over.`,
      );
    return { ...sent, url, headers };
  }
  delete headers['content-type'];
  delete headers['content-length'];
  return { url, method: 'GET', headers, body: undefined };
}

function asOutboundError(url: URL, error: Error): OutboundError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof OutboundError) return at;
  return new OutboundError('unreachable', `${url.host} can't be reached (${describe(error)}).`, { cause: error });
}

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
