// The keys of this installation: from the environment, or from a file that only its owner may read. The first one seals; the
// others open what an unfinished rotation has left.
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Key, SecretError } from './seal.ts';

const KEY_BYTES = 32;

const withId = (bytes: Buffer): Key => ({
  id: createHash('sha256').update('tradewind key ').update(bytes).digest('hex').slice(0, 16),
  bytes,
});

/** 32 bytes as base64, base64url or hex. */
export function parseKey(text: string, from: string): Key {
  const trimmed = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (bytes.length !== KEY_BYTES)
    throw new SecretError(`${from} must be 32 bytes as base64 or hex. "openssl rand -base64 32" makes one.`);
  return withId(bytes);
}

export interface KeyRing {
  /** newest first; read anew each time, since another process may rotate */
  keys(): readonly [Key, ...Key[]];
  /** puts a new key first and keeps the others; with an unfinished rotation nothing changes. Null where keys come from the environment. */
  begin: (() => void) | null;
  /** forgets all keys but the first */
  finish(): void;
}

interface Options {
  data: string;
  env?: Readonly<Record<string, string | undefined>>;
}

export function openKeyRing({ data, env = process.env }: Options): KeyRing {
  if (env.TRADEWIND_KEY) return environmentRing(env.TRADEWIND_KEY, env.TRADEWIND_KEY_OLD);
  return fileRing(join(data, 'key'));
}

function environmentRing(current: string, old: string | undefined): KeyRing {
  const keys: [Key, ...Key[]] = [
    parseKey(current, 'TRADEWIND_KEY'),
    ...(old ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [parseKey(one, 'TRADEWIND_KEY_OLD')])),
  ];
  return { keys: () => keys, begin: null, finish: () => {} };
}

function fileRing(path: string): KeyRing {
  if (!existsSync(path)) {
    try {
      writeKeys(path, 'wx', [withId(randomBytes(KEY_BYTES))]);
    } catch (error) {
      // another process of this installation was first
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const keys = (): [Key, ...Key[]] => {
    const mode = statSync(path).mode & 0o777;
    if (mode & 0o077) {
      throw new SecretError(
        `${path} can be read by others (mode ${mode.toString(8).padStart(4, '0')}), and it opens every stored password. Run: chmod 600 ${path}`,
      );
    }
    const [first, ...others] = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => parseKey(line, path));
    if (!first) throw new SecretError(`${path} is empty. Put the key back from your backup.`);
    return [first, ...others];
  };
  keys();
  const replace = (next: readonly Key[]): void => {
    writeKeys(`${path}.new`, 'w', next);
    renameSync(`${path}.new`, path);
  };
  return {
    keys,
    begin: () => {
      const now = keys();
      if (now.length === 1) replace([withId(randomBytes(KEY_BYTES)), ...now]);
    },
    finish: () => replace([keys()[0]]),
  };
}

function writeKeys(path: string, flag: 'w' | 'wx', keys: readonly Key[]): void {
  const file = openSync(path, flag, 0o600);
  try {
    writeSync(file, `${keys.map((key) => key.bytes.toString('base64')).join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(path, 0o600);
}
