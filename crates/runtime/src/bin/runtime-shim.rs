//! A program that can be nothing but a shim, for tests of the runtime.

fn main() {
    runtime::shim::run_if_shim();
}
