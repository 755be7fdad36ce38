//! Verification of ECDSA signatures on NIST's curves, with any hash: `ring` knows neither P-521 nor SHA-512 on the others. Nothing here is
//! secret, so that it may take more or less time.
//!
//! Source: FIPS 186-5, section 6.4.2, and SEC 1, section 2; points in Jacobian coordinates, as all the curves have `a = -3`.

use x509_parser::{
    asn1_rs::{FromDer, Integer, Oid, Sequence},
    num_bigint::{BigInt, BigUint},
    oid_registry as oids,
};

/// Numbers in hexadecimal.
#[derive(Clone, Copy)]
pub(super) struct Curve {
    bytes: usize,
    /// Of the field.
    prime: &'static str,
    /// Of the base point.
    order: &'static str,
    b: &'static str,
    base: (&'static str, &'static str),
}

const P256: Curve = Curve {
    bytes: 32,
    prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    base: (
        "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    ),
};

const P384: Curve = Curve {
    bytes: 48,
    prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
    order: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    base: (
        "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
        "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
    ),
};

const P521: Curve = Curve {
    bytes: 66,
    prime: "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    order: "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
    b: "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
    base: (
        "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
        "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
    ),
};

impl Curve {
    pub(super) fn of(oid: &Oid<'_>) -> Option<Self> {
        if *oid == oids::OID_EC_P256 {
            Some(P256)
        } else if *oid == oids::OID_NIST_EC_P384 {
            Some(P384)
        } else if *oid == oids::OID_NIST_EC_P521 {
            Some(P521)
        } else {
            None
        }
    }

    /// `key` is an uncompressed point, `signature` the DER of two numbers.
    pub(super) fn verify(&self, key: &[u8], hash: &[u8], signature: &[u8]) -> bool {
        let field = Field {
            prime: number(self.prime),
        };
        let order = number(self.order);
        let Some((r, s)) = numbers(signature) else {
            return false;
        };
        let one = BigUint::from(1_u8);
        let within = |number: &BigUint| *number >= one && *number < order;
        let Some(key) = self.point(&field, key) else {
            return false;
        };
        if !within(&r) || !within(&s) {
            return false;
        }
        let inverse = s.modpow(&(&order - 2_u8), &order);
        let first = leftmost(hash, order.bits()) * &inverse % &order;
        let second = &r * &inverse % &order;
        let base = Point {
            x: number(self.base.0),
            y: number(self.base.1),
            z: one,
        };
        let sum = field.sum(&first, &base, &second, &key);
        field.affine_x(&sum).is_some_and(|x| x % &order == r)
    }

    fn point(&self, field: &Field, bytes: &[u8]) -> Option<Point> {
        let bytes = bytes.strip_prefix(&[4])?;
        if bytes.len() != 2 * self.bytes {
            return None;
        }
        let (x, y) = bytes.split_at(self.bytes);
        let (x, y) = (BigUint::from_bytes_be(x), BigUint::from_bytes_be(y));
        if x >= field.prime || y >= field.prime {
            return None;
        }
        let cube = field.times(&field.times(&x, &x), &x);
        let right = field.minus(&(cube + number(self.b)), &field.small(3, &x));
        (field.times(&y, &y) == right).then(|| Point {
            x,
            y,
            z: BigUint::from(1_u8),
        })
    }
}

fn number(hexadecimal: &str) -> BigUint {
    BigUint::parse_bytes(hexadecimal.as_bytes(), 16).expect("the parameters are hexadecimal")
}

/// The first so many bits of a hash.
fn leftmost(hash: &[u8], bits: u64) -> BigUint {
    let given = 8 * hash.len() as u64;
    BigUint::from_bytes_be(hash) >> given.saturating_sub(bits)
}

fn numbers(signature: &[u8]) -> Option<(BigUint, BigUint)> {
    let (rest, sequence) = Sequence::from_der(signature).ok()?;
    let (content, r) = Integer::from_der(&sequence.content).ok()?;
    let (end, s) = Integer::from_der(content).ok()?;
    let unsigned = |integer: &Integer<'_>| {
        let number = BigInt::from_signed_bytes_be(integer.as_ref());
        number.to_biguint()
    };
    let numbers = (unsigned(&r)?, unsigned(&s)?);
    (rest.is_empty() && end.is_empty()).then_some(numbers)
}

