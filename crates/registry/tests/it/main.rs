//! Tests over the whole crate.

#[cfg(test)]
mod admission;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod metadata;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod replay;
