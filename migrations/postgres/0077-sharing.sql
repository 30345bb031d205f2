-- What people outside see by a link: one saved report or dashboard. The link's secret is made of the row's id, so it is not stored.
CREATE TABLE share (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  name text NOT NULL,
  definition jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  opened integer NOT NULL DEFAULT 0,
  opened_at timestamptz
);
CREATE UNIQUE INDEX share_by_name ON share (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX share_changes ON audit (workspace, (details ->> 'share'), id) WHERE action LIKE 'share.%';

-- Apart from the share, so that no trail of changes holds it.
CREATE TABLE share_password (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  share text PRIMARY KEY REFERENCES share (id) ON DELETE CASCADE,
  hash text NOT NULL
);

-- Reports that come by mail at their time.
CREATE TABLE report_mailing (
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
CREATE UNIQUE INDEX report_mailing_by_name ON report_mailing (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX report_mailing_changes ON audit (workspace, (details ->> 'report_mailing'), id) WHERE action LIKE 'report_mailing.%';

-- One row a mailing and moment, so that a round that is tried again sends nothing twice.
CREATE TABLE report_mailed (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  mailing text NOT NULL REFERENCES report_mailing (id) ON DELETE CASCADE,
  due timestamptz NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  recipients integer NOT NULL,
  problem text,
  PRIMARY KEY (workspace, mailing, due)
);
