//! Manifests, indexes, configurations and names of images: any bytes are answered, none crash.

pub(super) fn run(bytes: &[u8]) {
    let _ = image::parse::parse_manifest(bytes);
    let _ = image::parse::parse_config(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(reference) = text.parse::<image::Reference>()
    {
        let again: image::Reference = reference
            .to_string()
            .parse()
            .expect("what we print can be read");
        assert_eq!(again, reference);
    }
}
