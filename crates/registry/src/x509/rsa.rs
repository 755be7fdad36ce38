//! Whether the numbers of an RSA key belong together, as far as Go looks: not whether its primes are.

use x509_parser::num_bigint::BigUint;

/// TLS takes no larger keys; those are only compared.
const CHECKED_BITS_MAX: u64 = 8192;
const EXPONENT_MAX: i64 = i32::MAX as i64;

pub(super) struct PrivateKey<'a> {
    pub(super) modulus: &'a BigUint,
    pub(super) exponent: i64,
    pub(super) private_exponent: BigUint,
    pub(super) p: BigUint,
    pub(super) q: BigUint,
    pub(super) remainders: Option<Remainders>,
    pub(super) more_primes: Vec<BigUint>,
}

/// For the Chinese remainder theorem.
pub(super) struct Remainders {
    pub(super) dp: BigUint,
    pub(super) dq: BigUint,
    pub(super) q_inverse: BigUint,
}

impl PrivateKey<'_> {
    pub(super) fn is_valid(&self) -> bool {
        if self.modulus.bits() > CHECKED_BITS_MAX {
            return true;
        }
        let odd_exponent = (2..=EXPONENT_MAX).contains(&self.exponent) && self.exponent % 2 == 1;
        self.modulus.bit(0)
            && self.modulus.bits() > 1
            && odd_exponent
            && self.private_exponent < *self.modulus
            && if self.more_primes.is_empty() {
                self.two_primes_belong()
            } else {
                self.primes_differ()
            }
    }

    fn two_primes_belong(&self) -> bool {
        let (n, p, q) = (self.modulus, &self.p, &self.q);
        if p.bits() < 2 || q.bits() < 2 || p >= n || q >= n {
            return false;
        }
        let computed;
        let remainders = match &self.remainders {
            Some(remainders) => remainders,
            None if !p.bit(0) => return false,
            None => {
                computed = self.remainders();
                &computed
            }
        };
        let difference = if p > q { p - q } else { q - p };
        (p * q % n).bits() == 0
            && self.inverts(&remainders.dp, p)
            && self.inverts(&remainders.dq, q)
            && remainders.q_inverse < *p
            && is_one(&(q * &remainders.q_inverse % p))
            && difference.bits() > 0
            && difference.bits() + 100 > n.bits() / 2
            && self.private_exponent.bits() > n.bits() / 2
    }

    fn remainders(&self) -> Remainders {
        Remainders {
            dp: &self.private_exponent % (&self.p - 1_u8),
            dq: &self.private_exponent % (&self.q - 1_u8),
            q_inverse: self.q.modpow(&(&self.p - 2_u8), &self.p),
        }
    }

    /// Whether the remainder is that of the private exponent, and undoes the public one.
    fn inverts(&self, remainder: &BigUint, prime: &BigUint) -> bool {
        let order = prime - 1_u8;
        *remainder < order
            && is_one(&(remainder * self.exponent.unsigned_abs() % &order))
            && *remainder == &self.private_exponent % &order
    }

    /// Of keys with more than two primes nothing else is asked.
    fn primes_differ(&self) -> bool {
        let others = || [&self.q].into_iter().chain(&self.more_primes);
        let bits = self.p.bits() + others().map(BigUint::bits).sum::<u64>();
        if bits > 2 * CHECKED_BITS_MAX {
            return true;
        }
        let mut product = self.p.clone();
        self.p.bits() > 1
            && others().all(|prime| {
                let coprime = prime.bits() > 1 && product.modinv(prime).is_some();
                product *= prime;
                coprime
            })
    }
}

fn is_one(number: &BigUint) -> bool {
    number.bits() == 1
}
