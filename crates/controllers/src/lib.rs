//! One module per controller, each with a pure `plan`.
