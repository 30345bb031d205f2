// A bank's own file of rates, handed in by a person: which bank it is of is seen in the file.
import { buffer } from 'node:stream/consumers';
import { ORPCError } from '@orpc/server';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Files } from '../../platform/files/index.ts';
import { parseCbr } from '../../platform/money/rates-sources/cbr.ts';
import { parseEcb } from '../../platform/money/rates-sources/ecb.ts';
import { RatesFileError } from '../../platform/money/rates-sources/rate.ts';
import { storeRates } from './fetch-rates.ts';
import type { Db } from './tables.ts';

/** The whole history of the European Central Bank is about 8 MB. */
const LARGEST = 16 * 1024 * 1024;

function parsed(bytes: Buffer) {
  const head = bytes.subarray(0, 600).toString('latin1');
  if (head.includes('ValCurs')) return { source: 'cbr', rates: parseCbr(bytes) };
  return { source: 'ecb', rates: parseEcb(bytes.toString('utf8')) };
}

export async function importRatesFile(
  parts: { db: Db; files: Files },
  at: { workspace: string; who: string },
  id: string,
): Promise<{ source: string; read: number; stored: number; from: string; to: string }> {
  const file = await parts.files.find(at.workspace, id);
  if (!file) throw new ORPCError('NOT_FOUND', { message: 'There is no such file.' });
  if (file.size > LARGEST) throw new ORPCError('BAD_REQUEST', { message: 'A file of rates is 16 MB at most.' });
  try {
    const { source, rates } = parsed(await buffer(await parts.files.read(file)));
    const stored = await storeRates(parts.db, at.workspace, source, rates);
    const days = rates.map((one) => one.date).sort();
    const span = { from: days[0] ?? '', to: days.at(-1) ?? '' };
    const details = { source, read: rates.length, stored, days: [span.from, span.to] };
    await writeAudit(parts.db, { ...at, action: 'rate.import', target: file.name, details });
    return { source, read: rates.length, stored, ...span };
  } catch (error) {
    if (error instanceof RatesFileError) throw new ORPCError('BAD_REQUEST', { message: error.message });
    throw error;
  } finally {
    await parts.files.remove(at.workspace, id);
  }
}
