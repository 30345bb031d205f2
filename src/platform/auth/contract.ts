// One's own account: where one is signed in, and what happened with the account. Signing in itself is under /api/auth.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';

const session = z.object({
  id: z.string(),
  /** the one this is asked with */
  current: z.boolean(),
  browser: z.string(),
  system: z.string(),
  device: z.enum(['desktop', 'mobile', 'tablet', 'tv', 'other']),
  /** ISO 3166-1, '' when the address says nothing */
  country: z.string(),
  signedInAt: z.string(),
  /** true to five minutes */
  seenAt: z.string(),
});

const happening = z.object({
  id: z.uuid(),
  at: z.string(),
  who: z.string(),
  action: z.string(),
  details: z.record(z.string(), z.unknown()),
});

export const accountContract = {
  account: {
    sessions: route('signed-in', 'GET', '/me/sessions', 'Where you are signed in, the last used first').output(
      z.array(session),
    ),
    endSession: route('signed-in', 'DELETE', '/me/sessions/{session}', 'Sign out one device')
      .input(z.object({ session: z.string().max(64) }))
      .output(z.object({ ended: z.number() })),
    endOtherSessions: route('signed-in', 'POST', '/me/sessions/end-others', 'Sign out everywhere but here').output(
      z.object({ ended: z.number() }),
    ),
    happenings: route('signed-in', 'GET', '/me/happenings', 'The last sign-ins and changes of your account').output(
      z.array(happening),
    ),
  },
};
