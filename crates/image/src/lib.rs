//! OCI references, registry pulls, content store, unpacking.
