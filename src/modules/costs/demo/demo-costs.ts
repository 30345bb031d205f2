// What the demo company's campaigns cost: through the same door as imports, with one network that corrects itself days later.

import { type CostRow, writeCosts } from '../costs.ts';
import { setCost } from '../entries.ts';
import type { Db } from '../tables.ts';

const MS_PER_DAY = 86_400_000;
const CAMPAIGNS = [
  { source: 'google', medium: 'cpc', campaign: 'tents-search', channel: 'Paid Search', daily: 3_850, clicks: 21 },
  { source: 'google', medium: 'cpc', campaign: 'brand', channel: 'Paid Search', daily: 640, clicks: 9 },
  {
    source: 'facebook',
    medium: 'paid_social',
    campaign: 'autumn-sale',
    channel: 'Paid Social',
    daily: 2_470,
    clicks: 17,
  },
  { source: 'partner-net', medium: 'display', campaign: 'retarget', channel: 'Display', daily: 910, clicks: 6 },
] as const;
/** the network counts a tenth of its clicks of the last days as invalid, later */
const RESTATED = { campaign: 'tents-search', days: 3, share: 0.9 } as const;

/** The same figures for the same days: weekends are quieter, and the months differ a little. */
function rowsOf(site: string, untilMs: number, days: number): CostRow[] {
  return Array.from({ length: days }, (_, i) => i + 1).flatMap((ago) => {
    const at = new Date(untilMs - ago * MS_PER_DAY);
    const weekend = at.getUTCDay() % 6 === 0 ? 0.62 : 1;
    return CAMPAIGNS.map(({ daily, clicks, ...about }, c) => {
      const wave = weekend * (1 + 0.17 * Math.sin(ago * 0.61 + c * 1.3));
      return {
        site,
        day: at.toISOString().slice(0, 10),
        ...about,
        content: '',
        term: '',
        page: '',
        currency: 'EUR',
        amount: Math.round(daily * wave),
        vat: 0,
        impressions: Math.round(clicks * wave * 38),
        clicks: Math.round(clicks * wave),
      };
    });
  });
}

export async function demoCosts(
  db: Db,
  of: { workspace: string; site: string; until: number; days: number },
): Promise<void> {
  const rows = rowsOf(of.site, of.until, of.days);
  const corrected = rows
    .filter((row) => row.campaign === RESTATED.campaign)
    .slice(0, RESTATED.days)
    .map((row) => ({ ...row, amount: Math.round(row.amount * RESTATED.share) }));
  for (const part of [rows, corrected])
    await db
      .transaction()
      .execute((tx) => writeCosts(tx, { workspace: of.workspace, feed: 'ads', import: null }, part));
  const about = { source: 'outdoor-blog', medium: 'sponsorship', campaign: '', content: '', term: '', page: '/tents/' };
  const day = rows.at(-1)!.day;
  const cost = { ...about, site: of.site, day, amount: '240.00', currency: 'EUR', vatIncluded: false };
  await setCost(db, of.workspace, cost, 'Tradewind');
}
