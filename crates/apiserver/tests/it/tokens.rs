//! Service-account tokens: what a TokenRequest may ask, what becomes of a token when what it names changes, tokens of old, and what
//! the issuer tells about itself.
use crate::kit::{Answer, config, pod, send, send_with, toys, user};
use apiserver::{InProcess, Server, SigningKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use platform::Platform;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

const TOKEN: &str = "/api/v1/namespaces/n/serviceaccounts/default/token";
const REVIEWS: &str = "/apis/authentication.k8s.io/v1/tokenreviews";
const SELF: &str = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

struct Kit {
    server: Server,
    admin: InProcess,
    key: EcdsaKeyPair,
    platform: Platform,
}

/// A server whose key the test has, with the namespace `n`, its account and a pod of it.
fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Kit) -> F) {
    platform::simulated::run(7, |platform: Platform| async move {
        let store = store::Embedded::open(&platform, Path::new("data"), store::Options::server())
            .await
            .unwrap();
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let mut config = config(platform.clone(), store, toys());
        config.authentication.service_accounts.signer =
            SigningKey::from_pkcs8_der(key.as_ref()).unwrap();
        let server = Server::start(config).await.unwrap();
        let admin = server.in_process(user("admin", &["system:masters"]));
        let kit = Kit {
            server,
            admin,
            key: EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap(),
            platform,
        };
        let named = |name: &str| json!({"metadata": {"name": name}});
        kit.post("/api/v1/namespaces", named("n")).await.expect(201);
        kit.post("/api/v1/namespaces/n/serviceaccounts", named("default"))
            .await
            .expect(201);
        kit.post("/api/v1/namespaces/n/pods", pod("p", json!({})))
            .await
            .expect(201);
        scenario(kit).await;
    });
}

impl Kit {
    async fn post(&self, path: &str, body: Value) -> Answer {
        send(&self.admin, "POST", path, "application/json", body).await
    }

    async fn get(&self, path: &str) -> Value {
        send(&self.admin, "GET", path, "", Value::Null)
            .await
            .expect(200)
    }

    /// What a review says of a token: its user's name, or why it is no good.
    async fn review(&self, token: &str) -> String {
        let asked = json!({"spec": {"token": token}});
        let review = self.post(REVIEWS, asked).await.expect(201);
        let status = &review["status"];
        let said = &status["user"]["username"];
        let said = said.as_str().or_else(|| status["error"].as_str());
        said.unwrap_or_default().to_owned()
    }

    async fn token(&self, spec: Value) -> String {
        let made = self.post(TOKEN, json!({"spec": spec})).await.expect(201);
        made["status"]["token"].as_str().unwrap().to_owned()
    }

    /// Signs anything.
    fn sign(&self, claims: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&json!({"alg": "ES256"})), encode(claims));
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.unwrap());
        format!("{signed}.{signature}")
    }
}

fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn what_a_request_may_not_say() {
    run(|kit| async move {
        let to = |reference: Value| json!({"spec": {"boundObjectRef": reference}});
        for (asked, code, words) in [
            (
                json!({"metadata": {"name": "other"}}),
                422,
                "TokenRequest.authentication.k8s.io \"default\" is invalid: metadata.name: Invalid value: \"other\": must match the service account name if specified",
            ),
            (
                json!({"metadata": {"namespace": "other"}}),
                400,
                "the namespace of the provided object does not match the namespace sent on the request",
            ),
            (
                json!({"spec": {"expirationSeconds": 10}}),
                422,
                "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 10: may not specify a duration less than 10 minutes",
            ),
            (
                to(json!({"kind": "Pod", "apiVersion": "v1", "name": "q"})),
                404,
                "pods \"q\" not found",
            ),
            (
                to(json!({"kind": "Pod", "apiVersion": "v1", "name": "p", "uid": "u"})),
                409,
                "Operation cannot be fulfilled on Pod \"p\": the UID in the bound object reference (u) does not match the UID in record. The object might have been deleted and then recreated",
            ),
            (
                to(json!({"kind": "ConfigMap", "apiVersion": "v1", "name": "p"})),
                400,
                "cannot bind token to object of type /v1, Kind=ConfigMap",
            ),
            (
                to(json!({"kind": "Pod", "apiVersion": "apps/v1", "name": "p"})),
                400,
                "cannot bind token to object of type apps/v1, Kind=Pod",
            ),
        ] {
            assert_eq!(kit.post(TOKEN, asked).await.message(code), words);
        }
        let account = kit
            .get("/api/v1/namespaces/n/serviceaccounts/default")
            .await;
        let uid = account["metadata"]["uid"].as_str().unwrap();
        let other = json!({"metadata": {"uid": "u"}});
        assert_eq!(
            kit.post(TOKEN, other).await.message(409),
            format!(
                "Operation cannot be fulfilled on TokenRequest.authentication.k8s.io \"default\": the UID in the token request (u) does not match the UID of the service account ({uid})"
            )
        );
        kit.post(TOKEN, json!({"metadata": {"uid": uid}}))
            .await
            .expect(201);
    });
}

