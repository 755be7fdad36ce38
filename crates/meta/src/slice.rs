//! [`Slice`]: a `Vec` that knows nil, for Go slices that are written even when empty.

use std::ops::{Deref, DerefMut};

/// Go's slice: `null` when nil, `[]` when empty. Default is nil. Pushing makes it not nil.
#[derive(Clone)]
pub struct Slice<T> {
    items: Vec<T>,
    nil: bool,
}

impl<T> Slice<T> {
    /// The nil slice.
    #[must_use]
    pub const fn nil() -> Self {
        Self {
            items: Vec::new(),
            nil: true,
        }
    }
    /// Empty, but not nil.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            items: Vec::new(),
            nil: false,
        }
    }
    /// Whether it is written as `null`.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.nil && self.items.is_empty()
    }
    /// The elements.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self::nil()
    }
}
impl<T> From<Vec<T>> for Slice<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, nil: false }
    }
}
impl<T> FromIterator<T> for Slice<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Self::from(iter.into_iter().collect::<Vec<_>>())
    }
}
impl<T> Deref for Slice<T> {
    type Target = Vec<T>;
    fn deref(&self) -> &Vec<T> {
        &self.items
    }
}
impl<T> DerefMut for Slice<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.items
    }
}
impl<T: PartialEq> PartialEq for Slice<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}
impl<T: Eq> Eq for Slice<T> {}
impl<T: std::fmt::Debug> std::fmt::Debug for Slice<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.items.fmt(f)
    }
}
impl<T> IntoIterator for Slice<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}
impl<'a, T> IntoIterator for &'a Slice<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
impl<'a, T> IntoIterator for &'a mut Slice<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}
