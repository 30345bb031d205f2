// How much of the public test files the derivation rules get right: `node bench/parsers.ts` prints
// a table, `--misses` lists every miss under it. The tests beside the rules hold the same targets.
import { FILES } from '../src/modules/analytics/derive/fixtures/measure.ts';

const showMisses = process.argv.includes('--misses');
console.log(
  `${'file'.padEnd(28)}${'right'.padStart(8)}${'of'.padStart(8)}${'share'.padStart(9)}${'target'.padStart(9)}  what is right`,
);
for (const file of FILES) {
  const { right, total, misses } = file.measure();
  const share = `${((100 * right) / total).toFixed(2)}%`;
  console.log(
    `${file.name.padEnd(28)}${String(right).padStart(8)}${String(total).padStart(8)}${share.padStart(9)}${`${file.target}%`.padStart(9)}  ${file.what}`,
  );
  if (showMisses) for (const miss of misses) console.log(`    ${miss}`);
}
