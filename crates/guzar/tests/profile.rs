//! `guzar profile check` as scripts call it.

#![expect(clippy::unwrap_used, reason = "a broken answer should stop the test where it breaks")]

use std::path::Path;
use std::process::Command;

fn check(files: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_guzar"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .args(["profile", "check"])
        .args(files)
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn a_wrong_profile_never_stops_the_others() {
    let good = "firmware-profiles/elyctis/idbox-one.toml";
    assert_eq!(check(&[good]), ("ok elyctis/idbox-one (ELYCTIS IDBOX One)\n".into(), Some(0)));
    let (text, code) = check(&["Cargo.toml", "missing.toml", good]);
    let codes: Vec<_> = text.lines().filter(|l| !l.starts_with(' ')).collect();
    assert!(codes.first().unwrap().starts_with("profile_form "), "{text}");
    assert!(text.contains("profile_unreadable missing.toml"), "{text}");
    assert!(text.ends_with("ok elyctis/idbox-one (ELYCTIS IDBOX One)\n"), "{text}");
    assert_eq!((code, check(&[]).1), (Some(1), Some(2)));
}
