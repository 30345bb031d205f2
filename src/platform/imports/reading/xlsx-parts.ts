// What a workbook says about itself beside its sheets: their names, which formats are dates, and the texts its cells share.
import type { Readable } from 'node:stream';
import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import { ImportFileError } from '../errors.ts';
import type { Zip } from './zip.ts';

export interface Workbook {
  sheets: { name: string; path: string }[];
  /** by style number: its cells are days */
  isDate: readonly boolean[];
  /** days are counted from 1904 */
  from1904: boolean;
}

const SMALL = 32_000_000;
const TEXTS = 512_000_000;
/** Bytes of shared texts that are held. */
const MOST_TEXT = 64_000_000;

type Attributes = Record<string, string>;
export interface Handlers {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Feeds a part to the handlers; after each piece of it, what `between` gives is passed on. */
export async function* readXml<T>(bytes: Readable, on: Handlers, between: () => Iterable<T>): AsyncGenerator<T> {
  const parser = new SaxesParser();
  const plain = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', (tag) =>
    on.open?.(plain(tag.name), tag.attributes as Record<string, SaxesAttributePlain> as unknown as Attributes),
  );
  parser.on('closetag', (tag) => on.close?.(plain(tag.name)));
  parser.on('text', (text) => on.text?.(text));
  parser.on('cdata', (text) => on.text?.(text));
  parser.on('error', (error) => {
    throw new ImportFileError(
      'broken',
      'The workbook is damaged. Open it in your spreadsheet, save it again and upload it.',
      {
        cause: error,
      },
    );
  });
  const decoder = new TextDecoder();
  for await (const chunk of bytes) {
    parser.write(decoder.decode(chunk as Buffer, { stream: true }));
    yield* between();
  }
  parser.close();
  yield* between();
}

async function readWhole(bytes: Readable, on: Handlers): Promise<void> {
  for await (const _ of readXml(bytes, on, () => [])) {
    // nothing is passed on
  }
}

const BUILT_IN_DATES = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58);
/** A format with a day or a year in it, outside of quotes, brackets and escapes. */
const isDateFormat = (code: string): boolean => /[dy]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const targets = new Map<string, string>();
  const sheets: Workbook['sheets'] = [];
  let from1904 = false;
  await readWhole(await zip.read('xl/_rels/workbook.xml.rels', SMALL), {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  await readWhole(await zip.read('xl/workbook.xml', SMALL), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      const path = targets.get(attributes['r:id'] ?? '');
      if (name === 'sheet' && path && zip.has(path)) sheets.push({ name: attributes.name ?? '', path });
    },
  });
  if (sheets.length === 0) throw new ImportFileError('no-sheet', 'The workbook has no sheet with a table.');
  const isDate: boolean[] = [];
  const own = new Map<number, boolean>();
  let inCells = false;
  if (zip.has('xl/styles.xml'))
    await readWhole(await zip.read('xl/styles.xml', SMALL), {
      open: (name, attributes) => {
        if (name === 'numFmt') own.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''));
        if (name === 'cellXfs') inCells = true;
        const id = Number(attributes.numFmtId ?? 0);
        if (name === 'xf' && inCells) isDate.push(own.get(id) ?? BUILT_IN_DATES(id));
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    });
  return { sheets, isDate, from1904 };
}

/** The texts cells name by number, as bytes side by side: many short strings weigh several times their letters. */
export class SharedTexts {
  #bytes = Buffer.alloc(1 << 16);
  #ends: number[] = [];
  #length = 0;

  static async read(zip: Zip): Promise<SharedTexts> {
    const made = new SharedTexts();
    if (!zip.has('xl/sharedStrings.xml')) return made;
    let parts: string[] = [];
    let take = false;
    let aside = false;
    await readWhole(await zip.read('xl/sharedStrings.xml', TEXTS), {
      open: (name) => {
        if (name === 'si') parts = [];
        if (name === 'rPh') aside = true;
        take = name === 't' && !aside;
      },
      close: (name) => {
        if (name === 'rPh') aside = false;
        if (name === 'si') made.#add(parts.join(''));
        take = false;
      },
      text: (text) => {
        if (take) parts.push(text);
      },
    });
    return made;
  }

  #add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.#length + size > MOST_TEXT)
      throw new ImportFileError(
        'too-large',
        `The workbook holds more than ${MOST_TEXT / 1_000_000} MB of different texts. Save the sheet as CSV and import that: a CSV may be of any size.`,
      );
    if (this.#length + size > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length + size));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.write(text, this.#length);
    this.#length += size;
    this.#ends.push(this.#length);
  }

  get(index: number): string {
    return this.#bytes.toString('utf8', index === 0 ? 0 : (this.#ends[index - 1] ?? 0), this.#ends[index] ?? 0);
  }
}
