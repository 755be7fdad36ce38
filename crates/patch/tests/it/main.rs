//! Integration tests of `patch`: recorded answers of upstream, and laws.

#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod shapes;
