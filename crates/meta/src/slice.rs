//! [`Slice`]: a `Vec` that knows nil, as Go's slices do.

use std::ops::{Deref, DerefMut};

/// Go's slice: `null` when nil, `[]` when empty. Default is nil; putting something in makes it not nil. As large as a `Vec`. Equal is what has
/// equal elements: nil equals empty, and [`codec::identical`](crate::codec::identical) tells them apart.
#[derive(Clone)]
pub struct Slice<T>(Option<Vec<T>>);

const _: () = assert!(
    size_of::<Slice<String>>() == size_of::<Vec<String>>(),
    "every list of every object is one"
);

impl<T> Slice<T> {
    /// The nil slice.
    #[must_use]
    pub const fn nil() -> Self {
        Self(None)
    }
    /// Empty, but not nil.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Some(Vec::new()))
    }
    /// Whether it is written as `null`.
    #[must_use]
    pub const fn is_nil(&self) -> bool {
        self.0.is_none()
    }
    /// The elements.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self
    }
    /// The elements; none when it is nil.
    #[must_use]
    pub fn as_option(&self) -> Option<&[T]> {
        self.0.as_deref()
    }
    /// The elements.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0.unwrap_or_default()
    }
    /// Adds `item` at the end.
    pub fn push(&mut self, item: T) {
        let items = self.0.get_or_insert_default();
        make_room(items);
        items.push(item);
    }
    /// Adds `item` before the one at `index`; past the end is the caller's mistake.
    pub fn insert(&mut self, index: usize, item: T) {
        self.0.get_or_insert_default().insert(index, item);
    }
    /// Takes out the one at `index`; past the end is the caller's mistake.
    pub fn remove(&mut self, index: usize) -> T {
        self.0.get_or_insert_default().remove(index)
    }
    /// Takes out the last.
    pub fn pop(&mut self) -> Option<T> {
        self.0.as_mut()?.pop()
    }
    /// Keeps those for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.retain_mut(|item| keep(item));
    }
    /// Keeps those for which `keep` holds, which may change them.
    pub fn retain_mut(&mut self, keep: impl FnMut(&mut T) -> bool) {
        if let Some(items) = &mut self.0 {
            items.retain_mut(keep);
        }
    }
    /// Keeps the first `len`; nil stays nil.
    pub fn truncate(&mut self, len: usize) {
        if let Some(items) = &mut self.0 {
            items.truncate(len);
        }
    }
    /// Removes everything, as Go's programs do it: what is left is nil.
    pub fn clear(&mut self) {
        *self = Self::nil();
    }
}

/// Room for one more. Most lists of API objects have one element, and `Vec` would begin with room for four.
pub(crate) fn make_room<T>(items: &mut Vec<T>) {
    if items.len() == items.capacity() {
        items.reserve_exact(items.len().max(1));
    }
}

impl<T> Default for Slice<T> {
    fn default() -> Self {
        Self::nil()
    }
}
impl<T> From<Vec<T>> for Slice<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Some(items))
    }
}
impl<T, const N: usize> From<[T; N]> for Slice<T> {
    fn from(items: [T; N]) -> Self {
        Self::from(Vec::from(items))
    }
}
impl<T> Extend<T> for Slice<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for item in iter {
            self.push(item);
        }
    }
}
impl<T> FromIterator<T> for Slice<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Self::from(iter.into_iter().collect::<Vec<_>>())
    }
}
impl<T> Deref for Slice<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.0.as_deref().unwrap_or_default()
    }
}
impl<T> DerefMut for Slice<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        self.0.as_deref_mut().unwrap_or_default()
    }
}
impl<T: PartialEq> PartialEq for Slice<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
impl<T: Eq> Eq for Slice<T> {}
impl<T: PartialEq<U>, U, const N: usize> PartialEq<[U; N]> for Slice<T> {
    fn eq(&self, other: &[U; N]) -> bool {
        **self == *other
    }
}
impl<T: std::fmt::Debug> std::fmt::Debug for Slice<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}
impl<T> IntoIterator for Slice<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}
impl<'a, T> IntoIterator for &'a Slice<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
impl<'a, T> IntoIterator for &'a mut Slice<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
