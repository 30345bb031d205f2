-- Calls and chats, and what tells where they come from: numbers and promo codes of a source, and a code of a visitor's own.
CREATE TABLE contact_source (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  name text NOT NULL,
  definition jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE UNIQUE INDEX contact_source_by_name ON contact_source (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX contact_source_changes ON audit (workspace, (details ->> 'contact_source'), id) WHERE action LIKE 'contact_source.%';

-- Whose code it is: kept for 90 days after it was last shown.
CREATE TABLE contact_code (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  code text NOT NULL,
  visitor text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace, code, site)
);
CREATE INDEX contact_code_by_visitor ON contact_code (workspace, visitor);
CREATE INDEX contact_code_by_age ON contact_code (seen_at);

CREATE TABLE contact (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('call', 'chat')),
  at timestamptz NOT NULL,
  source_id text REFERENCES contact_source (id) ON DELETE SET NULL,
  code text NOT NULL DEFAULT '',
  visitor text NOT NULL DEFAULT '',
  site text REFERENCES site (id) ON DELETE SET NULL,
  channel text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT '',
  medium text NOT NULL DEFAULT '',
  campaign text NOT NULL DEFAULT '',
  landing_page text NOT NULL DEFAULT '',
  worth bigint,
  note text NOT NULL DEFAULT '',
  external text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);
CREATE INDEX contact_by_time ON contact (workspace, at);
CREATE UNIQUE INDEX contact_by_external ON contact (workspace, external) WHERE external IS NOT NULL;
CREATE INDEX contact_by_visitor ON contact (workspace, visitor) WHERE visitor <> '';
