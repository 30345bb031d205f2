// tradewind demo: a filled company to look around in, served from a folder of its own.

import type { Program } from '../compose.ts';
import { writeAudit } from '../platform/audit/audit.ts';
import { createUser } from '../platform/workspaces/people.ts';
import { addMember } from '../platform/workspaces/workspaces.ts';
import { bar, type Call, type Command, EXIT, progressLine, withProgram } from './shape.ts';
import { start } from './start.ts';

const PERSON = { name: 'Demo', email: 'demo@tradewind.example', password: 'look-around' };

async function ensurePerson({ people }: Program, workspace: string): Promise<void> {
  const known = await people.selectFrom('user').select('id').where('email', '=', PERSON.email).executeTakeFirst();
  const user = known?.id ?? (await createUser(people, PERSON));
  await addMember(people, workspace, user, 'owner');
  if (!known) await writeAudit(people, { workspace, who: 'command line', action: 'demo.person', target: PERSON.email });
}

export const demo: Command = {
  name: 'demo',
  summary: 'Make a demo company in a folder of its own and serve it',
  help: `Usage: tradewind demo [--data DIR] [--port N] [--no-serve] [--json]

  Without --data the folder is ./data/demo. Sign in as ${PERSON.email} with the password ${PERSON.password}.`,
  options: { port: { type: 'string', short: 'p' }, 'no-serve': { type: 'boolean' } },
  async run(given) {
    const call: Call = { ...given, values: { ...given.values, data: given.values.data ?? './data/demo' } };
    const progress = progressLine(call);
    const workspace = await withProgram(call, async (program) => {
      const id = await program.demo.makeAlone((done) => progress.show(`  Demo company ${bar(done)}`));
      await ensurePerson(program, id);
      return id;
    });
    progress.end();
    if (call.json)
      console.log(
        JSON.stringify({ workspace, email: PERSON.email, password: PERSON.password, data: call.values.data }),
      );
    else console.log(`  Demo company ready. Sign in as ${PERSON.email}, password ${PERSON.password}`);
    if (call.json || call.values['no-serve']) return EXIT.ok;
    const { 'no-serve': _noServe, ...values } = call.values;
    return start.run({ ...call, values });
  },
};
