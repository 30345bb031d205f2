-- When the first event of a site happened: what lies before is unknown, not zero.
ALTER TABLE site ADD COLUMN first_event_at timestamptz;
