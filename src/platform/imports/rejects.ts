// Rows that were not taken, as a file: the columns as they were, the line and the reason, so that it can be mended and imported.
import { Readable } from 'node:stream';
import { CSV_MARK, csvLine } from '../exports/csv.ts';
import type { ImportKind } from './kind.ts';
import type { ImportDb, ImportParts, ImportRecord } from './parts.ts';

const PAGE = 2000;
/** Days its file is kept. */
const KEPT = 90;

type Words = { en: string; ru: string };
const WORDS: Readonly<Record<string, Words>> = {
  'row:unreadable': {
    en: 'some characters can’t be read: the encoding may be another',
    ru: 'часть символов не читается: возможно, кодировка другая',
  },
  'row:total': { en: 'a line of totals, left out', ru: 'строка итогов, пропущена' },
};
const CODES: Readonly<Record<string, Words>> = {
  missing: { en: 'is empty', ru: 'пусто' },
  'no-day': { en: 'is no date', ru: 'не дата' },
  'no-amount': { en: 'is no amount', ru: 'не сумма' },
  'no-integer': { en: 'is no whole number', ru: 'не целое число' },
  'no-currency': { en: 'is no currency', ru: 'не валюта' },
  'no-choice': { en: 'is not among yours', ru: 'нет среди ваших' },
  'too-long': { en: 'is too long', ru: 'слишком длинно' },
};

/** 'day:no-day' → 'Day is no date' */
export function reasonWords(kind: ImportKind, reason: string, language: 'en' | 'ru'): string {
  const whole = WORDS[reason];
  if (whole) return whole[language];
  const [name = '', code = ''] = reason.split(':');
  const field = kind.fields.find((one) => one.name === name)?.label[language] ?? name;
  const said = kind.reasons[reason] ?? CODES[code];
  return language === 'ru' ? `${field}: ${said?.ru ?? code}` : `${field} ${said?.en ?? code}`;
}

export const reasonTexts = (kind: ImportKind): Record<string, Words> => {
  const all: Record<string, Words> = { ...WORDS };
  const both = (reason: string): void => {
    all[reason] = { en: reasonWords(kind, reason, 'en'), ru: reasonWords(kind, reason, 'ru') };
  };
  for (const reason of Object.keys(kind.reasons)) both(reason);
  for (const field of kind.fields) for (const code of Object.keys(CODES)) both(`${field.name}:${code}`);
  return all;
};

async function* lines(db: ImportDb, record: ImportRecord, kind: ImportKind, language: 'en' | 'ru') {
  const named = language === 'ru' ? ['Строка', 'Причина'] : ['Line', 'Reason'];
  yield CSV_MARK + csvLine([...record.headers, ...named]);
  const width = record.headers.length;
  let after = 0;
  for (;;) {
    const page = await db
      .selectFrom('import_reject')
      .select(['line', 'reason', 'cells'])
      .where('import', '=', record.id)
      .where('line', '>', after)
      .orderBy('line')
      .limit(PAGE)
      .execute();
    yield page
      .map(({ line, reason, cells }) =>
        csvLine([
          ...Array.from({ length: width }, (_, at) => cells[at] ?? ''),
          line,
          reasonWords(kind, reason, language),
        ]),
      )
      .join('');
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.line;
  }
}

/** Null when every row was taken. */
export async function rejectsFile(
  parts: ImportParts,
  record: ImportRecord,
  kind: ImportKind,
): Promise<{ file: string | null }> {
  const any = await parts.db
    .selectFrom('import_reject')
    .select('line')
    .where('import', '=', record.id)
    .limit(1)
    .execute();
  if (any.length === 0) return { file: null };
  const { language } = await parts.db
    .selectFrom('workspace')
    .select('language')
    .where('id', '=', record.workspace)
    .executeTakeFirstOrThrow();
  const name = `${record.file_name.replace(/\.[^.]*$/, '')}-rejected.csv`;
  const expiresAt = new Date(Date.now() + KEPT * 86_400_000);
  const stream = Readable.from(lines(parts.db, record, kind, language));
  const saved = await parts.files.save(record.workspace, stream, { name, who: record.created_by, expiresAt });
  return { file: saved.id };
}
