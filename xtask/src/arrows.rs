//! The arrows between crates, compared with what `cargo metadata` says.
//!
//! Source of the rule: ARCHITECTURE.md, "Arrows". A new arrow is a design change.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::command::Run;

/// For each crate, the crates of ours that it may depend on. Development dependencies are free.
/// Crates that are not written yet stand here too: the design comes first.
const ARROWS: &[(&str, &[&str])] = &[
    ("guzar-doc", &[]),
    ("guzar-seal", &[]),
    ("guzar-watchlist", &["guzar-doc", "guzar-seal"]),
    ("guzar-verify", &["guzar-doc", "guzar-seal", "guzar-watchlist"]),
    ("guzar-record", &["guzar-doc", "guzar-seal", "guzar-watchlist", "guzar-verify"]),
    ("guzar-device", &[]),
    ("guzar-sim", &["guzar-device"]),
    ("guzar-web", &[]),
    (
        "guzar-store",
        &["guzar-doc", "guzar-seal", "guzar-watchlist", "guzar-verify", "guzar-record"],
    ),
    ("guzar-sync", &["guzar-doc", "guzar-seal", "guzar-watchlist", "guzar-verify", "guzar-record"]),
    (
        "guzar-station",
        &[
            "guzar-doc",
            "guzar-seal",
            "guzar-watchlist",
            "guzar-verify",
            "guzar-record",
            "guzar-device",
            "guzar-store",
            "guzar-sync",
            "guzar-web",
        ],
    ),
    (
        "guzar-centre",
        &[
            "guzar-doc",
            "guzar-seal",
            "guzar-watchlist",
            "guzar-verify",
            "guzar-record",
            "guzar-store",
            "guzar-sync",
            "guzar-web",
        ],
    ),
    (
        "guzar-trainer",
        &[
            "guzar-doc",
            "guzar-seal",
            "guzar-watchlist",
            "guzar-verify",
            "guzar-record",
            "guzar-device",
            "guzar-store",
            "guzar-sync",
            "guzar-web",
            "guzar-station",
            "guzar-sim",
        ],
    ),
    (
        "guzar",
        &[
            "guzar-doc",
            "guzar-seal",
            "guzar-watchlist",
            "guzar-verify",
            "guzar-record",
            "guzar-device",
            "guzar-store",
            "guzar-sync",
        ],
    ),
];

/// The pure core: no I/O, clock, thread or randomness, so `no_std`.
const PURE: &[&str] =
    &["guzar-doc", "guzar-seal", "guzar-watchlist", "guzar-verify", "guzar-record"];

/// Crates that no crate of the pure core may depend on, directly or not.
const IMPURE: &[&str] =
    &["getrandom", "libc", "log", "mio", "nix", "rustix", "serialport", "sled", "tokio", "tracing"];

/// Compares the workspace under `root` with the design.
///
/// # Errors
///
/// Every arrow that the design lacks, every crate it does not name, every impure dependency.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let metadata = metadata(root)?;
    let mut wrong = wrong_arrows(&metadata);
    wrong.extend(impure(&metadata));
    wrong.extend(with_std(root));
    ensure!(wrong.is_empty(), "the crates differ from the design:\n{}", wrong.join("\n"));
    Ok(())
}

fn metadata(root: &Path) -> anyhow::Result<Value> {
    let manifest = root.join("Cargo.toml");
    let manifest = manifest.to_str().context("the path of the workspace is not UTF-8")?;
    let text =
        Run::cargo(&["metadata", "--format-version=1", "--locked", "--manifest-path", manifest])
            .output()
            .context("cargo metadata failed")?;
    Ok(serde_json::from_str(&text)?)
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn wrong_arrows(metadata: &Value) -> Vec<String> {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for package in list(metadata, "packages") {
        let name = text(package, "name");
        let Some(allowed) = allowed.get(name) else {
            if is_product(package) {
                wrong.push(format!("crate {name} is not in the design"));
            }
            continue;
        };
        let normal =
            list(package, "dependencies").filter(|d| d.get("kind").is_some_and(Value::is_null));
        for target in normal.map(|dependency| text(dependency, "name")) {
            if target.starts_with("guzar") && !allowed.contains(&target) {
                wrong.push(format!("arrow {name} -> {target} is not in the design"));
            }
        }
    }
    wrong
}

fn is_product(package: &Value) -> bool {
    package.get("source").is_none_or(Value::is_null)
        && text(package, "manifest_path").contains("/crates/")
}

/// Impure crates in the resolved tree of the pure core. Names of features that pull them in are in
/// the manifest, so what `cargo metadata` resolved for the whole workspace is too wide: the tree of
/// each crate by itself is asked for.
fn impure(metadata: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for krate in PURE
        .iter()
        .filter(|krate| list(metadata, "packages").any(|package| text(package, "name") == **krate))
    {
        let tree =
            Run::cargo(&["tree", "-p", krate, "-e", "normal", "--prefix", "none", "-f", "{p}"])
                .output()
                .unwrap_or_default();
        if tree.is_empty() {
            wrong.push(format!("cargo tree says nothing of {krate}"));
        }
        let names = tree.lines().filter_map(|line| line.split_whitespace().next());
        for name in names.filter(|name| IMPURE.contains(name)) {
            wrong.push(format!("{krate} is pure and must not depend on {name}"));
        }
    }
    wrong
}

fn with_std(root: &Path) -> Vec<String> {
    let lib = |krate: &&&str| {
        let path = root.join("crates").join(krate).join("src/lib.rs");
        std::fs::read_to_string(path).is_ok_and(|text| !text.contains("#![no_std]"))
    };
    PURE.iter().filter(lib).map(|krate| format!("{krate} lacks #![no_std]")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_follow_the_design() {
        check(&crate::command::root()).unwrap();
    }

    #[test]
    fn a_foreign_arrow_is_seen() {
        let metadata = serde_json::json!({"packages": [{
            "name": "guzar-doc", "source": null, "manifest_path": "/x/crates/guzar-doc/Cargo.toml",
            "dependencies": [{"name": "guzar-store", "kind": null}],
        }]});
        assert_eq!(
            wrong_arrows(&metadata),
            ["arrow guzar-doc -> guzar-store is not in the design"]
        );
    }
}
