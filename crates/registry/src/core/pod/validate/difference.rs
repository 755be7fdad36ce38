//! A unified difference of two texts, line by line: the one that upstream's `diff.Diff` prints. The matching is Ratcliff and Obershelp's, with
//! the rule that lines which occur often do not start a match, since other choices would print other, equally right differences.

use std::collections::HashMap;

/// Unchanged lines shown around a change.
const CONTEXT_LINES: usize = 3;
/// From so many lines on, lines that occur often start no match.
const POPULARITY_LINES_MIN: usize = 200;
/// Larger texts are not compared: the time grows faster than the text.
const LINES_MAX: usize = 10_000;

/// The difference, or nothing when the texts are equal or too large.
pub(crate) fn unified(old: &str, new: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    if a.len() > LINES_MAX || b.len() > LINES_MAX {
        return String::new();
    }
    let matches = Matcher::new(&a, &b).matches();
    let mut out = String::new();
    for group in groups(&runs(&matches, a.len(), b.len())) {
        print(&mut out, &group, &a, &b);
    }
    out
}

/// `size` equal lines from `a` and `b` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    a: usize,
    b: usize,
    size: usize,
}

/// A part of both texts that is equal, or not.
#[derive(Clone, Copy)]
struct Run {
    equal: bool,
    a: (usize, usize),
    b: (usize, usize),
}

struct Matcher<'t> {
    a: &'t [&'t str],
    b: &'t [&'t str],
    /// Where each line of `b` stands.
    places: HashMap<&'t str, Vec<usize>>,
}

impl<'t> Matcher<'t> {
    fn new(a: &'t [&'t str], b: &'t [&'t str]) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, line) in b.iter().enumerate() {
            places.entry(line).or_default().push(index);
        }
        if b.len() >= POPULARITY_LINES_MIN {
            places.retain(|_, places| places.len() <= b.len() / 100 + 1);
        }
        Self { a, b, places }
    }

    /// The longest match within both ranges; the first of several.
    fn longest(&self, a: (usize, usize), b: (usize, usize)) -> Match {
        let mut best = Match {
            a: a.0,
            b: b.0,
            size: 0,
        };
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        for i in a.0..a.1 {
            let mut next = HashMap::new();
            for &j in self.places.get(self.a[i]).into_iter().flatten() {
                if j < b.0 || j >= b.1 {
                    continue;
                }
                let before = j.checked_sub(1).and_then(|j| lengths.get(&j));
                let size = before.copied().unwrap_or(0) + 1;
                next.insert(j, size);
                if size > best.size {
                    best = Match {
                        a: i + 1 - size,
                        b: j + 1 - size,
                        size,
                    };
                }
            }
            lengths = next;
        }
        self.extended(best, a, b)
    }

    /// With the equal lines before and behind it.
    fn extended(&self, mut best: Match, a: (usize, usize), b: (usize, usize)) -> Match {
        while best.a > a.0 && best.b > b.0 && self.a[best.a - 1] == self.b[best.b - 1] {
            best = Match {
                a: best.a - 1,
                b: best.b - 1,
                size: best.size + 1,
            };
        }
        while best.a + best.size < a.1
            && best.b + best.size < b.1
            && self.a[best.a + best.size] == self.b[best.b + best.size]
        {
            best.size += 1;
        }
        best
    }

    /// All matches, in order, neighbours joined.
    fn matches(&self) -> Vec<Match> {
        let mut found = Vec::new();
        let mut open = vec![((0, self.a.len()), (0, self.b.len()))];
        while let Some((a, b)) = open.pop() {
            let best = self.longest(a, b);
            if best.size == 0 {
                continue;
            }
            found.push(best);
            if a.0 < best.a && b.0 < best.b {
                open.push(((a.0, best.a), (b.0, best.b)));
            }
            let (a_end, b_end) = (best.a + best.size, best.b + best.size);
            if a_end < a.1 && b_end < b.1 {
                open.push(((a_end, a.1), (b_end, b.1)));
            }
        }
        found.sort_by_key(|one| one.a);
        joined(found)
    }
}

fn joined(found: Vec<Match>) -> Vec<Match> {
    let mut all: Vec<Match> = Vec::with_capacity(found.len());
    for one in found {
        match all.last_mut() {
            Some(last) if last.a + last.size == one.a && last.b + last.size == one.b => {
                last.size += one.size;
            }
            _ => all.push(one),
        }
    }
    all
}

/// Equal and unequal parts in turn.
fn runs(matches: &[Match], a_len: usize, b_len: usize) -> Vec<Run> {
    let (mut a, mut b) = (0, 0);
    let mut all = Vec::new();
    let end = Match {
        a: a_len,
        b: b_len,
        size: 0,
    };
    for one in matches.iter().chain([&end]) {
        if a < one.a || b < one.b {
            all.push(Run {
                equal: false,
                a: (a, one.a),
                b: (b, one.b),
            });
        }
        (a, b) = (one.a + one.size, one.b + one.size);
        if one.size > 0 {
            all.push(Run {
                equal: true,
                a: (one.a, a),
                b: (one.b, b),
            });
        }
    }
    all
}

/// Changes with their context; those close together in one group.
fn groups(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut all = vec![Vec::new()];
    for (index, run) in runs.iter().enumerate() {
        let (first, last) = (index == 0, index + 1 == runs.len());
        let group = all.last_mut().expect("there is always a group");
        match (run.equal, first, last) {
            (false, _, _) => group.push(*run),
            (true, true, true) => {}
            (true, true, false) => group.push(tail(*run)),
            (true, false, true) => group.push(head(*run)),
            (true, false, false) if run.a.1 - run.a.0 > 2 * CONTEXT_LINES => {
                group.push(head(*run));
                all.push(vec![tail(*run)]);
            }
            (true, false, false) => group.push(*run),
        }
    }
    all.retain(|group| group.iter().any(|run| !run.equal));
    all
}

fn head(run: Run) -> Run {
    let lines = CONTEXT_LINES.min(run.a.1 - run.a.0);
    Run {
        a: (run.a.0, run.a.0 + lines),
        b: (run.b.0, run.b.0 + lines),
        ..run
    }
}

fn tail(run: Run) -> Run {
    let lines = CONTEXT_LINES.min(run.a.1 - run.a.0);
    Run {
        a: (run.a.1 - lines, run.a.1),
        b: (run.b.1 - lines, run.b.1),
        ..run
    }
}

fn print(out: &mut String, group: &[Run], a: &[&str], b: &[&str]) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else {
        return;
    };
    let (old, new) = (range(first.a.0, last.a.1), range(first.b.0, last.b.1));
    out.push_str(&format!("@@ -{old} +{new} @@\n"));
    let mut lines = |mark: char, lines: &[&str]| {
        for line in lines {
            out.push(mark);
            out.push_str(line);
            out.push('\n');
        }
    };
    for run in group {
        if run.equal {
            lines(' ', &a[run.a.0..run.a.1]);
        } else {
            lines('-', &a[run.a.0..run.a.1]);
            lines('+', &b[run.b.0..run.b.1]);
        }
    }
}

/// As headers count: from 1, the length left out when it is 1.
fn range(start: usize, end: usize) -> String {
    match end - start {
        1 => (start + 1).to_string(),
        0 => format!("{start},0"),
        length => format!("{},{length}", start + 1),
    }
}