#[test]
fn nodes_ask_for_their_own_pods() {
    run(|kit| async move {
        let node = kit.server.in_process(user(
            "system:node:a",
            &["system:nodes", "system:masters", "system:authenticated"],
        ));
        let pod = kit.get("/api/v1/namespaces/n/pods/p").await;
        let uid = pod["metadata"]["uid"].clone();
        let to = |reference: Value| json!({"spec": {"boundObjectRef": reference}});
        for (asked, words) in [
            (json!({}), "node requested token not bound to a pod"),
            (
                to(json!({"kind": "Pod", "apiVersion": "v1", "name": "p"})),
                "node requested token with a pod binding without a uid",
            ),
            (
                to(json!({"kind": "Pod", "apiVersion": "v1", "name": "p", "uid": uid})),
                "node requested token bound to a pod scheduled on a different node",
            ),
        ] {
            let answer = send(&node, "POST", TOKEN, "application/json", asked).await;
            let refused = format!("serviceaccounts \"default\" is forbidden: {words}");
            assert_eq!(answer.message(403), refused);
        }
    });
}

#[test]
fn limits_are_told_and_ours_live_longer() {
    run(|kit| async move {
        let year = json!({"spec": {"expirationSeconds": 31_536_000}});
        let answer = kit.post(TOKEN, year).await;
        let words = "299 - \"requested expiration of 31536000 seconds shortened to 86400 seconds\"";
        assert_eq!(answer.headers["warning"], words);
        assert_eq!(answer.expect(201)["spec"]["expirationSeconds"], 86_400);
        let reference = json!({"kind": "Pod", "apiVersion": "v1", "name": "p"});
        let kubelet = json!({"expirationSeconds": 3607, "boundObjectRef": reference});
        let told = claims(&kit.token(kubelet).await);
        let life =
            |claims: &Value| claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
        assert_eq!(life(&told), 365 * 24 * 3600);
        assert_eq!(
            told["kubernetes.io"]["warnafter"].as_i64(),
            told["iat"].as_i64().map(|made| made + 3607)
        );
        let others =
            json!({"expirationSeconds": 3607, "boundObjectRef": reference, "audiences": ["vault"]});
        let told = claims(&kit.token(others).await);
        assert_eq!(
            (life(&told), &told["kubernetes.io"]["warnafter"]),
            (3607, &Value::Null)
        );
    });
}

#[test]
fn what_a_token_names_must_still_be_there() {
    run(|kit| async move {
        let reference = json!({"kind": "Pod", "apiVersion": "v1", "name": "p"});
        let bound = kit.token(json!({"boundObjectRef": reference})).await;
        let free = kit.token(json!({})).await;
        assert_eq!(kit.review(&bound).await, "system:serviceaccount:n:default");
        let others = kit.token(json!({"audiences": ["vault"]})).await;
        assert_eq!(
            kit.review(&others).await,
            "[invalid bearer token, token audiences [\"vault\"] is invalid for the target audiences [\"https://issuer\"]]"
        );
        send(
            &kit.admin,
            "DELETE",
            "/api/v1/namespaces/n/pods/p",
            "",
            Value::Null,
        )
        .await
        .expect(200);
        assert_eq!(
            kit.review(&bound).await,
            "[invalid bearer token, service account token has been invalidated]"
        );
        let old = kit.get("/api/v1/namespaces/n/pods").await;
        assert_eq!(old["items"], json!([]));
        kit.post("/api/v1/namespaces/n/pods", pod("p", json!({})))
            .await
            .expect(201);
        let new = kit.get("/api/v1/namespaces/n/pods/p").await["metadata"]["uid"].clone();
        let words = format!(
            "[invalid bearer token, pod UID ({}) does not match service account pod ref claim ({})]",
            new.as_str().unwrap(),
            claims(&bound)["kubernetes.io"]["pod"]["uid"]
                .as_str()
                .unwrap()
        );
        assert_eq!(kit.review(&bound).await, words);
        let account = "/api/v1/namespaces/n/serviceaccounts/default";
        send(&kit.admin, "DELETE", account, "", Value::Null)
            .await
            .expect(200);
        assert_eq!(
            kit.review(&free).await,
            "[invalid bearer token, serviceaccounts \"default\" not found]"
        );
    });
}

#[test]
fn times_are_kept_with_a_minutes_leeway() {
    run(|kit| async move {
        let token = kit.token(json!({"expirationSeconds": 600})).await;
        kit.platform.clock.sleep(Duration::from_secs(650)).await;
        assert_eq!(kit.review(&token).await, "system:serviceaccount:n:default");
        kit.platform.clock.sleep(Duration::from_secs(20)).await;
        assert_eq!(
            kit.review(&token).await,
            "[invalid bearer token, service account token has expired]"
        );
        let mut early = claims(&token);
        let now = early["exp"].as_i64().unwrap() + 70;
        early["nbf"] = json!(now + 70);
        early["exp"] = json!(now + 700);
        assert_eq!(
            kit.review(&kit.sign(&early)).await,
            "[invalid bearer token, service account token is not valid yet]"
        );
        early["nbf"] = json!(now);
        early["iat"] = json!(now + 70);
        assert_eq!(
            kit.review(&kit.sign(&early)).await,
            "[invalid bearer token, service account token is issued in the future]"
        );
    });
}

