-- Visits keep what they did in order; those derived before are derived anew in the background.
ALTER TABLE workspace ALTER COLUMN derived_by SET DEFAULT 4;
