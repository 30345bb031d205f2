-- Tagged links: a target with the tags that say where a visitor came from, and a short address for it.
CREATE TABLE link (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  name text NOT NULL,
  -- the address without our tags
  target text NOT NULL,
  source text NOT NULL,
  medium text NOT NULL,
  campaign text NOT NULL,
  content text NOT NULL,
  term text NOT NULL,
  -- of the short address; one of its kind over all companies, for they share the product's own address
  code text NOT NULL,
  active boolean NOT NULL,
  -- in the company's zone; the link stops when it is over
  last_day date,
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);
CREATE UNIQUE INDEX link_by_name ON link (workspace, lower(name)) WHERE archived_at IS NULL;
CREATE UNIQUE INDEX link_by_code ON link (code);
CREATE INDEX link_changes ON audit (workspace, (details ->> 'link'), id) WHERE action LIKE 'link.%';

-- How the company names its tags, and the domain its short links stand on.
CREATE TABLE link_settings (
  workspace text PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
  convention jsonb NOT NULL,
  -- a host name that points to this installation; null: the installation's own address
  domain text UNIQUE,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Clicks as counts: what is counted is kept, who clicked is not. `day` is in the company's zone.
CREATE TABLE link_click (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  link text NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  day date NOT NULL,
  country text NOT NULL,
  device text NOT NULL,
  -- 'click', 'scan' of a QR code, or 'robot'
  way text NOT NULL,
  count integer NOT NULL,
  PRIMARY KEY (workspace, link, day, way, country, device)
);
