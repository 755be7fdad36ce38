use super::{ECDSA, ED25519, RSA, verify};
use base64::{Engine, engine::general_purpose::STANDARD};
use x509_parser::{certification_request::X509CertificationRequest, prelude::FromDer};

/// What the key is, a request that it signed, and the words for one that it did not.
const REQUESTS: [(&str, &str, &str); 7] = [
    (
        "P-521 with SHA-256",
        "MIIBXjCBwQIBADAcMQwwCgYDVQQKDANkZXYxDDAKBgNVBAMMA2FubjCBmzAQBgcqhkjOPQIBBgUrgQQAIwOBhgAEAHIHU5XDiJLIBoYFnCAafDBlBXXzAUj5ofHGzJzFzow0bW9gLufRTz3fKlEq1rfX34HZp1rscdnP4urV+k+poVesADYaUqKSX+oG/Yp6XjcoTO8pYA8JMEPp26UsSLMNWKpghM4Kk8rQKBZyIT17OODzowa02VpKAyBdRoRruXwQAaJ/oAAwCgYIKoZIzj0EAwIDgYsAMIGHAkIBcYgFT42Ib9toKmXuYmS6LPXDvEvLjGdLnk6Vbjsak8iNOHMkb720eKGJhqUagXJ820qOZ6wBGvEgUblfk0WRcHYCQQb2/RmLcd+iMCk/2bbN78j0cPR/XrNQ2h2xk1d9Q5vsbm7yJ9mfIy6H+6zvyAmgUZ/wPPT+nvgDSRumICuUOSzE",
        ECDSA,
    ),
    (
        "P-521 with SHA-512",
        "MIIBXzCBwQIBADAcMQwwCgYDVQQKDANkZXYxDDAKBgNVBAMMA2FubjCBmzAQBgcqhkjOPQIBBgUrgQQAIwOBhgAEAYXSMIUTA341iCYmK82zxmUGhL1nxCrkgr880mZJH9EJgmlUAwLkEE0I5ZdMmHKLMnFPGKAuYMpNqhKIV0ldCXl0AeZpEwFgxyobSOcrx3slwfgFBVr9nCX5rO0zfFX6Hn4ZTSpc7V/CeHuYVBkWLe2CKmoJHW+s6+V9qc6CUvwashVVoAAwCgYIKoZIzj0EAwQDgYwAMIGIAkIAvIGy5VaxMo/3ShpTtbq8rze+6FNENr+qSMYvJG2RB1tK4abzTg4IRBTmlIsfD2nS8DibHiGpRJSZmmNoYjVDyicCQgFdl/RxjaCu6mSmSObfQUEkqPC1yLyRnXPhIEVtdIQ48f80BsNl+mqcncZFDckumk+Oc8P3mKnXrtC8J3Sa8sg1dg==",
        ECDSA,
    ),
    (
        "P-384 with SHA-256",
        "MIIBFDCBmwIBADAcMQwwCgYDVQQKDANkZXYxDDAKBgNVBAMMA2FubjB2MBAGByqGSM49AgEGBSuBBAAiA2IABLij7mVb29w0SGRFzeUMcRpuDN9NDtfihMSkYcj5ukqHvJOMeFhQCCh+D0L12BKq1Tr/a8eemVM6VxMui9Kljr7+MJ6rVpujyCR8VF82sm1v06NH6G9cKVvIAMDfnz6sYqAAMAoGCCqGSM49BAMCA2gAMGUCMA+9LLvC/vSq/S/qYQNeW7LnjMZvxSIQGkv+Mz04D2Sd0C8d5ZeN0dTZZaGBxLZJuwIxAN5PBQfAQTlg2YD5QvC8WB8Bx94Wkf6iqsXqd1NYBlt3etGacEnkTqfXdqnIOHapYA==",
        ECDSA,
    ),
    (
        "P-256 with SHA-512",
        "MIHWMH4CAQAwHDEMMAoGA1UECgwDZGV2MQwwCgYDVQQDDANhbm4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS8deDZBlC/kBr/TmdN7+1FzckG2Qgdu3pwql5BR9alm955G65apnnCoo5K82gfqx/w2sTOUNkqoh2vsybJLf1xoAAwCgYIKoZIzj0EAwQDSAAwRQIgffaa9f0d/QJOdMmhHGkfmyd1XZdR91fdOcGB0glZYOQCIQDaepa8mbDboeNR3A/RQFe0Ju+l4ZZ+NPZLe+VUJmdLJg==",
        ECDSA,
    ),
    (
        "P-224 with SHA-256",
        "MIG1MGUCAQAwDjEMMAoGA1UEAwwDYW5uME4wEAYHKoZIzj0CAQYFK4EEACEDOgAEduUPksZnigdCWOwWymu9HxEWU3l4HPq8FF7kXTYBpdlt/M8QvOEKseLf25hMN5J21eHHP5SeejmgADAKBggqhkjOPQQDAgNAADA9Ah0AqJb2CzloINdYMKB/OlF1ZDPqbRCM/B7U3GRZawIcFQ/2eJhDg6+DErG/PLabMg8fXoNv5VtOBftFVg==",
        ECDSA,
    ),
    (
        "Ed25519",
        "MIGNMEECAQAwDjEMMAoGA1UEAwwDYW5uMCowBQYDK2VwAyEAXRUZ2YmsFnYlfzezkpITeXVxQsqV+zGz9kZzkc9I5WOgADAFBgMrZXADQQCoufOxSn9aUkrLFCuGPU+knzBzBfTFZ93mR4N2OAfJqxwAA6fckkG9EGyvpdjL642FR7FYex+jMnOv6isjOH0L",
        ED25519,
    ),
    (
        "RSA of 1024 bits",
        "MIIBTTCBtwIBADAOMQwwCgYDVQQDDANhbm4wgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAJ4GqAw8absK5A9ypWk9UKwsoihWUe4Y7hH2cHzpbepC/QdOc0uzig3KZ/YZIPkC7v/ORshgkf7W6dLsFrVt0bPeAcO6Ki3CXIex9xU+KHqiH+Ke461RICdqMw3nFVFj5JEmJA9VxwurjDuN/PcvLACIFpKTjCPRIJnsUNmjz0GvAgMBAAGgADANBgkqhkiG9w0BAQsFAAOBgQBJtkijkuXyPOfu5XtqW3USwnaWLEeZkUTrK0SNvK4AlRAES6rTF6OZyCk0PEECJ5X7Duvk9775Uth9itqBdQp0C+xq16fcgIDq45f1+d6uEQfsBDxdvumcxlIW+3cx/22F3eyiDaDqGOcIJa6/RkzmC5wFbSk6OOyBSYcdA3oUmA==",
        RSA,
    ),
];

#[test]
fn keys_of_every_sort() {
    for (name, text, words) in REQUESTS {
        let mut der = STANDARD.decode(text).unwrap();
        let (_, request) = X509CertificationRequest::from_der(&der).unwrap();
        assert_eq!(verify(&request), Ok(()), "{name}");
        // The name that was signed was `ann`.
        let place = der.windows(3).position(|three| three == b"ann").unwrap();
        der[place] = b'e';
        let (_, request) = X509CertificationRequest::from_der(&der).unwrap();
        assert_eq!(verify(&request), Err(words), "{name}");
    }
}
