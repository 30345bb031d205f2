// Notes of the demo company.
import { addAnnotation, type Db } from '../annotations.ts';

const MS_PER_DAY = 86_400_000;
const NOTES = [
  { ago: 40, text: 'Autumn sale begins: 15 % off tents' },
  { ago: 23, text: 'Delivery from two days to one' },
  { ago: 9, text: 'New page of sleeping bags' },
];

export async function demoNotes(db: Db, of: { workspace: string; until: number }): Promise<void> {
  for (const { ago, text } of NOTES) {
    const day = new Date(of.until - ago * MS_PER_DAY).toISOString().slice(0, 10);
    await addAnnotation(db, of.workspace, { site: null, day, text }, 'Tradewind');
  }
}
