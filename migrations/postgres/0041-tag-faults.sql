-- Faults of tags that people have looked at and want to read no more of, by their key.
ALTER TABLE link_settings ADD COLUMN left_alone jsonb NOT NULL DEFAULT '[]';
