-- Goals that are told to other counters on a site, and what those know them as.
CREATE TABLE forwarded_goal (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  goal text NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
  -- metrica or ga4
  counter text NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (workspace, site, counter, goal)
);

-- Metrica's number of the counter, by which the page speaks to it.
ALTER TABLE counter ADD COLUMN number text;
