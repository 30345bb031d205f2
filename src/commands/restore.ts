// tradewind restore: an archive becomes an installation again, in an empty folder; or is only checked.
import { pino } from 'pino';
import { ArchiveReader, refuseNewer, restore } from '../platform/backup/index.ts';
import { loadConfig } from '../platform/config/config.ts';
import { openFiles } from '../platform/files/index.ts';
import { openKeyRing } from '../platform/secrets/key-ring.ts';
import { logOptions } from '../platform/secrets/redactor.ts';
import { bar, type Command, EXIT, Fault, progressLine } from './shape.ts';

const HELP = `Usage: tradewind restore FILE --data DIR [--keys KEYS-FILE] [--json]
       tradewind restore FILE --check

  FILE               an archive of "tradewind backup". All its checksums are verified before anything is written.
  --data DIR         an empty folder; key, secret and tradewind.json may lie in it. With DATABASE_URL or CLICKHOUSE_URL those
                     databases must be empty too.
  --keys KEYS-FILE   what "tradewind backup --keys" wrote. Without it stored passwords don't open and second factors don't work
                     until data/key and data/secret are put in their places.
  --fingerprint HEX  refuses any archive but the one whose fingerprint "backup" printed
  --check            only verifies; nothing is written`;

async function check(path: string, fingerprint: string | null, call: Parameters<Command['run']>[0]): Promise<void> {
  const progress = progressLine(call);
  const archive = await ArchiveReader.open(path, (done, total) => progress.show(`  ${bar(done / total)}  checking`));
  progress.end();
  await archive.close();
  if (fingerprint && archive.fingerprint !== fingerprint)
    throw new Fault(`${path} is another archive: its fingerprint is ${archive.fingerprint}.`);
  if (call.values.check !== true) return;
  refuseNewer(archive.manifest);
  const { createdAt, program, parts } = archive.manifest;
  const rows = Object.fromEntries(parts.filter((part) => part.rows > 0).map((part) => [part.name, part.rows]));
  if (call.json) console.log(JSON.stringify({ ok: true, createdAt, program, fingerprint: archive.fingerprint, rows }));
  else {
    console.log(`  ${path} is whole, made ${createdAt} by Tradewind ${program}`);
    console.log(`  fingerprint ${archive.fingerprint}`);
    for (const [name, count] of Object.entries(rows)) console.log(`  ${name.padEnd(40)} ${count.toLocaleString('en')}`);
  }
}

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Restore a backup into an empty folder, or check it',
  help: HELP,
  options: { keys: { type: 'string' }, check: { type: 'boolean' }, fingerprint: { type: 'string' } },
  async run(call) {
    const path = call.positionals[0];
    if (!path || call.positionals.length > 1) throw new Fault(HELP, EXIT.usage);
    const fingerprint = typeof call.values.fingerprint === 'string' ? call.values.fingerprint : null;
    if (call.values.check === true || fingerprint) await check(path, fingerprint, call);
    if (call.values.check === true) return EXIT.ok;
    const config = loadConfig(call.values);
    const log = pino(logOptions(process.env.TRADEWIND_LOG_LEVEL ?? 'warn'), pino.destination(2));
    const progress = progressLine(call);
    const done = await restore(
      {
        config,
        log,
        storeOf: ({ pool, secret }) => openFiles({ pool, config, secret }).files.store,
        ringOf: ({ data }) => openKeyRing({ data }),
        onProgress: (read, total, what) => progress.show(`  ${bar(total ? read / total : 1)}  ${what}`),
      },
      path,
      typeof call.values.keys === 'string' ? call.values.keys : null,
    );
    progress.end();
    if (call.json) console.log(JSON.stringify(done));
    else {
      console.log(`  Restored into ${config.data} in ${done.seconds.toFixed(1)} s, as it was at ${done.createdAt}`);
      console.log(
        `  ${(done.rows['clickhouse/events'] ?? 0).toLocaleString('en')} events and ${done.files} files; at the first start ${done.spooled} events that waited are stored, ${done.replayed} changes handed over again and roll-ups rebuilt`,
      );
      if (done.unopened > 0)
        console.log(
          `  ${done.unopened} stored passwords don't open: their key is not here. Put it into ${config.data}/key, or enter them anew.`,
        );
      console.log('  People sign in again.');
    }
    return EXIT.ok;
  },
};
