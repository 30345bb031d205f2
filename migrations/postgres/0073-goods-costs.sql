-- What a product costs the company from a day on; the newest on or before the day of a sale holds.
CREATE TABLE goods_cost (
  workspace text NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id text PRIMARY KEY,
  -- the product's number as the shop tells it, its name where it has none
  product text NOT NULL,
  from_day date NOT NULL,
  -- minor units of `currency`
  cost bigint NOT NULL CHECK (cost >= 0),
  currency text NOT NULL,
  import text,
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (workspace, product, from_day)
);
CREATE TRIGGER goods_cost_mirror AFTER INSERT OR UPDATE OR DELETE ON goods_cost
  FOR EACH ROW EXECUTE FUNCTION mirror_row('goods_cost');
