// One contract for every source of rates; the banks' are tried over real HTTP with files of the banks' shape.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestProgram, testProgram } from '../../../../test/support/program.ts';
import { parseCbr } from '../../money/rates-sources/cbr.ts';
import { parseEcb } from '../../money/rates-sources/ecb.ts';
import { RatesFileError } from '../../money/rates-sources/rate.ts';
import { fakeRates } from './fake.ts';
import { cbr, ecb, type RatesSource } from './index.ts';

const ecbFile = (days: readonly (readonly [string, string])[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube>${days.map(([day, usd]) => `<Cube time="${day}"><Cube currency="USD" rate="${usd}"/><Cube currency="JPY" rate="170.25"/><Cube currency="CYP" rate="N/A"/></Cube>`).join('')}</Cube>
</gesmes:Envelope>`;

/** Windows-1251, as the bank sends it. */
function cbrFile(day: string, usd: string): Buffer {
  const [year, month, date] = day.split('-');
  const xml = `<?xml version="1.0" encoding="windows-1251"?><ValCurs Date="${date}.${month}.${year}" name="Foreign Currency Market"><Valute ID="R01235"><NumCode>840</NumCode><CharCode>USD</CharCode><Nominal>1</Nominal><Name>Доллар США</Name><Value>${usd}</Value><VunitRate>${usd}</VunitRate></Valute><Valute ID="R01820"><NumCode>392</NumCode><CharCode>JPY</CharCode><Nominal>100</Nominal><Name>Иен</Name><Value>52,1234</Value></Valute></ValCurs>`;
  return Buffer.from([...xml].map((c) => (/[А-я]/.test(c) ? c.charCodeAt(0) - 0x410 + 0xc0 : c.charCodeAt(0))));
}

const DAYS = [
  ['2026-11-20', '1.0871'],
  ['2026-11-19', '1.0862'],
  ['2026-11-18', '1.0853'],
] as const;

let program: TestProgram;
let server: Server;
let address: string;
let broken = false;
const asked: string[] = [];

beforeAll(async () => {
  program = await testProgram({ allowHosts: '127.0.0.1' });
  server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://bank');
    asked.push(url.pathname + url.search);
    if (broken) return response.writeHead(404).end('gone');
    if (url.pathname.endsWith('eurofxref-daily.xml')) return response.end(ecbFile(DAYS.slice(0, 1)));
    if (url.pathname.includes('/eurofxref-hist')) return response.end(ecbFile(DAYS));
    const [date, month, year] = url.searchParams.get('date_req')!.split('/');
    const day = `${year}-${month}-${date}`;
    // a Sunday has no rates of its own: the file of the day before comes
    const effective =
      new Date(day).getUTCDay() === 0 ? new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10) : day;
    response
      .writeHead(200, { 'content-type': 'application/xml; charset=windows-1251' })
      .end(cbrFile(effective, '78,8493'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await program?.close();
});

const context = (provider: string) => ({ outbound: program.outbound, caller: { workspace: null, provider } });
const SOURCES: readonly (readonly [string, () => RatesSource])[] = [
  ['European Central Bank', () => ecb.open(context('ecb'), { address })],
  ['Central Bank of Russia', () => cbr.open(context('cbr'), { address })],
  ['made-up rates', () => fakeRates.open(context('fake-rates'), {})],
];

describe.each(SOURCES)('%s', (_name, open) => {
  test('gives dated decimal rates of the range alone, oldest first, each once', async () => {
    const rates = await open().fetchRates({ from: '2026-11-18', to: '2026-11-19' });
    expect(rates.length).toBeGreaterThan(1);
    for (const { date, base, quote, rate } of rates) {
      expect(['2026-11-18', '2026-11-19']).toContain(date);
      expect([base, quote].every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
      expect(rate).toMatch(/^\d+(\.\d+)?$/);
      expect(Number(rate)).toBeGreaterThan(0);
    }
    expect(rates.map((one) => one.date)).toEqual(rates.map((one) => one.date).toSorted());
    expect(new Set(rates.map((one) => `${one.date}${one.base}${one.quote}`)).size).toBe(rates.length);
  });

  test('gives nothing for a range without days', async () => {
    expect(await open().fetchRates({ from: '2026-11-22', to: '2026-11-21' })).toEqual([]);
  });
});

test('a Sunday has no rates of its own in Russia', async () => {
  const rates = await cbr.open(context('cbr'), { address }).fetchRates({ from: '2026-11-21', to: '2026-11-22' });
  expect([...new Set(rates.map((one) => one.date))]).toEqual(['2026-11-21']);
  expect(asked).toContain('/scripts/XML_daily.asp?date_req=22%2F11%2F2026');
});

test('an old range asks the European bank for its whole history', async () => {
  await ecb.open(context('ecb'), { address }).fetchRates({ from: '2015-01-01', to: '2015-01-02' });
  expect(asked.at(-1)).toBe('/stats/eurofxref/eurofxref-hist.xml');
});

test('the test button tells the true outcome', async () => {
  const of = { ...context('ecb'), person: null };
  expect(await ecb.test(of, { address })).toEqual({ ok: true, said: '2 rates of 2026-11-20' });
  expect((await cbr.test(of, { address })).ok).toBe(true);
  broken = true;
  expect(await ecb.test(of, { address })).toEqual({ ok: false, said: expect.stringContaining('answered 404') });
  broken = false;
  expect((await ecb.test(of, { address: 'http://10.1.1.1' })).said).toContain('TRADEWIND_ALLOW_HOSTS');
});

test('files are read exactly: nominals divided without a float, Cyrillic in its own encoding', () => {
  expect(parseCbr(cbrFile('2026-11-20', '78,8493'))).toEqual([
    { date: '2026-11-20', base: 'USD', quote: 'RUB', rate: '78.8493' },
    { date: '2026-11-20', base: 'JPY', quote: 'RUB', rate: '0.521234' },
  ]);
  expect(parseEcb(ecbFile(DAYS.slice(0, 1)).replaceAll('"', "'"))).toEqual([
    { date: '2026-11-20', base: 'EUR', quote: 'USD', rate: '1.0871' },
    { date: '2026-11-20', base: 'EUR', quote: 'JPY', rate: '170.25' },
  ]);
});

test('another file is refused in words', () => {
  for (const text of ['', '<html>Not found</html>', '{"rates":{}}']) {
    expect(() => parseEcb(text)).toThrow(RatesFileError);
    expect(() => parseCbr(Buffer.from(text))).toThrow(RatesFileError);
  }
  expect(() => parseCbr(Buffer.from(cbrFile('2026-11-20', 'abc')))).toThrow(/damaged at USD/);
});
