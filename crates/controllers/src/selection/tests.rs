use super::Selection;
use crate::{ALL, Controller};

/// Words -> whether the Deployments', the namespaces' and the definitions' controller run, or the error.
#[track_caller]
fn check(words: &[&str], expect: &str) {
    let mut selection = Selection::default();
    let got = match words.iter().try_for_each(|words| selection.add(words)) {
        Ok(()) => [
            "deployment-controller",
            "namespace-controller",
            "crd-finalizer",
        ]
        .map(|name| u8::from(selection.runs(named(name))).to_string())
        .concat(),
        Err(error) => error,
    };
    assert_eq!(got, expect, "{words:?}");
}

fn named(name: &str) -> &'static Controller {
    ALL.iter().find(|known| known.name == name).unwrap()
}

#[test]
fn the_first_word_that_names_a_controller_counts() {
    check(&[], "111");
    check(&["*"], "111");
    check(&["*,-deployment-controller"], "011");
    check(&["*", "-deployment-controller"], "011");
    check(&["-deployment-controller"], "001");
    check(&["deployment-controller"], "101");
    check(&["namespace-controller, deployment-controller"], "111");
    check(&["-namespace-controller,*,namespace-controller"], "101");
}

#[test]
fn some_run_only_when_they_are_named() {
    for (words, runs) in [
        ("*", false),
        ("token-cleaner-controller", true),
        ("*,token-cleaner-controller", true),
        ("*,-token-cleaner-controller", false),
    ] {
        let mut selection = Selection::default();
        selection.add(words).unwrap();
        let got = selection.runs(named("token-cleaner-controller"));
        assert_eq!(got, runs, "{words}");
    }
    assert!(!Selection::default().runs(named("bootstrap-signer-controller")));
}

#[test]
fn what_is_no_controller_is_named() {
    for (words, name) in [
        ("*,-deployments", "deployments"),
        ("", ""),
        ("-*", "*"),
        ("crd-finalizer", "crd-finalizer"),
    ] {
        check(
            &[words],
            &format!("{name:?} is not in the list of known controllers"),
        );
    }
}
