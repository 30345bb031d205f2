-- Mail on its way out and what became of it. The words themselves are a secret row named mail/ID until they are handed over.
CREATE TABLE mail_message (
  id text PRIMARY KEY,
  -- null: of the installation, like a password reset
  workspace text REFERENCES workspace (id) ON DELETE CASCADE,
  template text NOT NULL,
  language text NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  -- what it is about, like invitation/ID
  about text,
  -- handing: the body is going out; no answer to it means nobody knows whether it was taken, so it isn't sent again
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'handing', 'sent', 'failed', 'unsure')),
  attempts integer NOT NULL DEFAULT 0,
  -- the mail server's own words
  answer text,
  created_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX mail_message_of_workspace ON mail_message (workspace, id DESC);
CREATE INDEX mail_message_about ON mail_message (about) WHERE about IS NOT NULL;
