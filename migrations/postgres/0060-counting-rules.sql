-- What isn't counted, and what is or isn't a robot, by the company's own rules; and how much each rule left out, as counts alone.
CREATE TABLE counting_rule (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- null: on all sites of the workspace
  site text REFERENCES site (id) ON DELETE CASCADE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('address', 'path', 'parameter', 'spam', 'not-spam', 'robot', 'not-robot')),
  pattern text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE UNIQUE INDEX counting_rule_by_name ON counting_rule (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE INDEX counting_rule_changes ON audit (workspace, (details ->> 'counting_rule'), id) WHERE action LIKE 'counting_rule.%';

-- `day` is the UTC day of what was left out.
CREATE TABLE excluded_day (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  rule text NOT NULL REFERENCES counting_rule (id) ON DELETE CASCADE,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  day date NOT NULL,
  events bigint NOT NULL,
  PRIMARY KEY (rule, site, day)
);
CREATE INDEX excluded_day_of ON excluded_day (workspace, day);

-- As of when the past was counted by the rules.
CREATE TABLE recount (
  workspace text PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
  rules_as_of timestamptz NOT NULL
);
