// Help that is promised is there: every screen's guide exists in both languages, and what guides point to exists too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from '../../modules/pages.ts';

const GUIDES = join(import.meta.dirname, '../../../docs/guide');
/** a screen for those who build Tradewind */
const WITHOUT = ['parts'];

test('every screen has a guide in English and Russian', () => {
  for (const { path, guide } of pages) {
    if (WITHOUT.includes(path)) continue;
    expect(guide, path).toBeDefined();
    for (const end of ['.md', '.ru.md'])
      expect(existsSync(join(GUIDES, `${guide}${end}`)), `${guide}${end}`).toBe(true);
  }
});

test('every guide shows its screen, and points only to what is there', () => {
  const names = readdirSync(GUIDES);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const text = readFileSync(join(GUIDES, name), 'utf8');
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    for (const link of links.filter((one) => !one.startsWith('https:')))
      expect(existsSync(join(GUIDES, link)), `${name}: ${link}`).toBe(true);
    expect(links, name).toContain(`../pictures/guide-${name.replace(/(\.ru)?\.md$/, '')}.png`);
  }
});
