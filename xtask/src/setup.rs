//! What a fresh Debian machine lacks, installed by its own package tool and named before.

use anyhow::ensure;

use crate::command::Run;

/// Debian packages and what each is for.
const PACKAGES: &[(&str, &str)] = &[("build-essential", "linker and C library")];

/// Installs what is missing.
///
/// # Errors
///
/// If a package is missing and `apt-get` can't install it; the message names the packages.
pub(crate) fn install() -> anyhow::Result<()> {
    let missing: Vec<&str> =
        PACKAGES.iter().map(|(name, _)| *name).filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("missing Debian packages, installed now:");
    for (name, why) in PACKAGES.iter().filter(|(name, _)| missing.contains(name)) {
        eprintln!("  {name}: {why}");
    }
    let names = missing.join(" ");
    ensure!(apt(&["update", "-qq"])?, "apt-get update failed; install by hand: {names}");
    let args = [&["install", "-y", "--no-install-recommends"], missing.as_slice()].concat();
    ensure!(apt(&args)?, "apt-get install failed; install by hand: {names}");
    Ok(())
}

fn installed(package: &str) -> bool {
    let query = Run::new("dpkg-query").args(&["-W", "-f", "${db:Status-Status}", package]);
    query.output().is_some_and(|status| status == "installed")
}

fn apt(args: &[&str]) -> anyhow::Result<bool> {
    let root = Run::new("id").args(&["-u"]).output().is_some_and(|uid| uid.trim() == "0");
    let run = if root {
        Run::new("apt-get").args(args)
    } else {
        Run::new("sudo").args(&["apt-get"]).args(args)
    };
    Ok(run.env("DEBIAN_FRONTEND", "noninteractive").status()?.success())
}
