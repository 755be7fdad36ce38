//! A set of fields: a trie whose edges are path elements, kept in the order in which it is written.
//!
//! One entry holds what upstream keeps in two places (`Members` and `Children`): whether the field
//! itself is in the set, and which fields below it are. No entry is neither.

mod json;

use std::cmp::Ordering;

use crate::node::{Kind, ListKind, Node};
use crate::path::{Path, PathElement};

pub use json::FieldSetError;

/// A set of paths. Owning a field says nothing of what is below or above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSet {
    /// Sorted by element, each once.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    element: PathElement,
    member: bool,
    children: FieldSet,
}

impl FieldSet {
    /// The empty set.
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// The set of these paths of plain fields: `FieldSet::of(&[&["status"], &["metadata", "name"]])`.
    pub fn of(paths: &[&[&str]]) -> Self {
        let mut set = Self::new();
        for path in paths {
            let elements: Vec<_> = path.iter().map(|name| PathElement::field(name)).collect();
            set.insert(&elements);
        }
        set
    }

    /// Whether no path is in the set.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many paths are in the set.
    pub fn len(&self) -> usize {
        self.entries
            .iter()
            .map(|entry| usize::from(entry.member) + entry.children.len())
            .sum()
    }

    /// Adds one path. The empty path, the whole object, is in no set.
    pub fn insert(&mut self, path: &[PathElement]) {
        let Some((first, rest)) = path.split_first() else {
            return;
        };
        let at = match self.find(first) {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(
                    at,
                    Entry {
                        element: first.clone(),
                        member: false,
                        children: Self::new(),
                    },
                );
                at
            }
        };
        if rest.is_empty() {
            self.entries[at].member = true;
        } else {
            self.entries[at].children.insert(rest);
        }
    }

    /// Whether the path is in the set.
    pub fn has(&self, path: &[PathElement]) -> bool {
        match path {
            [] => false,
            [only] => self.is_member(only),
            [first, rest @ ..] => self.below(first).is_some_and(|below| below.has(rest)),
        }
    }

    /// Whether the field right below the root is in the set.
    pub fn is_member(&self, element: &PathElement) -> bool {
        self.find(element).is_ok_and(|at| self.entries[at].member)
    }

    /// The paths below `element`, without it; `None` when there are none.
    pub fn below(&self, element: &PathElement) -> Option<&FieldSet> {
        let entry = &self.entries[self.find(element).ok()?];
        (!entry.children.is_empty()).then_some(&entry.children)
    }

    /// What is in either set.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let mut out = Vec::with_capacity(self.entries.len().max(other.entries.len()));
        let mut right = other.entries.into_iter().peekable();
        for mut left in self.entries {
            while let Some(entry) = right.next_if(|entry| entry.element < left.element) {
                out.push(entry);
            }
            if let Some(entry) = right.next_if(|entry| entry.element == left.element) {
                left.member |= entry.member;
                left.children = left.children.union(entry.children);
            }
            out.push(left);
        }
        out.extend(right);
        Self { entries: out }
    }

    /// What is in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut set = Self::new();
        self.zip(other, |left, right| {
            if let (Some(left), Some(right)) = (left, right) {
                set.push(
                    left.element.clone(),
                    left.member && right.member,
                    left.children.intersection(&right.children),
                );
            }
        });
        set
    }

    /// What is in `self` and not in `other`. A child stays when only its parent is in `other`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        let mut set = Self::new();
        self.zip(other, |left, right| match (left, right) {
            (Some(left), None) => set.entries.push(left.clone()),
            (Some(left), Some(right)) => set.push(
                left.element.clone(),
                left.member && !right.member,
                left.children.difference(&right.children),
            ),
            (None, _) => {}
        });
        set
    }

    /// What is in `self`, without the fields in `other` and everything below them.
    #[must_use]
    pub fn recursive_difference(&self, other: &Self) -> Self {
        if other.is_empty() {
            return self.clone();
        }
        let mut set = Self::new();
        self.zip(other, |left, right| match (left, right) {
            (Some(left), None) => set.entries.push(left.clone()),
            (Some(left), Some(right)) if !right.member => set.push(
                left.element.clone(),
                left.member,
                left.children.recursive_difference(&right.children),
            ),
            _ => {}
        });
        set
    }

    /// [`FieldSet::recursive_difference`] of a set that is not needed any more.
    #[must_use]
    pub(crate) fn without(self, other: &Self) -> Self {
        if other.is_empty() {
            return self;
        }
        self.recursive_difference(other)
    }

    /// The set with every declared struct field that has paths below it: a manager of `a.b` also
    /// counts as one of `a`, when `a` is a field of a struct and not a key of a map.
    #[must_use]
    pub fn with_named_fields(&self, node: Node<'_>) -> Self {
        let entries = self
            .entries
            .iter()
            .map(|entry| {
                let (below, named) = match &entry.element {
                    PathElement::Field(name) => (node.child(name), node.field(name).is_some()),
                    PathElement::Key(_) => match node.kind() {
                        Kind::List(ListKind::Map { .. }) => (node.element(), false),
                        _ => (Node::untyped(), false),
                    },
                    PathElement::Value(_) | PathElement::Index(_) => (Node::untyped(), false),
                };
                Entry {
                    element: entry.element.clone(),
                    member: entry.member || named,
                    children: entry.children.with_named_fields(below),
                }
            })
            .collect();
        Self { entries }
    }

    /// Calls `f` for each path: the fields of one level first, then those below each of them.
    /// That is the order in which conflicts are listed.
    pub fn for_each(&self, mut f: impl FnMut(&Path)) {
        self.for_each_below(&mut Path::default(), &mut f);
    }

    /// All paths, in the order of [`FieldSet::for_each`].
    pub fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        self.for_each(|path| paths.push(path.clone()));
        paths
    }

    fn for_each_below(&self, path: &mut Path, f: &mut dyn FnMut(&Path)) {
        for entry in self.entries.iter().filter(|entry| entry.member) {
            path.0.push(entry.element.clone());
            f(path);
            path.0.pop();
        }
        for entry in &self.entries {
            if !entry.children.is_empty() {
                path.0.push(entry.element.clone());
                entry.children.for_each_below(path, f);
                path.0.pop();
            }
        }
    }

    /// The elements right below the root: each with whether it is in the set, and what is below it.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&PathElement, bool, &FieldSet)> {
        self.entries
            .iter()
            .map(|entry| (&entry.element, entry.member, &entry.children))
    }

    /// Appends an entry unless it holds nothing; [`FieldSet::sort`] must follow when the elements do
    /// not come in order.
    pub(crate) fn push(&mut self, element: PathElement, member: bool, children: FieldSet) {
        if member || !children.is_empty() {
            self.entries.push(Entry {
                element,
                member,
                children,
            });
        }
    }

    /// Makes room for that many more entries.
    pub(crate) fn reserve(&mut self, entries: usize) {
        self.entries.reserve(entries);
    }

    /// Takes the fields of a small set out of this one; what is below them stays.
    pub(crate) fn remove(&mut self, other: &Self) {
        for gone in &other.entries {
            let Ok(at) = self.find(&gone.element) else {
                continue;
            };
            let entry = &mut self.entries[at];
            entry.member &= !gone.member;
            entry.children.remove(&gone.children);
            if !entry.member && entry.children.is_empty() {
                self.entries.remove(at);
            }
        }
    }

    /// Restores the order after pushes out of order. Entries of one element become one.
    pub(crate) fn sort(&mut self) {
        if self
            .entries
            .is_sorted_by(|a, b| a.element.cmp(&b.element) == Ordering::Less)
        {
            return;
        }
        self.entries.sort_by(|a, b| a.element.cmp(&b.element));
        self.entries.dedup_by(|later, first| {
            let same = later.element == first.element;
            if same {
                first.member |= later.member;
                let (a, b) = (&mut first.children, &mut later.children);
                *a = std::mem::take(a).union(std::mem::take(b));
            }
            same
        });
    }

    fn find(&self, element: &PathElement) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| entry.element.cmp(element))
    }

    /// Walks both sets in order, with the entries of one element together.
    fn zip(&self, other: &Self, mut f: impl FnMut(Option<&Entry>, Option<&Entry>)) {
        let mut left = self.entries.iter().peekable();
        let mut right = other.entries.iter().peekable();
        loop {
            match (left.peek(), right.peek()) {
                (None, None) => return,
                (Some(_), None) => f(left.next(), None),
                (None, Some(_)) => f(None, right.next()),
                (Some(a), Some(b)) => match a.element.cmp(&b.element) {
                    Ordering::Less => f(left.next(), None),
                    Ordering::Greater => f(None, right.next()),
                    Ordering::Equal => f(left.next(), right.next()),
                },
            }
        }
    }
}
