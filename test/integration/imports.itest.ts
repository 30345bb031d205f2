// A table from its file to costs and notes and back, over the real server: the dry run says what the import then does.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ImportDriver } from '../support/import-driver.ts';
import { company, signedIn, startServer, type TestServer } from '../support/program.ts';

let server: TestServer;
let place: { workspace: string; site: string };
let imports: ImportDriver;
let cookie: string;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  place = await company(server.program, 'Shop', 'shop.example');
  ({ cookie } = await signedIn(server, place.workspace, 'marketer'));
  imports = new ImportDriver({ send: fetch, url: server.url, workspace: place.workspace, cookie });
});

const HEAD = 'Дата;Кампания;Расход, ₽;Клики\n';
const november = (amounts: readonly string[]): string =>
  HEAD + amounts.map((amount, i) => `${String(i + 1).padStart(2, '0')}.11.2026;Бренд;${amount};${10 + i}\n`).join('');
const costs = async (): Promise<{ day: string; amount: number; campaign: string }[]> =>
  (
    await server.program.installation.pool.query(
      'SELECT day, campaign, amount, vat, clicks, currency, channel, feed FROM cost WHERE workspace = $1 ORDER BY day, campaign',
      [place.workspace],
    )
  ).rows;
const FROM = { mapping: { source: { value: 'Yandex' }, medium: { value: 'cpc' } } };

test('a file of costs is understood, tried, imported and taken back', async () => {
  const text = `${november(['1 000,00', '2 000,50', '3 000'])}Итого;;6 000,50;33\n04.11.2026;Бренд;много;1\n`;
  const { looked, checked, done } = await imports.whole('costs', 'yandex-direct-2026-11.csv', text, FROM);
  expect(looked).toMatchObject({
    reused: false,
    unsure: [],
    currency: 'RUB',
    import: {
      source: 'yandex direct',
      headers: ['Дата', 'Кампания', 'Расход, ₽', 'Клики'],
      settings: {
        reading: { encoding: 'utf-8', delimiter: ';', decimal: ',', dateOrder: 'dmy', headerLine: 1 },
        mapping: {
          day: { column: 0 },
          campaign: { column: 1 },
          amount: { column: 2 },
          clicks: { column: 3 },
          currency: { value: 'RUB' },
          vat: { value: 'no' },
          site: { value: place.site },
        },
      },
    },
  });
  expect(checked).toMatchObject({
    state: 'checked',
    hasRejects: true,
    summary: {
      rows: 5,
      added: 3,
      changed: 0,
      same: 0,
      rejected: 2,
      days: 3,
      firstDay: '2026-11-01',
      lastDay: '2026-11-03',
      merged: 0,
      reasons: [
        { reason: 'amount:no-amount', rows: 1 },
        { reason: 'row:total', rows: 1 },
      ],
      rejects: [
        { line: 5, reason: 'row:total' },
        { line: 6, reason: 'amount:no-amount', cells: ['04.11.2026', 'Бренд', 'много', '1'] },
      ],
    },
  });
  expect(done).toMatchObject({
    state: 'done',
    result: { added: 3, changed: 0, same: 0, days: 3, lastDay: '2026-11-03' },
  });
  expect(await costs()).toMatchObject([
    {
      day: '2026-11-01',
      campaign: 'Бренд',
      amount: 100_000,
      clicks: 10,
      currency: 'RUB',
      channel: 'Paid Search',
      feed: 'yandex direct',
    },
    { day: '2026-11-02', amount: 200_050 },
    { day: '2026-11-03', amount: 300_000 },
  ]);
  const { path } = await imports.ask<{ path: string }>('POST', `/imports/${done.id}/rejects`, {});
  const csv = await (await fetch(`${server.url}${path}`)).text();
  expect(csv).toBe(
    '"Дата","Кампания","Расход, ₽",Клики,Line,Reason\r\n'.replaceAll(/"(Дата|Кампания)"/g, '$1') +
      'Итого,,"6 000,50",33,5,"a line of totals, left out"\r\n04.11.2026,Бренд,много,1,6,Cost is no amount\r\n',
  );
  // the file itself is gone, its rejected rows are kept
  expect(
    await server.program.files.db.selectFrom('file').select('name').where('workspace', '=', place.workspace).execute(),
  ).toEqual([{ name: 'yandex-direct-2026-11-rejected.csv' }]);
  await imports.undo(done.id);
  expect(await imports.ended(done.id)).toMatchObject({ state: 'undone', result: { undone: 3, kept: 0 } });
  expect(await costs()).toEqual([]);
  const audit = await server.program.db
    .selectFrom('audit')
    .select(['action', 'target', 'details'])
    .where('workspace', '=', place.workspace)
    .where('action', 'like', 'import.%')
    .orderBy('id')
    .execute();
  expect(audit).toMatchObject([
    { action: 'import.start', target: 'yandex-direct-2026-11.csv', details: { kind: 'costs', rows: 5, rejected: 2 } },
    { action: 'import.undo' },
  ]);
});

