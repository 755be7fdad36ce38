//! Integration tests of `patch`: recorded answers of upstream, rule by rule, and laws.

#[cfg(test)]
mod apply;
mod contradictions;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod json_patches;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod literal;
#[cfg(test)]
mod managers;
#[cfg(test)]
mod recorded;
#[cfg(test)]
mod shapes;
#[cfg(test)]
mod strategic_merge;
#[cfg(test)]
mod workload;
