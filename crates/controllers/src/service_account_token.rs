//! Fills Secrets of type `kubernetes.io/service-account-token` with a token of the ServiceAccount that they name, and deletes them when
//! it is gone. Upstream: `pkg/controller/serviceaccount/tokens_controller.go`; the token: `pkg/serviceaccount/legacy.go`.

use crate::Options;
use api::core::v1::{Secret, ServiceAccount};
use client::{
    Api, Cache, DeleteParams,
    cache::Selector,
    controller::{Action, Builder, ReconcileError, Reconciler},
    key_of,
};
use meta::{ByteString, ObjectKey, Str};
use parking_lot::Mutex;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt, sync::Arc};

pub(crate) const TYPE: &str = "kubernetes.io/service-account-token";
pub(crate) const NAME: &str = "kubernetes.io/service-account.name";
pub(crate) const UID: &str = "kubernetes.io/service-account.uid";
const ISSUER: &str = "kubernetes/serviceaccount";
const TOKEN: &str = "token";
const NAMESPACE: &str = "namespace";
const CA: &str = "ca.crt";

/// Makes a JSON Web Token of claims, with the key of the cluster's service accounts. Cheap to clone.
#[derive(Clone)]
pub struct TokenSigner(Arc<Sign>);

type Sign = dyn Fn(&Value) -> Option<String> + Send + Sync;

impl TokenSigner {
    /// `sign` answers with `None` when the system has no randomness.
    pub fn new(sign: impl Fn(&Value) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(sign))
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSigner").finish_non_exhaustive()
    }
}

pub(crate) fn register(mut builder: Builder, options: &Options) {
    let selector = Selector {
        fields: Str::from(format!("type={TYPE}")),
        ..Selector::default()
    };
    let secrets = builder.view::<Secret, Secret>(selector);
    let removed = Removed::default();
    let (queue, notes) = (builder.queue(), Removed::clone(&removed));
    secrets.on_change(move |change| {
        if let (Some(old), None) = (change.old, change.new) {
            notes.lock().insert(change.key.clone(), Named::of(old));
        }
        queue.add(change.key.clone());
    });
    let accounts = builder.cache::<ServiceAccount>();
    let by_account = secrets.index_by("account", account_of);
    let queue = builder.queue();
    accounts.on_change(move |change| {
        if change.old.is_some() && change.new.is_some() {
            return;
        }
        let mut keys: Vec<ObjectKey> = by_account
            .get(&change.key.to_string())
            .iter()
            .map(|secret| key_of(&secret.metadata))
            .collect();
        keys.sort();
        for key in keys {
            queue.add(key);
        }
    });
    let client = builder.client();
    let controller = Tokens {
        secrets,
        accounts,
        removed,
        secret_api: client.of(),
        account_api: client.of(),
        signer: options.token_signer.clone(),
        pem: options.root_ca_pem.clone(),
    };
    builder.run(controller);
}

/// Whose tokens Secrets held that are gone, until the references to them are gone too.
type Removed = Arc<Mutex<BTreeMap<ObjectKey, Named>>>;

struct Tokens {
    secrets: Cache<Secret>,
    accounts: Cache<ServiceAccount>,
    removed: Removed,
    secret_api: Api<Secret>,
    account_api: Api<ServiceAccount>,
    signer: TokenSigner,
    pem: String,
}

/// The account that a Secret names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    key: ObjectKey,
    /// Empty: whichever has the name.
    uid: Str,
}

impl Named {
    fn of(secret: &Secret) -> Self {
        let metadata = &secret.metadata;
        let annotation = |name| metadata.annotations.get(name).cloned().unwrap_or_default();
        Self {
            key: ObjectKey::namespaced(metadata.namespace.clone(), annotation(NAME)),
            uid: annotation(UID),
        }
    }

    fn is(&self, account: &ServiceAccount) -> bool {
        self.uid.is_empty() || self.uid == account.metadata.uid
    }
}

#[derive(Debug)]
enum Step {
    /// Its account is gone.
    Delete,
    /// Everything is there but, with `sign`, a token.
    Fill { secret: Box<Secret>, sign: bool },
}

