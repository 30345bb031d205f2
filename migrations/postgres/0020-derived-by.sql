-- Which rules a company's visits and sales were derived by: those derived by older ones are rebuilt in the background.
ALTER TABLE workspace ADD COLUMN derived_by smallint NOT NULL DEFAULT 1;
ALTER TABLE workspace ALTER COLUMN derived_by SET DEFAULT 2;
