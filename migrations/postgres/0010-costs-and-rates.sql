-- What traffic cost by day. A row holds the newest word of its feed; every change of an amount leaves PostgreSQL as a signed
-- difference with the moment it became known, so that a restated cost says which past figure changed, when and by how much.
CREATE TABLE cost (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  site text NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  -- who says so: the name of an import's mapping, or 'manual'; feeds don't overwrite each other
  feed text NOT NULL,
  day date NOT NULL,
  source text NOT NULL DEFAULT '',
  medium text NOT NULL DEFAULT '',
  campaign text NOT NULL DEFAULT '',
  content text NOT NULL DEFAULT '',
  term text NOT NULL DEFAULT '',
  -- the landing page the money was spent on, as a path
  page text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT '',
  currency text NOT NULL,
  -- minor units, without VAT
  amount bigint NOT NULL,
  vat bigint NOT NULL DEFAULT 0,
  impressions bigint,
  clicks bigint,
  -- the import that wrote it last
  import text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace, site, feed, day, source, medium, campaign, content, term, page, currency)
);
CREATE INDEX cost_import ON cost (workspace, import) WHERE import IS NOT NULL;

CREATE FUNCTION cost_difference() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row cost;
  amount_before bigint := 0;
  vat_before bigint := 0;
  impressions_before bigint := 0;
  clicks_before bigint := 0;
  amount_now bigint := 0;
  vat_now bigint := 0;
  impressions_now bigint := 0;
  clicks_now bigint := 0;
BEGIN
  IF TG_OP = 'DELETE' THEN row := OLD; ELSE row := NEW; END IF;
  IF TG_OP <> 'INSERT' THEN
    amount_before := OLD.amount; vat_before := OLD.vat;
    impressions_before := coalesce(OLD.impressions, 0); clicks_before := coalesce(OLD.clicks, 0);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    amount_now := NEW.amount; vat_now := NEW.vat;
    impressions_now := coalesce(NEW.impressions, 0); clicks_now := coalesce(NEW.clicks, 0);
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.site, NEW.feed, NEW.day, NEW.source, NEW.medium, NEW.campaign, NEW.content, NEW.term, NEW.page, NEW.currency)
    IS DISTINCT FROM (OLD.site, OLD.feed, OLD.day, OLD.source, OLD.medium, OLD.campaign, OLD.content, OLD.term, OLD.page, OLD.currency) THEN
    RAISE EXCEPTION 'what a cost is about does not change: delete the row and write another';
  END IF;
  IF TG_OP = 'UPDATE' AND (amount_now, vat_now, impressions_now, clicks_now) = (amount_before, vat_before, impressions_before, clicks_before) THEN
    RETURN NULL;
  END IF;
  INSERT INTO outbox (workspace, consumer, topic, key, data)
  VALUES (row.workspace, 'mirror', 'cost', row.id, jsonb_build_object(
    'site', row.site, 'feed', row.feed, 'day', row.day, 'source', row.source, 'medium', row.medium, 'campaign', row.campaign,
    'content', row.content, 'term', row.term, 'page', row.page, 'channel', row.channel, 'currency', row.currency,
    'amount', amount_now - amount_before, 'vat', vat_now - vat_before, 'impressions', impressions_now - impressions_before,
    'clicks', clicks_now - clicks_before, 'first', TG_OP = 'INSERT', 'import', coalesce(row.import, '')));
  RETURN NULL;
END $$;
CREATE TRIGGER cost_mirror AFTER INSERT OR UPDATE OR DELETE ON cost FOR EACH ROW EXECUTE FUNCTION cost_difference();

-- What one unit of a currency was worth in another on a day; the newest rate on or before a day holds.
CREATE TABLE exchange_rate (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  day date NOT NULL,
  currency text NOT NULL,
  to_currency text NOT NULL,
  rate numeric(30, 12) NOT NULL CHECK (rate > 0),
  -- ecb, cbr or manual; a rate entered by hand goes before the others
  source text NOT NULL,
  import text,
  UNIQUE (workspace, day, currency, to_currency, source)
);
CREATE TRIGGER exchange_rate_mirror AFTER INSERT OR UPDATE OR DELETE ON exchange_rate
  FOR EACH ROW EXECUTE FUNCTION mirror_row('exchange_rate');

-- Dated VAT of a workspace: per mille, so that 5.5 % is exact.
CREATE TABLE vat_rate (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  from_day date NOT NULL,
  per_mille integer NOT NULL CHECK (per_mille BETWEEN 0 AND 1000),
  UNIQUE (workspace, from_day)
);

-- Things that happened, shown on charts: a launch, a price change, an outage.
CREATE TABLE annotation (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- null: all sites
  site text REFERENCES site (id) ON DELETE CASCADE,
  day date NOT NULL,
  text text NOT NULL,
  import text,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX annotation_by_day ON annotation (workspace, day);
