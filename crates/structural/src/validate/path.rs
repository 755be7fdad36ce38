//! Where in a value the walk is; text only when something is wrong there.

use std::fmt::{self, Display, Formatter};

/// A place in a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Path<'a> {
    Root,
    /// A declared property, or an additional one: upstream writes the dot of the latter at the root as well.
    Property(&'a Path<'a>, &'a str),
    Additional(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Display for Path<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Property(Self::Root, name) => f.write_str(name),
            Self::Property(parent, name) | Self::Additional(parent, name) => {
                write!(f, "{parent}.{name}")
            }
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
