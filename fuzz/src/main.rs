//! All targets in one binary, so that they are linked once: the variable `FUZZ_TARGET` names the one to run, arguments are libFuzzer's.
#![no_main]

use fuzz::Target;
use std::sync::OnceLock;

static CHOSEN: OnceLock<&'static Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(init: chosen(), |bytes: &[u8]| (chosen().run)(bytes));

fn chosen() -> &'static Target {
    CHOSEN.get_or_init(|| {
        let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
        fuzz::find(&name).unwrap_or_else(|| panic!("FUZZ_TARGET names no target: {name:?}"))
    })
}
