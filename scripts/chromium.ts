// Finds the Chromium of end-to-end tests; as root on Debian it is installed when missing.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function findChromium(options: { install: boolean }): { path: string | null; advice: string } {
  const named = process.env.CHROMIUM;
  const path = [named, ...PLACES].find((place) => place && existsSync(place)) ?? null;
  if (path) return { path, advice: '' };
  const advice =
    'End-to-end tests need Chromium: "apt-get install chromium" on Debian and Ubuntu, or set CHROMIUM=/path/to/chrome.';
  if (!options.install || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return { path: null, advice };
  console.log('  Installing Chromium for the end-to-end tests (once)');
  const quiet = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], quiet);
  return existsSync(PLACES[0]!) ? { path: PLACES[0]!, advice: '' } : { path: null, advice };
}
