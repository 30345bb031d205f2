import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldText } from './field.ts';
import { detectFormat } from './format.ts';
import { LogLine, READ, REASONS } from './line.ts';

const TIME = '[17/May/2015:10:05:03 +0000]';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64)';

/** Fields of the last of these lines, read with the format found in all of them. */
function read(...lines: string[]) {
  const sample = lines.map((line) => Buffer.from(line));
  const format = detectFormat(sample, 'test.log');
  const line = new LogLine(format);
  const bytes = sample.at(-1) ?? Buffer.alloc(0);
  const result = line.read(bytes, 0, bytes.length);
  const text = (start: number, end: number) => fieldText(bytes, start, end, 65_536);
  return {
    format,
    reason: REASONS[result],
    host: text(line.hostStart, line.hostEnd),
    address: text(line.addressStart, line.addressEnd),
    time: new Date(line.time).toISOString(),
    method: text(line.methodStart, line.methodEnd),
    target: text(line.targetStart, line.targetEnd),
    status: line.status,
    size: line.size,
    referrer: text(line.referrerStart, line.referrerEnd),
    agent: text(line.agentStart, line.agentEnd),
    responseMs: line.responseMs,
  };
}

/** The reason why a line of a combined log is not read. */
function reasonFor(text: string | Buffer): string | undefined {
  const line = new LogLine({ name: 'combined', host: false, hostField: -1, response: null });
  const bytes = Buffer.from(text);
  return REASONS[line.read(bytes, 0, bytes.length)];
}

describe('formats', () => {
  const seen = {
    address: '1.2.3.4',
    time: '2015-05-17T10:05:03.000Z',
    method: 'GET',
    target: '/a?b=1',
    status: 200,
    size: 12,
  };
  const common = `1.2.3.4 - - ${TIME} "GET /a?b=1 HTTP/1.1" 200 12`;
  const combined = `${common} "https://r.example/" "${AGENT}"`;
  const fields = { referrer: 'https://r.example/', agent: AGENT };

  test('common', () => {
    expect(read(common)).toMatchObject({ ...seen, reason: '', referrer: '', agent: '', host: '' });
    expect(read(common).format.name).toBe('common');
  });
  test('combined', () => {
    expect(read(combined)).toMatchObject({ ...seen, ...fields });
    expect(read(combined).format).toEqual({ name: 'combined', host: false, hostField: -1, response: null });
  });
  test('with the virtual host in front, with and without a port', () => {
    expect(read(`shop.example.com ${combined}`)).toMatchObject({ ...seen, ...fields, host: 'shop.example.com' });
    expect(read(`shop.example.com:443 ${common}`)).toMatchObject({ ...seen, host: 'shop.example.com:443' });
  });
  test('with the virtual host after the user agent', () => {
    expect(read(`${combined} "shop.example.com"`)).toMatchObject({ ...seen, ...fields, host: 'shop.example.com' });
  });
  test("with nginx's request time in seconds, bare, in quotes, named, after other fields", () => {
    expect(read(`${combined} 0.123`)).toMatchObject({ ...seen, ...fields, responseMs: 123 });
    expect(read(`${combined} "0.123"`)).toMatchObject({ responseMs: 123 });
    expect(read(`${combined} rt=1.5 uct="0.000"`)).toMatchObject({ responseMs: 1500 });
    expect(read(`${combined} "9.8.7.6" 0.123 0.100 .`)).toMatchObject({ address: '1.2.3.4', responseMs: 123 });
    expect(read(`${common} 0.250`)).toMatchObject({ ...seen, responseMs: 250 });
  });
  test("with Apache's time in microseconds, or in whole seconds", () => {
    expect(read(`${combined} 48213`)).toMatchObject({ ...seen, ...fields, responseMs: 48 });
    expect(read(`${combined} 2`, `${combined} 0`, `${combined} 1`)).toMatchObject({ responseMs: 1000 });
  });
  test('host, response time and a proxied address together', () => {
    expect(read(`shop.example.com ${combined} "-" 0.004`)).toMatchObject({
      ...seen,
      host: 'shop.example.com',
      responseMs: 4,
    });
    expect(read(combined.replace('1.2.3.4', '1.2.3.4, 10.0.0.1, 10.0.0.2'))).toMatchObject({ ...seen, ...fields });
  });
  test('IPv6 and resolved names as clients', () => {
    expect(read(combined.replace('1.2.3.4', '2001:db8::1'))).toMatchObject({ ...seen, address: '2001:db8::1' });
    expect(read(`shop.example.com ${combined.replace('1.2.3.4', '2001:db8::1')}`)).toMatchObject({
      address: '2001:db8::1',
    });
    expect(read(combined.replace('1.2.3.4', 'dsl-7.net.example'))).toMatchObject({
      ...seen,
      address: 'dsl-7.net.example',
    });
    expect(read(`shop.example.com ${combined.replace('1.2.3.4', 'dsl-7.net.example')}`)).toMatchObject({
      host: 'shop.example.com',
      address: 'dsl-7.net.example',
    });
  });
  test('a line without a host in a log that has one, and a line of the common format among combined ones', () => {
    const hosted = `shop.example.com ${combined}`;
    expect(read(hosted, hosted, combined)).toMatchObject({ ...seen, ...fields, host: '' });
    expect(read(combined, combined, common)).toMatchObject({ ...seen, referrer: '', agent: '' });
  });
});

