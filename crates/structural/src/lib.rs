//! The schemas of custom resources: what a structural schema is, and defaulting, pruning and validation of values by one.
//!
//! Pure: values in, values out. It knows the types of `apiextensions.k8s.io` and no HTTP, no store and no kind that a schema describes.
