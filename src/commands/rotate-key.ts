// tradewind rotate-key: seals every stored password and token anew under a new key.
import type { Kysely } from 'kysely';
import { writeAudit } from '../platform/audit/audit.ts';
import type { SecretTables } from '../platform/secrets/tables.ts';
import { type Command, EXIT, withProgram } from './shape.ts';

export const rotateKeyCommand: Command = {
  name: 'rotate-key',
  summary: 'Encrypt every stored password and token under a new key',
  help: `Usage: tradewind rotate-key [--json]

  With the key in the data folder a new one is made, and the old one goes when nothing needs it. With TRADEWIND_KEY, set it to the
  new key and TRADEWIND_KEY_OLD to the old one, start the server again, run this, then drop TRADEWIND_KEY_OLD.
  It can be stopped and run again, and the server may be running.`,
  options: {},
  async run(call) {
    return withProgram(call, async ({ people, secrets }) => {
      const done = await secrets.rotate(people as unknown as Kysely<SecretTables>);
      await writeAudit(people, {
        workspace: null,
        who: 'command line',
        action: 'key.rotate',
        target: done.key,
        details: { resealed: done.resealed },
      });
      if (call.json) console.log(JSON.stringify(done));
      else console.log(`${done.resealed} stored values are encrypted with the new key ${done.key}.`);
      return EXIT.ok;
    });
  },
};
