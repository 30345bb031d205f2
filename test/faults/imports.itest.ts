// An import of a table under kill −9: cut off in the dry run, in the writing and in the taking back, again and again, it ends as
// an unbroken one: every row once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ImportDriver } from '../support/import-driver.ts';
import { freePort, ServerProcess, sleep } from './server-process.ts';

const ROWS = 120_000;
let server: ServerProcess | undefined;
let folder = '';
afterEach(async () => {
  await server?.clear();
  rmSync(folder, { recursive: true, force: true });
});

/** Every third row adds to the one before it, and every thousandth is no row. */
function table(): string {
  const lines = ['date,campaign,ad,cost'];
  for (let i = 0; i < ROWS; i++) {
    const day = new Date(Date.UTC(2025, 0, 1 + (i % 365))).toISOString().slice(0, 10);
    lines.push(
      i % 1000 === 999 ? `${day},broken,,much` : `${day},campaign ${i % 7},ad ${Math.floor(i / 3) % 4000},1.01`,
    );
  }
  return `${lines.join('\n')}\n`;
}

describe.skipIf(process.platform !== 'linux')('killed −9', () => {
  test('an import of a table ends as an unbroken one', { timeout: 300_000 }, async () => {
    folder = mkdtempSync(join(tmpdir(), 'tradewind-faults-'));
    server = new ServerProcess({ data: folder, port: await freePort() });
    const own = server;
    await own.start();
    const { workspace, cookie } = await own.setUp('shop.example');
    const imports = new ImportDriver({ send: fetch, url: own.url, workspace, cookie });
    let kills = 0;
    const through = async (id: string, waits: readonly number[]) => {
      for (const wait of waits) {
        await sleep(wait);
        const { run } = await imports.get(id);
        if (run?.state !== 'running' && run?.state !== 'waiting') break;
        await own.kill(kills % 2 === 0 ? 'server' : 'tree');
        kills++;
        await own.start();
      }
      return imports.ended(id, 120);
    };
    const looked = await imports.open('costs', 'costs.csv', table());
    const { id } = looked.import;
    await imports.check(looked);
    const checked = await through(id, [700, 900]);
    expect(checked).toMatchObject({ state: 'checked', run: { attempt: 1, error: null } });
    const summary = checked.summary!;
    expect(summary).toMatchObject({ rows: ROWS, rejected: ROWS / 1000, days: 365, changed: 0, same: 0 });
    expect(summary.added + summary.merged + summary.rejected).toBe(ROWS);
    await imports.start(id);
    const done = await through(id, [700, 900, 1200]);
    expect(done).toMatchObject({
      state: 'done',
      run: { attempt: 1, error: null },
      result: { added: summary.added, days: 365 },
    });
    const figures = async () => {
      const list = await imports.ask<{ groups: { amount: number }[]; more: boolean }>(
        'GET',
        '/costs?from=2025-01-01&to=2026-01-01',
      );
      return list.groups.reduce((sum, group) => sum + group.amount, 0);
    };
    expect(await figures()).toBe((ROWS - ROWS / 1000) * 101);
    await imports.undo(id);
    const undone = await through(id, [500, 700]);
    expect(undone).toMatchObject({ state: 'undone', result: { undone: summary.added, kept: 0 } });
    expect(await figures()).toBe(0);
    console.log(`  ${kills} kills`);
    expect(kills).toBeGreaterThan(3);
    expect(await own.stop()).toBe(0);
  });
});
