//! `--help` of every command, word for word, in `help.txt`. `UPDATE_EXPECT=1` writes it anew.

use super::said;

#[test]
fn help_is_as_reviewed() {
    let mut text = String::new();
    add(&[], &mut text);
    expect_test::expect_file!["../../help.txt"].assert_eq(&text);
}

/// A command's help, and that of the commands that it lists.
fn add(command: &[&str], text: &mut String) {
    let line = [command, &["--help"]].concat();
    let help = said(&line);
    *text += &format!("$ sampan {}\n{help}\n", line.join(" "));
    let listed = help.split("Commands:\n").nth(1).unwrap_or_default();
    let names = listed
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    for name in names {
        add(&[command, &[name]].concat(), text);
    }
}
