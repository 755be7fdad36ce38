//! Read, change, write; again when somebody else wrote in between.

use crate::{Api, Error, backoff::Backoff, queue::fraction};
use meta::{Kind, ObjectKey};

/// How often a conflict is met with another try, as client-go's `retry.DefaultRetry`.
const TRIES_MAX: u32 = 5;

/// Where a changed object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Object,
    Status,
}

/// Reads the object afresh, lets `change` edit it and writes it back. `change` answers whether there is
/// something to write; it may run several times.
///
/// # Errors
/// `Conflict` when five tries were not enough, and whatever get and replace can end in.
pub async fn update<K: Kind>(
    api: &Api<K>,
    key: &ObjectKey,
    target: Target,
    mut change: impl FnMut(&mut K) -> bool + Send,
) -> Result<K, Error> {
    let mut tries = 0;
    loop {
        let mut object = api.get(key).await?;
        if !change(&mut object) {
            return Ok(object);
        }
        let written = match target {
            Target::Object => api.replace(&object).await,
            Target::Status => api.replace_status(&object).await,
        };
        match written {
            Err(error) if error.is_conflict() && tries + 1 < TRIES_MAX => {
                let platform = api.client().platform();
                platform
                    .clock
                    .sleep(Backoff::CONFLICT.delay(tries, fraction(platform)))
                    .await;
                tries += 1;
            }
            result => return result,
        }
    }
}
