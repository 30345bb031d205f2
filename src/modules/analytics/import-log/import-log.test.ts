import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LogImportError } from './errors.ts';
import { IMPORT_ID, importInto, Killed, MemorySink, pieces } from './testing.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-log-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line every 20 minutes or so from 1 January 2024; each seventh is there twice. */
function logLine(i: number): string {
  const at = new Date(Date.UTC(2024, 0, 1) + Math.floor(i / 7) * 7 * 1_200_000);
  const clock = at.toISOString().slice(11, 19);
  const day = `${String(at.getUTCDate()).padStart(2, '0')}/${MONTHS[at.getUTCMonth()]}/2024`;
  const page = i % 7 === 6 ? i - 1 : i;
  return `10.1.${page % 5}.${page % 200} - - [${day}:${clock} +0000] "GET /page-${page} HTTP/1.1" 200 ${page} "-" "Mozilla/5.0 (X11)"`;
}

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const log = (lines: number, from = 0) =>
  Array.from({ length: lines }, (_, i) => (i % 50 === 49 ? `rubbish ${i}` : logLine(from + i)))
    .join('\n')
    .concat('\n');

describe('an import that was killed', () => {
  test.each([0, 1, 2, 5, 9])('and resumed after %i batches ends like one that was not', async (killAfter) => {
    const files = [write('first.log', log(2_000)), write('second.log', log(1_500, 1_000))];
    const whole = new MemorySink();
    const expected = await importInto(whole, files, folder, { batchRows: 300, seenInMemory: 64 });

    const killed = new MemorySink();
    killed.killAfter = killAfter;
    await expect(importInto(killed, files, folder, { batchRows: 300 })).rejects.toBeInstanceOf(Killed);
    killed.killAfter = Number.POSITIVE_INFINITY;
    killed.inserts = 0;
    const stored = killed.position?.lines ?? 0;
    const summary = await importInto(killed, files, folder, { batchRows: 300, resume: killed.position });

    expect(summary).toEqual(expected);
    expect([...killed.rows.keys()].sort()).toEqual([...whole.rows.keys()].sort());
    expect([...killed.rejected.values()]).toEqual([...whole.rejected.values()]);
    expect(killed.derived).toEqual(whole.derived);
    // what was durable is not sent again
    expect(killed.inserts).toBeLessThanOrEqual(Math.ceil((3_500 - stored) / 300) + 1);
  });

  test('is read from the start when the file is another one by now', async () => {
    const sink = new MemorySink();
    const file = write('rotated.log', log(500));
    const resume = { file, offset: 1_234, lines: 200 };
    expect(await importInto(sink, [file], folder, { resume })).toMatchObject({ lines: 500, duplicates: 0 });
    expect(sink.rows.size).toBe(490);
    const gone = { file: 'gone.log', offset: 1, lines: 1 };
    expect(await importInto(new MemorySink(), [file], folder, { resume: gone })).toMatchObject({ lines: 500 });
  });
});

describe('equal lines', () => {
  test('are all kept, and an import of a longer log adds only what is new', async () => {
    const sink = new MemorySink();
    const line = logLine(3);
    const first = await importInto(sink, [write('a.log', `${line}\n${line}\n`)], folder);
    expect(first).toMatchObject({ lines: 2, accepted: 2, duplicates: 0 });
    expect(sink.rows.size).toBe(2);
    const longer = write('b.log', `${line}\r\n${line}\r\n${line}\r\n`);
    const second = await importInto(sink, [longer], folder, { importId: '55555555-5555-4555-8555-555555555555' });
    expect(second).toMatchObject({ lines: 3, duplicates: 2 });
    expect(sink.rows.size).toBe(3);
  });

  test('on another site they are other events', async () => {
    const sink = new MemorySink();
    const file = write('c.log', log(40));
    await importInto(sink, [file], folder);
    const site = { workspace: IMPORT_ID, id: IMPORT_ID, host: 'other.example', otherHosts: [] };
    await importInto(sink, [file], folder, { site });
    expect(sink.rows.size).toBe(80);
  });

  test('a file named twice is read once', async () => {
    const file = write('d.log', log(10));
    expect(await importInto(new MemorySink(), [file, file], folder)).toMatchObject({ lines: 10 });
  });
});

