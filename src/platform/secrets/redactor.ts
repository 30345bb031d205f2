// Keeps secrets out of logs: fields of telling names are left out, and every value that was opened in this process is
// taken out of any line, wherever it got in.
import type { LoggerOptions } from 'pino';

const FIELDS = [
  'password',
  'pass',
  'secret',
  'token',
  'apiKey',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
];
const SHORTEST = 6;
/** a longer one is a text, not a password */
const LONGEST = 5000;
const MOST = 5000;
export const HIDDEN = '[hidden]';

export class Redactor {
  readonly #values = new Set<string>();

  /** From now on `value` is taken out of what passes `clean`. */
  learn(value: string): void {
    if (value.length < SHORTEST || value.length > LONGEST) return;
    // the forms in which a value gets into an address, a JSON line or a header
    for (const form of [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('base64'),
    ]) {
      this.#values.delete(form);
      this.#values.add(form);
    }
    for (const oldest of this.#values) {
      if (this.#values.size <= MOST) break;
      this.#values.delete(oldest);
    }
  }

  clean(text: string): string {
    let clean = text;
    for (const value of this.#values) if (clean.includes(value)) clean = clean.replaceAll(value, HIDDEN);
    return clean;
  }
}

/** One for the process: a value opened anywhere must not be in a line written elsewhere. */
export const redactor = new Redactor();

/** Options of every pino of this program. */
export const logOptions = (level: string): LoggerOptions => ({
  level,
  redact: { paths: FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]), censor: HIDDEN },
  hooks: { streamWrite: (line) => redactor.clean(line) },
});
