// What browsers and servers may send, and the checks that keep the rest out with a reason.
import { isUtf8 } from 'node:buffer';
import { z } from 'zod';

export const LARGEST_BODY = 512 * 1024;
const MOST_EVENTS = 500;
export const MOST_PROPERTIES = 50;
export const LONGEST_PROPERTY = 2000;
const AGE_LIMIT_MS = 31 * 86_400_000;
const SERVER_AGE_LIMIT_MS = 10 * 365 * 86_400_000;
const AHEAD_LIMIT_MS = 5 * 60_000;

const id = z
  .string()
  .min(8, 'An event id has at least 8 characters')
  .max(64, 'An event id has at most 64 characters')
  .regex(/^[\w.:-]+$/, 'An event id holds letters, digits and . : _ -');
/** `items` of a shop's event is a list of objects, read leniently by ecommerce.ts */
const items = z.array(z.record(z.string(), z.unknown()));
const propertyValue = z.union([z.string().max(LONGEST_PROPERTY), z.number(), z.boolean(), z.null(), items]);
const revenue = z.object({
  amount: z.union([z.string().regex(/^-?\d{1,13}(\.\d{1,4})?$/, 'An amount is a number like 1990.50'), z.number()]),
  currency: z.string().regex(/^[A-Z]{3}$/, 'A currency is a three-letter code like EUR'),
});

const event = z.object({
  id,
  name: z.string().min(1).max(120),
  at: z.number().int(),
  url: z.string().max(4096).optional(),
  referrer: z.string().max(4096).optional(),
  title: z.string().max(1000).optional(),
  language: z.string().max(35).optional(),
  width: z.number().int().min(0).max(65_535).optional(),
  properties: z
    .record(z.string().max(120), propertyValue)
    .refine((p) => Object.keys(p).length <= MOST_PROPERTIES, `At most ${MOST_PROPERTIES} properties an event`)
    .optional(),
  revenue: revenue.optional(),
  /** of a data layer, as it is there: transaction_id, value, currency, coupon, tax, shipping, items */
  ecommerce: z.record(z.string(), z.unknown()).optional(),
  duration: z.number().int().min(0).max(86_400_000).optional(),
  scroll: z.number().int().min(0).max(100).optional(),
});
const events = z
  .array(event)
  .min(1, 'Send at least one event')
  .max(MOST_EVENTS, `At most ${MOST_EVENTS} events a request`);
const clientId = z.string().max(200).optional();

const browserPayload = z.object({
  site: z.string().min(1).max(64),
  sent: z.number().int().optional(),
  visitor: z.string().min(8).max(64).optional(),
  fresh: z.union([z.literal(1), z.literal(true)]).optional(),
  events,
  ga: clientId,
  ym: clientId,
});
const serverEvent = event.extend({
  /** the site's first-party id, or any stable id of a visitor */
  visitor: z.string().min(1).max(200).optional(),
  /** an id of a person in the sender's own system */
  person: z.string().max(200).optional(),
  /** of the visitor, when the server stands between: used for the visitor id and the country, then dropped */
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
  userAgent: z.string().max(1000).optional(),
});
const serverPayload = z.object({
  site: z.string().min(1).max(260),
  events: z
    .array(serverEvent)
    .min(1, 'Send at least one event')
    .max(MOST_EVENTS, `At most ${MOST_EVENTS} events a request`),
});

export type BrowserPayload = z.infer<typeof browserPayload>;
export type ServerPayload = z.infer<typeof serverPayload>;
export type IncomingEvent = z.infer<typeof event>;

export class BadPayload extends Error {
  readonly status: 400 | 413;
  constructor(reason: string, status: 400 | 413 = 400) {
    super(reason);
    this.name = 'BadPayload';
    this.status = status;
  }
}

const DEEPEST = 8;

/** Counted before parsing, so that a body of a million brackets costs nothing. */
function checkDepth(text: string): void {
  // a body with so few brackets can't be too deep, and most have no more
  let brackets = 0;
  for (const bracket of ['{', '['])
    for (let i = text.indexOf(bracket); i >= 0 && brackets <= DEEPEST; i = text.indexOf(bracket, i + 1)) brackets++;
  if (brackets <= DEEPEST) return;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 92) i++;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 123 || c === 91) {
      if (++depth > DEEPEST) throw new BadPayload(`The JSON is nested deeper than ${DEEPEST} levels.`);
    } else if (c === 125 || c === 93) depth--;
  }
}

function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new BadPayload('The body is not valid UTF-8.');
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadPayload(`The body is not JSON: ${(error as Error).message}`);
  }
}

function check<T>(schema: z.ZodType<T>, body: Buffer): T {
  const parsed = schema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new BadPayload(`${issue.path.join('.') || 'body'}: ${issue.message}`);
}

function checkTimes(payload: { events: readonly { at: number }[] }, now: number, oldest: number): void {
  for (const [i, { at }] of payload.events.entries()) {
    if (at > now + AHEAD_LIMIT_MS)
      throw new BadPayload(`events.${i}.at: lies in the future (milliseconds since 1970 UTC)`);
    if (at < now - oldest)
      throw new BadPayload(`events.${i}.at: lies too far in the past (milliseconds since 1970 UTC)`);
  }
}

/** Moves the times of a browser whose clock is wrong by more than five minutes, by the difference seen at sending. */
function correctClock(payload: BrowserPayload, now: number): BrowserPayload {
  if (payload.sent === undefined || Math.abs(now - payload.sent) <= AHEAD_LIMIT_MS) return payload;
  // whole minutes, so that a second try of the same request gives the same times
  const skew = Math.round((now - payload.sent) / 60_000) * 60_000;
  return { ...payload, events: payload.events.map((e) => ({ ...e, at: e.at + skew })) };
}

/** `now` in milliseconds UTC. Throws BadPayload with a reason that a person can act on. */
export function readBrowserPayload(body: Buffer, now: number): BrowserPayload {
  const payload = correctClock(check(browserPayload, body), now);
  checkTimes(payload, now, AGE_LIMIT_MS);
  return payload;
}

export function readServerPayload(body: Buffer, now: number): ServerPayload {
  const payload = check(serverPayload, body);
  checkTimes(payload, now, SERVER_AGE_LIMIT_MS);
  return payload;
}