describe('what is read', () => {
  test('plain and packed files and standard input give the same', async () => {
    const text = log(3_000);
    const plain = await importInto(new MemorySink(), [write('plain', text)], folder);
    const half = Buffer.from(text).indexOf(10, 90_000) + 1;
    const twoMembers = Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
    expect(plain).toMatchObject({ lines: 3_000, accepted: 2_940, rejected: 60 });
    expect(await importInto(new MemorySink(), [write('packed', gzipSync(text))], folder)).toEqual(plain);
    expect(await importInto(new MemorySink(), [write('members', twoMembers)], folder)).toEqual(plain);
    const small = Array.from({ length: Math.ceil(text.length / 777) }, (_, i) => text.slice(i * 777, (i + 1) * 777));
    for (const stdin of [pieces(text), pieces(...small), pieces(gzipSync(text))]) {
      expect(await importInto(new MemorySink(), [], folder, { files: 'stdin', stdin })).toEqual(plain);
    }
  });

  test('blank lines are no lines, and the last one needs no newline', async () => {
    const file = write('blank.log', `\n${logLine(1)}\n\n  \r\n${logLine(2)}`);
    expect(await importInto(new MemorySink(), [file], folder)).toMatchObject({ lines: 2, accepted: 2 });
    expect(await importInto(new MemorySink(), [write('empty.log', '')], folder)).toMatchObject({
      lines: 0,
      statuses: {},
    });
  });

  test('a last line that is still being written waits for the next import', async () => {
    const sink = new MemorySink();
    const cut = `${logLine(1)}\n${logLine(2).slice(0, -5)}`;
    expect(await importInto(sink, [write('growing.log', cut)], folder)).toMatchObject({ accepted: 1, rejected: 1 });
    expect([...sink.rejected.values()]).toMatchObject([{ line: 2, reason: 'the line is cut short' }]);
  });

  test('a line that is too long costs no memory and no other line', async () => {
    const sink = new MemorySink();
    const long = `${logLine(1).slice(0, 60)}${'x'.repeat(500_000)}`;
    const file = write('long.log', `${logLine(1)}\n${long}\n${logLine(2)}\n${long.slice(0, 70_000)}\n${logLine(3)}\n`);
    expect(await importInto(sink, [file], folder)).toMatchObject({ lines: 5, accepted: 3, rejected: 2 });
    expect([...sink.rejected.values()]).toMatchObject([
      { line: 2, reason: 'longer than 64 kB' },
      { line: 4, reason: 'longer than 64 kB' },
    ]);
  });

  test('what could not be read is kept with its number, the reason and a masked address', async () => {
    const sink = new MemorySink();
    const bad = logLine(1).replace('01/Jan', '32/Jan').replace('10.1.1.1', '83.149.9.216');
    await importInto(sink, [write('bad.log', `${logLine(1)}\n${logLine(2)}\n${bad}\n`)], folder);
    expect([...sink.rejected.values()]).toEqual([
      { line: 3, reason: 'impossible date', text: bad.replace('83.149.9.216', '83.149.x.x') },
    ]);
  });

  test('says how far it is', async () => {
    const seen: number[] = [];
    const file = write('progress.log', log(3_000));
    await importInto(new MemorySink(), [file], folder, {
      onProgress: ({ lines, bytesRead, bytesTotal }) => {
        expect(bytesRead).toBeLessThanOrEqual(bytesTotal ?? 0);
        seen.push(lines);
      },
    });
    expect(seen.at(-1)).toBe(3_000);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Killed());
    const file = write('stop.log', log(100));
    await expect(importInto(new MemorySink(), [file], folder, { signal: stop.signal })).rejects.toBeInstanceOf(Killed);
  });
});

describe('a wrong file', () => {
  const failure = async (sink: MemorySink, files: string[]): Promise<LogImportError> => {
    const error = await importInto(sink, files, folder, { batchRows: 500 }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof LogImportError)) throw new Error(`no LogImportError: ${String(error)}`);
    return error;
  };
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), Buffer.alloc(3_000, 7)]);

  test('says what was tried and shows the first line with the address masked', async () => {
    const error = await failure(new MemorySink(), [write('table.csv', 'ip,page\n83.149.9.216,/a\n')]);
    expect(error.code).toBe('unknown-format');
    expect(error.message).toContain('combined');
    expect(error.message).toContain('The first line is: ip,page');
    const second = await failure(new MemorySink(), [write('table2.csv', '83.149.9.216,/a\n83.149.9.217,/b\n')]);
    expect(second.message).toContain('83.149.x.x,/a');
    expect(second.message).not.toContain('9.216');
  });

  test('pictures, folders, other packings and missing files', async () => {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    expect((await failure(new MemorySink(), [write('a.png', png)])).code).toBe('unknown-format');
    expect((await failure(new MemorySink(), [write('a.png', png)])).message).toContain('not text');
    expect((await failure(new MemorySink(), [write('b.bin', Buffer.alloc(300_000, 7))])).code).toBe('unknown-format');
    expect((await failure(new MemorySink(), [join(folder, 'logs')])).code).toBe('not-a-file');
    expect((await failure(new MemorySink(), [join(folder, 'none.log')])).code).toBe('missing');
    expect((await failure(new MemorySink(), [write('a.bz2', 'BZh91AY&SY')])).message).toContain('bzip2');
  });

  test('is found before anything of the others is stored', async () => {
    const sink = new MemorySink();
    await failure(sink, [write('good.log', log(100)), write('wrong.png', png)]);
    expect(sink.rows.size).toBe(0);
  });

  test('a cut gzip file keeps what is before the cut, and the whole one adds the rest', async () => {
    const text = log(5_000);
    const packed = gzipSync(text);
    const sink = new MemorySink();
    const error = await failure(sink, [write('cut.gz', packed.subarray(0, Math.floor(packed.length * 0.7)))]);
    expect(error.code).toBe('cut');
    const kept = sink.rows.size;
    expect(kept).toBeGreaterThan(1_000);
    expect(sink.derived.size).toBeGreaterThan(0);
    const again = { importId: '55555555-5555-4555-8555-555555555555' };
    const summary = await importInto(sink, [write('whole.gz', packed)], folder, again);
    expect(summary.duplicates).toBe(kept);
    expect(sink.rows.size).toBe(4_900);
  });

  test('a damaged gzip file is told from a cut one', async () => {
    const packed = gzipSync(log(5_000));
    packed.fill(255, 5_000, 5_100);
    expect((await failure(new MemorySink(), [write('damaged.gz', packed)])).code).toBe('broken');
  });
});
