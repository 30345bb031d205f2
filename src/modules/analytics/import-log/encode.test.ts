// Each encoded row is compared with the row that the derivations and the shared encoder make of the same line.
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMPTY_EVENT, type EventRow, writeEvent } from '../../../platform/events/row.ts';
import { RowWriter } from '../../../platform/events/row-writer.ts';
import { DERIVATION_VERSION, deriveClient, deriveCountry, deriveSource, parsePage } from '../derive/index.ts';
import { importLog } from './index.ts';
import { IMPORT_ID, MemorySink, pieces, readRows, SITE } from './testing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'encode-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = Buffer.from('a key that is longer than the block of the hash, so that it is hashed itself before use');
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

/** The bytes that reach the sink. */
async function encoded(...lines: string[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  const sink = new MemorySink();
  sink.insert = async ({ rows, count }) => {
    parts.push(Buffer.from(rows));
    return { inserted: count, duplicates: 0 };
  };
  const stdin = pieces(lines.join('\n'), '\n');
  const options = { site: SITE, importId: IMPORT_ID, importKey: KEY, sink, spillFolder: folder };
  await importLog({ ...options, files: 'stdin', stdin });
  return Buffer.concat(parts);
}

const rowsOf = async (...lines: string[]) => readRows(await encoded(...lines));

interface Expected {
  line: string;
  n: number;
  ip: string;
  at: string;
  kind: EventRow['kind'];
  url: string;
  referrer: string;
  userAgent: string;
  status: number;
  bytes: number;
  properties?: Record<string, string>;
}

function expectedBytes(e: Expected, known: number): Buffer {
  const siteBytes = Buffer.alloc(16);
  const uuid = new RowWriter();
  uuid.uuid(SITE.id);
  uuid.take().copy(siteBytes);
  let digest = createHash('sha256').update(siteBytes).update(e.line).digest();
  if (e.n > 0) digest = createHash('sha256').update(digest).update(String(e.n)).digest();
  const visitor = createHmac('sha256', KEY).update(`${SITE.id}\n${e.ip}\n${e.userAgent}`).digest().readBigUInt64BE(0);
  const siteHosts = [SITE.host, ...SITE.otherHosts];
  const { userAgent, status, bytes, kind, url } = e;
  const writer = new RowWriter();
  writeEvent(writer, {
    ...EMPTY_EVENT,
    workspace: SITE.workspace,
    site: SITE.id,
    at: Date.parse(e.at),
    id: digest.toString('hex').slice(0, 32),
    visitor,
    known,
    kind,
    visitorKind: 'imported',
    import: IMPORT_ID,
    derivation: DERIVATION_VERSION,
    status,
    bytes,
    name: kind === 'view' ? 'page_view' : '',
    country: deriveCountry(e.ip),
    userAgent,
    ...deriveClient(userAgent),
    ...parsePage(url),
    url,
    ...deriveSource({ url, referrer: e.referrer, siteHosts }),
    properties: e.properties ?? {},
  });
  return writer.take();
}

describe('a row is byte for byte what the shared encoder writes', () => {
  const tagged = `83.149.9.216 - - [17/May/2015:10:05:03 +0200] "GET /shoes/red?utm_source=newsletter&utm_medium=email&id=7 HTTP/1.1" 200 5123456789 "https://www.google.com/" "${CHROME}"`;
  const robot = `66.249.73.135 - - [17/May/2015:10:05:04 +0200] "GET /style.css?v=2 HTTP/1.1" 304 - "-" "${GOOGLEBOT}"`;

  test('for a tagged page view, an equal one after it, and a robot at a style sheet', async () => {
    const bytes = await encoded(tagged, tagged, robot);
    const known = Number(readRows(bytes)[0]?.known);
    const view: Expected = {
      line: tagged,
      n: 0,
      ip: '83.149.9.216',
      at: '2015-05-17T08:05:03Z',
      kind: 'view',
      url: 'https://www.example.com/shoes/red?utm_source=newsletter&utm_medium=email&id=7',
      referrer: 'https://www.google.com/',
      userAgent: CHROME,
      status: 200,
      bytes: 5_123_456_789,
    };
    const style: Expected = {
      line: robot,
      n: 0,
      ip: '66.249.73.135',
      at: '2015-05-17T08:05:04Z',
      kind: 'asset',
      url: 'https://www.example.com/style.css?v=2',
      referrer: '',
      userAgent: GOOGLEBOT,
      status: 304,
      bytes: 0,
    };
    const expected = [view, { ...view, n: 1 }, style].map((row) => expectedBytes(row, known));
    expect(readRows(bytes)).toEqual(readRows(Buffer.concat(expected)));
    expect(bytes.equals(Buffer.concat(expected))).toBe(true);
  });

  test('with the response time among the properties', async () => {
    const line = `${tagged} 0.042`;
    const [row] = await rowsOf(line);
    expect(row).toMatchObject({ properties: '[["response_ms","42"]]' });
  });
});

describe('what a row says', () => {
  const line = (request: string, status = 200, rest = `"-" "${CHROME}"`, client = '1.2.3.4') =>
    `${client} - - [17/May/2015:10:05:03 +0000] "${request}" ${status} 10 ${rest}`;
  const kinds = { view: 1, asset: 3, error: 4, other: 5 };

  test.each([
    ['GET / HTTP/1.1', 200, 'view'],
    ['GET /page.php?x=a.css HTTP/1.1', 304, 'view'],
    ['GET /version-1.2 HTTP/1.1', 200, 'view'],
    ['GET /old HTTP/1.1', 301, 'other'],
    ['POST /cart HTTP/1.1', 200, 'other'],
    ['HEAD / HTTP/1.1', 200, 'other'],
    ['GET /App.JS?v=3 HTTP/1.1', 200, 'asset'],
    ['GET /robots.txt HTTP/1.1', 200, 'asset'],
    ['GET /none.png HTTP/1.1', 404, 'error'],
    ['GET / HTTP/1.1', 500, 'error'],
    ['-', 408, 'error'],
  ] as const)('%s with %i is of the kind %s', async (request, status, kind) => {
    expect((await rowsOf(line(request, status)))[0]?.kind).toBe(kinds[kind]);
  });

  test('the same address and browser is the same visitor, whatever the log', async () => {
    const rows = await rowsOf(
      line('GET /a HTTP/1.1'),
      line('GET /b HTTP/1.1'),
      line('GET /a HTTP/1.1', 200, '"-" "x"'),
    );
    expect(rows[0]?.visitor).toBe(rows[1]?.visitor);
    expect(rows[0]?.visitor).not.toBe(rows[2]?.visitor);
    expect((await rowsOf(line('GET /z HTTP/1.1')))[0]?.visitor).toBe(rows[0]?.visitor);
  });

  test('the virtual host is the host name, without its port; a host of the log is the site itself', async () => {
    const hosted = `Shop.Example.com:443 ${line('GET /a HTTP/1.1', 200, `"https://shop.example.com/b" "${CHROME}"`)}`;
    const named = `_ ${line('GET /a HTTP/1.1')}`;
    const rows = await rowsOf(hosted, hosted.replace('/a ', '/c '), named);
    expect(rows[0]).toMatchObject({ hostname: 'shop.example.com', path: '/a', url: 'https://shop.example.com/a' });
    // a page of the site leads to another: no source
    expect(rows[0]).toMatchObject({ channel: '', source: '' });
    expect(rows[2]).toMatchObject({ hostname: 'www.example.com' });
  });

  test('broken percent-encoding, proxy requests and rubbish have a page or none, and are stored', async () => {
    const rows = await rowsOf(
      line('GET /%E0%A4%A /%zz?a=%&b HTTP/1.1'),
      line('GET http://evil.example/steal?x=1 HTTP/1.1'),
      line('\\x16\\x03\\x01', 400),
      line('CONNECT mail.example:25 HTTP/1.1', 405),
    );
    expect(rows[0]?.path).toContain('/%');
    expect(rows[1]).toMatchObject({ hostname: 'www.example.com', path: '/steal' });
    expect(rows[2]).toMatchObject({ path: '', kind: kinds.error });
    expect(rows[3]).toMatchObject({ path: '', kind: kinds.error });
  });

  test('a log without user agents has no robots', async () => {
    expect((await rowsOf(line('GET / HTTP/1.1', 200, '').trimEnd()))[0]).toMatchObject({ bot: 0, user_agent: '' });
  });
});
