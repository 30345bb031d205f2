// What the demo company's campaigns cost, as files of its ad networks through the same import as anyone's: first as the networks say
// it at once, then as they correct it days later. The second file changes rows of the first, so reports tell which figures moved.
import { type ImportRulesParts, importTableOnce } from '../../../platform/imports/index.ts';
import { JobWorker } from '../../../platform/jobs/index.ts';
import { minorDigits } from '../../../platform/money/money.ts';
import type { CostLine } from '../../../simulator/index.ts';
import { setCost } from '../entries.ts';
import { costImport } from '../import-costs.ts';
import type { Db } from '../tables.ts';

const SOURCE = 'Ad networks';
const WHO = 'Tradewind';
const CURRENCY = 'EUR';
const HEAD = ['Date', 'Source', 'Medium', 'Campaign', 'Cost', 'Impressions', 'Clicks'];

const rowOf = ({ day, source, medium, campaign, amount, impressions, clicks }: CostLine) => [
  ...[day, source, medium, campaign],
  amount / 10 ** minorDigits(CURRENCY),
  ...[impressions, clicks],
];

const tableOf = (name: string, lines: readonly CostLine[]) => ({
  name,
  kind: costImport,
  source: SOURCE,
  head: HEAD,
  rows: lines.map(rowOf),
});

export async function demoCosts(
  parts: ImportRulesParts,
  of: { workspace: string; site: string; costs: readonly CostLine[]; corrected: readonly CostLine[] },
): Promise<void> {
  // the command line has none, and beside a server's one more does no harm
  const worker = new JobWorker(parts.jobs);
  await worker.start();
  try {
    const by = { workspace: of.workspace, who: WHO };
    await importTableOnce(parts, by, tableOf('ad-costs.csv', of.costs));
    await importTableOnce(parts, by, tableOf('ad-costs-corrected.csv', of.corrected));
  } finally {
    await worker.stop();
  }
  const last = of.costs.at(-1);
  if (!last) return;
  const about = { source: 'outdoor-blog', medium: 'sponsorship', campaign: '', content: '', term: '', page: '/tents/' };
  const cost = { ...about, site: of.site, day: last.day, amount: '240.00', currency: CURRENCY, vatIncluded: false };
  await setCost(parts.db as unknown as Db, of.workspace, cost, WHO);
}
