// tradewind import-company: a company that was exported elsewhere, or here, becomes a new company of this installation.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { addTransfer, forgetCutOff, openCompany, runImport } from '../platform/transfers/index.ts';
import { bar, type Command, EXIT, Fault, progressLine, withProgram } from './shape.ts';

const HELP = `Usage: tradewind import-company FILE --owner EMAIL [--json]
       tradewind import-company FILE --check

  FILE           an archive of "tradewind export-company" or of the screen "Backup". It is checked whole before anything is written.
  --owner EMAIL  who owns the company from now on: someone with an account here. Everyone else of it gets an invitation.
  --check        only verifies; nothing is written

  The company appears when all of it is there, beside those that are: nothing is written over, and taking the same file in twice
  makes two companies.`;

export const importCompanyCommand: Command = {
  name: 'import-company',
  summary: 'Take in a company that was exported elsewhere',
  help: HELP,
  options: { owner: { type: 'string' }, check: { type: 'boolean' } },
  async run(call) {
    const path = call.positionals[0];
    const email = typeof call.values.owner === 'string' ? call.values.owner.trim().toLowerCase() : null;
    const check = call.values.check === true;
    if (!path || call.positionals.length > 1 || (!email && !check)) throw new Fault(HELP, EXIT.usage);
    if (!existsSync(path)) throw new Fault(`There is no file ${path}.`);
    const progress = progressLine(call);
    if (check) {
      const archive = await openCompany(path, (done, total) => progress.show(`  ${bar(done / total)}  checking`));
      await archive.close();
      progress.end();
      const { company, createdAt, program } = archive.manifest;
      if (call.json)
        console.log(JSON.stringify({ ok: true, company, createdAt, program, fingerprint: archive.fingerprint }));
      else
        console.log(
          `  ${path} is whole: ${company?.name}, exported ${createdAt} by Tradewind ${program}\n  fingerprint ${archive.fingerprint}`,
        );
      return EXIT.ok;
    }
    return withProgram(call, async ({ transfers, files, people }) => {
      const owner = await people
        .selectFrom('user')
        .select(['id', 'email'])
        .where('email', '=', email)
        .executeTakeFirst();
      if (!owner)
        throw new Fault(
          `Nobody with the address ${email} has an account here. Sign up first, then import the company for yourself.`,
          EXIT.usage,
        );
      const { pool, clickhouse, database } = transfers;
      await forgetCutOff(transfers);
      const who = 'command line';
      const transfer = await addTransfer(transfers.db, {
        workspace: null,
        direction: 'import',
        file_name: resolve(path),
        owner: owner.id,
        who,
      });
      const parts = {
        pool,
        clickhouse,
        database,
        store: files.store,
        folder: files.folder,
        room: files.limits.workspace,
        onProgress: (done: number, total: number, what: string) =>
          progress.show(`  ${bar(total ? done / total : 1)}  ${what}`),
      };
      const done = await runImport(parts, transfer, path, { owner, who }).catch(async (error: Error) => {
        const failed = { finished_at: new Date(), error: error.message.slice(0, 1000) };
        await transfers.db.updateTable('transfer').set(failed).where('id', '=', transfer).execute();
        throw error;
      });
      progress.end();
      if (call.json) console.log(JSON.stringify(done));
      else {
        console.log(`  ${done.name} is here, as it was at ${done.createdAt}; ${owner.email} owns it`);
        console.log(
          `  ${(done.rows['clickhouse/events'] ?? 0).toLocaleString('en')} events, ${done.files} files; ${done.invited} people have an invitation under "People", for a week`,
        );
        if (done.connections.length > 0)
          console.log(`  These connections need their passwords: ${done.connections.join(', ')}`);
        if (done.newKeys.length > 0)
          console.log(
            `  These sites need the new line from "Sites", as their key is taken by another company here: ${done.newKeys.join(', ')}`,
          );
      }
      return EXIT.ok;
    });
  },
};
