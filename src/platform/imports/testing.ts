// What tests of imports share: a kind with the usual fields that writes nothing, and files of bytes.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineImportKind, type ImportField, type ImportKind } from './kind.ts';

const field = (
  name: string,
  type: ImportField['type'],
  names: readonly string[],
  of: { required?: boolean; from?: ImportField['from'] } = {},
): ImportField => ({
  name,
  label: { en: name, ru: name },
  type,
  required: of.required ?? false,
  from: of.from ?? 'either',
  names,
});

/** Costs as the detection knows them. */
export const testKind: ImportKind = defineImportKind({
  name: 'test',
  label: { en: 'Test', ru: 'Проба' },
  permission: 'costs:manage',
  fields: [
    field('day', 'day', ['day', 'date', 'дата'], { required: true, from: 'column' }),
    field('amount', 'amount', ['cost', 'spend', 'расход', 'стоимость', 'сумма'], { required: true, from: 'column' }),
    field('currency', 'currency', ['currency', 'валюта'], { required: true }),
    field('campaign', 'text', ['campaign', 'кампания']),
    field('clicks', 'integer', ['clicks', 'клики'], { from: 'column' }),
    field('site', 'choice', ['site', 'сайт']),
  ],
  reasons: {},
  choices: async () => ({ options: {}, preset: {} }),
  open: async () => {
    throw new Error('Only read');
  },
});

/** A file of the bytes for the while of `work`. */
export async function withFile<T>(bytes: Buffer | string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tradewind-import-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, bytes);
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text in Windows-1251, which Node reads and does not write. */
export function windows1251(text: string): Buffer {
  const decoder = new TextDecoder('windows-1251');
  const codes = new Map(Array.from({ length: 256 }, (_, code) => [decoder.decode(Uint8Array.of(code)), code]));
  return Buffer.from([...text].map((char) => codes.get(char) ?? 63));
}
