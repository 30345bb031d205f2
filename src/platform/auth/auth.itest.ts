// The tables of better-auth are committed as SQL; this says when a new version wants others.
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestProgram, testProgram } from '../../../test/support/program.ts';

let program: TestProgram;
beforeAll(async () => {
  program = await testProgram();
});
afterAll(() => program?.close());

test('nothing is left to create', async () => {
  const { toBeCreated, toBeAdded } = await getMigrations(program.auth.options);
  expect([...toBeCreated, ...toBeAdded]).toEqual([]);
});
