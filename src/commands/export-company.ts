// tradewind export-company: one company as one file, while the server runs or not.
import type { Program } from '../compose.ts';
import { writeAudit } from '../platform/audit/audit.ts';
import { addTransfer, exportCompany, exportResult } from '../platform/transfers/index.ts';
import { bar, type Command, EXIT, Fault, progressLine, withProgram } from './shape.ts';

const HELP = `Usage: tradewind export-company NAME|ID FILE [--json]

  NAME|ID  the company; its id where two have the same name
  FILE     the archive; it must not be there yet, and it appears when it is whole

  The whole company: sites, events, visits, costs, segments, notes, imports, files. People come along by e-mail address, name and
  role; passwords, keys, sessions and the passwords of connections do not. Take it in with: tradewind import-company FILE --owner EMAIL`;

async function companyCalled({ db }: Program, named: string): Promise<{ id: string; name: string }> {
  const all = await db.selectFrom('workspace').select(['id', 'name']).orderBy('name').execute();
  const found = all.filter(({ id, name }) => id === named || name === named);
  if (found.length > 1)
    throw new Fault(
      `Several companies are called ${named}: give the id, ${found.map(({ id }) => id).join(' or ')}.`,
      EXIT.usage,
    );
  if (!found[0])
    throw new Fault(
      `There is no company ${named}. There are: ${all.map(({ name }) => `"${name}"`).join(', ') || 'none'}`,
      EXIT.usage,
    );
  return found[0];
}

export const exportCompanyCommand: Command = {
  name: 'export-company',
  summary: 'Export one company whole into one file',
  help: HELP,
  options: {},
  async run(call) {
    const [named, target] = call.positionals;
    if (!named || !target || call.positionals.length > 2) throw new Fault(HELP, EXIT.usage);
    const progress = progressLine(call);
    return withProgram(call, async (program) => {
      const company = await companyCalled(program, named);
      const done = await exportCompany(
        {
          ...program.transfers,
          store: program.files.store,
          onProgress: (step, steps, what) => progress.show(`  ${bar(steps ? step / steps : 1)}  ${what}`),
        },
        company,
        target,
      );
      progress.end();
      const at = { workspace: company.id, who: 'command line' };
      const result = exportResult(company.name, done);
      const id = await addTransfer(program.transfers.db, {
        ...at,
        direction: 'export',
        file_name: target.split(/[\\/]/).at(-1)!,
      });
      await program.transfers.db
        .updateTable('transfer')
        .set({ finished_at: new Date(), result: JSON.stringify(result) })
        .where('id', '=', id)
        .execute();
      const details = { fingerprint: done.fingerprint, bytes: done.bytes };
      await writeAudit(program.people, { ...at, action: 'company.export', target: company.name, details });
      if (call.json) console.log(JSON.stringify({ ...done, company: company.id }));
      else {
        console.log(
          `  ${company.name} → ${done.path}: ${(done.bytes / 1e6).toFixed(1)} MB in ${done.seconds.toFixed(1)} s`,
        );
        console.log(
          `  ${result.events.toLocaleString('en')} events, ${done.files.toLocaleString('en')} files, ${done.people.toLocaleString('en')} people`,
        );
        console.log(`  fingerprint ${done.fingerprint}`);
        console.log('  Passwords of connections, API keys and passwords of people are not in it.');
      }
      return EXIT.ok;
    });
  },
};
