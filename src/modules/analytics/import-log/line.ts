// Finds the fields of a log line as offsets into the bytes that were read: nothing is copied or decoded here, because a log of
// millions of lines repeats the same few thousand addresses, pages and browsers.
import type { LogFormat } from './format.ts';
import { IMPOSSIBLE_TIME, NO_TIME, TIME_LENGTH, TimeReader } from './time.ts';

export const LONGEST_LINE = 65_536;

export const READ = 0;
const NO_ADDRESS = 1;
const BAD_TIME = 2;
const BAD_DATE = 3;
const NO_REQUEST = 4;
const NO_STATUS = 5;
const NO_SIZE = 6;
export const CUT = 7;
export const TOO_LONG = 8;
const NOT_TEXT = 9;

/** Why a line was not read, in the words a person sees. */
export const REASONS: readonly string[] = [
  '',
  'no client address at the start',
  'no time in brackets',
  'impossible date',
  'no request in quotes',
  'no status code',
  'no size of the answer',
  'the line is cut short',
  `longer than ${LONGEST_LINE / 1024} kB`,
  'not text',
];

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const BACKSLASH = 92;

/** Letters, digits and . : - _ % [ ]: an IPv4 or IPv6 address (zone and brackets included) or a host name. */
const ADDRESS_BYTE = new Uint8Array(256);
for (const character of '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:-_%[]') {
  ADDRESS_BYTE[character.charCodeAt(0)] = 1;
}

/** One line at a time; after `read` gave READ the fields are offsets into the bytes it was given. Empty means absent. */
export class LogLine {
  addressStart = 0;
  addressEnd = 0;
  hostStart = 0;
  hostEnd = 0;
  /** milliseconds since 1970 UTC */
  time = 0;
  methodStart = 0;
  methodEnd = 0;
  targetStart = 0;
  targetEnd = 0;
  status = 0;
  size = 0;
  /** the line has the fields of the combined format, be they empty */
  combined = false;
  /** the last field in quotes is closed */
  complete = true;
  referrerStart = 0;
  referrerEnd = 0;
  agentStart = 0;
  agentEnd = 0;
  /** −1 when not logged */
  responseMs = -1;

  readonly #times = new TimeReader();
  readonly #format: LogFormat;

  constructor(format: LogFormat) {
    this.#format = format;
  }

