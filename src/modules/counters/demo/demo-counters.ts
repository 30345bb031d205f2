// What Google Analytics counted on the demo company's site, as the report it hands out, through the same import as anyone's; and the
// goal it is told.
import { type ImportRulesParts, importTableOnce } from '../../../platform/imports/index.ts';
import { JobWorker } from '../../../platform/jobs/index.ts';
import { OTHER_COUNTER_ZONE, type OtherCounterLine } from '../../../simulator/index.ts';
import { setCounterZone } from '../counters.ts';
import { type ForwardDeps, forwardingOf, setForwarding } from '../forward/forwarding.ts';
import { counterImport } from '../import-counters.ts';
import type { Db } from '../tables.ts';

const WHO = 'Tradewind';
const HEAD = ['Date', 'Session primary channel group (Default Channel Group)', 'Sessions', 'Views'];

export async function demoCounters(
  parts: ImportRulesParts & Omit<ForwardDeps, 'db'>,
  of: { workspace: string; site: string; otherCounter: readonly OtherCounterLine[] },
): Promise<void> {
  const worker = new JobWorker(parts.jobs);
  await worker.start();
  try {
    await importTableOnce(
      parts,
      { workspace: of.workspace, who: WHO },
      {
        name: 'google-analytics-by-day.csv',
        kind: counterImport,
        source: 'Google Analytics',
        head: HEAD,
        rows: of.otherCounter.map(({ day, channel, sessions, views }) => [
          day.replaceAll('-', ''),
          channel,
          sessions,
          views,
        ]),
        mapping: { counter: { value: 'ga4' } },
      },
    );
  } finally {
    await worker.stop();
  }
  const zone = { site: of.site, counter: 'ga4', zone: OTHER_COUNTER_ZONE } as const;
  const db = parts.db as unknown as Db;
  await setCounterZone(db, of.workspace, zone, WHO);
  // its request form is what the ads should learn from
  const deps = { ...parts, db };
  const { goals } = await forwardingOf(deps, of.workspace, of.site);
  const told = goals
    .filter(({ name }) => name === 'Request for a group offer')
    .map(({ id, suggested }) => ({ id, metrica: null, ga4: suggested }));
  await setForwarding(deps, of.workspace, of.site, { number: null, goals: told }, WHO);
}