describe('fields', () => {
  const line = (request: string, referrer = '-', agent = '-', time = TIME, user = '-') =>
    `1.2.3.4 - ${user} ${time} "${request}" 200 5 "${referrer}" "${agent}"`;

  test('escaped quotes, as Apache and as nginx write them', () => {
    expect(read(line('GET /a HTTP/1.1', '-', 'say \\"hi\\" \\\\ there')).agent).toBe('say "hi" \\ there');
    expect(read(line('GET /?q=\\x22a\\x22 HTTP/1.1', '-', '\\xd0\\xb6')).target).toBe('/?q="a"');
    expect(read(line('GET / HTTP/1.1', '-', '\\xd0\\xb6')).agent).toBe('ж');
  });
  test('quotes that an old server left unescaped', () => {
    expect(read(line('GET /a"b" c HTTP/1.1', 'http://x/"y" z')).target).toBe('/a"b" c');
    expect(read(line('GET / HTTP/1.1', 'http://x/"y" z')).referrer).toBe('http://x/"y" z');
  });
  test('users with spaces and brackets, spaces in addresses, requests without a protocol', () => {
    expect(read(line('GET /my file.html HTTP/1.1', '-', '-', TIME, 'John [the] Doe')).target).toBe('/my file.html');
    expect(read(line('GET /old')).target).toBe('/old');
  });
  test('what a scanner sends instead of a request is kept without a page', () => {
    expect(read(line('\\x16\\x03\\x01\\x02'))).toMatchObject({ reason: '', method: '', target: '', status: 200 });
    expect(read(line('-'))).toMatchObject({ reason: '', method: '', target: '' });
  });
  test('time zones', () => {
    expect(read(line('GET / HTTP/1.1', '-', '-', '[01/Jan/2024:00:30:00 +0530]')).time).toBe(
      '2023-12-31T19:00:00.000Z',
    );
    expect(read(line('GET / HTTP/1.1', '-', '-', '[31/Dec/2023:22:00:00 -0800]')).time).toBe(
      '2024-01-01T06:00:00.000Z',
    );
    expect(read(line('GET / HTTP/1.1', '-', '-', '[29/Feb/2024:12:00:00 +0000]')).time).toBe(
      '2024-02-29T12:00:00.000Z',
    );
  });
  test('a user agent that was cut together with its quote', () => {
    expect(read(line('GET / HTTP/1.1').slice(0, -2).concat('Mozilla/5.0 (comp')).agent).toBe('Mozilla/5.0 (comp');
  });
});