/// Where `z` is not zero, the point `(x/z², y/z³)`.
struct Point {
    x: BigUint,
    y: BigUint,
    z: BigUint,
}

impl Point {
    fn infinity() -> Self {
        Self {
            x: BigUint::from(1_u8),
            y: BigUint::from(1_u8),
            z: BigUint::ZERO,
        }
    }

    fn is_infinity(&self) -> bool {
        self.z == BigUint::ZERO
    }
}

/// Numbers modulo a prime.
struct Field {
    prime: BigUint,
}

impl Field {
    fn times(&self, a: &BigUint, b: &BigUint) -> BigUint {
        a * b % &self.prime
    }

    fn small(&self, factor: u8, a: &BigUint) -> BigUint {
        a * factor % &self.prime
    }

    fn minus(&self, a: &BigUint, b: &BigUint) -> BigUint {
        (a + &self.prime - b) % &self.prime
    }

    fn double(&self, point: &Point) -> Point {
        let delta = self.times(&point.z, &point.z);
        let gamma = self.times(&point.y, &point.y);
        let beta = self.times(&point.x, &gamma);
        let alpha = self.times(&self.minus(&point.x, &delta), &(&point.x + &delta));
        let alpha = self.small(3, &alpha);
        let x = self.minus(&self.times(&alpha, &alpha), &self.small(8, &beta));
        let sum = &point.y + &point.z;
        let z = self.minus(&self.times(&sum, &sum), &gamma);
        let z = self.minus(&z, &delta);
        let rest = self.minus(&self.small(4, &beta), &x);
        let square = self.times(&gamma, &gamma);
        let y = self.minus(&self.times(&alpha, &rest), &self.small(8, &square));
        Point { x, y, z }
    }

    fn add(&self, a: &Point, b: &Point) -> Point {
        let clone = |point: &Point| Point {
            x: point.x.clone(),
            y: point.y.clone(),
            z: point.z.clone(),
        };
        if a.is_infinity() {
            return clone(b);
        }
        if b.is_infinity() {
            return clone(a);
        }
        let (az, bz) = (self.times(&a.z, &a.z), self.times(&b.z, &b.z));
        let (ax, bx) = (self.times(&a.x, &bz), self.times(&b.x, &az));
        let ay = self.times(&self.times(&a.y, &b.z), &bz);
        let by = self.times(&self.times(&b.y, &a.z), &az);
        let (wide, high) = (self.minus(&bx, &ax), self.minus(&by, &ay));
        if wide == BigUint::ZERO {
            return if high == BigUint::ZERO {
                self.double(a)
            } else {
                Point::infinity()
            };
        }
        let square = self.times(&wide, &wide);
        let cube = self.times(&square, &wide);
        let scaled = self.times(&ax, &square);
        let x = self.minus(&self.times(&high, &high), &cube);
        let x = self.minus(&x, &self.small(2, &scaled));
        let y = self.times(&high, &self.minus(&scaled, &x));
        let y = self.minus(&y, &self.times(&ay, &cube));
        let z = self.times(&self.times(&a.z, &b.z), &wide);
        Point { x, y, z }
    }

    /// `m·a + n·b`
    fn sum(&self, m: &BigUint, a: &Point, n: &BigUint, b: &Point) -> Point {
        let both = self.add(a, b);
        let mut sum = Point::infinity();
        for bit in (0..m.bits().max(n.bits())).rev() {
            sum = self.double(&sum);
            match (m.bit(bit), n.bit(bit)) {
                (true, true) => sum = self.add(&sum, &both),
                (true, false) => sum = self.add(&sum, a),
                (false, true) => sum = self.add(&sum, b),
                (false, false) => {}
            }
        }
        sum
    }

    fn affine_x(&self, point: &Point) -> Option<BigUint> {
        if point.is_infinity() {
            return None;
        }
        let inverse = point.z.modpow(&(&self.prime - 2_u8), &self.prime);
        Some(self.times(&point.x, &self.times(&inverse, &inverse)))
    }
}
