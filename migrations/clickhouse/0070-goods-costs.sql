-- What products cost, by the day it holds from: the copy that sales are joined with.
CREATE TABLE IF NOT EXISTS goods_costs {on_cluster}
(
    workspace UUID,
    id UUID,
    product String,
    day Date,
    -- minor units of `currency`
    cost Int64,
    currency LowCardinality(String),
    version UInt64,
    gone UInt8
)
ENGINE = {engine:ReplacingMergeTree(version, gone)}
ORDER BY (workspace, product, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
