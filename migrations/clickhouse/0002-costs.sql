-- Costs as signed differences, each a fact of its own: `known` says when it was learned. `version` is unique to a difference, so
-- one that is delivered twice stays one under FINAL.
CREATE TABLE IF NOT EXISTS cost_differences {on_cluster}
(
    workspace UUID,
    site UUID,
    day Date,
    feed LowCardinality(String),
    channel LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign String,
    content String,
    term String,
    page String,
    currency LowCardinality(String),
    -- minor units of `currency`, without VAT
    amount Int64,
    vat Int64,
    impressions Int64,
    clicks Int64,
    known DateTime64(3, 'UTC'),
    -- 1: the row was not there before, so this restates nothing
    first UInt8,
    import String,
    version UInt64,
    gone UInt8
)
ENGINE = {engine:ReplacingMergeTree(version)}
PARTITION BY toYear(day)
ORDER BY (workspace, site, day, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE IF NOT EXISTS exchange_rates {on_cluster}
(
    workspace UUID,
    id UUID,
    day Date,
    currency LowCardinality(String),
    to_currency LowCardinality(String),
    rate Decimal(38, 12),
    source LowCardinality(String),
    version UInt64,
    gone UInt8
)
ENGINE = {engine:ReplacingMergeTree(version, gone)}
ORDER BY (workspace, currency, to_currency, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
