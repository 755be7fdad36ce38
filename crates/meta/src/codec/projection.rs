//! Decoding no more of an object than its reader looks at.

/// Which fields of which structs are decoded; the rest is passed over as if it were not there. What is decoded in part is for reading
/// alone: written back, it would lose the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Projection(pub &'static [Part]);

/// Of a struct, by Go's name without package, the JSON names of the fields that are decoded. Structs that no part names are decoded whole.
pub type Part = (&'static str, &'static [&'static str]);

impl Projection {
    /// Everything.
    pub const WHOLE: Self = Self(&[]);

    /// The fields that are kept of a struct; `None`: all.
    pub(super) fn of(self, go_name: &str) -> Option<&'static [&'static str]> {
        let mut parts = self.0.iter();
        parts
            .find(|(name, _)| *name == go_name)
            .map(|(_, fields)| *fields)
    }
}
