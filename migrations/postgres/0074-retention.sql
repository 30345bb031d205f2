-- How long events of single visitors are kept; older ones are deleted each night.
CREATE TABLE retention (
  workspace text PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
  -- null: from now on everything is kept
  months integer CHECK (months BETWEEN 3 AND 240),
  -- UTC day before which events were deleted
  kept_from date,
  updated_at timestamptz NOT NULL DEFAULT now()
);
