-- All ids a visit's visitor had during it (midnight and consent give a new one), so that events are joined to their visit by any of them.
ALTER TABLE visits {on_cluster} ADD COLUMN IF NOT EXISTS ids Array(UInt64) DEFAULT [visitor] AFTER names;
