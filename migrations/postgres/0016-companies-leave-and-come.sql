-- Companies that leave as one file, and come in from one.
CREATE TABLE transfer (
  -- the company it was asked from; null: the command line
  workspace text REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('export', 'import')),
  file_name text NOT NULL,
  -- the archive, as long as it is kept
  file text,
  -- the job that works on it, or did last
  run text,
  -- of an import: the id the new company gets. Its events lie under it before there is a company of that id
  target text,
  -- whose company it becomes; null: of an export
  owner text REFERENCES "user" (id) ON DELETE SET NULL,
  who text NOT NULL,
  -- rows, bytes and what people should know of it; null before its end
  result jsonb,
  error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX transfer_by_workspace ON transfer (workspace, id);
CREATE INDEX transfer_open ON transfer (id) WHERE finished_at IS NULL;

-- A row that comes with its company is no change: what ClickHouse has of it comes along. So whatever a trigger writes here
-- while a company comes in is left out.
CREATE FUNCTION leave_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER outbox_while_company_comes BEFORE INSERT ON outbox FOR EACH ROW
  WHEN (current_setting('tradewind.company_comes', true) = 'on') EXECUTE FUNCTION leave_out();
