// What the benches share: medians, tables of figures beside their targets, arguments.
export const argument = (name: string, otherwise: string): string => {
  const i = process.argv.indexOf(`--${name}`);
  return i >= 0 ? (process.argv[i + 1] ?? otherwise) : otherwise;
};
export const has = (name: string): boolean => process.argv.includes(`--${name}`);

/** `share` 0–1: 0.5 is the median, 0.99 what all but one in a hundred stay under. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
/** Of an even number of values the mean of the middle two. */
export const median = (values: readonly number[]): number =>
  (quantile(values, 0.5) +
    quantile(
      values.map((v) => -v),
      0.5,
    ) *
      -1) /
  2;

export interface Line {
  what: string;
  found: string;
  target?: string;
  /** left out: a figure without a target */
  ok?: boolean;
}

export function printLines(title: string, lines: readonly Line[]): void {
  const width = Math.max(...lines.map((l) => l.what.length)) + 2;
  console.log(`\n${title}\n`);
  for (const { what, found, target = '', ok } of lines) {
    const verdict = ok === undefined ? '' : ok ? 'ok' : 'MISS';
    console.log(`  ${what.padEnd(width)}${found.padStart(16)}  ${target.padEnd(24)}${verdict}`);
  }
  console.log('');
}

/** Median time of `work` over `times` runs after one that is not counted, milliseconds. */
export async function timed(work: () => Promise<unknown>, times = 7): Promise<number> {
  await work();
  const all: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await work();
    all.push(performance.now() - began);
  }
  return median(all);
}
