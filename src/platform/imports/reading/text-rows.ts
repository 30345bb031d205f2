// Rows of a CSV or TSV file, read as they come: what is held is one piece of the file and one row.
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { ImportFileError } from '../errors.ts';
import type { Reading } from '../settings-contract.ts';
import { isEmptyRow, MOST_COLUMNS, type RawRow } from './rows.ts';

/** A row longer than this is a quotation mark that was never closed. */
const MOST_ROW = 1_000_000;

export async function* textRows(
  bytes: Readable,
  { encoding, delimiter }: Pick<Reading, 'encoding' | 'delimiter'>,
  seen?: (bytes: number) => void,
): AsyncGenerator<RawRow> {
  let parsedTo = 0;
  const decoder = new TextDecoder(encoding);
  const parser = parse({
    delimiter,
    quote: '"',
    relax_quotes: true,
    relax_column_count: true,
    info: true,
    max_record_size: MOST_ROW,
    on_record: (parsed: string[], { lines }) => {
      parsedTo = lines;
      return parsed;
    },
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  const feed = async (): Promise<void> => {
    let size = 0;
    for await (const chunk of bytes) {
      size += (chunk as Buffer).length;
      seen?.(size);
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (text !== '' && !parser.write(text)) await new Promise((resolve) => parser.once('drain', resolve));
      if (parser.destroyed) return;
    }
    parser.end(decoder.decode());
  };
  const fed = feed().catch((error: unknown) =>
    parser.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const cells = record.length > MOST_COLUMNS ? record.slice(0, MOST_COLUMNS) : record;
      const row = { line, cells };
      line = info.lines + 1;
      if (row.line === 1 && /^sep=.?$/i.test(cells[0] ?? '')) continue;
      if (!isEmptyRow(cells)) yield row;
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new ImportFileError(
        'open-quote',
        `From line ${parsedTo + 1} on the file can't be split into rows: a quotation mark there is not closed. Mend it and upload the file again.`,
        { cause: error },
      );
    throw error;
  } finally {
    bytes.destroy();
    parser.destroy();
    // whoever waits to write is let go
    parser.emit('drain');
    await fed;
  }
}
