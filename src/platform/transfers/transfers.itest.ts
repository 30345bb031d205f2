// A company leaves one installation and comes into another, and into its own again: everything of it and nothing else, under new
// ids, with the same figures. What goes wrong in between leaves nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { reportQuery } from '../../modules/analytics/contract.ts';
import { keptSegments } from '../../modules/analytics/segments/segments.ts';
import { Simulation } from '../../simulator/index.ts';
import { ArchiveReader } from '../backup/archive-reader.ts';
import { tablesOf } from '../backup/postgres-rows.ts';
import { uuidv7 } from '../ids/uuid.ts';
import { createUser } from '../workspaces/people.ts';
import { addMember } from '../workspaces/workspaces.ts';
import { companyTables } from './catalog.ts';
import { exportCompany } from './export-company.ts';
import { importCompany } from './import-company.ts';
import { addTransfer, forgetCutOff, runImport } from './index.ts';
import { NewIds } from './new-ids.ts';
import { NOT_OF_COMPANIES, STAYS } from './rules.ts';
import { forged } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'tradewind-transfers-'));
const path = join(folder, 'shop.tar');
const UNTIL = Date.UTC(2026, 9, 20);
const PERIOD: [string, string] = ['2026-10-06', '2026-10-19'];

let source: TestProgram;
let target: TestProgram;
let shop: { workspace: string; site: string; key: string };
let other: { workspace: string; site: string; key: string };
let owner: { id: string; email: string };

const partsOf = ({ transfers, files }: TestProgram) => ({
  ...transfers,
  store: files.store,
  folder: files.folder,
  room: files.limits.workspace,
});

async function fill(program: TestProgram, of: { key: string }, seed: number): Promise<void> {
  const simulation = new Simulation({ seed, siteKey: of.key, until: UNTIL, days: 14, perDay: 30, currency: 'EUR' });
  for (const { requests } of simulation.days())
    await Promise.all(
      requests.map(({ at, address, userAgent, body }) =>
        program.collector.fromBrowser(Buffer.from(JSON.stringify(body)), { address, userAgent }, at),
      ),
    );
}

async function cost(program: TestProgram, of: { workspace: string; site: string }, amount: number): Promise<void> {
  await program.installation.pool.query(
    `INSERT INTO cost (workspace, id, site, feed, day, source, medium, campaign, channel, currency, amount)
     VALUES ($1, $2, $3, 'ads', '2026-10-10', 'google', 'cpc', 'tents', 'Paid Search', 'EUR', $4)
     ON CONFLICT (workspace, site, feed, day, source, medium, campaign, content, term, page, currency) DO UPDATE SET amount = excluded.amount`,
    [of.workspace, uuidv7(), of.site, amount],
  );
  await program.outbox.drain();
}

const ask = async <Row>(program: TestProgram, query: string): Promise<Row[]> =>
  (await program.installation.clickhouse.query({ query, format: 'JSONEachRow' })).json<Row>();

