// Sign-in by better-auth: passwords, sessions, organisations as workspaces. Nobody signs up alone: accounts come from
// set-up or from an invitation (src/platform/workspaces).
import { apiKey } from '@better-auth/api-key';
import { hash, verify } from '@node-rs/argon2';
import { betterAuth } from 'better-auth';
import { createAccessControl } from 'better-auth/plugins/access';
import { organization } from 'better-auth/plugins/organization';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type pg from 'pg';
import { ROLES } from '../api/contract-base.ts';
import { uuidv7 } from '../ids/uuid.ts';

// OWASP's argon2id minimum: 19 MiB, two passes, one lane (argon2id is the library's default algorithm)
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const RESET_SECONDS = 3600;
/** wrong codes in a row, whichever challenge they belong to, before the account waits */
export const MOST_CODES = 10;
const CODE_LOCK_SECONDS = 15 * 60;
/** how long someone may look for their phone after the password */
const CODE_SECONDS = 600;
/** "last seen" of a session is true to this much */
const SEEN_SECONDS = 300;
export const hashPassword = (password: string): Promise<string> => hash(password, ARGON2);
export const verifyPassword = (stored: string, password: string): Promise<boolean> => verify(stored, password);

const access = createAccessControl({
  organization: [],
  member: [],
  invitation: [],
  team: [],
  ac: [],
  apiKey: ['create'],
});
// its own routes are closed; a key is made through our contract, which asks for the right first
const noRights = access.newRole({ organization: [], member: [], invitation: [], team: [], ac: [], apiKey: ['create'] });

export interface AuthOptions {
  pool: pg.Pool;
  publicUrl: string;
  secret: string;
  trustedProxies: number;
  /** a new password by mail; `asked` must not tell by its time whether the address is known */
  passwordReset: {
    asked(person: { id: string; email: string }, token: string): void;
    done(person: { id: string; email: string }): Promise<void>;
  };
  /** a few attempts a minute per address; tests of other things lift it */
  rateLimit?: boolean;
}

export function createAuth(options: AuthOptions) {
  return betterAuth({
    appName: 'Tradewind',
    baseURL: options.publicUrl,
    basePath: '/api/auth',
    secret: options.secret,
    database: options.pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: [options.publicUrl],
    advanced: {
      database: { generateId: () => uuidv7() },
      useSecureCookies: options.publicUrl.startsWith('https:'),
      cookiePrefix: 'tradewind',
      // the server writes this header itself from the connection (src/platform/http/server.ts)
      ipAddress: { ipAddressHeaders: ['x-tradewind-address'] },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      sendResetPassword: async ({ user, token }) => options.passwordReset.asked(user, token),
      onPasswordReset: ({ user }) => options.passwordReset.done(user),
      password: {
        hash: hashPassword,
        verify: ({ hash: stored, password }) => verifyPassword(stored, password),
      },
    },
    // the tokens of resets are kept as hashes
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: SEEN_SECONDS },
    rateLimit: {
      enabled: options.rateLimit ?? true,
      window: 60,
      max: 120,
      storage: 'database',
      customRules: {
        '/sign-in/email': { window: 60, max: 8 },
        '/request-password-reset': { window: 600, max: 5 },
        '/reset-password': { window: 600, max: 10 },
        '/two-factor/verify-totp': { window: 60, max: 10 },
        '/two-factor/verify-backup-code': { window: 60, max: 10 },
        '/two-factor/enable': { window: 60, max: 8 },
        '/two-factor/disable': { window: 60, max: 8 },
        '/two-factor/generate-backup-codes': { window: 60, max: 8 },
        '/change-password': { window: 60, max: 8 },
      },
    },
    plugins: [
      // Roles are ours (src/platform/api/contract-base.ts); its own routes change nothing, every change goes through our
      // contract, which checks the right and writes the audit row.
      organization({
        ac: access,
        roles: Object.fromEntries(ROLES.map((role) => [role, noRights])),
        creatorRole: 'owner',
        allowUserToCreateOrganization: false,
        invitationExpiresIn: 60 * 60 * 24 * 7,
        disableOrganizationDeletion: true,
      }),
      // the key of the codes is encrypted with the installation's secret; src/platform/auth/second-factor.ts stands before it
      twoFactor({
        issuer: 'Tradewind',
        twoFactorCookieMaxAge: CODE_SECONDS,
        accountLockout: { enabled: true, maxFailedAttempts: MOST_CODES, durationSeconds: CODE_LOCK_SECONDS },
        backupCodeOptions: { storeBackupCodes: 'encrypted' },
      }),
      apiKey({
        references: 'organization',
        defaultPrefix: 'tw_',
        enableMetadata: true,
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: null },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
