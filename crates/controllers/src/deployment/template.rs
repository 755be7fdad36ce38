//! Pod templates: their names (`pod-template-hash`) and their equality.

use api::core::v1::PodTemplateSpec;
use meta::codec;

pub(super) const HASH_LABEL: &str = "pod-template-hash";

/// Letters that upstream's names are made of: no vowels, nothing that looks like another.
const ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// Names a template. Equal templates get equal names, until `collisions` says that the name was taken.
pub(super) fn hash(template: &PodTemplateSpec, collisions: Option<i32>) -> String {
    let mut sum = fnv1a(FNV_OFFSET, &codec::to_json(template));
    if let Some(collisions) = collisions {
        sum = fnv1a(sum, &collisions.to_le_bytes());
    }
    let digits = sum.to_string();
    digits
        .bytes()
        .map(|digit| char::from(ALPHABET[usize::from(digit) % ALPHABET.len()]))
        .collect()
}

/// Whether two templates make the same pods: the label that names them does not count.
pub(super) fn equal(a: &PodTemplateSpec, b: &PodTemplateSpec) -> bool {
    let bare = |template: &PodTemplateSpec| {
        let mut bare = template.clone();
        bare.metadata.labels.remove(HASH_LABEL);
        bare
    };
    a.spec == b.spec && bare(a).metadata == bare(b).metadata
}

const FNV_OFFSET: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

/// FNV-1a, 32 bits.
fn fnv1a(seed: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(seed, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}
