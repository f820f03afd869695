//! Habits that a machine can check: sizes of files, silenced lints, places of this machine.

use std::path::{Path, PathBuf};

use anyhow::ensure;

use crate::command::Run;

/// Longest source file in lines. Source: CONTRIBUTING.md, "Size".
const FILE_LINES_MAX: usize = 500;

/// Words that a finished tree does not hold, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("todo!(", "unfinished"),
    ("unimplemented!(", "unfinished"),
    ("#[ignore", "a test that is not run"),
    ("#[allow(", "use #[expect(.., reason = \"..\")]"),
];

/// Checks formatting, lints and habits of the workspace under `root`.
///
/// # Errors
///
/// What differs, a line each.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    ensure!(Run::cargo(&["fmt", "--all", "--check"]).status()?.success(), "run cargo fmt");
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    ensure!(Run::cargo(&clippy).status()?.success(), "clippy has something to say");
    let wrong = habits(root);
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn habits(root: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in sources(root) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let name = path.strip_prefix(root).unwrap_or(&path).display();
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            wrong.push(format!("{name}: {lines} lines, at most {FILE_LINES_MAX}"));
        }
        if name.to_string() == "xtask/src/tidy.rs" {
            continue;
        }
        let found = FORBIDDEN.iter().filter(|(word, _)| text.contains(word));
        wrong.extend(found.map(|(word, why)| format!("{name}: holds {word:?}: {why}")));
    }
    wrong
}

fn sources(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["crates", "tests", "hil", "bench", "xtask"].iter().map(|name| root.join(name)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_keeps_its_habits() {
        let root = crate::command::root();
        assert!(sources(&root).len() > 5, "the walk found no sources");
        let wrong = habits(&root);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