/// What a token of old claims.
async fn old_claims(kit: &Kit) -> Value {
    let account = kit
        .get("/api/v1/namespaces/n/serviceaccounts/default")
        .await;
    json!({
        "iss": "kubernetes/serviceaccount",
        "sub": "system:serviceaccount:n:default",
        "kubernetes.io/serviceaccount/namespace": "n",
        "kubernetes.io/serviceaccount/secret.name": "s",
        "kubernetes.io/serviceaccount/service-account.name": "default",
        "kubernetes.io/serviceaccount/service-account.uid": account["metadata"]["uid"],
    })
}

#[test]
fn tokens_of_old_live_in_secrets() {
    run(|kit| async move {
        let claimed = old_claims(&kit).await;
        let token = kit.sign(&claimed);
        assert_eq!(
            kit.review(&token).await,
            "[invalid bearer token, Token has been invalidated]"
        );
        let secrets = "/api/v1/namespaces/n/secrets";
        let data = base64::engine::general_purpose::STANDARD.encode(&token);
        let mut made = json!({"metadata": {"name": "s"}, "data": {"token": data}});
        kit.post(secrets, made.clone()).await.expect(201);
        assert_eq!(kit.review(&token).await, "system:serviceaccount:n:default");
        let again = kit.sign(&claimed);
        assert_eq!(
            kit.review(&again).await,
            "[invalid bearer token, Token does not match server's copy]"
        );
        let mut without = claimed.clone();
        without["kubernetes.io/serviceaccount/secret.name"] = Value::Null;
        let without = kit.sign(&without);
        assert_eq!(
            kit.review(&without).await,
            "[invalid bearer token, secretName claim is missing]"
        );
        let mut others = claimed.clone();
        others["sub"] = json!("system:serviceaccount:n:other");
        assert_eq!(
            kit.review(&kit.sign(&others)).await,
            "[invalid bearer token, sub claim is invalid]"
        );
        // The label is written behind the answer.
        let label = |secret: &Value| {
            secret["metadata"]["labels"]["kubernetes.io/legacy-token-last-used"].clone()
        };
        let mut held = kit.get(&format!("{secrets}/s")).await;
        for _ in 0..100 {
            if !label(&held).is_null() {
                break;
            }
            kit.platform.clock.sleep(Duration::from_millis(10)).await;
            held = kit.get(&format!("{secrets}/s")).await;
        }
        assert_eq!(label(&held).as_str().map(str::len), Some(10), "{held}");
        made["metadata"]["labels"] =
            json!({"kubernetes.io/legacy-token-invalid-since": "2026-01-01"});
        let path = format!("{secrets}/s");
        send(&kit.admin, "PUT", &path, "application/json", made)
            .await
            .expect(200);
        let words = kit.review(&token).await;
        assert!(
            words.starts_with(
                "[invalid bearer token, the token in secret n/s for service account n/default has been marked invalid."
            ),
            "{words}"
        );
    });
}

#[test]
fn listed_tokens_of_old_warn_whoever_uses_them() {
    run(|kit| async move {
        let token = kit.sign(&old_claims(&kit).await);
        let data = base64::engine::general_purpose::STANDARD.encode(&token);
        let made = json!({"metadata": {"name": "s"}, "data": {"token": data}});
        kit.post("/api/v1/namespaces/n/secrets", made)
            .await
            .expect(201);
        let account = "/api/v1/namespaces/n/serviceaccounts/default";
        let listed = json!({"secrets": [{"name": "s"}]});
        let patch = "application/merge-patch+json";
        send(&kit.admin, "PATCH", account, patch, listed)
            .await
            .expect(200);
        let bearer = format!("Bearer {token}");
        let answer = send_with(
            &kit.server.stranger(),
            "POST",
            SELF,
            "application/json",
            json!({}),
            &[("authorization", &bearer)],
        )
        .await;
        assert_eq!(
            answer.headers["warning"],
            "299 - \"Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated secret-based tokens.\""
        );
    });
}

#[test]
fn the_issuer_tells_about_itself() {
    run(|kit| async move {
        let path = "/.well-known/openid-configuration";
        let answer = send(&kit.admin, "GET", path, "", Value::Null).await;
        assert_eq!(answer.headers["content-type"], "application/json");
        assert_eq!(answer.headers["cache-control"], "public, max-age=3600");
        assert_eq!(
            answer.expect(200),
            json!({
                "issuer": "https://issuer",
                "jwks_uri": "https://192.0.2.1:6443/openid/v1/jwks",
                "response_types_supported": ["id_token"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256"],
            })
        );
        let path = "/openid/v1/jwks";
        let answer = send(&kit.admin, "GET", path, "", Value::Null).await;
        assert_eq!(answer.headers["content-type"], "application/jwk-set+json");
        assert_eq!(answer.headers["cache-control"], "public, max-age=3600");
        let keys = answer.expect(200);
        assert_eq!(keys["keys"].as_array().map(Vec::len), Some(1));
        assert_eq!(keys["keys"][0]["alg"], "ES256");
    });
}
