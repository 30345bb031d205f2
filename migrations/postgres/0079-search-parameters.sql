-- The parameters of addresses in which a company's sites carry the words of a search; none: the usual ones.
CREATE TABLE search_setting (
  workspace text PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
  parameters jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