beforeAll(async () => {
  [source, target] = await Promise.all([testProgram(), testProgram()]);
  shop = await company(source, 'Shop', 'shop.example');
  other = await company(source, 'Rival', 'rival.example');
  const { people, db, files, installation } = source;
  await Promise.all([fill(source, shop, 3), fill(source, other, 4)]);
  await source.flusher.flush();
  await cost(source, shop, 10_000);
  await cost(source, shop, 12_500);
  await cost(source, other, 777);
  // a change ClickHouse has not taken yet
  await installation.pool.query(
    `INSERT INTO exchange_rate (workspace, id, day, currency, to_currency, rate, source) VALUES ($1, $2, '2026-10-01', 'USD', 'EUR', 0.9, 'manual')`,
    [shop.workspace, uuidv7()],
  );
  const first = await keptSegments(db).create(
    shop.workspace,
    {
      name: 'From ads',
      site: null,
      definition: { version: 1, selects: 'visits', where: { property: 'channel', is: 'equals', value: 'Paid Search' } },
    },
    'test',
  );
  await keptSegments(db).create(
    shop.workspace,
    {
      name: 'Not from ads',
      site: shop.site,
      definition: { version: 1, selects: 'visits', where: { not: { segment: first.id } } },
    },
    'test',
  );
  const ann = await createUser(people, { name: 'Ann', email: 'ann@shop.example', password: 'correct horse battery' });
  const bob = await createUser(people, { name: 'Bob', email: 'bob@shop.example', password: 'correct horse battery' });
  await addMember(people, shop.workspace, ann, 'owner');
  await addMember(people, shop.workspace, bob, 'marketer');
  await source.connections.create(
    { workspace: shop.workspace, who: 'test' },
    {
      provider: 'smtp',
      name: 'Our mail',
      settings: {
        host: 'mail.example',
        port: 587,
        security: 'starttls',
        user: 'us',
        password: 'hunter2hunter2',
        fromAddress: 'us@shop.example',
      },
    },
  );
  for (const [workspace, text] of [
    [shop.workspace, 'a price list'],
    [other.workspace, 'a secret of the rival'],
  ] as const)
    await files.save(workspace, Readable.from([Buffer.from(text)]), { name: 'list.txt', who: 'test' });
  const id = await createUser(target.people, {
    name: 'Ann',
    email: 'ann@shop.example',
    password: 'correct horse battery',
  });
  owner = { id, email: 'ann@shop.example' };
}, 60_000);
afterAll(async () => {
  await source?.close();
  await target?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every table is either a company’s, or is said to stay behind', async () => {
  const client = await source.installation.pool.connect();
  const going = new Set((await companyTables(client)).map(({ name }) => name));
  const all = (await tablesOf(client)).map(({ name }) => name);
  client.release();
  expect(all.filter((name) => !going.has(name) && !(name in STAYS) && !NOT_OF_COMPANIES.includes(name))).toEqual([]);
  expect([...going].filter((name) => name in STAYS || NOT_OF_COMPANIES.includes(name))).toEqual([]);
});

test('a new id is a function of the old one, alike in both engines, and keeps its time', async () => {
  const ids = new NewIds('key');
  const old = uuidv7();
  const [row] = await ask<{ id: string }>(source, `SELECT ${ids.sql(`'${old}'`)} AS id`);
  expect(row?.id).toBe(ids.of(old));
  expect(ids.of(old)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.of(old).slice(0, 18)).toBe(old.slice(0, 18));
  ids.add(old);
  const unknown = uuidv7();
  expect(ids.inText(`connection/${old}/x ${unknown}`)).toBe(`connection/${ids.of(old)}/x ${unknown}`);
});

test('the archive holds the company, and not a byte of another or of a password', async () => {
  const done = await exportCompany(partsOf(source), { id: shop.workspace, name: 'Shop' }, path);
  expect(done.files).toBe(1);
  expect(done.people).toBe(2);
  expect(readdirSync(folder)).toEqual(['shop.tar']);
  const archive = await ArchiveReader.open(path);
  const pieces: Buffer[] = [Buffer.from(JSON.stringify(archive.manifest))];
  for (const part of archive.parts('')) for await (const { data } of archive.chunks(part)) pieces.push(data);
  await archive.close();
  const all = Buffer.concat(pieces);
  expect(all.includes('shop.example')).toBe(true);
  const accounts = await source.installation.pool.query<{ password: string }>('SELECT password FROM account');
  for (const never of [
    'rival',
    'Rival',
    other.workspace,
    other.site,
    other.key,
    'hunter2hunter2',
    ...accounts.rows.map(({ password }) => password),
  ])
    expect(all.includes(never), never).toBe(false);
  // in ClickHouse's own bytes an id is turned round
  const [bytes] = await ask<{ hex: string }>(
    source,
    `SELECT hex(reinterpret(toUUID('${other.workspace}'), 'FixedString(16)')) AS hex`,
  );
  expect(all.includes(Buffer.from(bytes!.hex, 'hex'))).toBe(false);
});

