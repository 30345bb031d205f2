-- What other counters on the company's sites counted by day, from files they hand out. Kept apart from our own visits for good.
CREATE TABLE counter_day (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  -- metrica, ga4 or other
  counter text NOT NULL,
  -- in the counter's own zone
  day date NOT NULL,
  -- the counter's word for where the visits came from; '' of a figure that isn't split
  source text NOT NULL DEFAULT '',
  visits bigint NOT NULL,
  visitors bigint,
  views bigint,
  conversions bigint,
  import text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace, site, counter, day, source)
);
CREATE INDEX counter_day_import ON counter_day (workspace, import) WHERE import IS NOT NULL;

-- How a counter of a site is set up where that makes its figures differ from ours.
CREATE TABLE counter (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  counter text NOT NULL,
  -- the zone its days are of; null: the company's
  zone text,
  PRIMARY KEY (workspace, site, counter)
);
