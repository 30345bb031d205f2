-- What events tell of orders, and the sales derived from them: one row a sale or refund that counts, with the visit it belongs to.

ALTER TABLE events {on_cluster} ADD COLUMN IF NOT EXISTS order_id String CODEC(ZSTD);
ALTER TABLE events {on_cluster} ADD COLUMN IF NOT EXISTS coupon LowCardinality(String);
ALTER TABLE events {on_cluster} ADD COLUMN IF NOT EXISTS tax Int64;
ALTER TABLE events {on_cluster} ADD COLUMN IF NOT EXISTS shipping Int64;
ALTER TABLE events {on_cluster} ADD COLUMN IF NOT EXISTS items Array(Tuple(
    id String, name String, brand LowCardinality(String), category LowCardinality(String), variant LowCardinality(String),
    list LowCardinality(String), coupon LowCardinality(String), price Int64, discount Int64, quantity Float64, position UInt16)) CODEC(ZSTD);
ALTER TABLE events {on_cluster} ADD INDEX IF NOT EXISTS orders order_id TYPE bloom_filter(0.01) GRANULARITY 1;

-- What a visit brought, by currency and UTC day ('USD2026-11-25'); what counts as revenue is in sales.
ALTER TABLE visits {on_cluster} ADD COLUMN IF NOT EXISTS net Map(String, Int64);
ALTER TABLE visits {on_cluster} DROP COLUMN IF EXISTS revenue;
ALTER TABLE visits {on_cluster} DROP COLUMN IF EXISTS unconverted;

-- `day` is the UTC day of `at`, by which a rate is chosen. Columns from landing_path on are those of the visit, empty without one.
CREATE TABLE IF NOT EXISTS sales {on_cluster}
(
    workspace UUID,
    site UUID,
    day Date,
    id UUID,
    version UInt64,
    gone UInt8,
    at DateTime64(3, 'UTC'),
    visitor UInt64,
    visitor_kind Enum8('cookieless' = 1, 'consented' = 2, 'imported' = 3, 'server' = 4),
    bot UInt8,
    name LowCardinality(String),
    status UInt16,
    path String CODEC(ZSTD),
    properties Map(LowCardinality(String), String),
    person String CODEC(ZSTD),
    order_id String CODEC(ZSTD),
    coupon LowCardinality(String),
    revenue Int64,
    currency LowCardinality(String),
    tax Int64,
    shipping Int64,
    items Array(Tuple(
        id String, name String, brand LowCardinality(String), category LowCardinality(String), variant LowCardinality(String),
        list LowCardinality(String), coupon LowCardinality(String), price Int64, discount Int64, quantity Float64, position UInt16)) CODEC(ZSTD),
    visit_start DateTime64(3, 'UTC'),
    landing_path String CODEC(ZSTD),
    exit_path String CODEC(ZSTD),
    hostname LowCardinality(String),
    referrer_host LowCardinality(String),
    source LowCardinality(String),
    medium LowCardinality(String),
    campaign LowCardinality(String),
    content LowCardinality(String),
    term String CODEC(ZSTD),
    channel LowCardinality(String),
    country LowCardinality(String),
    browser LowCardinality(String),
    browser_version LowCardinality(String),
    system LowCardinality(String),
    device LowCardinality(String),
    language LowCardinality(String)
)
ENGINE = {engine:ReplacingMergeTree(version, gone)}
PARTITION BY toYear(day)
ORDER BY (workspace, site, day, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Amounts of a day by currency and UTC day ('USD2026-11-25'), so that a rate entered later changes the past without a rebuild.
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS net Map(String, Int64);
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS refunded Map(String, Int64);
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS ordered Map(String, Int64);
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS sales Map(String, UInt64);
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS orders UInt64;
ALTER TABLE rollup_days {on_cluster} ADD COLUMN IF NOT EXISTS items Float64;
ALTER TABLE rollup_days {on_cluster} DROP COLUMN IF EXISTS revenue;
ALTER TABLE rollup_days {on_cluster} DROP COLUMN IF EXISTS unconverted;
