//! Client certificates of several kinds, and front proxies that speak for others.
use super::Reply;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, Issuer, KeyPair, date_time_ymd};
use serde_json::json;
use std::{fs, path::Path};
use tempfile::TempDir;
use testkit::{Cluster, Machine, Options, is_root};

const CLIENT: ExtendedKeyUsagePurpose = ExtendedKeyUsagePurpose::ClientAuth;

#[test]
fn who_certificates() {
    if !is_root("who_certificates") {
        return;
    }
    let options = Options {
        name: "whocert",
        control_plane_only: true,
    };
    let mut cluster = Cluster::new(Machine::new(options.name), options);
    for flag in ["--requestheader-uid-headers", "X-Remote-Uid"] {
        cluster.flags.push(flag.to_owned());
    }
    cluster.up();
    let files = tempfile::tempdir().unwrap();
    let pki = cluster.data_dir().join("pki");
    let wallet = Wallet {
        users: authority(&pki, "ca"),
        proxies: authority(&pki, "front-proxy-ca"),
        files,
    };
    users(&cluster, &wallet);
    refused(&cluster, &wallet);
    proxies(&cluster, &wallet);
}

fn authority(pki: &Path, name: &str) -> Issuer<'static, KeyPair> {
    let read = |ending: &str| fs::read_to_string(pki.join(format!("{name}.{ending}"))).unwrap();
    let key = KeyPair::from_pem(&read("key")).unwrap();
    Issuer::from_ca_cert_pem(&read("crt"), key).unwrap()
}

struct Wallet {
    users: Issuer<'static, KeyPair>,
    proxies: Issuer<'static, KeyPair>,
    files: TempDir,
}

/// What a certificate says.
struct Card<'a> {
    name: &'a str,
    groups: &'a [&'a str],
    usage: ExtendedKeyUsagePurpose,
    years: (i32, i32),
}

impl<'a> Card<'a> {
    fn of(name: &'a str, groups: &'a [&'a str]) -> Self {
        Self {
            name,
            groups,
            usage: CLIENT,
            years: (2020, 2100),
        }
    }
}

impl Wallet {
    /// curl's arguments for a certificate of this authority.
    fn issue(&self, authority: &Issuer<'_, KeyPair>, card: &Card<'_>) -> Vec<String> {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, card.name);
        for group in card.groups {
            // Of equal attributes a name keeps one: several groups stand in the test of the server.
            params
                .distinguished_name
                .push(DnType::OrganizationName, *group);
        }
        params.extended_key_usages = vec![card.usage.clone()];
        params.not_before = date_time_ymd(card.years.0, 1, 1);
        params.not_after = date_time_ymd(card.years.1, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, authority).unwrap();
        let put = |name: &str, text: String| {
            let path = self.files.path().join(name);
            fs::write(&path, text).unwrap();
            path.display().to_string()
        };
        vec![
            "--cert".to_owned(),
            put("certificate.pem", certificate.pem()),
            "--key".to_owned(),
            put("key.pem", key.serialize_pem()),
        ]
    }
}

fn users(cluster: &Cluster, wallet: &Wallet) {
    let arguments = wallet.issue(&wallet.users, &Card::of("ann", &["dev"]));
    let ann = Reply::whoami(cluster, &arguments).user();
    assert_eq!(ann["username"], "ann");
    assert_eq!(ann["groups"], json!(["dev", "system:authenticated"]));
    let credential = &ann["extra"]["authentication.kubernetes.io/credential-id"][0];
    assert!(credential.as_str().unwrap().starts_with("X509SHA256="));
    let nobody = Reply::whoami(cluster, &[]);
    assert_eq!(nobody.code, 403);
    let words = "selfsubjectreviews.authentication.k8s.io is forbidden: User \"system:anonymous\" cannot create resource \"selfsubjectreviews\" in API group \"authentication.k8s.io\" at the cluster scope";
    assert_eq!(nobody.body["message"], words);
}

/// A certificate that is no good is worse than none, but does not spoil a good token.
fn refused(cluster: &Cluster, wallet: &Wallet) {
    let foreign = CertificateParams::default();
    let foreign = Issuer::new(foreign, KeyPair::generate().unwrap());
    let server = ExtendedKeyUsagePurpose::ServerAuth;
    let card = || Card::of("ann", &["system:masters"]);
    let (expired, early, wrong) = (
        Card {
            years: (2020, 2021),
            ..card()
        },
        Card {
            years: (2090, 2100),
            ..card()
        },
        Card {
            usage: server,
            ..card()
        },
    );
    for (what, authority, card) in [
        ("expired", &wallet.users, expired),
        ("early", &wallet.users, early),
        ("for servers", &wallet.users, wrong),
        ("of others", &foreign, card()),
    ] {
        let arguments = wallet.issue(authority, &card);
        let reply = Reply::whoami(cluster, &arguments);
        assert_eq!(reply.code, 401, "{what}: {}", reply.body);
        assert_eq!(reply.body["message"], "Unauthorized");
    }
    let mut arguments = wallet.issue(&foreign, &card());
    let token = cluster.ok(&["create", "token", "default"]);
    let bearer = format!("authorization: Bearer {}", token.trim());
    arguments.extend(["--header".to_owned(), bearer]);
    let account = Reply::whoami(cluster, &arguments).user();
    assert_eq!(account["username"], "system:serviceaccount:default:default");
}

fn proxies(cluster: &Cluster, wallet: &Wallet) {
    let speaking = |arguments: Vec<String>| {
        let headers = [
            "X-Remote-User: carl",
            "X-Remote-Uid: 7",
            "X-Remote-Group: dev",
            "X-Remote-Group: ops",
            "X-Remote-Extra-example.com%2ffloor: 3",
        ];
        let headers = headers
            .iter()
            .flat_map(|header| ["--header".to_owned(), (*header).to_owned()]);
        arguments.into_iter().chain(headers).collect::<Vec<_>>()
    };
    let proxy = wallet.issue(&wallet.proxies, &Card::of("front-proxy-client", &[]));
    let carl = Reply::whoami(cluster, &speaking(proxy.clone())).user();
    assert_eq!(
        carl,
        json!({
            "username": "carl",
            "uid": "7",
            "groups": ["dev", "ops", "system:authenticated"],
            "extra": {"example.com/floor": ["3"]},
        })
    );
    // It speaks for nobody, and is no user itself.
    assert_eq!(Reply::whoami(cluster, &proxy).code, 401);
    let other = wallet.issue(&wallet.proxies, &Card::of("another-proxy", &[]));
    assert_eq!(Reply::whoami(cluster, &speaking(other)).code, 401);
    let user = wallet.issue(&wallet.users, &Card::of("front-proxy-client", &[]));
    let user = Reply::whoami(cluster, &speaking(user)).user();
    assert_eq!(user["username"], "front-proxy-client");
}
