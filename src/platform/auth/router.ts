// Contract of one's own account → rules.
import { implement } from '@orpc/server';
import type { RequestContext } from '../api/context.ts';
import { type ApiDeps, gate } from '../api/gate.ts';
import { accountContract } from './contract.ts';
import { endOtherSessions, endSession, happenings, listSessions, type Own, type Recognise } from './sessions.ts';

export interface AccountDeps extends ApiDeps {
  recognise: Recognise;
}

/** The gate lets only people in. */
const ownOf = ({ actor }: RequestContext): Own => ({ user: actor!.user!, session: actor!.session });

export function accountRouter(deps: AccountDeps) {
  const { db } = deps;
  const os = implement(accountContract).$context<RequestContext>().use(gate(deps));
  return {
    account: {
      sessions: os.account.sessions.handler(({ context }) => listSessions(db, ownOf(context), deps.recognise)),
      endSession: os.account.endSession.handler(({ input, context }) => endSession(db, ownOf(context), input.session)),
      endOtherSessions: os.account.endOtherSessions.handler(({ context }) => endOtherSessions(db, ownOf(context))),
      happenings: os.account.happenings.handler(({ context }) => happenings(db, ownOf(context).user.email)),
    },
  };
}
