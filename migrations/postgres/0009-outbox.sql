-- What changed in this database and must reach the event database and other modules. A row is written in the transaction of
-- the change, one for each consumer, and marked when that consumer has it; marked rows are kept seven days for a restore.
CREATE SEQUENCE row_version;

CREATE TABLE outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace text NOT NULL,
  consumer text NOT NULL,
  topic text NOT NULL,
  -- what changed, unique within workspace and topic
  key text NOT NULL,
  -- taken while the changed row is locked, so that of two changes of one row the later has the greater
  version bigint NOT NULL DEFAULT nextval('row_version'),
  gone boolean NOT NULL DEFAULT false,
  data jsonb NOT NULL,
  known timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  error text,
  done_at timestamptz
);
CREATE INDEX outbox_waiting ON outbox (consumer, seq) WHERE done_at IS NULL;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;

-- AFTER INSERT OR UPDATE OR DELETE … FOR EACH ROW EXECUTE FUNCTION mirror_row('topic'): no writer can forget it.
CREATE FUNCTION mirror_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed record;
BEGIN
  IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
  INSERT INTO outbox (workspace, consumer, topic, key, gone, data)
  VALUES (changed.workspace, 'mirror', TG_ARGV[0], changed.id, TG_OP = 'DELETE', to_jsonb(changed));
  RETURN NULL;
END $$;
