//! Writes the descriptions of every published type and field, which the OpenAPI documents show and `kubectl explain` prints.
//!
//! They come from the schemas of `k8s-openapi`, which the build alone knows: what remains in the binary is the text, compressed, and
//! nothing of it is in memory until someone asks. The form, before compression: lines of `type name`, NUL, its description, then NUL,
//! field name, NUL, description for each field. Line breaks within descriptions are `\u{1}`.
#![expect(
    clippy::print_stdout,
    reason = "it is how a build script speaks to cargo"
)]

mod generated;

use flate2::{Compression, write::DeflateEncoder};
use k8s_openapi::schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;
use std::{env, fs, io::Write, path::PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let mut generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    for add in generated::ROOTS {
        add(&mut generator);
    }
    let mut text = String::new();
    for (name, definition) in generator.definitions() {
        text.push_str(name);
        add_description(&mut text, definition);
        let properties = definition["properties"].as_object();
        for (field, schema) in properties.into_iter().flatten() {
            text.push('\0');
            text.push_str(field);
            add_description(&mut text, schema);
        }
        text.push('\n');
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(text.as_bytes())
        .expect("a Vec takes all writes");
    let compressed = encoder.finish().expect("a Vec takes all writes");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("descriptions.deflate"), compressed).expect("cargo's folder is writable");
}

fn add_description(text: &mut String, schema: &Value) {
    let description = schema["description"].as_str().unwrap_or("");
    text.push('\0');
    text.extend(description.chars().map(|letter| match letter {
        '\n' => '\u{1}',
        letter => letter,
    }));
}
