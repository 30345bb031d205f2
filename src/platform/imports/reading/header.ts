// Which row names the columns: words, all different, as wide as the table below it, and known words best of all.
import { readDate } from './dates.ts';
import { readNumber } from './numbers.ts';
import type { RawRow } from './rows.ts';

const LOOKED_AT = 25;

const isValue = (cell: string): boolean =>
  readDate(cell, 'dmy') !== null ||
  readDate(cell, 'mdy') !== null ||
  (/\d/.test(cell) &&
    (readNumber(cell, '.') !== null || readNumber(cell, ',') !== null) &&
    !/[a-zа-яё]{4}/i.test(cell));

/** How wide most rows are. */
function widthOf(rows: readonly RawRow[]): number {
  const tally = new Map<number, number>();
  for (const { cells } of rows) {
    let width = cells.length;
    while (width > 0 && cells[width - 1]!.trim() === '') width--;
    tally.set(width, (tally.get(width) ?? 0) + 1);
  }
  return [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** Its line, or 0 when the table begins with its values. `isKnown` tells words a field is often called by. */
export function detectHeader(rows: readonly RawRow[], isKnown: (cell: string) => boolean): number {
  const width = widthOf(rows);
  const head = rows.slice(0, LOOKED_AT);
  let best = 0;
  let most = 0;
  head.forEach((row, index) => {
    const cells = row.cells.map((cell) => cell.trim());
    const given = cells.filter((cell) => cell !== '');
    if (given.length < 1 || given.length < Math.min(width, 2) || given.some(isValue)) return;
    const next = head[index + 1];
    const different = new Set(given.map((cell) => cell.toLowerCase())).size === given.length;
    const known = given.filter(isKnown).length;
    const score =
      Math.min(given.length / Math.max(width, 1), 1) * 2 +
      (different ? 1 : 0) +
      Math.min(known, 3) * 1.5 +
      (next?.cells.some(isValue) ? 1.5 : 0) -
      index * 0.05;
    if (score > most) {
      most = score;
      best = row.line;
    }
  });
  return most >= 3 ? best : 0;
}
