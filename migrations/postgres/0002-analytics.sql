CREATE TABLE site (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- public: the line on the site carries it
  key text NOT NULL UNIQUE,
  host text NOT NULL,
  other_hosts jsonb NOT NULL DEFAULT '[]',
  -- kept from the flusher, so that a screen need not ask ClickHouse
  last_event_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace, host)
);

-- Secret of the visitor ids of a UTC day; deleted within 48 hours.
CREATE TABLE visitor_salt (
  day date PRIMARY KEY,
  salt bytea NOT NULL
);

-- Days of a workspace whose roll-ups are older than their events.
CREATE TABLE dirty_day (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  site text NOT NULL,
  day date NOT NULL,
  marked_at timestamptz NOT NULL DEFAULT now(),
  mark bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace, site, day)
);

CREATE TABLE log_import (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  site text NOT NULL,
  -- same files, same import: a killed one is found again and goes on
  fingerprint text NOT NULL,
  state jsonb,
  summary jsonb,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX log_import_open ON log_import (workspace, site, fingerprint) WHERE finished_at IS NULL;

CREATE TABLE log_import_reject (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  import text NOT NULL REFERENCES log_import (id) ON DELETE CASCADE,
  line bigint NOT NULL,
  reason text NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (import, line)
);

-- Texts of the consent banner, versioned; the newest version is shown.
CREATE TABLE consent_text (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  version integer NOT NULL,
  texts jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site, version)
);

-- Proof of a visitor's choice.
CREATE TABLE consent_proof (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  version integer NOT NULL,
  language text NOT NULL,
  -- sha256 of the text that was shown
  text_hash text NOT NULL,
  choice text NOT NULL CHECK (choice IN ('granted', 'denied')),
  visitor text,
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  user_agent text NOT NULL
);
CREATE INDEX consent_proof_by_site ON consent_proof (workspace, site, received_at);