/** What reports say of a company, and what lies in its tables. */
async function figures(program: TestProgram, workspace: string) {
  const run = (query: object) => program.reports.run(workspace, reportQuery.parse({ period: PERIOD, ...query }));
  const measures = ['visitors', 'visits', 'pageViews', 'bounceRate', 'revenue', 'cost'];
  const segments = await program.installation.pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM segment WHERE workspace = $1 ORDER BY name',
    [workspace],
  );
  const reports = [
    await run({ measures, dimensions: ['day'] }),
    await run({ measures, dimensions: ['channel'] }),
    await run({ measures: ['pageViews', 'visitors'], dimensions: ['page'] }),
    ...(await Promise.all(
      segments.rows.map(({ id }) => run({ measures: ['visits'], dimensions: ['day'], filters: { segment: id } })),
    )),
  ].map(({ rows, totals }) => ({ rows, totals }));
  const sums: Record<string, unknown> = {};
  for (const [table, columns] of [
    ['events', '* EXCEPT (workspace, site, import)'],
    ['visits', '* EXCEPT (workspace, site)'],
    ['cost_differences', '* EXCEPT (workspace, site, import)'],
    ['exchange_rates', '* EXCEPT (workspace, id)'],
  ])
    [sums[table!]] = await ask(
      program,
      `SELECT toString(count()) AS n, toString(sum(cityHash64(${columns}))) AS hash FROM ${table}${table === 'events' ? '' : ' FINAL'} WHERE workspace = '${workspace}'`,
    );
  const client = await program.installation.pool.connect();
  for (const { name, owner: by } of await companyTables(client))
    if (!['outbox', 'audit'].includes(name))
      sums[`postgres/${name}`] = (
        await client.query<{ n: number }>(`SELECT count(*) AS n FROM "${name}" WHERE ${by} = $1`, [workspace])
      ).rows[0]?.n;
  client.release();
  return { names: segments.rows.map(({ name }) => name), reports, sums };
}

async function takeIn(program: TestProgram, by: { id: string; email: string }, from = path) {
  const transfer = await addTransfer(program.transfers.db, {
    workspace: null,
    direction: 'import',
    file_name: 'shop.tar',
    owner: by.id,
    who: by.email,
  });
  return { transfer, done: runImport(partsOf(program), transfer, from, { owner: by, who: by.email }) };
}

test('in another installation everything is there under new ids, and reports say the same', async () => {
  const before = await figures(source, shop.workspace);
  expect(before.reports[0]!.totals.visits).toBeGreaterThan(100);
  expect(before.reports[0]!.totals.cost).toBe(12_500);
  const done = await (await takeIn(target, owner)).done;
  await target.outbox.drain();
  await source.outbox.drain();
  const sourceNow = await figures(source, shop.workspace);
  expect(await figures(target, done.workspace)).toEqual(sourceNow);
  expect(done.workspace).not.toBe(shop.workspace);
  expect(done.newKeys).toEqual([]);
  expect(done.connections).toEqual(['Our mail']);
  expect(await target.secrets.reveal(target.people as never, { workspace: done.workspace, name: 'x' })).toBeNull();
  // roll-ups that are rebuilt say what the raw days said
  await target.rollUps.rebuild({ workspace: done.workspace });
  expect((await figures(target, done.workspace)).reports).toEqual(sourceNow.reports);

  const { pool } = target.installation;
  const members = await pool.query('SELECT "userId", role FROM member WHERE "organizationId" = $1', [done.workspace]);
  expect(members.rows).toEqual([{ userId: owner.id, role: 'owner' }]);
  const invited = await pool.query('SELECT email, role, status FROM invitation WHERE "organizationId" = $1', [
    done.workspace,
  ]);
  expect(invited.rows).toEqual([{ email: 'bob@shop.example', role: 'marketer', status: 'pending' }]);
  const [file] = (
    await pool.query<{ id: string; sha256: string }>('SELECT id, sha256 FROM file WHERE workspace = $1', [
      done.workspace,
    ])
  ).rows;
  const found = await target.files.find(done.workspace, file!.id);
  const bytes: Buffer[] = [];
  for await (const piece of await target.files.read(found!)) bytes.push(piece as Buffer);
  expect(Buffer.concat(bytes).toString()).toBe('a price list');

  // the site's line works here, and a later change of a cost is a change
  const key = (
    await pool.query<{ key: string; id: string }>('SELECT id, key FROM site WHERE workspace = $1', [done.workspace])
  ).rows[0]!;
  expect(key.key).toBe(shop.key);
  await cost(target, { workspace: done.workspace, site: key.id }, 9_000);
  expect((await figures(target, done.workspace)).reports[0]!.totals.cost).toBe(9_000);
});

test('into its own installation it comes as a second company, with a line of its own for the site', async () => {
  const bob = await source.people
    .selectFrom('user')
    .select(['id', 'email'])
    .where('email', '=', 'bob@shop.example')
    .executeTakeFirstOrThrow();
  const done = await (await takeIn(source, bob)).done;
  await source.outbox.drain();
  expect(done.newKeys).toEqual(['shop.example']);
  expect(await figures(source, done.workspace)).toEqual(await figures(source, shop.workspace));
  const invited = await source.installation.pool.query(
    'SELECT email, role FROM invitation WHERE "organizationId" = $1',
    [done.workspace],
  );
  expect(invited.rows, 'an owner of before is invited, not let in').toEqual([
    { email: 'ann@shop.example', role: 'head' },
  ]);
});

