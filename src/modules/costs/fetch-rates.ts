// Rates of banks, every day by themselves: an hourly round finds the connections whose company's clock is past five in the
// afternoon (both banks have published by then) and that have not been asked today. A day missed while nothing ran is caught up.
import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../platform/audit/audit.ts';
import { defineInstallationJob, defineJob, type Jobs } from '../../platform/jobs/index.ts';
import type { Connections } from '../../platform/providers/connections.ts';
import type { RatesSource } from '../../platform/providers/exchange-rates/index.ts';
import { type RateRow, writeRates } from './rates.ts';
import type { Db } from './tables.ts';

const KIND = 'exchange-rates';
const FROM_HOUR = 17;
/** how far back the first fetch looks */
const FIRST_DAYS = 31;
/** a bank corrects its last days at times */
const AGAIN_DAYS = 3;
const BATCH = 2000;
const DAY_MS = 86_400_000;

export interface FetchRatesParts {
  db: Db;
  connections: Connections;
  jobs: Jobs;
}

const shift = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Providers of a kind in the registry. */
const banks = (connections: Connections): string[] =>
  connections.providers.flatMap((one) => (one.kind === KIND ? [one.id] : []));

/** Writes what a bank published. Returns how many were new or changed. */
export async function storeRates(
  db: Db,
  workspace: string,
  source: string,
  rates: readonly { date: string; base: string; quote: string; rate: string }[],
): Promise<number> {
  const rows: RateRow[] = rates.map(({ date, base, quote, rate }) => ({
    day: date,
    currency: base,
    toCurrency: quote,
    rate,
    source,
  }));
  let stored = 0;
  for (let at = 0; at < rows.length; at += BATCH)
    stored += await writeRates(db, workspace, rows.slice(at, at + BATCH), { import: null });
  return stored;
}

const payload = z.object({ connection: z.uuid() });

export const fetchRatesJob = defineJob<typeof payload, FetchRatesParts>({
  name: 'fetch-rates',
  title: 'jobs.names.fetchRates',
  payload,
  // a bank that is away is asked again over about six hours
  retry: { limit: 8, delaySeconds: 120, maxDelaySeconds: 7200 },
  async run({ workspace, payload: { connection }, who }, { db, connections }) {
    const row = await db
      .selectFrom('connection')
      .innerJoin('workspace', 'workspace.id', 'connection.workspace')
      .select([
        'connection.workspace',
        'connection.id',
        'provider',
        'connection.name',
        'settings',
        'state',
        'time_zone',
      ])
      .select(sql<string>`(now() AT TIME ZONE workspace.time_zone)::date::text`.as('today'))
      .where('connection.workspace', '=', workspace)
      .where('connection.id', '=', connection)
      .executeTakeFirst();
    // switched off or taken away while the job waited
    if (!row || row.state === 'off') return { stored: 0 };
    const last = await db
      .selectFrom('exchange_rate')
      .select((eb) => eb.fn.max('day').as('day'))
      .where('workspace', '=', workspace)
      .where('source', '=', row.provider)
      .executeTakeFirst();
    const from = last?.day ? shift(last.day, -AGAIN_DAYS) : shift(row.today, -FIRST_DAYS);
    const source = await connections.open<RatesSource>(row);
    // the Bank of Russia sets tomorrow's rates today
    const rates = await source.fetchRates({ from, to: shift(row.today, 1) });
    const stored = await storeRates(db, workspace, row.provider, rates);
    const done = { day: row.today, at: new Date(), stored };
    await db
      .insertInto('rate_fetch')
      .values({ connection, workspace, ...done })
      .onConflict((c) => c.column('connection').doUpdateSet(done))
      .execute();
    if (stored > 0)
      await writeAudit(db, { workspace, who, action: 'rate.fetch', target: row.name, details: { stored, from } });
    return { stored };
  },
});

/** Connections it is time for: never asked, or not yet today on the company's clock and past the hour. */
export async function dueConnections(db: Db, providers: readonly string[], now: Date) {
  if (providers.length === 0) return [];
  const local = sql<Date>`(${now}::timestamptz AT TIME ZONE workspace.time_zone)`;
  return db
    .selectFrom('connection')
    .innerJoin('workspace', 'workspace.id', 'connection.workspace')
    .leftJoin('rate_fetch', 'rate_fetch.connection', 'connection.id')
    .select(['connection.id', 'connection.workspace'])
    .where('connection.provider', 'in', providers)
    .where('connection.state', '!=', 'off')
    .where((eb) =>
      eb.or([
        eb('rate_fetch.day', 'is', null),
        eb.and([
          sql<boolean>`rate_fetch.day < ${local}::date`,
          sql<boolean>`extract(hour FROM ${local}) >= ${FROM_HOUR}`,
        ]),
      ]),
    )
    .execute();
}

export const ratesRound = defineInstallationJob<z.ZodObject, FetchRatesParts>({
  name: 'rates-round',
  title: 'jobs.names.ratesRound',
  payload: z.object({}),
  async run(_context, parts) {
    const due = await dueConnections(parts.db, banks(parts.connections), new Date());
    for (const { id, workspace } of due) await askBank(parts.jobs, parts.db, workspace, id, 'schedule');
    return { asked: due.length };
  },
});

export async function askBank(jobs: Jobs, db: Db, workspace: string, connection: string, who: string) {
  const options = { singletonKey: connection, who };
  const { run } = await jobs.enqueue(db, workspace, fetchRatesJob, { connection }, options);
  return { run };
}

/** The banks a company has connected, and when each last brought something. */
export async function listBanks(db: Db, connections: Connections, workspace: string) {
  const rows = await db
    .selectFrom('connection')
    .leftJoin('rate_fetch', 'rate_fetch.connection', 'connection.id')
    .select(['connection.id', 'provider', 'name', 'state', 'rate_fetch.at', 'rate_fetch.stored'])
    .where('connection.workspace', '=', workspace)
    .where('provider', 'in', banks(connections))
    .orderBy('connection.id')
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, fetchedAt: at?.toISOString() ?? null }));
}
