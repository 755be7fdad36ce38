//! One module per built-in kind: defaults, validation, columns, lifecycle.
