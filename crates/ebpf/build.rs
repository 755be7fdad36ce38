//! Compiles the kernel programs with `clang -target bpf` and writes what is in the objects, programs and maps, as Rust
//! tables: nothing is parsed when a server starts.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::exit;

use object::{Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget};

const OBJECTS: [&str; 2] = ["sockets", "packets"];
const HEADERS: [&str; 2] = ["kernel.h", "services.h"];
/// `struct map` in kernel.h: five numbers.
const MAP_BYTES: usize = 20;
const INSTRUCTION_BYTES: u64 = 8;

fn main() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/programs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for header in HEADERS {
        println!("cargo::rerun-if-changed={}", sources.join(header).display());
    }
    println!("cargo::rerun-if-env-changed=CLANG");
    for name in OBJECTS {
        let object = out.join(format!("{name}.o"));
        compile(&sources.join(format!("{name}.bpf.c")), &object);
        let bytes = std::fs::read(&object).expect("clang has just written it");
        let tables = tables(&bytes).unwrap_or_else(|error| fail(&format!("{name}.bpf.c: {error}")));
        std::fs::write(out.join(format!("{name}.rs")), tables).expect("OUT_DIR can be written");
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

/// `PROGRAMS` and `MAPS` in Rust.
fn tables(bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let object = object::File::parse(bytes)?;
    let mut text = String::from("pub(crate) static PROGRAMS: &[Program] = &[\n");
    for symbol in object
        .symbols()
        .filter(|symbol| symbol.kind() == object::SymbolKind::Text)
    {
        program(&object, &symbol, &mut text)?;
    }
    text.push_str("];\npub(crate) static MAPS: &[Definition] = &[\n");
    let maps = object.section_by_name("maps").ok_or("no maps")?;
    for symbol in object
        .symbols()
        .filter(|symbol| symbol.section_index() == Some(maps.index()))
    {
        if !symbol.name()?.is_empty() {
            let at = usize::try_from(symbol.address())?;
            let numbers = maps
                .data()?
                .get(at..at + MAP_BYTES)
                .ok_or("a map outside of its section")?;
            definition(
                symbol.name()?,
                numbers,
                object.is_little_endian(),
                &mut text,
            )?;
        }
    }
    text.push_str("];\n");
    Ok(text)
}

fn program(
    object: &object::File<'_>,
    symbol: &object::Symbol<'_, '_>,
    text: &mut String,
) -> Result<(), Box<dyn Error>> {
    let section = object.section_by_index(
        symbol
            .section_index()
            .ok_or("a program without a section")?,
    )?;
    if symbol.address() != 0 || symbol.size() != section.size() {
        return Err(format!(
            "{} does not fill its section: programs call no functions",
            symbol.name()?
        )
        .into());
    }
    writeln!(
        text,
        "    Program {{ name: {:?}, code: &{:?}, maps: &[",
        symbol.name()?,
        section.data()?
    )?;
    for (offset, relocation) in section.relocations() {
        let RelocationTarget::Symbol(index) = relocation.target() else {
            return Err("an odd relocation".into());
        };
        let map = object.symbol_by_index(index)?.name()?;
        writeln!(text, "        ({}, {map:?}),", offset / INSTRUCTION_BYTES)?;
    }
    text.push_str("    ] },\n");
    Ok(())
}

fn definition(
    name: &str,
    numbers: &[u8],
    little_endian: bool,
    text: &mut String,
) -> Result<(), Box<dyn Error>> {
    let number = |index: usize| {
        let bytes: [u8; 4] = numbers[index * 4..index * 4 + 4]
            .try_into()
            .expect("four bytes were taken");
        if little_endian {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        }
    };
    let [kind, key, value, entries, flags] = [0, 1, 2, 3, 4].map(number);
    writeln!(
        text,
        "    Definition {{ name: {name:?}, kind: {kind}, key_bytes: {key}, value_bytes: {value}, entries_max: {entries}, flags: {flags} }},"
    )?;
    Ok(())
}

fn fail(message: &str) -> ! {
    println!("cargo::error={message}");
    #[expect(clippy::exit, reason = "a build script reports failure by its status")]
    exit(1);
}
