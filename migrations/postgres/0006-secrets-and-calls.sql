-- Passwords and tokens of outside services, each encrypted with the key named by key_id (src/platform/secrets).
CREATE TABLE secret (
  id text PRIMARY KEY,
  -- null: of the installation
  workspace text REFERENCES workspace (id) ON DELETE CASCADE,
  name text NOT NULL,
  key_id text NOT NULL,
  sealed bytea NOT NULL,
  -- the last characters of a long value, so that a person knows which one it is
  ends_with text NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE NULLS NOT DISTINCT (workspace, name)
);
CREATE INDEX secret_by_key ON secret (key_id, id);

-- An outside service a company has connected.
CREATE TABLE connection (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  provider text NOT NULL,
  name text NOT NULL,
  -- everything but the secrets, which are rows of secret named connection/ID/FIELD
  settings jsonb NOT NULL,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'works', 'fails', 'off')),
  checked_at timestamptz,
  -- what the other side said at the last check
  said text,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace, provider, name)
);

-- Every call out, kept for 30 days; neither queries nor bodies nor headers are kept.
CREATE TABLE outbound_call (
  id text PRIMARY KEY,
  workspace text REFERENCES workspace (id) ON DELETE CASCADE,
  provider text NOT NULL,
  connection text,
  at timestamptz NOT NULL DEFAULT now(),
  method text NOT NULL,
  host text NOT NULL,
  path text NOT NULL,
  status integer,
  ms integer NOT NULL,
  bytes bigint NOT NULL,
  attempt integer NOT NULL,
  error text
);
CREATE INDEX outbound_call_of_connection ON outbound_call (workspace, connection, id DESC);
CREATE INDEX outbound_call_by_time ON outbound_call (at);
