// tradewind backup: everything of an installation as one file, while it runs or not.
import { existsSync } from 'node:fs';
import { backUp, noteBackup, writeKeysFile } from '../platform/backup/index.ts';
import { openKeyRing } from '../platform/secrets/key-ring.ts';
import { VERSION } from '../platform/version.ts';
import { bar, type Command, EXIT, Fault, progressLine, withProgram } from './shape.ts';

const HELP = `Usage: tradewind backup FILE [--keys KEYS-FILE] [--json]

  FILE               the archive; it must not be there yet, and it appears when it is whole. The server may be running.
  --keys KEYS-FILE   writes the key of stored passwords and the secret of the installation to a file of their own. They are never
                     in the archive: keep this file in another place than the archives.

  Sessions, secrets of visitor ids and settings with passwords are left out. Restore it with: tradewind restore FILE --data DIR`;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const backupCommand: Command = {
  name: 'backup',
  summary: 'Back everything up into one file, while the server runs',
  help: HELP,
  options: { keys: { type: 'string' } },
  async run(call) {
    const target = call.positionals[0];
    if (!target || call.positionals.length > 1) throw new Fault(HELP, EXIT.usage);
    const keys = typeof call.values.keys === 'string' ? call.values.keys : null;
    if (keys && existsSync(keys)) throw new Fault(`${keys} is there already. Give another name for the keys.`);
    const progress = progressLine(call);
    return withProgram(call, async ({ installation, files, people }) => {
      const { pool, clickhouse, config, secret } = installation;
      const ring = openKeyRing({ data: config.data });
      const done = await backUp(
        {
          config,
          pool,
          clickhouse,
          ring,
          store: files.store,
          version: VERSION,
          onProgress: (read, total, what) => progress.show(`  ${bar(total ? read / total : 1)}  ${what}`),
        },
        target,
      );
      progress.end();
      await noteBackup(people, done);
      if (keys) writeKeysFile(keys, ring, secret);
      if (call.json) console.log(JSON.stringify({ ...done, keys }));
      else {
        const events = done.rows['clickhouse/events'] ?? 0;
        console.log(`  ${done.path}: ${megabytes(done.bytes)} in ${done.seconds.toFixed(1)} s`);
        console.log(
          `  ${(events + done.spooled).toLocaleString('en')} events, ${done.files.toLocaleString('en')} files`,
        );
        console.log(`  fingerprint ${done.fingerprint}`);
        console.log(
          keys
            ? `  The key of stored passwords and the secret are in ${keys}: keep it in another place than the archive.`
            : '  The key of stored passwords and the secret are NOT in it: keep data/key and data/secret too (--keys FILE writes them).',
        );
      }
      return EXIT.ok;
    });
  },
};