  /** READ or the index of a reason. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > LONGEST_LINE) return TOO_LONG;
    const result = this.#read(bytes, start, end);
    if (result !== READ && !isText(bytes, start, end)) return NOT_TEXT;
    return result;
  }

  #read(bytes: Uint8Array, start: number, end: number): number {
    let at = this.#readClient(bytes, start, end);
    if (at < 0) return NO_ADDRESS;
    at = this.#readTime(bytes, at, end);
    if (at < 0) return at === IMPOSSIBLE_TIME ? BAD_DATE : BAD_TIME;
    if (bytes[at] !== SPACE || bytes[at + 1] !== QUOTE || at + 1 >= end) return NO_REQUEST;
    const request = at + 2;
    at = requestEnd(bytes, request, end);
    if (at < 0) return NO_REQUEST;
    this.#splitRequest(bytes, request, at);
    at += 2;
    const a = (bytes[at] ?? 0) - 48;
    const b = (bytes[at + 1] ?? 0) - 48;
    const c = (bytes[at + 2] ?? 0) - 48;
    const digits = a >= 1 && a <= 9 && b >= 0 && b <= 9 && c >= 0 && c <= 9;
    if (!digits || at + 3 > end) return NO_STATUS;
    this.status = a * 100 + b * 10 + c;
    at += 3;
    if (at >= end || bytes[at] !== SPACE) return at >= end ? NO_SIZE : NO_STATUS;
    at = this.#readSize(bytes, at + 1, end);
    if (at < 0) return NO_SIZE;
    return this.#readRest(bytes, at, end);
  }

  /** Host name of the site (when logged) and address of the client; gives the offset behind them. */
  #readClient(bytes: Uint8Array, start: number, end: number): number {
    this.hostStart = this.hostEnd = start;
    let from = start;
    let at = tokenEnd(bytes, from, end);
    if (at >= end) return -1;
    // `www.example.com 1.2.3.4 - -` has a host in front, `1.2.3.4 - -` has none, whatever most lines of the file have
    const second = bytes[at + 1];
    if (this.#format.host && bytes[at - 1] !== COMMA && !(second === DASH && bytes[at + 2] === SPACE)) {
      this.hostStart = from;
      this.hostEnd = at;
      from = at + 1;
      at = tokenEnd(bytes, from, end);
      if (at >= end) return -1;
    }
    let to = at;
    // `%{X-Forwarded-For}i` in the place of the address: the client first, then the proxies it came through
    if (bytes[to - 1] === COMMA) {
      while (at < end && bytes[at - 1] === COMMA) at = tokenEnd(bytes, at + 1, end);
      to--;
    }
    if (to <= from) return -1;
    for (let i = from; i < to; i++) if (ADDRESS_BYTE[bytes[i] ?? 0] === 0) return -1;
    this.addressStart = from;
    this.addressEnd = to;
    return at;
  }

  /** Skips identity and user (which may hold spaces); gives the offset behind the time's bracket, or NO_TIME, IMPOSSIBLE_TIME. */
  #readTime(bytes: Uint8Array, from: number, end: number): number {
    const last = end - TIME_LENGTH - 2;
    for (let at = from; at <= last; at++) {
      if (bytes[at] !== 91 || bytes[at - 1] !== SPACE || bytes[at + TIME_LENGTH + 1] !== 93) continue;
      const time = this.#times.read(bytes, at + 1);
      if (time === NO_TIME) continue;
      if (time === IMPOSSIBLE_TIME) return IMPOSSIBLE_TIME;
      this.time = time;
      return at + TIME_LENGTH + 2;
    }
    return NO_TIME;
  }

  /** `GET /page HTTP/1.1`; whatever a scanner sent instead is a request without method and target. */
  #splitRequest(bytes: Uint8Array, start: number, end: number): void {
    this.methodStart = this.methodEnd = this.targetStart = this.targetEnd = start;
    let at = start;
    while (at < end && isLetter(bytes[at] ?? 0)) at++;
    if (at === start || at >= end || bytes[at] !== SPACE) return;
    this.methodEnd = at;
    this.targetStart = at + 1;
    let to = end;
    // the protocol is the last word, and a sloppy address may hold spaces
    for (let back = end - 1; back > at && back > end - 12; back--) {
      if (bytes[back] !== SPACE) continue;
      if ((bytes[back + 1] ?? 0) === 72 && bytes[back + 2] === 84 && bytes[back + 5] === 47) to = back;
      break;
    }
    this.targetEnd = Math.max(to, this.targetStart);
  }

  #readSize(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let size = 0;
    while (at < end) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      size = size * 10 + digit;
      at++;
    }
    if (at === start) {
      if (at >= end || bytes[at] !== DASH) return -1;
      at++;
    }
    if ((at < end && bytes[at] !== SPACE) || size > Number.MAX_SAFE_INTEGER) return -1;
    this.size = size;
    return at;
  }

  /** Referrer and user agent are the first two fields in quotes; the others are numbered in the order they come. */
  #readRest(bytes: Uint8Array, from: number, end: number): number {
    this.referrerStart = this.referrerEnd = this.agentStart = this.agentEnd = from;
    this.combined = false;
    this.complete = true;
    this.responseMs = -1;
    const { response, hostField } = this.#format;
    let extra = 0;
    let at = from;
    while (at < end) {
      const start = at + 1;
      if (bytes[start] === QUOTE && !this.combined) {
        const close = quoteEnd(bytes, start + 1, end, true);
        if (close < 0) return CUT;
        const agent = close + 3;
        const closed = quoteEnd(bytes, agent, end, false);
        // real logs hold user agents that were cut at a length, the closing quote with them
        const agentClose = closed < 0 ? end : closed;
        this.complete = closed >= 0;
        this.combined = true;
        this.referrerStart = start + 1;
        this.referrerEnd = close;
        this.agentStart = agent;
        this.agentEnd = agentClose;
        if (isDash(bytes, start + 1, close)) this.referrerEnd = this.referrerStart;
        if (isDash(bytes, agent, agentClose)) this.agentEnd = agent;
        at = Math.min(agentClose + 1, end);
        if (response === null && hostField < 0) return READ;
        continue;
      }
      const quoted = bytes[start] === QUOTE;
      const to = quoted ? quoteEnd(bytes, start + 1, end, false) : tokenEnd(bytes, start, end);
      if (to < 0) return CUT;
      this.#readExtra(bytes, extra++, quoted ? start + 1 : start, to);
      at = quoted ? to + 1 : to;
    }
    return READ;
  }

  #readExtra(bytes: Uint8Array, index: number, start: number, end: number): void {
    const { response, hostField } = this.#format;
    if (response !== null && index === response.field) {
      this.responseMs = milliseconds(bytes, start, end, response.unitMs);
    } else if (index === hostField) {
      this.hostStart = start;
      this.hostEnd = isDash(bytes, start, end) ? start : end;
    }
  }
}

function isDash(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 1 && bytes[start] === DASH;
}

function isLetter(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95 || byte === DASH;
}

function tokenEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== SPACE) at++;
  return at;
}

/** The quote that ends the request is followed by the status; others inside it were left unescaped by old servers. */
function requestEnd(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at + 2 < end; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE && bytes[at + 1] === SPACE) {
      const next = bytes[at + 2] ?? 0;
      if (next === DASH || (next >= 48 && next <= 57)) return at;
    }
  }
  return -1;
}

/** The closing quote: not escaped, and followed by a space and (when another field in quotes must follow) a quote, or by the end. */
function quoteEnd(bytes: Uint8Array, from: number, end: number, beforeQuote: boolean): number {
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) {
      if (
        beforeQuote
          ? at + 2 < end && bytes[at + 1] === SPACE && bytes[at + 2] === QUOTE
          : at + 1 >= end || bytes[at + 1] === SPACE
      ) {
        return at;
      }
    }
  }
  return -1;
}

/** A number with or without decimals, `rt=` or the like in front of it; −1 when it is something else. */
function milliseconds(bytes: Uint8Array, start: number, end: number, unitMs: number): number {
  let at = start;
  while (at < end && (isLetter(bytes[at] ?? 0) || bytes[at] === 61)) at++;
  if (at >= end || end - at > 15) return -1;
  let value = 0;
  let scale = 0;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === DOT && scale === 0) scale = 1;
    else if (byte >= 48 && byte <= 57) {
      value = value * 10 + byte - 48;
      scale *= 10;
    } else return -1;
  }
  return Math.round((value / (scale || 1)) * unitMs);
}

/** Servers escape control characters, so a line that holds one came from somewhere else (or from a disk after a power cut). */
export function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 32 && byte !== 9) return false;
  }
  return true;
}
