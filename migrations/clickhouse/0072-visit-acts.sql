-- What a visit did, in order: 'v' and a page, 'e' and the name of an event, repeats that follow each other once. Visits from before this
-- column are derived anew by the job derive-again.
ALTER TABLE visits {on_cluster} ADD COLUMN IF NOT EXISTS acts Array(LowCardinality(String)) AFTER ids;
