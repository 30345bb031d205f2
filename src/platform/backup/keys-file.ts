// The key of stored passwords and the secret of the installation as a file of their own, which never lies in an archive.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyRing } from '../secrets/key-ring.ts';
import { BackupError } from './manifest.ts';

const shape = z.object({ key: z.string().min(1), secret: z.string().min(1) });

/** Writes both with mode 0600. Throws BackupError when the file is there already. */
export function writeKeysFile(path: string, ring: KeyRing, secret: string): void {
  const key = ring.keys().map(({ bytes }) => bytes.toString('base64'));
  try {
    writeFileSync(path, `${JSON.stringify({ key: key.join('\n'), secret })}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new BackupError(`${path} is there already. Give another name for the keys.`);
  }
}

/** Puts both into the data folder, where the program looks for them. */
export function placeKeys(path: string, data: string): void {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new BackupError(`${path} can't be read as a file of keys: ${(error as Error).message}`);
  }
  const parsed = shape.safeParse(content);
  if (!parsed.success) throw new BackupError(`${path} is no file of keys: "tradewind backup --keys" writes one.`);
  for (const [name, value] of Object.entries(parsed.data)) {
    const target = join(data, name);
    if (existsSync(target) && readFileSync(target, 'utf8').trim() !== value.trim())
      throw new BackupError(`${target} is there already and is another one. Move it away, or leave --keys out.`);
    if (!existsSync(target)) writeFileSync(target, `${value.trim()}\n`, { mode: 0o600, flag: 'wx' });
  }
}
