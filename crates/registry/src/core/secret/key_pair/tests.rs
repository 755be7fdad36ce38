//! Pairs of keys and certificates that were made for these tests; nobody else has them.

use super::check;

const P224_CERTIFICATE: &str = "MIGNMH4CAQUwBQYDK2VwMAAwHhcNMjQwMTAxMDAwMDAwWhcNMzQwMTAxMDAwMDAwWjAAME4wEAYHKoZIzj0CAQYFK4EEACEDOgAEduUPksZnigdCWOwWymu9HxEWU3l4HPq8FF7kXTYBpdlt/M8QvOEKseLf25hMN5J21eHHP5SeejkwBQYDK2VwAwQAYWJj";
const P224_SEC1: &str = "MCoCAQEEHEY0LsyjaVD1/oQdBAZ1yykFxFDGAr2ntlTJ9iGgBwYFK4EEACE=";
const P256_CERTIFICATE: &str = "MIGZMIGJAgEFMAUGAytlcDAAMB4XDTI0MDEwMTAwMDAwMFoXDTM0MDEwMTAwMDAwMFowADBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABJAREBgS+sHZKVwHUeN3K4wmVTN5rtwcj2L00yhYMVj/BUH8Kr+fsSOBPZjMBCm9yRcBWbq39+4oLCTgAA7oKTcwBQYDK2VwAwQAYWJj";
const P256_PKCS8: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg4EkiL0T6UIrFQ9p1BQR4E/l6NmcToTY82SgLPuyXAaehRANCAASQERAYEvrB2SlcB1HjdyuMJlUzea7cHI9i9NMoWDFY/wVB/Cq/n7EjgT2YzAQpvckXAVm6t/fuKCwk4AAO6Ck3";
const P256_SEC1: &str = "MDECAQEEIOBJIi9E+lCKxUPadQUEeBP5ejZnE6E2PNkoCz7slwGnoAoGCCqGSM49AwEH";
const P256_OTHER: &str = "MDECAQEEIEyNn5HChn21u+fQe5mafk5NmatKuR2hvvUFE6hEXytLoAoGCCqGSM49AwEH";
const P384_CERTIFICATE: &str = "MIG2MIGmAgEFMAUGAytlcDAAMB4XDTI0MDEwMTAwMDAwMFoXDTM0MDEwMTAwMDAwMFowADB2MBAGByqGSM49AgEGBSuBBAAiA2IABAwcOKaHPsQdZlCMrVvlEfr0Irs1Q9VJfQiPBtiSTyjnUcDl93lX7r50E+Kl/6aICmpGYs0sFvwAUK7dK20N59YdjlQzAThHe8D2mvnxwyvDA4nfRVEOvtvIujAswsLxijAFBgMrZXADBABhYmM=";
const P384_SEC1: &str =
    "MD4CAQEEMPdmpM83GKB5IBJveTHDRPT1QicmzYCfiFOnzxgZtTEMfJ+3JvBJ0deAVrwW1wJLQaAHBgUrgQQAIg==";
