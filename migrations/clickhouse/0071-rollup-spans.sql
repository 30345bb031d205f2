-- The visitors of whole weeks and calendar months, made of those of their days, so that a long period need not read each day's.
CREATE TABLE IF NOT EXISTS rollup_spans {on_cluster}
(
    workspace UUID,
    site UUID,
    unit Enum8('week' = 1, 'month' = 2),
    -- the first day, a Monday or the first of a month
    start Date,
    bot UInt8,
    -- the sum of the versions of its days
    version UInt64,
    visitors AggregateFunction(uniq, UInt64)
)
ENGINE = {engine:ReplacingMergeTree(version)}
PARTITION BY toYear(start)
ORDER BY (workspace, site, unit, start, bot)
SETTINGS min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;

INSERT INTO rollup_spans (workspace, site, unit, start, bot, version, visitors)
SELECT workspace, site, 'week', toStartOfWeek(day, 1) AS s, bot, sum(version), uniqMergeState(visitors) FROM rollup_days FINAL GROUP BY workspace, site, s, bot
UNION ALL
SELECT workspace, site, 'month', toStartOfMonth(day) AS s, bot, sum(version), uniqMergeState(visitors) FROM rollup_days FINAL GROUP BY workspace, site, s, bot;

-- How many visitors a day had, for charts by day, which need not know who they were.
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS people UInt64 MATERIALIZED finalizeAggregation(visitors);
ALTER TABLE rollup_days {on_cluster} MATERIALIZE COLUMN people;

-- A page is one of some thousand: its number in a list of them is read and compared faster than its text.
ALTER TABLE visits {on_cluster} MODIFY COLUMN paths Array(LowCardinality(String)) CODEC(Default);
