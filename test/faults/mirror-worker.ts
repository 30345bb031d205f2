// A process that does nothing but mirror the table `thing`, for the test that kills it: node mirror-worker.ts SOCKET DATABASE CLICKHOUSE
import { createClient } from '@clickhouse/client';
import { pino } from 'pino';
import { openPool } from '../../src/platform/database/postgres.ts';
import { mirror } from '../../src/platform/outbox/mirror.ts';
import { Outbox } from '../../src/platform/outbox/outbox.ts';

const [socketFolder, database, url] = process.argv.slice(2) as [string, string, string];
const log = pino({ level: 'error' });
const pool = openPool({ socketFolder: () => socketFolder, database, log, max: 3 });
const clickhouse = createClient({ url, database });
const things = mirror(clickhouse, [
  { topic: 'thing', table: 'things', row: (data) => ({ id: data.id, value: data.value }) },
]);
new Outbox({ pool, consumers: [things], log }).start(20);
console.log('mirroring');