test('the next file of a source is read as the last one was, and restates days that changed', async () => {
  await imports.whole('costs', 'direct 1.csv', november(['100', '200', '300']), { ...FROM, source: 'Direct' });
  const second = await imports.whole('costs', 'something else.csv', november(['100', '250', '300', '400']));
  expect(second.looked).toMatchObject({
    reused: true,
    import: { source: 'Direct', settings: { mapping: FROM.mapping } },
  });
  const figures = { added: 1, changed: 1, same: 2, days: 2, firstDay: '2026-11-02', lastDay: '2026-11-04' };
  expect(second.checked.summary).toMatchObject(figures);
  expect(second.done.result).toMatchObject(figures);
  expect((await costs()).map((row) => row.amount)).toEqual([10_000, 25_000, 30_000, 40_000]);
  // what was known before stays readable
  await expect
    .poll(
      async () => {
        const period = '?from=2026-11-01&to=2026-12-01';
        return imports.ask<unknown>('GET', `/costs/restated${period}`);
      },
      { timeout: 10_000 },
    )
    .toMatchObject([{ day: '2026-11-02', amount: 5000, feed: 'Direct' }]);
  await imports.undo(second.done.id);
  await imports.ended(second.done.id);
  expect((await costs()).map((row) => row.amount)).toEqual([10_000, 20_000, 30_000]);
});

test('an undo leaves what a newer import has said since', async () => {
  const first = await imports.whole('costs', 'a.csv', november(['1', '2', '3']), { ...FROM, source: 'Direct' });
  await imports.whole('costs', 'b.csv', november(['1', '5', '3']), { ...FROM, source: 'Direct' });
  await imports.undo(first.done.id);
  expect(await imports.ended(first.done.id)).toMatchObject({ state: 'undone', result: { undone: 2, kept: 1 } });
  expect((await costs()).map((row) => row.amount)).toEqual([500]);
});

test('rows with the same day and names are added up wherever they stand in the file', async () => {
  const many = Array.from({ length: 5000 }, (_, i) => `0${1 + (i % 3)}.11.2026;Бренд;1,01;1\n`).join('');
  const { checked, done } = await imports.whole('costs', 'ads.csv', HEAD + many, FROM);
  expect(checked.summary).toMatchObject({ rows: 5000, added: 3, merged: 4997, days: 3, rejected: 0 });
  expect(done.result).toMatchObject({ added: 3, days: 3 });
  expect((await costs()).map((row) => row.amount)).toEqual([1667 * 101, 1667 * 101, 1666 * 101]);
});

test('VAT is taken out when the file says it is in, and a sign beside an amount goes before the currency of the file', async () => {
  await imports.ask('POST', '/vat', { fromDay: '2026-01-01', percent: 20 });
  const text =
    'date,cost,landing page\n2026-11-01,120.00 EUR,https://shop.example/a?x=1\n2026-11-02,$12,/b\n2026-11-03,1,not a page\n';
  const { checked } = await imports.whole('costs', 'x.csv', text, {
    mapping: { vat: { value: 'yes' }, currency: { value: 'EUR' } },
  });
  expect(checked.summary?.reasons).toEqual([{ reason: 'page:no-path', rows: 1 }]);
  expect(await costs()).toMatchObject([
    { amount: 10_000, vat: 2000, currency: 'EUR' },
    { amount: 1000, vat: 200, currency: 'USD' },
  ]);
});

