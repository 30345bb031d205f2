// An archive whose manifest says something else, for tests of what is refused.
import { readFileSync, writeFileSync } from 'node:fs';

interface ForgedManifest {
  company?: unknown;
  migrations: { postgres: string[] };
}

/** The archive with another manifest, which is its last entry. */
export function forged(of: string, target: string, change: (manifest: ForgedManifest) => void): string {
  const bytes = readFileSync(of);
  const at = bytes.lastIndexOf('manifest.json\u0000');
  const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
  const manifest = JSON.parse(bytes.toString('utf8', at + 512, at + 512 + size)) as ForgedManifest;
  change(manifest);
  const next = Buffer.from(JSON.stringify(manifest));
  const header = Buffer.from(bytes.subarray(at, at + 512));
  header.write(next.length.toString(8).padStart(11, '0'), 124);
  header.fill(' ', 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\u0000 `,
    148,
  );
  const padding = Buffer.alloc((512 - (next.length % 512)) % 512);
  writeFileSync(target, Buffer.concat([bytes.subarray(0, at), header, next, padding, Buffer.alloc(1024)]));
  return target;
}
