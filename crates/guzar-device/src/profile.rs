//! What is known of a reader model, as data: `firmware-profiles/<vendor>/<model>.toml`.
//!
//! Every fact's source stands in `firmware-profiles/SOURCES.md`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

/// Only schema of profiles.
pub const SCHEMA: u32 = 1;
/// Longest profile in bytes.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;

/// A reader model, checked: every value is in range, so no user of a profile checks again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Stable id, `vendor/model`.
    pub id: String,
    /// Vendor and model as people call them.
    pub name: String,
    /// What kind of reader.
    pub class: Class,
    /// How sure its facts are.
    pub confidence: Confidence,
    /// Line settings.
    pub line: Line,
    /// How bytes become frames.
    pub framing: Framing,
    /// How frames become lines.
    pub payload: Payload,
    /// What is written to it.
    pub commands: Commands,
    /// The same lines within this time are the same document.
    pub duplicate_window: Duration,
}

/// What kind of reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Class {
    MrzSwipe,
    PageReader,
    Imager,
    Scanner,
}

/// How sure the facts of a profile are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Confidence {
    /// Two independent sources agree.
    A,
    /// One vendor, or one kind of source.
    B,
    /// Weak.
    C,
}

/// Line settings; each baud is tried in this order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Bauds, 300 to 1,000,000; 1 to 8 of them.
    pub bauds: Vec<u32>,
    /// 7 or 8.
    pub data_bits: u8,
    /// Parity.
    pub parity: Parity,
    /// 1 or 2.
    pub stop_bits: u8,
}

/// Parity of a serial line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Parity {
    None,
    Even,
    Odd,
}

/// How bytes become frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// The rule.
    pub kind: FramingKind,
    /// Longest payload in bytes, 1 to 16,384: also the most that is ever held.
    pub payload_bytes_max: usize,
    /// Longest time between two bytes of a frame; for [`FramingKind::Silence`] what ends it.
    pub quiet: Duration,
}

/// The rule by which bytes become frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FramingKind {
    /// A tag of this list, a length of two bytes (high byte first), that many bytes.
    LengthPrefixed {
        /// Tags that open a frame.
        tags: Vec<u8>,
    },
    /// Bytes between `start` and `end`.
    Delimited {
        /// Bytes that open a frame; may be empty.
        start: Vec<u8>,
        /// Bytes that close it.
        end: Vec<u8>,
    },
    /// Bytes until nothing comes for [`Framing::quiet`].
    Silence,
}

/// How frames become lines.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Tag of frames that carry a document; left out where frames have no tags.
    pub tag: Option<u8>,
    /// What separates lines.
    pub line_end: u8,
    /// Written by the reader for filler; left out where it writes `<`.
    pub pad: Option<u8>,
}

/// What is written to a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Commands {
    /// Written in this order when a session begins.
    pub start: Vec<Vec<u8>>,
    /// Written after every good read: the reader stops reading by itself.
    pub rearm: Vec<u8>,
    /// A byte in the reader's answer that says the command was taken.
    pub taken: Option<u8>,
    /// Bytes in its answer that say it was refused: unknown command, value out of range.
    pub refused: Vec<u8>,
}

/// A profile that can't be used.
#[derive(Debug, thiserror::Error)]
#[error("device profile {}: {problem}", path.display())]
pub struct ProfileError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

impl ProfileError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self.problem {
            Problem::TooLong { .. } => "profile_too_long",
            Problem::Toml(_) => "profile_form",
            Problem::Range { .. } => "profile_range",
        }
    }
}

/// What is wrong with a profile.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Longer than [`TEXT_BYTES_MAX`].
    #[error("{found} bytes, at most {TEXT_BYTES_MAX} are read")]
    TooLong {
        /// Bytes found.
        found: usize,
    },
    /// Not TOML, or a key is missing, unknown or of the wrong type.
    #[error("{0}")]
    Toml(Box<toml::de::Error>),
    /// A key's value is out of its range.
    #[error("{key} is {found}, must be {allowed}")]
    Range {
        /// Dotted key.
        key: &'static str,
        /// The value found.
        found: String,
        /// The values allowed, in words.
        allowed: &'static str,
    },
}

impl Profile {
    /// Reads a profile from the text of the file at `path` (named in errors only, never opened).
    ///
    /// # Errors
    ///
    /// [`ProfileError`] names the file, the key, what was found and what is allowed there.
    pub fn from_toml(path: &Path, text: &str) -> Result<Self, ProfileError> {
        let error = |problem| ProfileError { path: path.to_owned(), problem };
        if text.len() > TEXT_BYTES_MAX {
            return Err(error(Problem::TooLong { found: text.len() }));
        }
        let raw: Raw = toml::from_str(text).map_err(|e| error(Problem::Toml(Box::new(e))))?;
        raw.check().map_err(error)
    }
}

