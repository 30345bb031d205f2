// The command line: npm run -s tradewind -- <command>.
import { parseArgs } from 'node:util';
import { backupCommand } from './commands/backup.ts';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { exportCompanyCommand } from './commands/export-company.ts';
import { importCompanyCommand } from './commands/import-company.ts';
import { importLogCommand } from './commands/import-log.ts';
import { report } from './commands/report.ts';
import { resetPasswordCommand } from './commands/reset-password.ts';
import { restoreCommand } from './commands/restore.ts';
import { rotateKeyCommand } from './commands/rotate-key.ts';
import { type Command, EXIT, Fault } from './commands/shape.ts';
import { start } from './commands/start.ts';

const COMMANDS: readonly Command[] = [
  start,
  importLogCommand,
  report,
  demo,
  doctor,
  resetPasswordCommand,
  rotateKeyCommand,
  backupCommand,
  restoreCommand,
  exportCompanyCommand,
  importCompanyCommand,
];

const SHARED = {
  data: { type: 'string', short: 'd' },
  config: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function overview(): string {
  const width = Math.max(...COMMANDS.map((c) => c.name.length)) + 2;
  return [
    'Usage: npm run -s tradewind -- <command> [options]',
    '',
    ...COMMANDS.map((c) => `  ${c.name.padEnd(width)}${c.summary}`),
    '',
    'Every command takes --data DIR (or TRADEWIND_DATA; default ./data), --config FILE, --json and --help.',
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (!name || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview());
    return name ? EXIT.ok : EXIT.usage;
  }
  const command = COMMANDS.find((c) => c.name === name);
  if (!command) {
    console.error(`There is no command "${name}".\n\n${overview()}`);
    return EXIT.usage;
  }
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: rest,
      options: { ...SHARED, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${command.help}`);
    return EXIT.usage;
  }
  const values = parsed.values as Record<string, string | boolean | undefined>;
  if (values.help) {
    console.log(command.help);
    return EXIT.ok;
  }
  return command.run({ values, positionals: parsed.positionals, json: values.json === true });
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
    // a stray handle must not keep a finished command alive
    setTimeout(() => process.exit(code), 200).unref();
  },
  (error: unknown) => {
    const json = process.argv.includes('--json');
    const known = error instanceof Error && (error instanceof Fault || KNOWN.has(error.name));
    const message = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
    if (json) console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    console.error(message);
    process.exit(error instanceof Fault ? error.exitCode : EXIT.failed);
  },
);

/** Errors written for a person: their message says what to do, a stack would hide it. */
const KNOWN = new Set([
  'SettingsError',
  'FolderInUse',
  'PortTaken',
  'PostgresDidNotStart',
  'ClickHouseDidNotStart',
  'ORPCError',
  'ImportError',
  'LogImportError',
  'SecretError',
  'BackupError',
  'HalfRestored',
]);
