// Builds what runs in browsers: the screens and the tracker, with gzipped twins for the server to send as they are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { buildTracker } from '../src/tracker/build.ts';

const root = join(import.meta.dirname, '..');

await build({ root: join(root, 'src/web'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
await buildTracker(join(root, 'dist/tracker'));

const web = join(root, 'dist/web');
for (const name of readdirSync(web, { recursive: true }) as string[]) {
  if (!/\.(js|css|html|svg|json)$/.test(name)) continue;
  const path = join(web, name);
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
}