/// The file as written. Private: nothing outside this module sees an unchecked profile.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    schema: u32,
    id: String,
    vendor: String,
    model: String,
    class: Class,
    confidence: Confidence,
    transport: Line,
    framing: RawFraming,
    payload: Payload,
    #[serde(default)]
    commands: Commands,
    timing: Timing,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum RawFraming {
    LengthPrefixed { tags: Vec<u8>, payload_bytes_max: usize, quiet_ms: u64 },
    Delimited { start: Vec<u8>, end: Vec<u8>, payload_bytes_max: usize, quiet_ms: u64 },
    Silence { payload_bytes_max: usize, quiet_ms: u64 },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Timing {
    duplicate_window_ms: u64,
}

fn in_range(
    holds: bool,
    key: &'static str,
    found: &dyn std::fmt::Debug,
    allowed: &'static str,
) -> Result<(), Problem> {
    if holds { Ok(()) } else { Err(Problem::Range { key, found: format!("{found:?}"), allowed }) }
}

impl Raw {
    fn check(self) -> Result<Profile, Problem> {
        let window = self.timing.duplicate_window_ms;
        in_range(self.schema == SCHEMA, "schema", &self.schema, "1")?;
        in_range(is_id(&self.id), "id", &self.id, "vendor/model of a-z, 0-9 and -")?;
        check_line(&self.transport)?;
        in_range(window <= 60_000, "timing.duplicate_window_ms", &window, "0 to 60000")?;
        let framing = self.framing.check()?;
        let tagged = matches!(framing.kind, FramingKind::LengthPrefixed { .. });
        let tag = self.payload.tag;
        in_range(
            tag.is_some() == tagged,
            "payload.tag",
            &tag,
            "there if framing has tags, else left out",
        )?;
        let commands = &self.commands;
        let short = commands.start.iter().chain([&commands.rearm]).all(|c| c.len() <= 256);
        in_range(
            short && commands.start.len() <= 32,
            "commands",
            commands,
            "32 of 256 bytes at most",
        )?;
        Ok(Profile {
            id: self.id,
            name: format!("{} {}", self.vendor, self.model),
            class: self.class,
            confidence: self.confidence,
            line: self.transport,
            framing,
            payload: self.payload,
            commands: self.commands,
            duplicate_window: Duration::from_millis(window),
        })
    }
}

fn is_id(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    id.split_once('/').is_some_and(|(vendor, model)| part(vendor) && part(model))
}

fn check_line(line: &Line) -> Result<(), Problem> {
    let bauds = &line.bauds;
    let good =
        (1..=8).contains(&bauds.len()) && bauds.iter().all(|b| (300..=1_000_000).contains(b));
    in_range(good, "transport.bauds", bauds, "1 to 8 values of 300 to 1000000")?;
    in_range(matches!(line.data_bits, 7 | 8), "transport.data_bits", &line.data_bits, "7 or 8")?;
    in_range(matches!(line.stop_bits, 1 | 2), "transport.stop_bits", &line.stop_bits, "1 or 2")
}

impl RawFraming {
    fn check(self) -> Result<Framing, Problem> {
        let (kind, max, quiet) = match self {
            Self::LengthPrefixed { tags, payload_bytes_max, quiet_ms } => {
                in_range(!tags.is_empty(), "framing.tags", &tags, "one tag or more")?;
                (FramingKind::LengthPrefixed { tags }, payload_bytes_max, quiet_ms)
            }
            Self::Delimited { start, end, payload_bytes_max, quiet_ms } => {
                in_range(!end.is_empty(), "framing.end", &end, "one byte or more")?;
                (FramingKind::Delimited { start, end }, payload_bytes_max, quiet_ms)
            }
            Self::Silence { payload_bytes_max, quiet_ms } => {
                (FramingKind::Silence, payload_bytes_max, quiet_ms)
            }
        };
        in_range((1..=16_384).contains(&max), "framing.payload_bytes_max", &max, "1 to 16384")?;
        in_range((5..=10_000).contains(&quiet), "framing.quiet_ms", &quiet, "5 to 10000")?;
        Ok(Framing { kind, payload_bytes_max: max, quiet: Duration::from_millis(quiet) })
    }
}