const strangers = (program: TestProgram): Promise<{ n: string }[]> =>
  Promise.all(
    ['events', 'visits', 'cost_differences'].map(async (table) => {
      const { rows } = await program.installation.pool.query<{ id: string }>('SELECT id FROM workspace');
      const known = rows.map(({ id }) => `'${id}'`).join(', ');
      const [row] = await ask<{ n: string }>(
        program,
        `SELECT count() AS n FROM ${table} WHERE toString(workspace) NOT IN (${known})`,
      );
      return row!;
    }),
  );
const companies = async (program: TestProgram): Promise<number> =>
  (await program.installation.pool.query('SELECT 1 FROM workspace')).rows.length;

test('an import that fails or is killed is nowhere to be seen, and what it laid down goes', async () => {
  const before = await companies(target);
  const stop = new AbortController();
  const transfer = await addTransfer(target.transfers.db, {
    workspace: null,
    direction: 'import',
    file_name: 'x',
    owner: owner.id,
    who: 'x',
  });
  const stopped = runImport(
    { ...partsOf(target), signal: stop.signal, onProgress: (_done, _total, what) => what === 'tables' && stop.abort() },
    transfer,
    path,
    { owner, who: 'x' },
  );
  await expect(stopped).rejects.toThrow();
  expect(await strangers(target)).toEqual([{ n: '0' }, { n: '0' }, { n: '0' }]);

  // as a kill leaves it: events are down, and nobody took them away
  const killed = await addTransfer(target.transfers.db, {
    workspace: null,
    direction: 'import',
    file_name: 'x',
    owner: owner.id,
    who: 'x',
  });
  const dying = importCompany(partsOf(target), path, {
    owner,
    who: 'x',
    begins: async (workspace) => {
      await target.installation.pool.query('UPDATE transfer SET target = $2 WHERE id = $1', [killed, workspace]);
    },
    ends: () => Promise.reject(new Error('killed')),
  });
  await expect(dying).rejects.toThrow('killed');
  expect(await companies(target)).toBe(before);
  expect((await strangers(target))[0]).not.toEqual({ n: '0' });
  expect(await forgetCutOff(target.transfers)).toBe(1);
  expect(await strangers(target)).toEqual([{ n: '0' }, { n: '0' }, { n: '0' }]);
  expect(await companies(target)).toBe(before);
});

test('a damaged archive, one of a newer version and one that names rows of others are refused', async () => {
  const bytes = readFileSync(path);
  const bad = join(folder, 'bad.tar');
  bytes[600] = bytes[600]! ^ 1;
  writeFileSync(bad, bytes);
  await expect((await takeIn(target, owner, bad)).done).rejects.toThrow(/damaged/);
  await expect((await takeIn(target, owner, join(folder, 'none.tar'))).done).rejects.toThrow(/no file/);

  const newer = forged(path, join(folder, 'forged.tar'), (manifest) =>
    manifest.migrations.postgres.push('9999-later.sql'),
  );
  await expect((await takeIn(target, owner, newer)).done).rejects.toThrow(/newer Tradewind/);
  const whole = forged(path, join(folder, 'forged.tar'), (manifest) => delete manifest.company);
  await expect((await takeIn(target, owner, whole)).done).rejects.toThrow(/whole installation/);

  await source.installation.pool.query(
    `INSERT INTO annotation (workspace, id, site, day, text, created_by) VALUES ($1, $2, $3, '2026-10-01', 'x', 'x')`,
    [shop.workspace, uuidv7(), other.site],
  );
  const ann = await source.people
    .selectFrom('user')
    .select(['id', 'email'])
    .where('email', '=', 'ann@shop.example')
    .executeTakeFirstOrThrow();
  const strange = join(folder, 'strange.tar');
  await exportCompany(partsOf(source), { id: shop.workspace, name: 'Shop' }, strange);
  const before = await companies(source);
  await expect((await takeIn(source, ann, strange)).done).rejects.toThrow(/rows of site that are not in it/);
  await expect((await takeIn(target, owner, strange)).done).rejects.toThrow(/does not fit together/);
  expect(await companies(source)).toBe(before);
  expect(await strangers(source)).toEqual([{ n: '0' }, { n: '0' }, { n: '0' }]);
});
