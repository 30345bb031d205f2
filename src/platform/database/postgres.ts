// The one PostgreSQL pool and the one place that says how its types arrive in JavaScript.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';

// int8 counts here stay far below 2^53; numeric stays text (money never passes through a float); dates stay text
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => text);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export function openPool(options: {
  url?: string | undefined;
  socketFolder?: (() => string) | undefined;
  database?: string;
  max?: number;
  log: Logger;
}): pg.Pool {
  const pool = new pg.Pool({
    ...(options.url
      ? { connectionString: options.url }
      : { host: options.socketFolder?.(), user: 'tradewind', database: options.database ?? 'tradewind' }),
    max: options.max ?? 20,
    connectionTimeoutMillis: 10_000,
    allowExitOnIdle: true,
  });
  // a server that dies breaks idle connections; without a listener that would end the program
  pool.on('error', (error) => options.log.warn({ err: error.message }, 'PostgreSQL connection lost'));
  // the pool listens to idle connections only: one that is lent, as the lock of an only writer is, needs a listener of its own
  pool.on('connect', (client) => client.on('error', () => {}));
  if (options.socketFolder) {
    // after a restart of the engine its socket may be in another folder
    const target = (pool as unknown as { options: { host?: string | undefined } }).options;
    Object.defineProperty(target, 'host', { get: options.socketFolder, enumerable: true });
  }
  return pool;
}

export const openKysely = <Tables>(pool: pg.Pool): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
