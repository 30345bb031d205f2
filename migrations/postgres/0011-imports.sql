-- Tables from files: one row an import from the moment its file is read until it is taken back. Its rows are staged first, so
-- that what the dry run says and what is written are the same rows, and an import of any size needs no memory.
CREATE TABLE import (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- costs, notes: what the rows become
  kind text NOT NULL,
  -- what a person calls where the file comes from; a mapping is kept for each
  source text NOT NULL,
  -- null once the file was read for good and is gone
  file text,
  file_name text NOT NULL,
  file_size bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'checking', 'checked', 'writing', 'done', 'undoing', 'undone')),
  -- how the file is read, which column is what, what holds for the whole file
  settings jsonb NOT NULL,
  -- columns of the file as its head names them
  headers jsonb NOT NULL,
  -- the job that works on it, or did last
  run text,
  -- records of the file that are staged or rejected
  staged bigint NOT NULL DEFAULT 0,
  -- what the dry run found; null before its end
  summary jsonb,
  -- what was written so far
  result jsonb,
  -- the last key that is written, keys are written in their order
  written_key text,
  -- rejected rows as a file
  rejects_file text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX import_by_workspace ON import (workspace, id);

-- Rows understood and not yet written. Rows with the same key are one when they are written.
CREATE TABLE import_row (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  import text NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  line bigint NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (import, key, line)
);

-- Rows that could not be understood, until they are put into a file.
CREATE TABLE import_reject (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  import text NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  line bigint NOT NULL,
  reason text NOT NULL,
  cells json NOT NULL,
  PRIMARY KEY (import, line)
);

-- What each batch wrote over, newest last: an undo goes through them from the end and takes them out.
CREATE TABLE import_undo (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  import text NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  seq integer NOT NULL,
  entries json NOT NULL,
  PRIMARY KEY (import, seq)
);

-- How files of a source are read: used again when the next one has the same columns.
CREATE TABLE import_mapping (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  kind text NOT NULL,
  source text NOT NULL,
  headers jsonb NOT NULL,
  settings jsonb NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace, kind, source)
);

CREATE INDEX annotation_import ON annotation (workspace, import) WHERE import IS NOT NULL;
