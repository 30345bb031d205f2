// Rows as people paste them from a spreadsheet: an address a line, or columns with names above them. A line without columns is an
// address alone, whatever commas it holds.
import { TAG_FIELDS, type TagField } from '../../convention-contract.ts';

export type PastedRow = { target: string; name: string } & Partial<Record<TagField, string>>;
type Column = keyof PastedRow;

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  target: ['url', 'address', 'link', 'page', 'landing', 'target', 'адрес', 'ссылка', 'страница'],
  name: ['name', 'title', 'название', 'имя'],
  source: ['source', 'utm_source', 'источник'],
  medium: ['medium', 'utm_medium', 'тип', 'канал'],
  campaign: ['campaign', 'utm_campaign', 'кампания'],
  content: ['content', 'utm_content', 'ad', 'объявление', 'контент'],
  term: ['term', 'utm_term', 'keyword', 'ключ', 'ключевое слово', 'фраза'],
};

const columnOf = (head: string): Column | undefined =>
  (Object.keys(NAMES) as Column[]).find((column) => NAMES[column].includes(head.trim().toLowerCase()));

/** Columns by the names above them; null when the first line is a row itself. */
function headOf(line: string): { mark: string; columns: (Column | undefined)[] } | null {
  for (const mark of ['\t', ';', ',']) {
    const columns = line.split(mark).map(columnOf);
    if (columns.includes('target') && (columns.length > 1 || columnOf(line) === 'target')) return { mark, columns };
  }
  return null;
}

/** Without names above them columns parted by tabs are: address, content, campaign. */
const USUAL: readonly Column[] = ['target', 'content', 'campaign'];

export function pastedRows(text: string): PastedRow[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const head = lines[0] === undefined ? null : headOf(lines[0]);
  const columns = head?.columns ?? USUAL;
  const mark = head?.mark ?? '\t';
  return lines.slice(head ? 1 : 0).map((line) => {
    const row: PastedRow = { target: '', name: '' };
    for (const [index, cell] of line.split(mark).entries()) {
      const column = columns[index];
      if (column !== undefined) row[column] = cell.trim().replace(/^"(.*)"$/, '$1');
    }
    return row;
  });
}

/** What stands above all rows fills the cells a row leaves empty. */
export const filledRow = (row: PastedRow, common: Readonly<Record<TagField, string>>) => ({
  ...{ target: row.target, name: row.name },
  ...(Object.fromEntries(TAG_FIELDS.map((field) => [field, row[field] || common[field]])) as Record<TagField, string>),
});
