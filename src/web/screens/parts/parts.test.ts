// A part that is on no page of parts is not looked at when a colour changes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The frame of the page itself, the frame before sign-in, and what stands inside a part that is shown. */
const ELSEWHERE = ['plain-page.tsx', 'undo-toast.tsx', 'chart.tsx'];

test('every shared part is shown in both themes', () => {
  const shown = ['parts.tsx', 'figure-parts.tsx', 'word-parts.tsx']
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n');
  const parts = readdirSync(join(import.meta.dirname, '../../parts')).filter((name) => name.endsWith('.tsx'));
  expect(parts.length).toBeGreaterThan(12);
  expect(parts.filter((name) => !ELSEWHERE.includes(name) && !shown.includes(`/${name}'`))).toEqual([]);
});