describe('lines that cannot be read', () => {
  test.each([
    ['', 'no client address at the start'],
    ['<b>1.2.3.4</b> - - x', 'no client address at the start'],
    ['1.2.3.4 - - "GET / HTTP/1.1" 200 5', 'no time in brackets'],
    ['1.2.3.4 - - [30/Feb/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'impossible date'],
    ['1.2.3.4 - - [10/Feb/2024:24:00:00 +0000] "GET / HTTP/1.1" 200 5', 'impossible date'],
    ['1.2.3.4 - - [10/Foo/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 5', 'no time in brackets'],
    [`1.2.3.4 - - ${TIME} GET / 200 5`, 'no request in quotes'],
    [`1.2.3.4 - - ${TIME} "GET /`, 'no request in quotes'],
    [`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" - 5`, 'no status code'],
    [`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 20`, 'no status code'],
    [`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200`, 'no size of the answer'],
    [`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 abc`, 'no size of the answer'],
    [`1.2.3.4 - - ${TIME} "GET / HTTP/1.1" 200 5 "http://r`, 'the line is cut short'],
    [`1.2.3.4 - - ${TIME} \0\0\0\0`, 'not text'],
    [`1.2.3.4 - - ${TIME} "GET /${'a'.repeat(70_000)} HTTP/1.1" 200 5 "-" "-"`, 'longer than 64 kB'],
  ])('%.60s → %s', (text, reason) => {
    expect(reasonFor(text)).toBe(reason);
  });

  test('junk never throws', () => {
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(fc.constantFrom('1.2.3.4', ' ', '"', '\\', '-', TIME, '[', ']', '200', 'GET /', ',', '::1', '\n', '.'), {
          maxLength: 30,
        })
        .map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(junk, (bytes) => {
        const line = new LogLine({ name: 'combined', host: true, hostField: 1, response: { field: 0, unitMs: 1000 } });
        const result = line.read(bytes, 0, bytes.length);
        expect(result === READ || (REASONS[result] ?? '') !== '').toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a formatted line reads back', () => {
  const escaped = (text: string) => text.replace(/[\\"]/g, '\\$&');
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((text) => !/[\s\p{C}]/u.test(text) && text !== '-');
  const record = fc.record({
    host: fc.option(fc.constantFrom('a.example', 'b.example:8080'), { nil: '' }),
    address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()),
    time: fc.date({
      min: new Date('1990-01-02T00:00:00Z'),
      max: new Date('2148-12-30T00:00:00Z'),
      noInvalidDate: true,
    }),
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'PROPFIND'),
    target: word.map((text) => `/${text}`),
    status: fc.integer({ min: 100, max: 599 }),
    size: fc.maxSafeNat(),
    referrer: word,
    agent: fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
    seconds: fc.option(
      fc.integer({ min: 0, max: 99_999 }).map((ms) => (ms / 1000).toFixed(3)),
      { nil: '' },
    ),
  });
  fc.assert(
    fc.property(record, (r) => {
      const [, weekday = '', month = '', day = '', year = '', clock = ''] =
        /^(\w+) (\w+) (\d+) (\d+) ([\d:]+)/.exec(
          new Date(r.time.getTime() + r.time.getTimezoneOffset() * 60_000).toString(),
        ) ?? [];
      expect(weekday).not.toBe('');
      const text = [
        ...(r.host === '' ? [] : [r.host]),
        `${r.address} - - [${day}/${month}/${year}:${clock} +0000]`,
        `"${r.method} ${escaped(r.target)} HTTP/2.0" ${r.status} ${r.size} "${escaped(r.referrer)}" "${escaped(r.agent)}"`,
        ...(r.seconds === '' ? [] : [r.seconds]),
      ].join(' ');
      expect(read(text)).toMatchObject({
        reason: '',
        host: r.host,
        address: r.address,
        time: new Date(Math.floor(r.time.getTime() / 1000) * 1000).toISOString(),
        method: r.method,
        target: r.target,
        status: r.status,
        size: r.size,
        referrer: r.referrer,
        agent: r.agent,
        responseMs: r.seconds === '' ? -1 : Math.round(Number(r.seconds) * 1000),
      });
    }),
    { numRuns: 500 },
  );
});
