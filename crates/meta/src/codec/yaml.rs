//! YAML into JSON bytes, as `sigs.k8s.io/yaml` does it: YAML 1.1 scalars, the first document, keys sorted.

mod go_syntax;
mod problem;
mod scalar;
mod utf16;

use super::{
    decode::{DecodeError, StrictError},
    json::put_string,
};
use saphyr_parser_bw::{Event, Parser, ScanError, Span};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

/// Nesting that is followed.
const DEPTH_MAX: usize = 1000;
/// Nodes with aliases written out: what an alias bomb may make of us.
const NODES_MAX: usize = 1_000_000;

/// The JSON of the first document of a YAML text, and its duplicate keys; of two the last wins.
///
/// # Errors
/// When the text is not YAML.
pub fn to_json(text: &str) -> Result<(Vec<u8>, Vec<StrictError>), DecodeError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(words) = problem::at_once(text) {
        return Err(refused(&format!("yaml: {words}")));
    }
    let mut loader = Loader {
        text,
        ..Loader::default()
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| loader.scan_error(&error))?;
        if loader.event(event, span)? == Progress::Done {
            break;
        }
    }
    if let Some(words) = loader.unsupported {
        return Err(refused(&words));
    }
    let mut out = Vec::with_capacity(text.len());
    loader.root.unwrap_or(Node::Null).write(&mut out);
    let strict = match loader.duplicates {
        lines if lines.is_empty() => Vec::new(),
        lines => vec![StrictError::Yaml(format!(
            "yaml: unmarshal errors:\n  {}",
            lines.join("\n  ")
        ))],
    };
    Ok((out, strict))
}

/// The text of a YAML document: UTF-8, or UTF-16 behind its mark.
///
/// # Errors
/// In the words of Go's reader for the first bytes that are neither.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    if let Some(read) = utf16::text(bytes) {
        return read.map_err(|words| refused(&format!("yaml: {words}")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (before, rest) = bytes.split_at(error.valid_up_to());
        let before = String::from_utf8_lossy(before);
        let words = problem::control(&before).unwrap_or_else(|| wrong_octets(rest));
        refused(&format!("yaml: {words}"))
    })?;
    Ok(text.into())
}

/// What is wrong with a sequence that is not UTF-8.
fn wrong_octets(rest: &[u8]) -> &'static str {
    let width = match rest.first() {
        Some(0xC0..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF7) => 4,
        _ => return "invalid leading UTF-8 octet",
    };
    let Some(sequence) = rest.get(..width) else {
        return "incomplete UTF-8 octet sequence";
    };
    match sequence {
        [_, trail @ ..] if trail.iter().any(|octet| octet & 0xC0 != 0x80) => {
            "invalid trailing UTF-8 octet"
        }
        [0xC0 | 0xC1, ..] | [0xE0, 0x80..=0x9F, ..] | [0xF0, 0x80..=0x8F, ..] => {
            "invalid length of a UTF-8 sequence"
        }
        _ => "invalid Unicode character",
    }
}

fn fail(line: usize, words: &str) -> DecodeError {
    refused(&format!("yaml: line {line}: {words}"))
}

fn refused(words: &str) -> DecodeError {
    DecodeError::Syntax {
        message: format!("error converting YAML to JSON: {words}"),
    }
}

/// A value, of which an alias may make a copy.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    Null,
    Bool(bool),
    /// A number as JSON writes it.
    Number(String),
    String(String),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
}

impl Node {
    fn size(&self) -> usize {
        match self {
            Node::List(items) => items.iter().map(Node::size).sum::<usize>() + 1,
            Node::Map(members) => members.values().map(Node::size).sum::<usize>() + 1,
            _ => 1,
        }
    }

    /// As a key: Go's text of the scalar. Other nodes are none and come back.
    fn into_key(self) -> Result<Key, Node> {
        match self {
            Node::Null => Ok(Key::Null),
            Node::Bool(value) => Ok(Key::Text(value.to_string())),
            Node::Number(text) | Node::String(text) => Ok(Key::Text(text)),
            other => Err(other),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Node::Null => out.extend_from_slice(b"null"),
            Node::Bool(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
            Node::Number(text) => out.extend_from_slice(text.as_bytes()),
            Node::String(text) => put_string(out, text),
            Node::List(items) => {
                out.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index != 0 {
                        out.push(b',');
                    }
                    item.write(out);
                }
                out.push(b']');
            }
            Node::Map(members) => {
                out.push(b'{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index != 0 {
                        out.push(b',');
                    }
                    put_string(out, key);
                    out.push(b':');
                    value.write(out);
                }
                out.push(b'}');
            }
        }
    }
}

/// A key of a mapping. JSON has none for null, which is found out once all is read.
enum Key {
    Null,
    /// `<<`, whose value is mappings.
    Merge,
    Text(String),
}

