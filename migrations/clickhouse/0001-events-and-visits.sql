-- Raw facts, the visits derived from them, and the roll-ups derived from both.
-- Every table begins with the workspace. {engine:…} and {on_cluster} are filled in by src/platform/clickhouse/migrate.ts.

CREATE TABLE IF NOT EXISTS events {on_cluster}
(
    workspace UUID,
    site UUID,
    day Date,
    visitor UInt64,
    at DateTime64(3, 'UTC'),
    id UUID,
    visitor_before UInt64,
    known DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
    kind Enum8('view' = 1, 'event' = 2, 'asset' = 3, 'error' = 4, 'other' = 5, 'signal' = 6),
    name LowCardinality(String),
    visitor_kind Enum8('cookieless' = 1, 'consented' = 2, 'imported' = 3, 'server' = 4),
    hostname LowCardinality(String),
    path String CODEC(ZSTD),
    query String CODEC(ZSTD),
    url String CODEC(ZSTD),
    title String CODEC(ZSTD),
    referrer String CODEC(ZSTD),
    referrer_host LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    content LowCardinality(String),
    term String CODEC(ZSTD),
    click_id_name LowCardinality(String),
    click_id String CODEC(ZSTD),
    channel LowCardinality(String),
    user_agent String CODEC(ZSTD),
    bot UInt8,
    bot_name LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    system LowCardinality(String),
    device LowCardinality(String),
    country LowCardinality(String),
    language LowCardinality(String),
    width UInt16,
    status UInt16,
    bytes UInt64,
    engaged_ms UInt32,
    scroll UInt8,
    revenue Int64,
    currency LowCardinality(String),
    properties Map(LowCardinality(String), String),
    ga_id String CODEC(ZSTD),
    ym_id String CODEC(ZSTD),
    person String CODEC(ZSTD),
    import UUID,
    derivation UInt16
)
ENGINE = {engine:MergeTree}
PARTITION BY toYYYYMM(day)
ORDER BY (workspace, site, day, visitor, at, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000;

-- One row a visit. A recomputed visit replaces its row; one that is no more leaves a row with gone = 1.
CREATE TABLE IF NOT EXISTS visits {on_cluster}
(
    workspace UUID,
    site UUID,
    day Date,
    visitor UInt64,
    start DateTime64(3, 'UTC'),
    version UInt64,
    gone UInt8,
    finish DateTime64(3, 'UTC'),
    visitor_kind Enum8('cookieless' = 1, 'consented' = 2, 'imported' = 3, 'server' = 4),
    bot UInt8,
    views UInt32,
    events UInt32,
    bounce UInt8,
    engaged UInt8,
    duration_ms UInt64,
    engaged_ms UInt64,
    revenue Int64,
    unconverted UInt32,
    landing_path String CODEC(ZSTD),
    exit_path String CODEC(ZSTD),
    paths Array(String) CODEC(ZSTD),
    names Array(LowCardinality(String)),
    hostname LowCardinality(String),
    referrer String CODEC(ZSTD),
    referrer_host LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    content LowCardinality(String),
    term String CODEC(ZSTD),
    click_id_name LowCardinality(String),
    channel LowCardinality(String),
    country LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    system LowCardinality(String),
    device LowCardinality(String),
    language LowCardinality(String)
)
ENGINE = {engine:ReplacingMergeTree(version, gone)}
PARTITION BY toMonday(day)
ORDER BY (workspace, site, day, visitor, start)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;

-- A day in the workspace's zone, rebuilt when an event of that day arrives.
CREATE TABLE IF NOT EXISTS rollup_days {on_cluster}
(
    workspace UUID,
    site UUID,
    day Date,
    bot UInt8,
    version UInt64,
    visits UInt64,
    joined UInt64,
    visit_views UInt64,
    views UInt64,
    events UInt64,
    bounces UInt64,
    engaged UInt64,
    duration_ms UInt64,
    revenue Int64,
    unconverted UInt64,
    bytes UInt64,
    errors UInt64,
    visitors AggregateFunction(uniq, UInt64)
)
ENGINE = {engine:ReplacingMergeTree(version)}
PARTITION BY toYear(day)
ORDER BY (workspace, site, day, bot)
SETTINGS min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;

CREATE TABLE IF NOT EXISTS rollup_pages {on_cluster}
(
    workspace UUID,
    site UUID,
    day Date,
    bot UInt8,
    path String,
    version UInt64,
    views UInt64,
    visitors AggregateFunction(uniq, UInt64)
)
ENGINE = {engine:ReplacingMergeTree(version)}
PARTITION BY toYYYYMM(day)
ORDER BY (workspace, site, bot, path, day)
SETTINGS min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;
