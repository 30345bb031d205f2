-- What a person should learn without asking: their long work ended, someone they invited came. Written by a consumer of the
-- outbox, so each is there once, whatever was killed in between.
CREATE TABLE notification (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
  -- what is told: job.done, job.failed, member.joined …
  kind text NOT NULL,
  -- what the words are filled with
  details jsonb NOT NULL DEFAULT '{}',
  -- the screen to go to, below the company's address; null: none
  path text,
  at timestamptz NOT NULL DEFAULT now(),
  read_at timestamptz
);
CREATE INDEX notification_by_person ON notification (workspace, user_id, id);
CREATE INDEX notification_unread ON notification (workspace, user_id) WHERE read_at IS NULL;
