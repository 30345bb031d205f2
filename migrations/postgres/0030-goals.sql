-- What the company wants visitors to do. A goal is a definition over events that are there already, so it speaks of the past at once.
CREATE TABLE goal (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- null: on all sites of the workspace
  site text REFERENCES site (id) ON DELETE CASCADE,
  name text NOT NULL,
  definition jsonb NOT NULL,
  -- minor units of the company's currency that one conversion is worth; null: the revenue of its event, or nothing
  worth bigint,
  -- grows with every change, so that two people do not overwrite each other
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE UNIQUE INDEX goal_by_name ON goal (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX goal_changes ON audit (workspace, (details ->> 'goal'), id) WHERE action LIKE 'goal.%';
