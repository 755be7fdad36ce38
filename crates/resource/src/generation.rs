//! [`Generation`]: what `metadata.generation` of a kind counts.
use meta::{
    KindObject, ObjectMeta,
    codec::{self, Value},
};

/// Which changes of an object make a new generation of it. Neither `metadata` nor `status` ever does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Generation {
    /// The kind counts none.
    #[default]
    None,
    /// Those of what it says: a list that is empty says what one says that is not given.
    Content,
    /// Those of what was given: an empty list is another than none, though no answer shows either.
    AsGiven,
}

impl Generation {
    /// The first one.
    pub(crate) fn begin(self, metadata: &mut ObjectMeta) {
        if self != Self::None {
            metadata.generation = 1;
        }
    }

    /// The next one, where `new` differs from `old` in what counts.
    pub fn count(self, new: &mut dyn KindObject, old: &dyn KindObject) {
        let same = match self {
            Self::None => return,
            Self::Content => codec::same,
            Self::AsGiven => codec::identical,
        };
        if !same_desired_state(new, old, same) {
            new.metadata_mut().generation = old.metadata().generation + 1;
        }
    }
}

fn same_desired_state(
    new: &dyn KindObject,
    old: &dyn KindObject,
    same: fn(&dyn Value, &dyn Value) -> bool,
) -> bool {
    let (new, old) = (new.as_message(), old.as_message());
    let fields = new.info().fields.iter().enumerate();
    let mut counted = fields.filter(|(_, field)| !matches!(field.json_name, "metadata" | "status"));
    counted.all(|(i, _)| same(new.field(i), old.field(i)))
}
