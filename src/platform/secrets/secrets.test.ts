import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { openKeyRing } from './key-ring.ts';
import { logOptions, redactor } from './redactor.ts';
import { open, seal } from './seal.ts';

const data = mkdtempSync(join(tmpdir(), 'tradewind-key-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

test('a sealed value opens in its own place only', () => {
  const [key] = openKeyRing({ data, env: {} }).keys();
  const place = { workspace: 'w1', name: 'connection/1/password' };
  const sealed = seal(key, place, 'свой пароль 1');
  expect(sealed.includes('пароль')).toBe(false);
  expect(seal(key, place, 'свой пароль 1').equals(sealed)).toBe(false);
  expect(open(key, place, sealed)).toBe('свой пароль 1');
  expect(() => open(key, { ...place, workspace: 'w2' }, sealed)).toThrow(/set its value anew/);
  expect(() => open(key, { ...place, name: 'connection/2/password' }, sealed)).toThrow();
  sealed[sealed.length - 1]! ^= 1;
  expect(() => open(key, place, sealed)).toThrow();
});

test('the key file is made for its owner alone, and one that others can read is refused', () => {
  const path = join(data, 'key');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o640);
  expect(() => openKeyRing({ data, env: {} })).toThrow(/chmod 600/);
  chmodSync(path, 0o600);
});

test('a rotation that was begun goes on with the same new key, and ends with it alone', () => {
  const ring = openKeyRing({ data, env: {} });
  const [old] = ring.keys();
  ring.begin!();
  const [fresh] = ring.keys();
  expect(ring.keys().map((key) => key.id)).toEqual([fresh.id, old.id]);
  openKeyRing({ data, env: {} }).begin!();
  expect(ring.keys()[0].id).toBe(fresh.id);
  ring.finish();
  expect(ring.keys().map((key) => key.id)).toEqual([fresh.id]);
});

test('a key of the environment is 32 bytes, and the file is left alone', () => {
  const hex = '11'.repeat(32);
  expect(openKeyRing({ data, env: { TRADEWIND_KEY: hex, TRADEWIND_KEY_OLD: '22'.repeat(32) } }).keys()).toHaveLength(2);
  expect(() => openKeyRing({ data, env: { TRADEWIND_KEY: 'short' } })).toThrow(/openssl rand/);
  writeFileSync(join(data, 'key'), '');
  expect(() => openKeyRing({ data, env: {} })).toThrow(/backup/);
});

test('what was opened is in no line of the log, however it got there', () => {
  const lines: string[] = [];
  const log = pino(
    logOptions('info'),
    new Writable({
      write: (line, _encoding, done) => {
        lines.push(String(line));
        done();
      },
    }),
  );
  const value = 'p"ss wörd/42';
  redactor.learn(value);
  log.info({ err: new Error(`535 wrong: ${value}`), url: `/x?key=${encodeURIComponent(value)}` }, `said ${value}`);
  log.info({ request: { headers: { authorization: 'Bearer unknown-one' } }, password: 'never-opened' });
  const all = lines.join('');
  expect(lines).toHaveLength(2);
  expect(all).not.toContain('wörd');
  expect(all).not.toContain('w%C3%B6rd');
  expect(all).not.toContain('unknown-one');
  expect(all).not.toContain('never-opened');
  expect(all).toContain('[hidden]');
  expect(readFileSync(join(data, 'key'), 'utf8')).toBe('');
});
