//! What an evaluation costs at most, in upstream's units: some 50 ns each.

/// How large a string, a list or a map is: characters, elements, entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SizeEstimate {
    pub min: u64,
    pub max: u64,
}

/// What an evaluation costs, `u64::MAX` for more than can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostEstimate {
    pub min: u64,
    pub max: u64,
}

/// What schemas say of the sizes of values.
pub trait Sizes {
    /// The size of the value at a path as `["self", "spec", "list", "@items"]`; `@keys` and `@values` lead into maps. None if nothing is known.
    fn size(&self, path: &[&str]) -> Option<SizeEstimate>;
}
