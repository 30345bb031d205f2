-- The visitors of whole calendar months, made of those of their days, so that a long period need not read each day's.
CREATE TABLE IF NOT EXISTS rollup_months {on_cluster}
(
    workspace UUID,
    site UUID,
    month Date,
    bot UInt8,
    -- the sum of the versions of its days
    version UInt64,
    visitors AggregateFunction(uniq, UInt64)
)
ENGINE = {engine:ReplacingMergeTree(version)}
PARTITION BY toYear(month)
ORDER BY (workspace, site, month, bot)
SETTINGS min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;

INSERT INTO rollup_months (workspace, site, month, bot, version, visitors)
SELECT workspace, site, toStartOfMonth(day) AS m, bot, sum(version), uniqMergeState(visitors) FROM rollup_days FINAL GROUP BY workspace, site, m, bot;
