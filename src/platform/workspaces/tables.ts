// Row types of people and companies. Columns of better-auth keep its names.
import type { ColumnType, Generated } from 'kysely';
import type { Role } from '../api/contract-base.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Defaulted = ColumnType<Date, Date | string | undefined, Date | string>;

/** What the list of invitations shows of their mail; the whole table is src/platform/mail's. */
interface MailState {
  about: string | null;
  state: 'queued' | 'sending' | 'handing' | 'sent' | 'failed' | 'unsure';
  answer: string | null;
}

export interface PeopleTables {
  mail_message: MailState;
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    image: string | null;
    twoFactorEnabled: Generated<boolean | null>;
    createdAt: Defaulted;
    updatedAt: Defaulted;
  };
  twoFactor: {
    id: string;
    userId: string;
    /** encrypted by better-auth */
    secret: string;
    verified: boolean | null;
    failedVerificationCount: number | null;
    lockedUntil: Timestamp | null;
  };
  second_factor_code: { user_id: string; code_hash: string; used_at: Defaulted };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    password: string | null;
    createdAt: Defaulted;
    updatedAt: Timestamp;
  };
  verification: { id: string; identifier: string; value: string; expiresAt: Timestamp };
  session: {
    id: string;
    userId: string;
    token: string;
    expiresAt: Timestamp;
    createdAt: Defaulted;
    updatedAt: Timestamp;
    ipAddress: string | null;
    userAgent: string | null;
  };
  organization: { id: string; name: string; slug: string; createdAt: Timestamp; metadata: string | null };
  member: { id: string; organizationId: string; userId: string; role: Role; createdAt: Timestamp };
  invitation: {
    id: string;
    organizationId: string;
    email: string;
    role: Role;
    status: 'pending' | 'accepted' | 'canceled';
    expiresAt: Timestamp;
    createdAt: Defaulted;
    inviterId: string;
  };
  apikey: {
    id: string;
    name: string | null;
    start: string | null;
    referenceId: string;
    enabled: boolean | null;
    lastRequest: Timestamp | null;
    expiresAt: Timestamp | null;
    permissions: string | null;
    metadata: string | null;
    createdAt: Timestamp;
  };
  workspace: {
    id: string;
    name: string;
    currency: string;
    time_zone: string;
    language: 'en' | 'ru';
    legal_profile: 'eu' | 'russia' | 'other';
    demo: Generated<boolean>;
    import_key: Buffer;
    require_two_factor: Generated<boolean>;
    created_at: Defaulted;
  };
  competence_limit: {
    workspace: string;
    role: Role;
    currency: string;
    money_per_action: number | null;
    money_per_month: number | null;
    discount_per_mille: number | null;
    may_publish: boolean;
    may_send: boolean;
    may_erase: boolean;
    updated_at: Defaulted;
  };
  audit: {
    workspace: string | null;
    id: string;
    at: Defaulted;
    who: string;
    action: string;
    target: string;
    details: ColumnType<Record<string, unknown>, string, string>;
  };
  sign_in_failure: { email_hash: string; failures: number; locked_until: Timestamp | null; updated_at: Timestamp };
}
