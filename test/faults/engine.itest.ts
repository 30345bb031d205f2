// The embedded ClickHouse of a server that was killed in the middle of long statements: it lets the folder go at once, so that
// the server starts again; and a server asked to stop does so too while such a statement runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort, ServerProcess, sleep, until } from './server-process.ts';

const data = mkdtempSync(join(tmpdir(), 'tradewind-faults-'));
let server: ServerProcess | undefined;
afterAll(async () => {
  await server?.clear();
  rmSync(data, { recursive: true, force: true });
});

/** Statements that last longer than a start is waited for: one that sleeps, one that writes. */
const LONG = [
  `SELECT sum(sleepEachRow(1)) FROM numbers(300) SETTINGS function_sleep_max_microseconds_per_block = 0, max_block_size = 1`,
  `INSERT INTO FUNCTION null('n UInt64') SELECT number FROM numbers(1000000000000)`,
];

describe.skipIf(process.platform !== 'linux')('long statements of ClickHouse', () => {
  const begin = async (of: ServerProcess): Promise<() => Promise<void>> => {
    const clickhouse = of.clickhouse();
    const ended = LONG.map((query) => clickhouse.command({ query }).catch(() => {}));
    await sleep(1000);
    return async () => {
      await Promise.all(ended);
      await clickhouse.close();
    };
  };

  test('hold up neither the start after kill −9 nor a stop', { timeout: 240_000 }, async () => {
    server = new ServerProcess({ data, port: await freePort() });
    await server.start();
    const orphan = server.pids().clickhouse!;
    const cut = await begin(server);
    await server.kill('server');
    await server.start();
    expect(() => process.kill(orphan, 0)).toThrow('ESRCH');
    await cut();
    const again = await begin(server);
    const next = server.pids().clickhouse!;
    expect(await server.stop()).toBe(0);
    await until('the end of the engine', () => {
      try {
        return !process.kill(next, 0);
      } catch {
        return true;
      }
    });
    await again();
  });
});
