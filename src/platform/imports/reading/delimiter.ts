// Which character parts the columns: the one by which most lines have the same, greatest number of cells.
import { DELIMITERS, type Delimiter } from '../settings-contract.ts';

/** Of two that part alike, the one that stands in words and amounts less often. */
const RARITY: Readonly<Record<Delimiter, number>> = { ',': 1, ';': 1.1, '|': 1.15, '\t': 1.2 };

/** Cells of each record of the sample by one delimiter, quotes respected. The last record may be cut and is left out. */
function counts(sample: string, delimiter: string, isWhole: boolean): number[] {
  const found: number[] = [];
  let cells = 1;
  let quoted = false;
  let start = true;
  let hasText = false;
  for (let i = 0; i < sample.length; i++) {
    const char = sample[i];
    if (quoted) {
      if (char === '"') {
        if (sample[i + 1] === '"') i++;
        else quoted = false;
      }
    } else if (char === '"' && start) quoted = true;
    else if (char === delimiter) cells++;
    else if (char === '\n') {
      if (hasText || cells > 1) found.push(cells);
      cells = 1;
      hasText = false;
    } else if (char !== '\r' && char !== ' ') hasText = true;
    start = char === delimiter || char === '\n';
  }
  if (isWhole && (hasText || cells > 1)) found.push(cells);
  return found;
}

export function detectDelimiter(sample: string, isWhole: boolean): Delimiter {
  const told = /^\uFEFF?sep=(.)\r?\n/i.exec(sample)?.[1];
  if (told && (DELIMITERS as readonly string[]).includes(told)) return told as Delimiter;
  let best: Delimiter = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const rows = counts(sample, delimiter, isWhole);
    const tally = new Map<number, number>();
    for (const cells of rows) if (cells > 1) tally.set(cells, (tally.get(cells) ?? 0) + 1);
    for (const [cells, times] of tally) {
      // how many lines agree counts most; a comma within amounts makes more cells on some lines only
      const score = (times / rows.length) ** 2 * (1 + Math.log2(cells) / 4) * RARITY[delimiter];
      if (score > most) {
        most = score;
        best = delimiter;
      }
    }
  }
  return best;
}
