-- What happens in the background. pg-boss (schema pgboss) hands runs out; this table says what became of each.
CREATE TABLE job_run (
  -- null: the installation's own work
  workspace text REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  job text NOT NULL,
  lane text NOT NULL CHECK (lane IN ('quick', 'long')),
  payload jsonb NOT NULL,
  -- while one with this key waits or runs, no second is made
  singleton_key text,
  state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'dead')),
  -- only the message of this number may start it; cancelling or trying again voids earlier ones
  delivery integer NOT NULL DEFAULT 1,
  -- tries that ended in an error, with the one under way
  attempt integer NOT NULL DEFAULT 0,
  -- times in a row its worker died without a new checkpoint
  crashes integer NOT NULL DEFAULT 0,
  done bigint NOT NULL DEFAULT 0,
  total bigint,
  -- i18n key of what is being done
  words text,
  checkpoint jsonb,
  error text,
  result jsonb,
  who text NOT NULL,
  -- holds the advisory lock of this name while it lives
  worker text,
  cancel_asked boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- not before
  run_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz
);
CREATE INDEX job_run_by_workspace ON job_run (workspace, id);
CREATE INDEX job_run_waiting ON job_run (lane, run_at) WHERE state = 'waiting';
CREATE INDEX job_run_running ON job_run (worker) WHERE state = 'running';
CREATE INDEX job_run_finished ON job_run (finished_at) WHERE finished_at IS NOT NULL;
CREATE UNIQUE INDEX job_run_single ON job_run (COALESCE(workspace, ''), job, singleton_key)
  WHERE singleton_key IS NOT NULL AND state IN ('waiting', 'running');

-- Work that comes round: a cron expression in the workspace's zone (UTC for the installation's own).
CREATE TABLE schedule (
  workspace text REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  job text NOT NULL,
  -- tells several schedules of one job apart
  key text NOT NULL DEFAULT '',
  cron text NOT NULL,
  -- the zone next_at was reckoned in
  zone text NOT NULL,
  payload jsonb NOT NULL,
  next_at timestamptz,
  last_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX schedule_of_job ON schedule (COALESCE(workspace, ''), job, key);
CREATE INDEX schedule_due ON schedule (next_at);
