// Settings: file, then environment, then flags, each complaint naming where the value came from.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, SettingsError } from './config.ts';

const folder = (settings: unknown): string => {
  const data = mkdtempSync(join(tmpdir(), 'tradewind-config-'));
  writeFileSync(join(data, 'tradewind.json'), typeof settings === 'string' ? settings : JSON.stringify(settings));
  return data;
};

test('a flag beats the environment, which beats the file', () => {
  const data = folder({ port: 9001, logLevel: 'warn', host: '0.0.0.0' });
  const config = loadConfig({ data, port: '9003' }, { TRADEWIND_PORT: '9002', TRADEWIND_LOG_LEVEL: 'error' });
  expect(config).toMatchObject({ port: 9003, logLevel: 'error', host: '0.0.0.0', publicUrl: 'http://localhost:9003' });
});

test('a complaint names the file, the variable or the flag', () => {
  const message = (flags: Record<string, string>, env: Record<string, string> = {}): string => {
    try {
      loadConfig(flags, env);
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      return (error as Error).message;
    }
  };
  expect(message({ data: folder({ port: 'many' }) })).toMatch(/tradewind\.json, "port": .*"many"/);
  expect(message({ data: folder({ prot: 1 }) })).toMatch(/"prot": no such setting; there are port,/);
  expect(message({ data: folder('{') })).toMatch(/tradewind\.json: /);
  expect(message({ data: '/tmp' }, { TRADEWIND_PORT: '70000' })).toMatch(/environment TRADEWIND_PORT/);
  expect(message({ data: '/tmp', trackerPath: 'x' })).toMatch(/flag --tracker-path: must be a path like/);
  expect(message({ data: '/tmp' }, { DATABASE_URL: 'mysql://x' })).toMatch(/DATABASE_URL/);
  expect(message({ data: '/tmp', config: '/nowhere.json' })).toMatch(/nowhere\.json/);
});
