//! Tokens that others issue: an OpenID provider over TLS with claims mapped in CEL, rotation of its keys, a configuration that changes,
//! claims that are elsewhere, a webhook that knows tokens, and one that is told what happens.
#![expect(clippy::unwrap_used, reason = "a scenario fails loudly")]

mod authorizers;
mod certificates;
mod signatures;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tempfile::TempDir;
use testkit::{Cluster, Machine, Options, eventually, is_root, output, text};

const ISSUER: &str = "https://127.0.0.1:8443";
const POLICY: &str = "
apiVersion: audit.k8s.io/v1
kind: Policy
rules:
- {level: Request, verbs: [create], resources: [{resources: [configmaps]}], namespaces: [default]}
";
/// Longer than keys and users are remembered.
const LATER: Duration = Duration::from_secs(30);

#[test]
fn who() {
    if !is_root("who") {
        return;
    }
    let options = Options {
        name: "who",
        control_plane_only: true,
    };
    let mut cluster = Cluster::new(Machine::new(options.name), options);
    let mut issuer = Issuer::start(&cluster);
    issuer.configure("'oidc:' + claims.sub");
    for (flag, file) in [
        ("--audit-policy-file", "policy.yaml"),
        ("--audit-webhook-config-file", "audit.yaml"),
        ("--authentication-config", "authentication.yaml"),
        ("--authentication-token-webhook-config-file", "webhook.yaml"),
    ] {
        cluster.flags.push(flag.to_owned());
        cluster.flags.push(issuer.path(file));
    }
    cluster
        .flags
        .push("--audit-webhook-batch-max-wait=1s".to_owned());
    cluster.up();
    mapped(&cluster, &issuer);
    distributed(&cluster, &issuer);
    refused(&cluster, &issuer);
    reviewed(&cluster);
    rotated(&cluster, &mut issuer);
    reconfigured(&cluster, &issuer);
    signatures::all(&cluster, &issuer);
    told(&cluster, &issuer);
    insisted(&mut cluster, &mut issuer);
}

fn mapped(cluster: &Cluster, issuer: &Issuer) {
    let ann = whoami(cluster, &issuer.token(&json!({}))).unwrap();
    assert_eq!(ann["username"], "oidc:ann");
    assert_eq!(ann["groups"], json!(["dev", "ops", "system:authenticated"]));
    assert_eq!(ann["extra"]["example.com/floor"], json!(["3"]));
}

/// The teams are in a token at another place.
fn distributed(cluster: &Cluster, issuer: &Issuer) {
    let there = issuer.token(&json!({"teams": ["far"]}));
    put(issuer.directory.path(), "teams", &there);
    let place = |name: &str| {
        issuer.token(&json!({
            "teams": null,
            "_claim_names": {"teams": "there"},
            "_claim_sources": {"there": {"endpoint": format!("{ISSUER}/{name}"), "access_token": "t"}},
        }))
    };
    let ann = whoami(cluster, &place("teams")).unwrap();
    assert_eq!(ann["groups"], json!(["far", "system:authenticated"]));
    assert_eq!(whoami(cluster, &place("nowhere")), None);
    assert_eq!(whoami(cluster, &place("keys")), None, "no token");
}

/// The webhook gets events in batches, and without the kind that their list has.
fn told(cluster: &Cluster, issuer: &Issuer) {
    cluster.ok(&["create", "configmap", "told"]);
    let stages = eventually("the event", LATER, || {
        let events = fs::read_to_string(issuer.path("events")).ok()?;
        let events = events
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        let events: Vec<Value> = events
            .filter(|event: &Value| event["objectRef"]["name"] == "told")
            .collect();
        let told = events
            .iter()
            .any(|event| event["stage"] == "ResponseComplete");
        told.then_some(events)
    });
    let last = stages.last().unwrap();
    assert_eq!(last["verb"], "create");
    assert_eq!(last["responseStatus"]["code"], 201);
    assert_eq!(
        (&last["kind"], &last["apiVersion"]),
        (&Value::Null, &Value::Null)
    );
}

/// Nothing goes on that the webhook has not been told, where it must be.
fn insisted(cluster: &mut Cluster, issuer: &mut Issuer) {
    cluster.stop();
    for flag in [
        "--audit-webhook-mode=blocking-strict",
        "--audit-webhook-initial-backoff=10ms",
    ] {
        cluster.flags.push(flag.to_owned());
    }
    // The file that is there is wrong.
    issuer.configure("'other:' + claims.sub");
    cluster.up();
    cluster.ok(&["create", "configmap", "known"]);
    let events = fs::read_to_string(issuer.path("events")).unwrap();
    assert!(events.contains("known"), "{events}");
    issuer.server.kill().unwrap();
    issuer.server.wait().unwrap();
    let words = cluster.refuses(&["create", "configmap", "unknown"]);
    assert!(words.contains("failed to store audit event"), "{words}");
    cluster.ok(&["get", "configmap", "known"]);
    let words = cluster.refuses(&["get", "configmap", "unknown"]);
    assert!(words.contains("not found"), "{words}");
}

