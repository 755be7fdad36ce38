//! Integration tests of `structural`: laws, and recorded answers of upstream.

#[cfg(test)]
mod bounds;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod recorded;