const P521_CERTIFICATE: &str = "MIHcMIHMAgEFMAUGAytlcDAAMB4XDTI0MDEwMTAwMDAwMFoXDTM0MDEwMTAwMDAwMFowADCBmzAQBgcqhkjOPQIBBgUrgQQAIwOBhgAEAX8+bqbH6f/yh8Q6e26K3/6JaI6zyR91+vXJBt2xQhJ8CwWEqU/QEs/3QQPlSyTyUhSMXLLkS0uQfho832LPmUbgAWWbTQdfobE9lbbSc2y7o4mVBIja3P+LPSA7YDMDLpwIryBfAbtheCYXa47N7eKVB3c+4WAPIzRy4Bp1JKc3B9gBMAUGAytlcAMEAGFiYw==";
const P521_SEC1: &str = "MFACAQEEQgEsbbBN/E7R+Vyii9P8APny/z/4Y+MXGddHqfvkLizrwCKjNUTI6H1FGnkO7miITJKVVcrb1qVMZw4HJLN5cAnXMKAHBgUrgQQAIw==";
const ED25519_CERTIFICATE: &str = "MGkwWgIBBTAFBgMrZXAwADAeFw0yNDAxMDEwMDAwMDBaFw0zNDAxMDEwMDAwMDBaMAAwKjAFBgMrZXADIQDopa369ttrt3p+1xM1hMc+Z9dxhDzL/GzpN0YLoyY6CTAFBgMrZXADBABhYmM=";
const ED25519_PKCS8: &str = "MC4CAQAwBQYDK2VwBCIEIK6S2gNnoNnxxL28eVco2mZ01GFPC86Va7RwKnOzd7Ae";
const X25519_CERTIFICATE: &str = "MEwwPQIBBTAFBgMrZXAwADAeFw0yNDAxMDEwMDAwMDBaFw0zNDAxMDEwMDAwMDBaMAAwDTAFBgMrZW4DBABhYmMwBQYDK2VwAwQAYWJj";
const X25519_PKCS8: &str = "MC4CAQAwBQYDK2VuBCIEIKAwpM1mkaL8myBZWzL4jx26HB55bl3M98GhusR5XpBI";
const RSA_CERTIFICATE: &str = "MIGcMIGMAgEFMAUGAytlcDAAMB4XDTI0MDEwMTAwMDAwMFoXDTM0MDEwMTAwMDAwMFowADBcMA0GCSqGSIb3DQEBAQUAA0sAMEgCQQDIPyKxwzxVwLMk4A1gKip8wYAYRRwyPK4R+jcnoShwVY9JQomvadU9KCxbebCO1SO4YNLu6nA4x8grXD6YL4ZhAgMBAAEwBQYDK2VwAwQAYWJj";
const RSA_PKCS1: &str = "MIIBPAIBAAJBAMg/IrHDPFXAsyTgDWAqKnzBgBhFHDI8rhH6NyehKHBVj0lCia9p1T0oLFt5sI7VI7hg0u7qcDjHyCtcPpgvhmECAwEAAQJBAKDFF8zSq/lJOksr23FOyUfab0aNDgNDdpoWYvvdRsNQcTcvDYiU2/pA0XopkbN8nNdUvkdp/c/fIwPjAzkP8AECIQD3dOtSSNtAr3IVg3DSaamlrmWPM/47iQuT9Eizpao8gQIhAM8o9l5Aj8FGeU7JJryeKOq+6AYmEOitAYanSmOox9nhAiEA3aFJNmxsevXoHt6XiMz8FZkp+uVdWWM4DG6pQsUowIECIBcDBdsScOWXXoJR9eud5g2thzinodk23qSGkMzhQtIBAiEAhbTlA6azgkKUxTYS+dmpfZc8z9iFFVLoGgWzRei/U3A=";
const RSA_PKCS8: &str = "MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAyD8iscM8VcCzJOANYCoqfMGAGEUcMjyuEfo3J6EocFWPSUKJr2nVPSgsW3mwjtUjuGDS7upwOMfIK1w+mC+GYQIDAQABAkEAoMUXzNKr+Uk6SyvbcU7JR9pvRo0OA0N2mhZi+91Gw1BxNy8NiJTb+kDReimRs3yc11S+R2n9z98jA+MDOQ/wAQIhAPd061JI20CvchWDcNJpqaWuZY8z/juJC5P0SLOlqjyBAiEAzyj2XkCPwUZ5TskmvJ4o6r7oBiYQ6K0BhqdKY6jH2eECIQDdoUk2bGx69ege3peIzPwVmSn65V1ZYzgMbqlCxSjAgQIgFwMF2xJw5ZdeglH1653mDa2HOKeh2TbepIaQzOFC0gECIQCFtOUDprOCQpTFNhL52al9lzzP2IUVUugaBbNF6L9TcA==";
const RSA_WITHOUT_REMAINDERS: &str = "MIHUAgEAAkEAyD8iscM8VcCzJOANYCoqfMGAGEUcMjyuEfo3J6EocFWPSUKJr2nVPSgsW3mwjtUjuGDS7upwOMfIK1w+mC+GYQIDAQABAkEAoMUXzNKr+Uk6SyvbcU7JR9pvRo0OA0N2mhZi+91Gw1BxNy8NiJTb+kDReimRs3yc11S+R2n9z98jA+MDOQ/wAQIhAPd061JI20CvchWDcNJpqaWuZY8z/juJC5P0SLOlqjyBAiEAzyj2XkCPwUZ5TskmvJ4o6r7oBiYQ6K0BhqdKY6jH2eE=";
const RSA_WRONG_EXPONENT: &str = "MIIBPAIBAAJBAMg/IrHDPFXAsyTgDWAqKnzBgBhFHDI8rhH6NyehKHBVj0lCia9p1T0oLFt5sI7VI7hg0u7qcDjHyCtcPpgvhmECAwEAAQJBAKDFF8zSq/lJOksr23FOyUfab0aNDgNDdpoWYvvdRsNQcTcvDYiU2/pA0XopkbN8nNdUvkdp/c/fIwPjAzkP8AICIQD3dOtSSNtAr3IVg3DSaamlrmWPM/47iQuT9Eizpao8gQIhAM8o9l5Aj8FGeU7JJryeKOq+6AYmEOitAYanSmOox9nhAiEA3aFJNmxsevXoHt6XiMz8FZkp+uVdWWM4DG6pQsUowIECIBcDBdsScOWXXoJR9eud5g2thzinodk23qSGkMzhQtIBAiEAhbTlA6azgkKUxTYS+dmpfZc8z9iFFVLoGgWzRei/U3A=";
const RSA_THREE_PRIMES: &str = "MIIBUQIBAQJBASQOFtZS8CxWYsm44SrWy6vcP4XAW1Zxjcu5MV6PViPro4PZnWtUb0d1VHU1v9u3PqQA+3S5Vutxrtvsf5JNbOcCAwEAAQJAJx4j/Oz68lVXwgEbV6uReCF1+Ko8/+GscMIamT5Z7SMBp9+ElM3KVNEUS62SVjz4/VA6oh0UbHbXlwICCvehMQIWBmbtQUK66XKfPwyJwAF8TqYDSUTyzwIWB4k0I4gLZ6xW+LpgSR5kBvRYMnvNowIWA0mVKT7P5hJyzZhtn8fjgitjYptiJwIWBDwhVbpVFmyt71blVxHCCnpzueMC2wIWAx109L1nZr+nEZtptys4bg2NyuKqVzBKMEgCFgYNspcbd4fWmZHW91FReN4zYXgwsIMCFgMFLoeJ4rdZcMF82WQvG/jw9b57vHUCFgM6+4OuwWwc/pU+Zd/r6qRJ7wx34FU=";

