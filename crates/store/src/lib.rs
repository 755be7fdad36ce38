//! Revisions, watches, leases, compaction. Bytes only: it does not know `meta`.
