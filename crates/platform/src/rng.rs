//! Randomness: from the kernel, or from a seed.

#[cfg(feature = "simulated")]
use parking_lot::Mutex;
use std::fmt;
#[cfg(feature = "simulated")]
use std::sync::Arc;

/// Letters of generated names: no vowels and nothing that looks like another
/// (`k8s.io/apimachinery/pkg/util/rand`).
const SUFFIX_ALPHABET: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

/// Length of the suffix that `generateName` and controllers append.
const SUFFIX_LENGTH: usize = 5;

/// Source of random values. Good enough for identifiers and jitter; keys are made by `ring`.
#[derive(Clone)]
pub struct Rng(Source);

#[derive(Clone)]
enum Source {
    Kernel,
    #[cfg(feature = "simulated")]
    Seeded(Arc<Mutex<SplitMix>>),
}

impl Rng {
    /// The kernel's generator.
    #[must_use]
    pub fn real() -> Self {
        Self(Source::Kernel)
    }

    /// A generator whose whole sequence follows from `seed`.
    #[cfg(feature = "simulated")]
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(SplitMix(seed)))))
    }

    /// Fills `buffer` with random bytes.
    pub fn fill(&self, buffer: &mut [u8]) {
        match &self.0 {
            Source::Kernel => {
                getrandom::fill(buffer).expect("getrandom(2) succeeds once the kernel has booted")
            }
            #[cfg(feature = "simulated")]
            Source::Seeded(state) => {
                let mut state = state.lock();
                for chunk in buffer.chunks_mut(8) {
                    chunk.copy_from_slice(&state.next().to_le_bytes()[..chunk.len()]);
                }
            }
        }
    }

    /// An even choice among all 2⁶⁴ values.
    #[must_use]
    pub fn u64(&self) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// An even choice among `0..bound`; `bound` must not be zero.
    #[must_use]
    pub fn below(&self, bound: u64) -> u64 {
        assert!(bound > 0, "an empty range has nothing to choose from");
        let rejected_below = bound.wrapping_neg() % bound;
        loop {
            let wide = u128::from(self.u64()) * u128::from(bound);
            let low = u64::try_from(wide & u128::from(u64::MAX)).expect("masked to 64 bits");
            if low >= rejected_below {
                return u64::try_from(wide >> 64)
                    .expect("the upper half of a 128-bit product has 64 bits");
            }
        }
    }

    /// True with probability `numerator / denominator`.
    #[must_use]
    pub fn chance(&self, numerator: u64, denominator: u64) -> bool {
        self.below(denominator) < numerator
    }

    /// A UUID of version 4 in its usual form, `xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx` (RFC 9562).
    #[must_use]
    pub fn uuid(&self) -> String {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut text = String::with_capacity(36);
        for (i, byte) in bytes.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            for nibble in [byte >> 4, byte & 0x0f] {
                text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        text
    }

    /// Five characters from the alphabet that upstream uses for generated names.
    #[must_use]
    pub fn suffix(&self) -> String {
        let mut bits = self.u64();
        (0..SUFFIX_LENGTH)
            .map(|_| {
                let index = usize::try_from(bits % 27).expect("below 27");
                bits /= 27;
                char::from(SUFFIX_ALPHABET[index])
            })
            .collect()
    }
}

impl fmt::Debug for Rng {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rng")
    }
}

/// Vigna's SplitMix64: small, and passes the usual tests.
#[cfg(feature = "simulated")]
struct SplitMix(u64);

#[cfg(feature = "simulated")]
impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests;