/// What is wrong with one claim, or with the signature.
fn refused(cluster: &Cluster, issuer: &Issuer) {
    let wrong = [
        json!({"aud": "others"}),
        json!({"exp": now() - 60}),
        json!({"iss": "https://127.0.0.1:8444"}),
        json!({"nbf": now() + 3600}),
        json!({"verified": false}),
        json!({"sub": "system:admin"}),
        json!({"teams": 3}),
    ];
    for claims in wrong {
        assert_eq!(whoami(cluster, &issuer.token(&claims)), None, "{claims}");
    }
    let token = issuer.token(&json!({}));
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let turned: String = signature.chars().rev().collect();
    assert_eq!(whoami(cluster, &format!("{signed}.{turned}")), None);
    let (_, rest) = token.split_once('.').unwrap();
    let none = encoded(&json!({"alg": "none", "kid": "1"}));
    assert_eq!(whoami(cluster, &format!("{none}.{rest}")), None);
}

fn reviewed(cluster: &Cluster) {
    let hook = whoami(cluster, "known-to-the-webhook").unwrap();
    assert_eq!(hook["username"], "hook");
    assert_eq!(hook["groups"], json!(["hooked", "system:authenticated"]));
    assert_eq!(whoami(cluster, "known-to-nobody"), None);
}

/// A token that names a key which was not there before makes the server look again.
fn rotated(cluster: &Cluster, issuer: &mut Issuer) {
    let old = issuer.token(&json!({"sub": "eve"}));
    issuer.rotate();
    let token = issuer.token(&json!({"sub": "bob"}));
    let bob = eventually("the new key", LATER, || whoami(cluster, &token));
    assert_eq!(bob["username"], "oidc:bob");
    assert_eq!(whoami(cluster, &old), None);
}

/// The file is followed; one that is wrong changes nothing.
fn reconfigured(cluster: &Cluster, issuer: &Issuer) {
    issuer.configure("'other:' + claims.sub");
    let token = issuer.token(&json!({}));
    let name = |user: Option<Value>| user.map(|user| user["username"].clone());
    eventually("the new configuration", LATER, || {
        (name(whoami(cluster, &token)) == Some(json!("other:ann"))).then_some(())
    });
    issuer.configure("'unfinished + claims.sub");
    eventually("a word on the wrong file", LATER, || {
        cluster.log().contains("authentication.yaml").then_some(())
    });
    let user = whoami(cluster, &issuer.token(&json!({"sub": "cid"})));
    assert_eq!(name(user), Some(json!("other:cid")));
}

/// The server's answer to who has this token; `None` for 401.
fn whoami(cluster: &Cluster, token: &str) -> Option<Value> {
    let bearer = format!("authorization: Bearer {token}");
    let reply = Reply::whoami(cluster, &["--header".to_owned(), bearer]);
    (reply.code != 401).then(|| reply.user())
}

/// What the server says to whoever asks who they are.
struct Reply {
    code: u64,
    body: Value,
}

impl Reply {
    /// `arguments` are curl's, for what proves who asks.
    fn whoami(cluster: &Cluster, arguments: &[String]) -> Self {
        let mut curl = cluster.machine.command("curl");
        curl.args([
            "--silent",
            "--show-error",
            "--http1.1",
            "--insecure",
            "--header",
            "content-type: application/json",
        ])
        .args(arguments)
        .args([
            "--data",
            r#"{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}"#,
        ])
        .arg("https://127.0.0.1:6443/apis/authentication.k8s.io/v1/selfsubjectreviews");
        let answer = output(&mut curl);
        let body: Value = serde_json::from_slice(&answer.stdout).unwrap_or_else(|error| {
            let shown = [text(&answer.stdout), text(&answer.stderr), cluster.log()];
            panic!("{error}: {}", shown.join("\n"))
        });
        let code = body["code"].as_u64().unwrap_or(201);
        Self { code, body }
    }

    #[track_caller]
    fn user(&self) -> Value {
        assert_eq!(self.code, 201, "{}", self.body);
        self.body["status"]["userInfo"].clone()
    }
}

