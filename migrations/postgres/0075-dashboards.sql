-- Dashboards: saved reports beside one another, in an order and widths people choose.
CREATE TABLE dashboard (
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
CREATE UNIQUE INDEX dashboard_by_name ON dashboard (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX dashboard_changes ON audit (workspace, (details ->> 'dashboard'), id) WHERE action LIKE 'dashboard.%';
