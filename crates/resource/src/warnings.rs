//! What is said to whoever sent a request, beside the answer.
//!
//! Source: `k8s.io/apiserver/pkg/endpoints/filters/warning.go`.
use std::sync::{Mutex, PoisonError};

/// Characters of all warnings of an answer. Those that would be more are cut, each to [`CUT_CHARACTERS`].
const CHARACTERS_MAX: usize = 4 * 1024;
const CUT_CHARACTERS: usize = 256;

/// The warnings of one request, each once. Bounded as upstream bounds them: once they had to be cut, no more come when all together have
/// 4,096 characters.
#[derive(Debug, Default)]
pub struct Warnings(Mutex<Said>);

#[derive(Debug, Default)]
struct Said {
    texts: Vec<String>,
    characters: usize,
    cut: bool,
}

impl Warnings {
    /// Empty ones are none, and those with control characters cannot be said.
    pub fn add(&self, text: impl Into<String>) {
        self.with(|said| {
            let last = said.texts.len();
            said.add(text.into(), last);
        });
    }

    /// Before all others.
    pub fn add_first(&self, text: impl Into<String>) {
        self.with(|said| said.add(text.into(), 0));
    }

    /// Takes those that there are, in their order.
    pub fn take(&self) -> Vec<String> {
        let said = self.with(std::mem::take);
        let mut texts = said.texts;
        if said.cut {
            texts.iter_mut().for_each(|text| cut(text, CUT_CHARACTERS));
        }
        texts
    }

    fn with<R>(&self, change: impl FnOnce(&mut Said) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Said {
    fn add(&mut self, mut text: String, place: usize) {
        let is_full = self.cut && self.characters >= CHARACTERS_MAX;
        if text.is_empty() || is_full || text.contains(char::is_control) {
            return;
        }
        // Whatever is beyond is not shown.
        cut(&mut text, CHARACTERS_MAX + 1);
        if self.texts.contains(&text) {
            return;
        }
        self.texts.insert(place, text);
        self.count();
        if self.characters > CHARACTERS_MAX && !self.cut {
            self.cut = true;
            self.count();
        }
    }

    fn count(&mut self) {
        let characters_max = if self.cut { CUT_CHARACTERS } else { usize::MAX };
        let texts = self.texts.iter();
        let characters = texts.map(|text| text.chars().count().min(characters_max));
        self.characters = characters.sum();
    }
}

fn cut(text: &mut String, characters: usize) {
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
    }
}

#[cfg(test)]
mod tests;