impl Reconciler for Tokens {
    async fn reconcile(&self, key: &ObjectKey) -> Result<Action, ReconcileError> {
        self.forget_removed(key).await?;
        let Some(secret) = self.secrets.get(key) else {
            return Ok(Action::Settled);
        };
        let account = self.account(&Named::of(&secret)).await?;
        match plan(&secret, account.as_deref(), &self.pem) {
            None => {}
            Some(Step::Delete) => {
                let params = DeleteParams::of_uid(&secret.metadata.uid);
                match self.secret_api.delete(key, &params).await {
                    Err(error) if !error.is_overtaken() => {
                        return Err(error.into());
                    }
                    _ => {}
                }
            }
            Some(Step::Fill { mut secret, sign }) => {
                if let (true, Some(account)) = (sign, &account) {
                    let token = (self.signer.0)(&claims(account, &secret.metadata.name));
                    let token = token.ok_or_else(|| {
                        ReconcileError::Other("failed to sign a token".to_owned())
                    })?;
                    put(&mut secret, TOKEN, &token);
                }
                drop(self.secret_api.replace(&secret).await?);
            }
        }
        Ok(Action::Settled)
    }
}

impl Tokens {
    /// The cache may not have an account yet that was just made: before a Secret goes, the server is asked.
    async fn account(&self, named: &Named) -> Result<Option<Arc<ServiceAccount>>, ReconcileError> {
        let cached = self.accounts.get(&named.key);
        if let Some(account) = cached.filter(|account| named.is(account)) {
            return Ok(Some(account));
        }
        let account = self.account_api.find(&named.key).await?;
        Ok(account.filter(|account| named.is(account)).map(Arc::new))
    }

    /// An account does not list a Secret of its token that is gone.
    async fn forget_removed(&self, key: &ObjectKey) -> Result<(), ReconcileError> {
        let named = self.removed.lock().get(key).cloned();
        let Some(named) = named else {
            return Ok(());
        };
        let account = self.account_api.find(&named.key).await?;
        if let Some(account) = account.filter(|account| named.is(account))
            && let Some(account) = without(account, &key.name)
        {
            match self.account_api.replace(&account).await {
                Err(error) if !error.is_not_found() => return Err(error.into()),
                _ => {}
            }
        }
        let mut removed = self.removed.lock();
        if removed.get(key) == Some(&named) {
            removed.remove(key);
        }
        Ok(())
    }
}

/// `account` is the one that the Secret names, by uid too where it names one.
fn plan(secret: &Secret, account: Option<&ServiceAccount>, pem: &str) -> Option<Step> {
    let Some(account) = account else {
        return Some(Step::Delete);
    };
    let held = |key: &str| secret.data.get(key).map_or(&[][..], |bytes| &bytes.0);
    let sign = held(TOKEN).is_empty();
    if !sign && !held(NAMESPACE).is_empty() && held(CA) == pem.as_bytes() {
        return None;
    }
    let mut filled = secret.clone();
    if held(NAMESPACE).is_empty() {
        put(&mut filled, NAMESPACE, &secret.metadata.namespace);
    }
    put(&mut filled, CA, pem);
    let annotations = &mut filled.metadata.annotations;
    annotations.insert(NAME, account.metadata.name.clone());
    annotations.insert(UID, account.metadata.uid.clone());
    Some(Step::Fill {
        secret: Box::new(filled),
        sign,
    })
}

fn put(secret: &mut Secret, key: &'static str, value: &str) {
    let value = ByteString(value.as_bytes().to_vec());
    secret.data.insert(key, value);
}

/// What a token without an end says.
fn claims(account: &ServiceAccount, secret: &str) -> Value {
    let metadata = &account.metadata;
    let (namespace, name) = (metadata.namespace.as_str(), metadata.name.as_str());
    json!({
        "iss": ISSUER,
        "kubernetes.io/serviceaccount/namespace": namespace,
        "kubernetes.io/serviceaccount/secret.name": secret,
        "kubernetes.io/serviceaccount/service-account.name": name,
        "kubernetes.io/serviceaccount/service-account.uid": metadata.uid.as_str(),
        "sub": format!("system:serviceaccount:{namespace}:{name}"),
    })
}

/// `None` when the account does not list the Secret.
fn without(mut account: ServiceAccount, secret: &str) -> Option<ServiceAccount> {
    let listed = account.secrets.len();
    account.secrets.retain(|reference| reference.name != secret);
    (account.secrets.len() < listed).then_some(account)
}

/// Index value: the account that a Secret names.
fn account_of(secret: &Secret, values: &mut Vec<Str>) {
    values.push(Str::from(Named::of(secret).key.to_string()));
}

#[cfg(test)]
mod tests;
