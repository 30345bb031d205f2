// tradewind demo: a filled company to look around in, served from a folder of its own.

import type { Program } from '../compose.ts';
import { DEMO_SIZE } from '../modules/analytics/index.ts';
import { writeAudit } from '../platform/audit/audit.ts';
import { createUser } from '../platform/workspaces/people.ts';
import { addMember } from '../platform/workspaces/workspaces.ts';
import { bar, type Call, type Command, EXIT, progressLine, wholeNumber, withProgram } from './shape.ts';
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
  help: `Usage: tradewind demo [--seed N] [--months M] [--data DIR] [--port N] [--no-serve] [--json]

  A made-up shop of M months (1 to 36, 13 without --months) whose truth is known: the same seed gives the same company. What is true
  of it is written to demo-truth.json in the folder. A company that is there already stays as it is.

  Without --data the folder is ./data/demo. Sign in as ${PERSON.email} with the password ${PERSON.password}.`,
  options: {
    port: { type: 'string', short: 'p' },
    'no-serve': { type: 'boolean' },
    seed: { type: 'string' },
    months: { type: 'string' },
  },
  async run(given) {
    const call: Call = { ...given, values: { ...given.values, data: given.values.data ?? './data/demo' } };
    const size = {
      seed: wholeNumber(call, 'seed', DEMO_SIZE.seed, [0, 1_000_000_000]),
      months: wholeNumber(call, 'months', DEMO_SIZE.months, [1, 36]),
    };
    const progress = progressLine(call);
    const workspace = await withProgram(call, async (program) => {
      const id = await program.demo.makeAlone((done) => progress.show(`  Demo company ${bar(done)}`), size);
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
    const { 'no-serve': _noServe, seed: _seed, months: _months, ...values } = call.values;
    return start.run({ ...call, values });
  },
};
