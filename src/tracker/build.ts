// Builds the eight scripts that a site loads, none of which leaves a global name but `tradewind`.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

export interface BuiltScript {
  file: string;
  bytes: number;
  /** bytes after gzip -9 */
  gzip: number;
}

const SCRIPTS = [
  // tw.ts is one try block, whose names are its own: it needs no function around it.
  ['tw.ts', 'tw.js', 'es'],
  ['vitals.ts', 'tw-vitals.js', 'iife'],
  ['consent.ts', 'tw-consent.js', 'iife'],
  ['data-layer.ts', 'tw-layer.js', 'iife'],
  ['goals.ts', 'tw-goals.js', 'iife'],
  ['forms.ts', 'tw-forms.js', 'iife'],
  ['phones.ts', 'tw-phones.js', 'iife'],
  ['optout.ts', 'tw-optout.js', 'iife'],
] as const;

async function buildOne(entry: string, file: string, format: 'es' | 'iife'): Promise<string> {
  const result = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      write: false,
      target: 'es2019',
      minify: 'oxc',
      modulePreload: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, entry),
        output: { format, entryFileNames: file },
      },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`The tracker script ${file} was not built: the bundler gave no output for ${entry}.`);
  return chunk.code.trim();
}

/** Writes tw.js and the files it loads into `outDir` (made when missing) and tells their sizes. */
export async function buildTracker(outDir: string): Promise<BuiltScript[]> {
  await mkdir(outDir, { recursive: true });
  const built: BuiltScript[] = [];
  for (const [entry, file, format] of SCRIPTS) {
    const code = await buildOne(entry, file, format);
    await writeFile(path.join(outDir, file), code);
    built.push({ file, bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length });
  }
  return built;
}
