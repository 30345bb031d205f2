-- The second factor: the tables of better-auth's plugin, as its own compiler writes them (a test says nothing is missing).
alter table "user" add column "twoFactorEnabled" boolean default false;

create table "twoFactor" ("id" text not null primary key, "secret" text not null, "backupCodes" text not null, "userId" text not null references "user" ("id") on delete cascade, "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz);

create index "twoFactor_secret_idx" on "twoFactor" ("secret");

create index "twoFactor_userId_idx" on "twoFactor" ("userId");

-- A code opens the door once: codes used in the last minutes, as keyed hashes.
CREATE TABLE second_factor_code (
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  code_hash text NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, code_hash)
);

-- People without a second factor are kept out until they set one up.
ALTER TABLE workspace ADD COLUMN require_two_factor boolean NOT NULL DEFAULT false;

-- What a role may do without asking; no row: what the product begins with. Null money or discount: without limit.
CREATE TABLE competence_limit (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  role text NOT NULL,
  currency text NOT NULL,
  -- minor units of the currency
  money_per_action bigint CHECK (money_per_action >= 0),
  money_per_month bigint CHECK (money_per_month >= 0),
  discount_per_mille integer CHECK (discount_per_mille BETWEEN 0 AND 1000),
  may_publish boolean NOT NULL,
  may_send boolean NOT NULL,
  may_erase boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace, role)
);

-- The trail by person, action and thing, newest first.
CREATE INDEX audit_by_who ON audit (workspace, who, id DESC);
CREATE INDEX audit_by_action ON audit (workspace, action, id DESC);
CREATE INDEX audit_of_person ON audit (who, id DESC) WHERE workspace IS NULL;
