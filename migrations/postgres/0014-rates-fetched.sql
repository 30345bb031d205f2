-- When a bank's connection last brought its rates; a day of the company's own clock, so that once a day is once a day there.
CREATE TABLE rate_fetch (
  connection text PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  day date NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  -- new or changed rates it brought
  stored integer NOT NULL
);
CREATE INDEX exchange_rate_by_source ON exchange_rate (workspace, source, day DESC);
