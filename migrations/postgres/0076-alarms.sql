-- Alarms: a measure that is watched each day, and the days on which it was out of the ordinary.
CREATE TABLE alarm (
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
CREATE UNIQUE INDEX alarm_by_name ON alarm (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX alarm_changes ON audit (workspace, (details ->> 'alarm'), id) WHERE action LIKE 'alarm.%';

CREATE TABLE alarm_ring (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  alarm text NOT NULL REFERENCES alarm (id) ON DELETE CASCADE,
  day date NOT NULL,
  value double precision NOT NULL,
  expected double precision NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace, alarm, day)
);