fn pem(label: &str, base64: &str) -> String {
    format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
}

/// What is said of the two texts.
#[track_caller]
fn says(certificate: &str, key: &str, expect: &str) {
    let found = check(certificate.as_bytes(), key.as_bytes());
    assert_eq!(found.err().unwrap_or_default(), expect);
}

/// The base64 of a certificate and of a key -> what is said of them.
#[track_caller]
fn pair(certificate: &str, key: &str, expect: &str) {
    says(
        &pem("CERTIFICATE", certificate),
        &pem("PRIVATE KEY", key),
        expect,
    );
}

const OTHER_KEY: &str = "tls: private key does not match public key";
const OTHER_KIND: &str = "tls: private key type does not match public key type";
const NO_KEY: &str = "tls: failed to parse private key";

#[test]
fn keys_in_each_form_belong_to_their_certificates() {
    pair(P224_CERTIFICATE, P224_SEC1, "");
    pair(P256_CERTIFICATE, P256_SEC1, "");
    pair(P256_CERTIFICATE, P256_PKCS8, "");
    pair(P384_CERTIFICATE, P384_SEC1, "");
    pair(P521_CERTIFICATE, P521_SEC1, "");
    pair(ED25519_CERTIFICATE, ED25519_PKCS8, "");
    pair(RSA_CERTIFICATE, RSA_PKCS1, "");
    pair(RSA_CERTIFICATE, RSA_PKCS8, "");
    pair(RSA_CERTIFICATE, RSA_WITHOUT_REMAINDERS, "");
}

#[test]
fn other_keys_do_not() {
    pair(P256_CERTIFICATE, P256_OTHER, OTHER_KEY);
    pair(P256_CERTIFICATE, P384_SEC1, OTHER_KEY);
    pair(RSA_CERTIFICATE, RSA_THREE_PRIMES, OTHER_KEY);
    pair(P256_CERTIFICATE, RSA_PKCS1, OTHER_KIND);
    pair(RSA_CERTIFICATE, ED25519_PKCS8, OTHER_KIND);
    pair(ED25519_CERTIFICATE, P256_PKCS8, OTHER_KIND);
    pair(RSA_CERTIFICATE, RSA_WRONG_EXPONENT, NO_KEY);
    pair(P256_CERTIFICATE, "MAA=", NO_KEY);
    pair(P256_CERTIFICATE, &P256_SEC1[..40], NO_KEY);
    pair(
        ED25519_CERTIFICATE,
        X25519_PKCS8,
        "tls: found unknown private key type in PKCS#8 wrapping",
    );
    pair(
        X25519_CERTIFICATE,
        ED25519_PKCS8,
        "tls: unknown public key algorithm",
    );
}

/// Which blocks count, and what may stand around them.
#[test]
fn the_first_certificate_and_the_first_key_count() {
    let certificate = pem("CERTIFICATE", P256_CERTIFICATE);
    let key = pem("EC PRIVATE KEY", P256_SEC1);
    let (other, other_key) = (
        pem("CERTIFICATE", RSA_CERTIFICATE),
        pem("RSA PRIVATE KEY", RSA_PKCS1),
    );
    let parameters = pem("EC PARAMETERS", "BggqhkjOPQMBBw==");
    says(&certificate, &(parameters.clone() + &key), "");
    says(&format!("{certificate}and\n{other}"), &key, "");
    says(&(other + &certificate), &key, OTHER_KIND);
    says(&certificate, &(other_key + &key), OTHER_KIND);
    says(&certificate.replace('\n', "\r\n"), key.trim_end(), "");
    says(
        &certificate,
        &key.replacen('\n', "\nProc-Type: 4\n\n", 1),
        "",
    );
    says(
        &certificate,
        &key.replacen("-----\n", "----\n", 1),
        "tls: failed to find any PEM data in key input",
    );
    says(
        &certificate,
        &parameters,
        "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM blocks of the following types: [EC PARAMETERS]",
    );
}
