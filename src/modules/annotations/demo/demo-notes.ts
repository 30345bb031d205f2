// Notes of the demo company: what its people would have written down as it happened.
import { CAMPAIGNS, DAY_MS, PRICE_CHANGES, STOCK_OUTS } from '../../../simulator/index.ts';
import { addAnnotation, type Db } from '../annotations.ts';

export async function demoNotes(db: Db, of: { workspace: string; until: number; days: number }): Promise<void> {
  const happened = [...PRICE_CHANGES, ...STOCK_OUTS, ...CAMPAIGNS.flatMap(({ plan }) => [...plan])];
  for (const { ago, note } of happened) {
    if (note === '' || ago[0] > of.days) continue;
    const day = new Date(of.until - ago[0] * DAY_MS).toISOString().slice(0, 10);
    await addAnnotation(db, of.workspace, { site: null, day, text: note }, 'Tradewind');
  }
}