/// A collection that is not closed yet.
struct Open {
    anchor: usize,
    /// Where it begins.
    line: usize,
    /// Of a mapping: the key that waits for its value.
    key: Option<Key>,
    node: Node,
    /// Mappings that `<<` brings in; own keys win.
    merged: Vec<Node>,
}

#[derive(PartialEq)]
enum Progress {
    More,
    Done,
}

#[derive(Default)]
struct Loader<'a> {
    text: &'a str,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    duplicates: Vec<String>,
    /// Why there is no such JSON.
    unsupported: Option<String>,
    root: Option<Node>,
}

impl Loader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<Progress, DecodeError> {
        let line = span.start.line();
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if scalar::is_merge(&text, style, tag.as_deref())
                    && self.awaits_key()
                    && let Some(open) = self.open.last_mut()
                {
                    open.key = Some(Key::Merge);
                    return Ok(Progress::More);
                }
                if let Some(value) = scalar::no_number(&text, style)
                    && !self.awaits_key()
                {
                    return Err(refused(&format!("json: unsupported value: {value}")));
                }
                let node = scalar::resolve(&text, style, tag.as_deref());
                let node = node.map_err(|words| refused(&format!("yaml: {words}")))?;
                self.finished(anchor, node, line)?;
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, Node::List(Vec::new()), line)?,
            Event::MappingStart(anchor, _) => {
                self.begin(anchor, Node::Map(BTreeMap::new()), line)?
            }
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| self.holds_itself(line))?;
                self.nodes += node.size();
                self.finished(0, node, line)?;
            }
            Event::DocumentEnd | Event::StreamEnd => return Ok(Progress::Done),
            _ => {}
        }
        Ok(Progress::More)
    }

    fn scan_error(&self, error: &ScanError) -> DecodeError {
        let line = error.marker().line();
        let words = if problem::is_bracket(error.info()) && self.awaits_key() {
            problem::no_key(line)
        } else {
            problem::words(line, error.info(), self.text)
        };
        refused(&format!("yaml: {words}"))
    }

    /// What the parser knows and has not ended.
    fn holds_itself(&self, line: usize) -> DecodeError {
        let name = problem::alias(line, self.text).unwrap_or_default();
        refused(&format!("yaml: anchor '{name}' value contains itself"))
    }

    fn awaits_key(&self) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| matches!(open.node, Node::Map(_)) && open.key.is_none())
    }

    fn begin(&mut self, anchor: usize, node: Node, line: usize) -> Result<(), DecodeError> {
        if self.open.len() >= DEPTH_MAX {
            return Err(fail(line, &format!("exceeded max depth of {DEPTH_MAX}")));
        }
        self.open.push(Open {
            anchor,
            line,
            key: None,
            node,
            merged: Vec::new(),
        });
        Ok(())
    }

    fn end(&mut self) -> Result<(), DecodeError> {
        let Some(mut open) = self.open.pop() else {
            return Ok(());
        };
        if let Node::Map(members) = &mut open.node {
            for merged in open.merged {
                merge(members, merged);
            }
        }
        self.finished(open.anchor, open.node, open.line)
    }

    fn finished(&mut self, anchor: usize, node: Node, line: usize) -> Result<(), DecodeError> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err(refused("yaml: document contains excessive aliasing"));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match (&mut open.node, open.key.take()) {
            (Node::List(items), _) => items.push(node),
            (Node::Map(_), None) => {
                let key = node.into_key().map_err(|other| {
                    refused(&format!("yaml: invalid map key: {}", go_syntax::of(&other)))
                })?;
                open.key = Some(key);
            }
            (Node::Map(_), Some(Key::Null)) => {
                let value = go_syntax::of(&node);
                let words =
                    format!("unsupported map key of type: %!s(<nil>), key: <nil>, value: {value}");
                self.unsupported.get_or_insert(words);
            }
            (Node::Map(_), Some(Key::Merge)) if is_mappings(&node) => open.merged.push(node),
            (Node::Map(_), Some(Key::Merge)) => {
                let words = "map merge requires map or sequence of maps as the value";
                return Err(refused(&format!("yaml: {words}")));
            }
            (Node::Map(members), Some(Key::Text(key))) => {
                if members.contains_key(&key) {
                    self.duplicates
                        .push(format!("line {line}: key {key:?} already set in map"));
                }
                members.insert(key, node);
            }
            _ => unreachable!("only collections are open"),
        }
        Ok(())
    }
}

fn is_mappings(node: &Node) -> bool {
    let is_mapping = |node: &Node| matches!(node, Node::Map(_));
    match node {
        Node::List(items) => items.iter().all(is_mapping),
        other => is_mapping(other),
    }
}

/// The first of several mappings wins.
fn merge(members: &mut BTreeMap<String, Node>, merged: Node) {
    match merged {
        Node::Map(more) => {
            for (key, value) in more {
                members.entry(key).or_insert(value);
            }
        }
        Node::List(items) => items.into_iter().for_each(|item| merge(members, item)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
