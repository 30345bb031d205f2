// Stored secrets: what the database holds, and a rotation that is killed half-way and run again.
import { type Kysely, sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { openKysely } from '../database/postgres.ts';
import { openKeyRing } from './key-ring.ts';
import { Secrets } from './secrets.ts';
import type { SecretTables } from './tables.ts';

let program: TestProgram;
let db: Kysely<SecretTables>;
let secrets: Secrets;
let workspace: string;
const COUNT = 450;

const put = (name: string, value: string) =>
  db.transaction().execute((tx: Transaction<SecretTables>) => secrets.put(tx, { workspace, name }, value));
const keys = async () =>
  (
    await db
      .selectFrom('secret')
      .select(['key_id', (eb) => eb.fn.countAll<number>().as('n')])
      .groupBy('key_id')
      .execute()
  )
    .map((row) => row.n)
    .sort((a, b) => a - b);

beforeAll(async () => {
  program = await testProgram();
  db = openKysely(program.installation.pool);
  secrets = program.secrets;
  workspace = (await company(program)).workspace;
  await Promise.all(Array.from({ length: COUNT }, (_, i) => put(`s/${i}`, `value-of-${i}-padded`)));
});
afterAll(() => program?.close());

test('the database holds no value in clear, and a person sees only the end of a long one', async () => {
  const { rows } = await program.installation.pool.query("SELECT encode(sealed, 'escape') AS t FROM secret");
  expect(JSON.stringify(rows)).not.toContain('value-of');
  expect(await secrets.hint(db, { workspace, name: 's/7' })).toMatchObject({ endsWith: 'dded' });
  await put('short', 'pass');
  expect((await secrets.hint(db, { workspace, name: 'short' }))?.endsWith).toBe('');
});

test('a row moved to another company does not open there', async () => {
  const other = (await company(program, 'Other', 'other.example')).workspace;
  await put('moved', 'a value that was moved');
  await db.updateTable('secret').set({ workspace: other }).where('name', '=', 'moved').execute();
  await expect(secrets.reveal(db, { workspace: other, name: 'moved' })).rejects.toThrow(/set its value anew/);
  await db.deleteFrom('secret').where('name', '=', 'moved').execute();
});

test('a rotation that stops half-way leaves everything readable and goes on when run again', async () => {
  // a row that does not open stops it in the middle, as a kill would
  await put('zzz', 'the last one');
  await sql`UPDATE secret SET sealed = substr(sealed, 1, 20) WHERE name = 'zzz'`.execute(db);
  await expect(secrets.rotate(db)).rejects.toThrow(/zzz/);
  expect((await keys()).length).toBe(2);
  const after = new Secrets(openKeyRing({ data: program.config.data, env: {} }));
  for (const i of [0, 200, COUNT - 1])
    expect(await after.reveal(db, { workspace, name: `s/${i}` })).toBe(`value-of-${i}-padded`);
  await secrets.remove(db, { workspace, name: 'zzz' });
  // writers go on meanwhile, with the new key
  const [done] = await Promise.all([
    after.rotate(db),
    ...Array.from({ length: 40 }, (_, i) => put(`w/${i}`, `new-${i}`)),
  ]);
  expect(done.resealed).toBeGreaterThan(0);
  expect((await keys()).length).toBe(1);
  expect(openKeyRing({ data: program.config.data, env: {} }).keys()).toHaveLength(1);
  for (let i = 0; i < COUNT; i++)
    expect(await secrets.reveal(db, { workspace, name: `s/${i}` })).toBe(`value-of-${i}-padded`);
  expect(await secrets.reveal(db, { workspace, name: 'w/39' })).toBe('new-39');
});
