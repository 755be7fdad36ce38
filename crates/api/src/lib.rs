//! The generated structs of every served kind.
