-- Saved reports: a question of the explorer and the form it is shown in. The definition's own version says how it is to be read.
CREATE TABLE report (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  name text NOT NULL,
  description text NOT NULL,
  definition jsonb NOT NULL,
  -- grows with every change, so that two people do not overwrite each other
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE UNIQUE INDEX report_by_name ON report (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX report_changes ON audit (workspace, (details ->> 'report'), id) WHERE action LIKE 'report.%';
