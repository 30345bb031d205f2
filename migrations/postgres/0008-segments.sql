-- Saved segments. The definition is the language of filters; its own version says how it is to be read.
CREATE TABLE segment (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- null: over all sites of the workspace
  site text REFERENCES site (id) ON DELETE CASCADE,
  name text NOT NULL,
  definition jsonb NOT NULL,
  -- grows with every change, so that two people do not overwrite each other
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE UNIQUE INDEX segment_by_name ON segment (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX segment_changes ON audit (workspace, (details ->> 'segment'), id) WHERE action LIKE 'segment.%';
