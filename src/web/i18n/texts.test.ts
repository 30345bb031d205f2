// Every text exists in both languages, every key in use exists, and none is left over.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { texts } from '../../modules/texts.ts';

const SOURCES = ['src/web', 'src/modules', 'src/platform'];
const PLURAL = /_(zero|one|two|few|many|other)$/;
/** What a plural needs in each language. */
const FORMS = { en: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] } as const;

function leaves(node: unknown, path = ''): [string, string][] {
  if (typeof node !== 'object' || node === null) return [[path, String(node)]];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`));
}

async function read(language: 'en' | 'ru'): Promise<Map<string, string>> {
  const parts = await Promise.all(texts[language].map((load) => load()));
  const all = parts.flatMap((part) => leaves(part.default));
  expect(new Set(all.map(([key]) => key)).size, 'a key is written in two files').toBe(all.length);
  return new Map(all);
}

function screens(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.i?test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.startsWith('src/web') || /\/(ui|mailings)\//.test(path) || path === 'src/modules/pages.ts');
}

const code = SOURCES.flatMap(screens)
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');
/** `t('a.b')`, `title: 'nav.x'`, `t(cond ? 'a' : 'b')`: any quoted text of the shape of a key. */
const quoted = new Set([...code.matchAll(/'([a-zA-Z]+(?:\.[\w-]+)*)'/g)].map((match) => match[1]!));
/** `t(`channel.${x}.name`)`: everything of that shape. */
const patterns = [...code.matchAll(/`([a-zA-Z]+(?:\.[\w-]+)*\.\$\{[^`]+)`/g)].map(
  (match) => new RegExp(`^${match[1]!.replaceAll('.', '\\.').replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '[^.]+')}$`),
);

describe('texts of the screens', async () => {
  const [en, ru] = [await read('en'), await read('ru')];
  const bases = (all: Map<string, string>) => new Set([...all.keys()].map((key) => key.replace(PLURAL, '')));

  test('are the same in both languages', () => {
    expect([...bases(ru)].sort()).toEqual([...bases(en)].sort());
  });
  test('have every plural form their language needs', () => {
    for (const [language, all] of [
      ['en', en],
      ['ru', ru],
    ] as const) {
      for (const key of [...all.keys()].filter((one) => PLURAL.test(one))) {
        const base = key.replace(PLURAL, '');
        for (const form of FORMS[language])
          expect(all.has(`${base}_${form}`), `${language}: ${base}_${form}`).toBe(true);
      }
    }
  });
  test('carry the same values', () => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of en) {
      const other = ru.get(key);
      if (other !== undefined && !PLURAL.test(key)) expect(names(other), key).toEqual(names(text));
    }
  });
  test('are all in use', () => {
    const unused = [...bases(en)].filter((key) => !quoted.has(key) && !patterns.some((one) => one.test(key)));
    expect(unused).toEqual([]);
  });
  test('are all there', () => {
    const asked = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!);
    expect(asked.filter((key) => !bases(en).has(key))).toEqual([]);
    expect(asked.length).toBeGreaterThan(100);
  });
});
