-- Contents in the store, each once whatever it is called and however often. The row is there before the bytes are, so that
-- nothing in the store is unknown here.
CREATE TABLE file_content (
  sha256 text PRIMARY KEY,
  size bigint NOT NULL,
  touched_at timestamptz NOT NULL DEFAULT now()
);

-- What a company calls a content. Nothing is public: a link is signed and expires.
CREATE TABLE file (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  sha256 text NOT NULL REFERENCES file_content (sha256),
  name text NOT NULL,
  -- told by the first bytes
  type text NOT NULL,
  size bigint NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- swept away after this
  expires_at timestamptz
);
CREATE INDEX file_by_workspace ON file (workspace, id);
CREATE INDEX file_by_content ON file (sha256);
CREATE INDEX file_expiring ON file (expires_at) WHERE expires_at IS NOT NULL;

-- A file on its way from a browser, piece by piece; its bytes lie in the data folder until it is whole.
CREATE TABLE file_upload (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  name text NOT NULL,
  size bigint NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  touched_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX file_upload_by_workspace ON file_upload (workspace);