fn now() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the server under test has the machine's clock"
    )]
    let now = SystemTime::now();
    now.duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn encoded(document: &Value) -> String {
    URL_SAFE_NO_PAD.encode(document.to_string())
}

/// An OpenID provider on the cluster's machine, which is the webhook too.
struct Issuer {
    directory: TempDir,
    certificate: String,
    key: EcdsaKeyPair,
    /// Names the key.
    number: u32,
    server: Child,
}

impl Issuer {
    fn start(cluster: &Cluster) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let certificate = certified.cert.pem();
        let put = |name: &str, content: &str| put(directory.path(), name, content);
        put("certificate.pem", &certificate);
        put("key.pem", &certified.signing_key.serialize_pem());
        let known = json!({"known-to-the-webhook": {"username": "hook", "groups": ["hooked"]}});
        put("reviewed.json", &known.to_string());
        let document = json!({"issuer": ISSUER, "jwks_uri": format!("{ISSUER}/keys")});
        put(".well-known/openid-configuration", &document.to_string());
        let ca = base64::engine::general_purpose::STANDARD.encode(&certificate);
        for (file, path) in [("webhook.yaml", "review"), ("audit.yaml", "audit")] {
            let webhook = json!({
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "c", "cluster": {"server": format!("{ISSUER}/{path}"), "certificate-authority-data": ca}}],
                "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                "users": [{"name": "u", "user": {}}],
                "current-context": "c",
            });
            put(file, &webhook.to_string());
        }
        put("policy.yaml", POLICY);
        let mut python = cluster.machine.command("python3");
        python
            .args(["-c", include_str!("issuer.py")])
            .arg(directory.path())
            .arg("8443")
            .stdout(Stdio::piped());
        let mut server = python.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        assert_eq!(line, "listening\n");
        let issuer = Self {
            directory,
            certificate,
            key: new_key(),
            number: 1,
            server,
        };
        issuer.publish();
        issuer
    }

    fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    /// Names users by an expression.
    fn configure(&self, username: &str) {
        let config = json!({
            "apiVersion": "apiserver.config.k8s.io/v1",
            "kind": "AuthenticationConfiguration",
            "jwt": [{
                "issuer": {"url": ISSUER, "audiences": ["sampan"], "certificateAuthority": self.certificate},
                "claimMappings": {
                    "username": {"expression": username},
                    "groups": {"claim": "teams", "prefix": ""},
                    "extra": [{"key": "example.com/floor", "valueExpression": "string(claims.floor)"}],
                },
                "claimValidationRules": [{"expression": "claims.verified == true", "message": "not verified"}],
                "userValidationRules": [
                    {"expression": "!user.username.contains(':system:')", "message": "reserved"},
                ],
            }],
        });
        put(
            self.directory.path(),
            "authentication.yaml",
            &config.to_string(),
        );
    }

    fn rotate(&mut self) {
        self.key = new_key();
        self.number += 1;
        self.publish();
    }

    fn publish(&self) {
        let point = &self.key.public_key().as_ref()[1..];
        let (x, y) = point.split_at(32);
        let key = json!({
            "kty": "EC",
            "crv": "P-256",
            "use": "sig",
            "alg": "ES256",
            "kid": self.number.to_string(),
            "x": URL_SAFE_NO_PAD.encode(x),
            "y": URL_SAFE_NO_PAD.encode(y),
        });
        put(
            self.directory.path(),
            "keys",
            &json!({"keys": [key]}).to_string(),
        );
    }

    /// What Ann's token claims, with other claims in the place of hers.
    fn claims(other: &Value) -> Value {
        let mut claims = json!({
            "iss": ISSUER,
            "aud": "sampan",
            "exp": now() + 3600,
            "sub": "ann",
            "verified": true,
            "teams": ["dev", "ops"],
            "floor": 3,
        });
        let members = claims.as_object_mut().unwrap();
        for (name, value) in other.as_object().unwrap() {
            members.insert(name.clone(), value.clone());
        }
        members.retain(|_, value| !value.is_null());
        claims
    }

    /// Ann's token, with other claims in the place of hers.
    fn token(&self, other: &Value) -> String {
        let header = json!({"alg": "ES256", "typ": "JWT", "kid": self.number.to_string()});
        let signed = format!("{}.{}", encoded(&header), encoded(&Self::claims(other)));
        let signature = self
            .key
            .sign(&SystemRandom::new(), signed.as_bytes())
            .unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

/// Replaces a file whole, as those do whose files are followed.
fn put(directory: &Path, name: &str, content: &str) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let new = path.with_extension("new");
    fs::write(&new, content).unwrap();
    fs::rename(new, path).unwrap();
}
