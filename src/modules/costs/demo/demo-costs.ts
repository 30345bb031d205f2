// What the demo company's campaigns cost: through the same door as imports, first as the networks say it at once, then as they
// correct it days later.
import type { CostLine } from '../../../simulator/index.ts';
import { type CostRow, writeCosts } from '../costs.ts';
import { setCost } from '../entries.ts';
import type { Db } from '../tables.ts';

const rowOf = (site: string, line: CostLine): CostRow => ({
  site,
  ...line,
  content: '',
  term: '',
  page: '',
  currency: 'EUR',
  vat: 0,
});

export async function demoCosts(
  db: Db,
  of: { workspace: string; site: string; costs: readonly CostLine[]; corrected: readonly CostLine[] },
): Promise<void> {
  for (const lines of [of.costs, of.corrected])
    await db.transaction().execute((tx) =>
      writeCosts(
        tx,
        { workspace: of.workspace, feed: 'ads', import: null },
        lines.map((line) => rowOf(of.site, line)),
      ),
    );
  const last = of.costs.at(-1);
  if (!last) return;
  const about = { source: 'outdoor-blog', medium: 'sponsorship', campaign: '', content: '', term: '', page: '/tents/' };
  const cost = { ...about, site: of.site, day: last.day, amount: '240.00', currency: 'EUR', vatIncluded: false };
  await setCost(db, of.workspace, cost, 'Tradewind');
}
