//! Go and JSON names as Rust names.

const KEYWORDS: &[&str] = &[
    "as", "continue", "enum", "for", "if", "impl", "in", "loop", "match", "mod", "move", "ref",
    "self", "static", "struct", "trait", "type", "use", "where",
];

/// `clusterIPs` → `cluster_ips`, `type` → `type_`.
pub(super) fn snake(name: &str) -> String {
    let name = name.trim_start_matches('$').replace('-', "_");
    let snake = words(&name).join("_").to_lowercase();
    if KEYWORDS.contains(&snake.as_str()) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// `ClusterFirst` → `CLUSTER_FIRST`, `requests.cpu` → `REQUESTS_CPU`.
pub(super) fn screaming(value: &str) -> String {
    let plain: String = value
        .replace("IPv", "Ipv")
        .chars()
        .map(|char| {
            if char.is_ascii_alphanumeric() {
                char
            } else {
                ' '
            }
        })
        .collect();
    let all: Vec<String> = plain.split_whitespace().flat_map(words).collect();
    let res = all.join("_").to_uppercase();
    match res.chars().next() {
        None => "EMPTY".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{res}"),
        Some(_) => res,
    }
}

fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut res: Vec<String> = Vec::new();
    for (index, &char) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| chars[index]);
        if before.is_none_or(|before| begins_word(before, char, &chars[index + 1..])) {
            res.push(String::new());
        }
        if char != '_' {
            res.last_mut()
                .expect("the first character begins a word")
                .push(char);
        }
    }
    res.retain(|word| !word.is_empty());
    res
}

fn begins_word(before: char, char: char, after: &[char]) -> bool {
    if before == '_' {
        return true;
    }
    if !char.is_ascii_uppercase() {
        return false;
    }
    if !before.is_ascii_uppercase() {
        return true;
    }
    // Within capitals a word begins before a capital that lower case follows, but for a plural: `IPs`, `CIDRs`.
    match after {
        ['s'] => false,
        ['s', next, ..] if next.is_ascii_uppercase() => false,
        [next, ..] => next.is_ascii_lowercase(),
        [] => false,
    }
}
