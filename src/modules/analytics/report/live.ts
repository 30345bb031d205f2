// Who is on the site now: visitors of the last minutes and the page each is on. Reads a day of events at most.
import { quote } from './dimensions.ts';

export const LIVE_MINUTES = 5;
const MOST_PAGES = 10;

export interface Live {
  visitors: number;
  pages: { page: string; visitors: number }[];
}

type Run = (sql: string) => Promise<Record<string, string | number | null>[]>;

/** Attention after a view counts as being there; the page is the one last seen. */
export async function visitorsNow(of: { workspace: string; sites: readonly string[] }, run: Run): Promise<Live> {
  if (of.sites.length === 0) return { visitors: 0, pages: [] };
  const rows = await run(
    `SELECT page, count() AS visitors, sum(visitors) OVER () AS everyone FROM (
       SELECT visitor, argMaxIf(path, (at, id), path != '') AS page FROM events
       WHERE workspace = ${quote(of.workspace)} AND site IN (${of.sites.map(quote).join(', ')}) AND day >= toDate(now('UTC')) - 1
         AND at >= now64(3) - toIntervalMinute(${LIVE_MINUTES}) AND at <= now64(3) + toIntervalMinute(1)
         AND bot = 0 AND kind IN ('view', 'event', 'signal') AND visitor_kind != 'imported'
       GROUP BY visitor)
     GROUP BY page ORDER BY visitors DESC, page LIMIT ${MOST_PAGES}`,
  );
  return {
    visitors: Number(rows[0]?.everyone ?? 0),
    pages: rows.map((row) => ({ page: String(row.page ?? ''), visitors: Number(row.visitors) })),
  };
}
