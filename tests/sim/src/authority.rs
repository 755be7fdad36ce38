//! The cluster's certificate authority. Its key is Ed25519, whose signatures are the same each time, so that runs repeat. And the key
//! of service accounts, whose signatures are not, but of one length: nobody decides by them.

use apiserver::SigningKey;
use controllers::Authority;
use std::sync::Arc;

/// CN=sim-ca, by openssl, until 2273.
const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBODCB66ADAgECAhRrWVvEBcVV+0HvwdPTmuPTqASAWzAFBgMrZXAwETEPMA0G
A1UEAwwGc2ltLWNhMCAXDTI2MTEyMjA5NTM1NFoYDzIyNzMwNDIxMDk1MzU0WjAR
MQ8wDQYDVQQDDAZzaW0tY2EwKjAFBgMrZXADIQAbs9LW2nHUM1L0LJaohQY6RIfz
hRrOvNuoV6+9j0LtxKNTMFEwHQYDVR0OBBYEFHWZcTC7ncvn0zBAfAggePvDL9zu
MB8GA1UdIwQYMBaAFHWZcTC7ncvn0zBAfAggePvDL9zuMA8GA1UdEwEB/wQFMAMB
Af8wBQYDK2VwA0EAF/pFzOitPCQ8b1Vayvd5XtmlpIjqdP71HmkkWBSmKQ2Rny52
YF1dNmU+DUxurqSu8gzFVoZfbfp9451T9ZOpDw==
-----END CERTIFICATE-----
";

/// Of no use outside simulations.
const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIPXUAfV/4/e5fy/z778GbPvMZLH4V2F7tQVNdhYVWY5K
-----END PRIVATE KEY-----
";

/// P-256, by openssl. Of no use outside simulations.
const TOKEN_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgmuqQE8pyoUS173Qw
81UOynWAeUk+krBSVf4DdRm5zI6hRANCAASaWNVdXeGlWoL5otbIjS2NKWPZuW5b
hmnek7RT00TEfuZ0hAG/6gYFpG9Skb1TokQIRsmIyM0TyvrDi2spTFOL
-----END PRIVATE KEY-----
";

pub(crate) fn authority() -> Arc<Authority> {
    Arc::new(Authority::new(CERTIFICATE, KEY).expect("key and certificate are usable"))
}

pub(crate) fn token_key() -> SigningKey {
    SigningKey::from_pkcs8_pem(TOKEN_KEY).expect("the key is usable")
}
