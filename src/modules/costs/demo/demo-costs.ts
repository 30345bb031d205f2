// What the demo company's campaigns cost, as files of its ad networks through the same import as anyone's: first as the networks say
// it at once, then as they correct it days later. The second file changes rows of the first, so reports tell which figures moved.
import { Readable } from 'node:stream';
import { tableBytes } from '../../../platform/exports/table-file-contract.ts';
import { type ImportRulesParts, importFile } from '../../../platform/imports/index.ts';
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

/** Imports a file that was not imported by a start that was cut off later. */
async function importLines(
  parts: ImportRulesParts,
  workspace: string,
  name: string,
  lines: readonly CostLine[],
): Promise<void> {
  const there = await parts.db
    .selectFrom('import')
    .select('id')
    .where('workspace', '=', workspace)
    .where('file_name', '=', name)
    .where('state', '=', 'done')
    .executeTakeFirst();
  if (there || lines.length === 0) return;
  const bytes = tableBytes('csv', SOURCE, HEAD, lines.map(rowOf));
  const file = await parts.files.save(workspace, Readable.from(bytes, { objectMode: false }), { name, who: WHO });
  await importFile(parts, { workspace, who: WHO }, { file: file.id, kind: costImport, source: SOURCE });
}

export async function demoCosts(
  parts: ImportRulesParts,
  of: { workspace: string; site: string; costs: readonly CostLine[]; corrected: readonly CostLine[] },
): Promise<void> {
  // the command line has none, and beside a server's one more does no harm
  const worker = new JobWorker(parts.jobs);
  await worker.start();
  try {
    await importLines(parts, of.workspace, 'ad-costs.csv', of.costs);
    await importLines(parts, of.workspace, 'ad-costs-corrected.csv', of.corrected);
  } finally {
    await worker.stop();
  }
  const last = of.costs.at(-1);
  if (!last) return;
  const about = { source: 'outdoor-blog', medium: 'sponsorship', campaign: '', content: '', term: '', page: '/tents/' };
  const cost = { ...about, site: of.site, day: last.day, amount: '240.00', currency: CURRENCY, vatIncluded: false };
  await setCost(parts.db as unknown as Db, of.workspace, cost, WHO);
}
