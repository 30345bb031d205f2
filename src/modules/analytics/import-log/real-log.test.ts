// The public 10,000-line Apache log: its numbers are known and must come out exactly.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importInto, MemorySink } from './testing.ts';
import type { Summary } from './types.ts';

const LOG = join(import.meta.dirname, 'fixtures/access.log.gz');

describe('the real log', () => {
  const sink = new MemorySink();
  let folder = '';
  let summary: Summary;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'import-log-'));
    summary = await importInto(sink, [LOG], folder, { batchRows: 3000 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives its known numbers exactly', () => {
    expect(summary).toMatchObject({
      lines: 10_000,
      accepted: 10_000,
      rejected: 0,
      duplicates: 0,
      addresses: 1_753,
      bytes: 2_747_282_740,
      statuses: { 200: 9_126, 206: 45, 301: 164, 304: 445, 403: 2, 404: 213, 416: 2, 500: 3 },
    });
  });

  test('keeps each line under an id of its own, the 19 that equal another too', () => {
    const text = gunzipSync(readFileSync(LOG)).toString('utf8').trimEnd().split('\n');
    expect(text.length - new Set(text).size).toBe(19);
    expect(sink.rows.size).toBe(10_000);
  });

  test('tells page views, robots and parts of pages apart', () => {
    const rows = [...sink.rows.values()];
    expect(rows.filter((row) => row.kind === 1 && row.bot === 0)).toHaveLength(summary.pageViews);
    expect(rows.filter((row) => row.bot === 1)).toHaveLength(summary.botHits);
    expect(rows.filter((row) => row.kind === 3)).toHaveLength(summary.assets);
    expect(rows.filter((row) => row.kind === 4)).toHaveLength(213 + 2 + 2 + 3);
    expect(rows.find((row) => row.path === '/favicon.ico')?.kind).toBe(3);
    expect(rows.filter((row) => row.kind === 1).every((row) => row.name === 'page_view')).toBe(true);
  });

  test('derives the visits of all its days', () => {
    const days = new Set([...sink.rows.values()].map((row) => row.day));
    expect(days.size).toBe(4);
    expect(sink.derived).toEqual(days);
  });

  test('adds nothing when it is imported again', async () => {
    const again = await importInto(sink, [LOG], folder, { importId: '44444444-4444-4444-8444-444444444444' });
    expect(again).toEqual({ ...summary, duplicates: 10_000 });
    expect(sink.rows.size).toBe(10_000);
  });

  test('keeps no address', () => {
    const text = JSON.stringify([...sink.rows.values()], (_, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    expect(text).not.toContain('83.149.9.216');
    expect(text).not.toContain('66.249.73.135');
  });
});
