// tradewind reset-password: lets someone back in who lost the password, by whoever has the machine.
import { randomBytes } from 'node:crypto';
import { writeAudit } from '../platform/audit/audit.ts';
import { switchOffSecondFactor } from '../platform/auth/second-factor.ts';
import { normalizeEmail, resetPassword } from '../platform/workspaces/people.ts';
import { type Command, EXIT, Fault, withProgram } from './shape.ts';

export const resetPasswordCommand: Command = {
  name: 'reset-password',
  summary: 'Give someone a new password and end their sessions',
  help: `Usage: tradewind reset-password E-MAIL [--password NEW] [--without-totp] [--json]

  Without --password a new one is made and printed. All sessions of the person end; a lock is lifted.
  --without-totp   the phone with the codes is lost: signing in asks for the password alone until a new one is set up`,
  options: { password: { type: 'string' }, 'without-totp': { type: 'boolean' } },
  async run(call) {
    const email = call.positionals[0];
    if (!email) throw new Fault(resetPasswordCommand.help, EXIT.usage);
    const password =
      typeof call.values.password === 'string' ? call.values.password : randomBytes(12).toString('base64url');
    if (password.length < 10) throw new Fault('Use at least 10 characters.', EXIT.usage);
    return withProgram(call, async ({ people }) => {
      if (!(await resetPassword(people, email, password))) throw new Fault(`Nobody here has the e-mail ${email}.`);
      await people.deleteFrom('sign_in_failure').execute();
      await writeAudit(people, { workspace: null, who: 'command line', action: 'password.reset', target: email });
      const off = call.values['without-totp'] === true && (await switchOffSecondFactor(people, normalizeEmail(email)));
      if (call.json) console.log(JSON.stringify({ email, password, secondFactorSwitchedOff: off }));
      else {
        console.log(`New password of ${email}: ${password}`);
        if (call.values['without-totp'] === true)
          console.log(off ? 'The second factor is off.' : 'There was no second factor to switch off.');
      }
      return EXIT.ok;
    });
  },
};