test('notes are imported once, word by word, and taken back but for those somebody reworded', async () => {
  const text =
    'Дата;Событие;Сайт\n24 ноября 2026;Запуск каталога;\n25.11.2026;"Сбой\nоплаты";shop.example\n26.11.2026;Чужой;other.example\n';
  const first = await imports.whole('notes', 'notes.csv', text);
  expect(first.checked.summary).toMatchObject({
    rows: 3,
    added: 2,
    rejected: 1,
    reasons: [{ reason: 'site:no-choice', rows: 1 }],
  });
  const list = () =>
    imports.ask<{ id: string; text: string; site: string | null; day: string }[]>('GET', '/annotations');
  expect(await list()).toMatchObject([
    { text: 'Сбой оплаты', site: place.site, day: '2026-11-25' },
    { text: 'Запуск каталога', site: null, day: '2026-11-24' },
  ]);
  const again = await imports.whole('notes', 'notes.csv', text);
  expect(again.done.result).toMatchObject({ added: 0, same: 2, days: 0 });
  await imports.ask('PATCH', `/annotations/${(await list())[0]!.id}`, { text: 'Сбой оплаты, час' });
  await imports.undo(first.done.id);
  expect((await imports.ended(first.done.id)).result).toMatchObject({ undone: 1, kept: 1 });
  expect((await list()).map((note) => note.text)).toEqual(['Сбой оплаты, час']);
});

test('what can’t be imported is told in words that say what to do', async () => {
  const refused = async (bytes: Buffer | string, name = 'x.csv'): Promise<string> => {
    const answer = await imports.call('POST', '/imports', {
      kind: 'costs',
      file: await imports.upload(name, Buffer.from(bytes)),
    });
    expect(answer.status).toBe(400);
    return ((await answer.json()) as { message: string }).message;
  };
  expect(await refused(Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'old.xls')).toContain('Save it as XLSX');
  expect(await refused('<html><body>Sign in</body></html>')).toContain('This is a web page');
  const looked = await imports.open('costs', 'x.csv', 'day,who\n2026-11-01,5\n');
  const wrong = await imports.call('POST', `/imports/${looked.import.id}/check`, {
    source: 'Direct',
    settings: { ...looked.import.settings, mapping: { day: { column: 0 } } },
  });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain('Cost: say which column it is');
  const manual = await imports.call('POST', `/imports/${looked.import.id}/check`, {
    source: 'manual',
    settings: looked.import.settings,
  });
  expect(await manual.text()).toContain('entered by hand');
  // a quotation mark that is never closed far down in the file ends the dry run with its line
  const rows = '2026-11-01,5\n'.repeat(200_000);
  const broken = await imports.open('costs', 'long.csv', `day,cost\n${rows}2026-11-02,"5\n${rows}`);
  await imports.check(broken);
  const ended = await imports.ended(broken.import.id);
  expect(ended.run).toMatchObject({ state: 'failed' });
  expect(ended.run?.error).toContain('From line 200002 on');
  expect(await costs()).toEqual([]);
});

test('another company finds neither the import nor its file, and a role without the right is refused', async () => {
  const { done } = await imports.whole('costs', 'a.csv', november(['1', 'x']), FROM);
  const other = await company(server.program, 'Other', 'other.example');
  const theirs = await signedIn(server, other.workspace, 'owner');
  const stranger = new ImportDriver({
    send: fetch,
    url: server.url,
    workspace: other.workspace,
    cookie: theirs.cookie,
  });
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/start'],
    ['POST', '/undo'],
    ['POST', '/rejects'],
    ['DELETE', ''],
  ] as const) {
    const answer = await stranger.call(method, `/imports/${done.id}${path}`, method === 'POST' ? {} : undefined);
    expect(answer.status, path).toBe(404);
  }
  expect(
    (await stranger.call('POST', '/imports', { kind: 'costs', file: await imports.upload('b.csv', Buffer.from('a')) }))
      .status,
  ).toBe(404);
  const looked = await stranger.open('costs', 'c.csv', november(['1']));
  const foreign = await stranger.call('POST', `/imports/${looked.import.id}/check`, {
    source: 'Direct',
    settings: {
      ...looked.import.settings,
      mapping: { ...looked.import.settings.mapping, site: { value: place.site } },
    },
  });
  expect(foreign.status).toBe(400);
  expect((await costs()).length).toBe(1);
  // an import that has begun can't be begun again, looked at again or thrown away
  for (const [method, path] of [
    ['POST', '/start'],
    ['DELETE', ''],
  ] as const)
    expect((await imports.call(method, `/imports/${done.id}${path}`, method === 'POST' ? {} : undefined)).status).toBe(
      409,
    );
});
