//! Which controllers run.
//!
//! Source: `IsControllerEnabled` and the flag `--controllers` of kube-controller-manager.

#[cfg(test)]
mod tests;

use crate::{ALL, API_SERVER, Controller};

const EVERY: &str = "*";

/// Words of `--controllers`: `NAME` runs one, `-NAME` does not, `*` runs those that run by default and that no word names. The first word that
/// names a controller counts. No word at all is `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    words: Vec<String>,
}

impl Selection {
    /// Adds words, which stand between commas.
    ///
    /// # Errors
    /// A sentence that names what is no controller.
    pub fn add(&mut self, words: &str) -> Result<(), String> {
        for word in words.split(',').map(str::trim) {
            let name = word.strip_prefix('-').unwrap_or(word);
            let known = ALL
                .iter()
                .any(|known| known.name == name && optional(known));
            if word != EVERY && !known {
                return Err(format!("{name:?} is not in the list of known controllers"));
            }
            self.words.push(word.to_owned());
        }
        Ok(())
    }

    /// Those that belong to the API server always do.
    #[must_use]
    pub fn runs(&self, controller: &Controller) -> bool {
        if !optional(controller) {
            return true;
        }
        let named = self.words.iter().find_map(|word| {
            let name = word.strip_prefix('-');
            (name.unwrap_or(word) == controller.name).then_some(name.is_none())
        });
        let every = self.words.is_empty() || self.words.iter().any(|word| word == EVERY);
        named.unwrap_or(every && controller.by_default)
    }
}

fn optional(controller: &Controller) -> bool {
    controller.service_account != API_SERVER
}
