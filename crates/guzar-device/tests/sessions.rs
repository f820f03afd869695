//! Replays every recorded session and compares what came out with the golden beside it.
//!
//! After a change that is meant, `BLESS=1` writes the goldens; read them before they are kept.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a broken fixture should stop the test where it breaks"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

use guzar_device::{Action, Profile, ProfileError, Session};
use proptest::prelude::*;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for vendor in fs::read_dir(root().join(folder)).unwrap() {
        let vendor = vendor.unwrap().path();
        if vendor.is_dir() {
            let files = fs::read_dir(vendor).unwrap().map(|file| file.unwrap().path());
            found.extend(files.filter(|file| file.to_str().unwrap().ends_with(ending)));
        }
    }
    found.sort();
    assert!(!found.is_empty(), "nothing under {folder}");
    found
}

fn profile(id: &str) -> Arc<Profile> {
    let path = root().join("firmware-profiles").join(format!("{id}.toml"));
    Arc::new(Profile::from_toml(&path, &fs::read_to_string(&path).unwrap()).unwrap())
}

#[test]
fn sessions_give_their_goldens_and_every_profile_has_one() {
    let mut covered = BTreeSet::new();
    for path in files("hil/sessions", ".synth.jsonl") {
        let text = fs::read_to_string(&path).unwrap();
        let (header, entries) = text.split_once('\n').unwrap();
        let header: Value = serde_json::from_str(header).unwrap();
        assert_eq!(header["source"], "synthetic");
        let id = header["profile"].as_str().unwrap();
        covered.insert(id.to_owned());
        let found = replay(profile(id), entries);
        let golden = PathBuf::from(path.to_str().unwrap().replace(".synth.", ".expect."));
        if env::var_os("BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        assert_eq!(found, fs::read_to_string(&golden).unwrap(), "{}", golden.display());
    }
    for path in files("firmware-profiles", ".toml") {
        let profile = Profile::from_toml(&path, &fs::read_to_string(&path).unwrap()).unwrap();
        assert!(
            path.ends_with(format!("{}.toml", profile.id)),
            "{} is in {}",
            profile.id,
            path.display()
        );
        assert!(covered.contains(&profile.id), "{} has no session", profile.id);
    }
}

fn replay(profile: Arc<Profile>, entries: &str) -> String {
    let mut session = Session::new(profile);
    let mut out = String::new();
    note(&mut out, 0, session.start());
    for line in entries.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let t_ms = entry["t_ms"].as_u64().unwrap();
        let now = Duration::from_millis(t_ms);
        while let Some(deadline) = session.deadline().filter(|deadline| *deadline <= now) {
            note(&mut out, u64::try_from(deadline.as_millis()).unwrap(), session.poll(deadline));
        }
        let hex = entry["hex"].as_str().unwrap();
        let bytes: Vec<u8> = (0..hex.len() / 2)
            .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        note(&mut out, t_ms, session.receive(now, &bytes));
    }
    if let Some(deadline) = session.deadline() {
        note(&mut out, u64::try_from(deadline.as_millis()).unwrap(), session.poll(deadline));
    }
    out
}

fn note(out: &mut String, t_ms: u64, actions: Vec<Action>) {
    for action in actions {
        let event = match action {
            Action::Write(bytes) => {
                json!({"t_ms": t_ms, "write": bytes.escape_ascii().to_string()})
            }
            Action::Capture(capture) => json!({"t_ms": t_ms, "capture": capture.lines}),
            Action::Duplicate => json!({"t_ms": t_ms, "duplicate": true}),
            Action::Fault(fault) => json!({"t_ms": t_ms, "fault": fault.code()}),
        };
        writeln!(out, "{event}").unwrap();
    }
}

