//! Compiles the kernel programs with `clang -target bpf`; the library embeds the objects.

use std::path::{Path, PathBuf};
use std::process::exit;

const PROGRAMS: [&str; 2] = ["sockets", "packets"];
const HEADERS: [&str; 2] = ["kernel.h", "services.h"];

fn main() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/programs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for header in HEADERS {
        println!("cargo::rerun-if-changed={}", sources.join(header).display());
    }
    println!("cargo::rerun-if-env-changed=CLANG");
    for program in PROGRAMS {
        compile(
            &sources.join(format!("{program}.bpf.c")),
            &out.join(format!("{program}.o")),
        );
    }
}

fn compile(source: &Path, object: &Path) {
    println!("cargo::rerun-if-changed={}", source.display());
    let clang = std::env::var("CLANG").unwrap_or_else(|_| "clang".into());
    let target = match std::env::var("CARGO_CFG_TARGET_ENDIAN").as_deref() {
        Ok("big") => "bpfeb",
        _ => "bpfel",
    };
    // The programs use only the architecture-independent part of these headers, so the build host's do.
    let headers = format!("/usr/include/{}-linux-gnu", std::env::consts::ARCH);
    #[expect(
        clippy::disallowed_methods,
        reason = "a build script runs its compiler; there is no sys crate yet"
    )]
    let status = std::process::Command::new(&clang)
        .args([
            "-target",
            target,
            "-mcpu=v3",
            "-O2",
            "-g",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-fno-stack-protector",
        ])
        .arg(format!("-I{headers}"))
        .arg("-c")
        .arg(source)
        .arg("-o")
        .arg(object)
        .status();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => fail(&format!(
            "{clang} could not compile {} ({status}); if a header is missing, install linux-libc-dev: apt-get install linux-libc-dev",
            source.display()
        )),
        Err(error) => fail(&format!(
            "cannot run {clang} ({error}): the kernel programs are C and need it; install it: apt-get install clang"
        )),
    }
}

fn fail(message: &str) -> ! {
    println!("cargo::error={message}");
    #[expect(clippy::exit, reason = "a build script reports failure by its status")]
    exit(1);
}