#[test]
fn a_wrong_profile_names_file_key_and_range() {
    let path = root().join("firmware-profiles/elyctis/idbox-one.toml");
    let text = fs::read_to_string(path).unwrap();
    let wrong = |from: &str, to: &str| -> ProfileError {
        assert!(text.contains(from));
        Profile::from_toml(Path::new("x.toml"), &text.replace(from, to)).unwrap_err()
    };
    let error = wrong("payload_bytes_max = 256", "payload_bytes_max = 70000");
    let expected = "device profile x.toml: framing.payload_bytes_max is 70000, must be 1 to 16384";
    assert_eq!((error.to_string().as_str(), error.code()), (expected, "profile_range"));
    let error = wrong("bauds =", "baudz =");
    assert!(error.to_string().contains("baudz"), "{error}");
    assert_eq!(error.code(), "profile_form");
    assert_eq!(wrong("tag = 0x49 ", "# ").code(), "profile_range");
    assert_eq!(wrong("elyctis/idbox-one\"", "IDBOX\"").code(), "profile_range");
}

const DOCUMENT: &str = "[A-Z0-9<]{44}";

fn framed(lines: &[String; 2]) -> Vec<u8> {
    let data = format!("{}\r{}\r\r", lines[0], lines[1]).into_bytes();
    let len = u16::try_from(data.len()).unwrap().to_be_bytes();
    [&[0x49], len.as_slice(), &data].concat()
}

fn captures(actions: &[Action]) -> Vec<Vec<String>> {
    let lines = actions.iter().filter_map(|action| match action {
        Action::Capture(capture) => Some(capture.lines.clone()),
        _ => None,
    });
    lines.collect()
}

proptest! {
    /// Splitting and gluing change nothing: every good frame comes out, noise between or not.
    #[test]
    fn chunks_do_not_matter(
        documents in prop::collection::vec((DOCUMENT, DOCUMENT), 1..6),
        noise in prop::collection::vec(0x80_u8.., 0..20),
        chunk in 1_usize..70,
    ) {
        let documents: Vec<[String; 2]> = documents.into_iter().map(|(a, b)| [a, b]).collect();
        let bytes: Vec<u8> = documents.iter().flat_map(|d| [noise.clone(), framed(d)].concat()).collect();
        let mut session = Session::new(profile("elyctis/idbox-one"));
        let mut actions = Vec::new();
        for (index, chunk) in bytes.chunks(chunk).enumerate() {
            let now = Duration::from_millis(u64::try_from(index).unwrap());
            actions.extend(session.receive(now, chunk));
        }
        let expected: Vec<Vec<String>> = documents.iter().map(|lines| lines.to_vec()).collect();
        prop_assert_eq!(captures(&actions), expected);
    }

    /// A frame cut anywhere and then silence gives no document, and the next one is read.
    #[test]
    fn half_a_frame_is_none(a in DOCUMENT, b in DOCUMENT, cut: prop::sample::Index) {
        let bytes = framed(&[a.clone(), b.clone()]);
        let half = &bytes[..cut.index(bytes.len())];
        let mut session = Session::new(profile("elyctis/idbox-one"));
        prop_assert!(captures(&session.receive(Duration::ZERO, half)).is_empty());
        let later = Duration::from_secs(5);
        let late = session.poll(later);
        prop_assert!(captures(&late).is_empty());
        prop_assert_eq!(late.is_empty(), half.is_empty());
        prop_assert_eq!(captures(&session.receive(later, &bytes)), vec![vec![a, b]]);
    }

    /// Any bytes at any time are survived by every profile, and the next good frame is read.
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..3_000), step in 0_u64..100) {
        for id in ["elyctis/idbox-one", "honeywell/mrz-imager"] {
            let mut session = Session::new(profile(id));
            for (index, chunk) in bytes.chunks(100).enumerate() {
                let _ = session.receive(Duration::from_millis(step * u64::try_from(index).unwrap()), chunk);
            }
            let later = Duration::from_secs(1_000);
            let _ = session.poll(later);
            let lines = ["A".repeat(44), "B".repeat(44)];
            let frame = if id.starts_with("elyctis") { framed(&lines) } else { lines.join("\r").into_bytes() };
            let mut actions = session.receive(later, &frame);
            actions.extend(session.poll(later + Duration::from_secs(1)));
            prop_assert_eq!(captures(&actions), vec![lines.to_vec()]);
        }
    }
}
