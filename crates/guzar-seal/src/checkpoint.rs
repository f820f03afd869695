//! Size and root of a station's tree at one moment, as a signed note.
//!
//! Source: C2SP tlog-checkpoint: origin, size in decimal, root in base64, each on a line.

use alloc::format;
use alloc::string::{String, ToString as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::hash::Hash;
use crate::note::{self, NoteError, Signer, VerifierKey};
use crate::verified::Verified;

/// What a tree was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose tree: the station and its epoch.
    pub origin: String,
    /// Leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

/// Why a checkpoint can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not origin, size and root.
    #[error("line {line} of the checkpoint is not {allowed}")]
    Line {
        /// Line of the text, from 1.
        line: u8,
        /// What should stand there.
        allowed: &'static str,
    },
    /// Of another tree.
    #[error("checkpoint of {found:?}, expected {expected:?}")]
    Origin {
        /// Origin found.
        found: String,
        /// Origin expected.
        expected: String,
    },
}

impl Checkpoint {
    /// The text that is signed.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Reads the text that was signed; lines below the third are extensions and passed over.
    ///
    /// # Errors
    ///
    /// [`CheckpointError::Line`] names the first wrong line.
    pub fn from_text(text: &str) -> Result<Self, CheckpointError> {
        let line = |line, allowed| CheckpointError::Line { line, allowed };
        let mut lines = text.lines();
        let origin = lines.next().filter(|origin| !origin.is_empty());
        let origin = origin.ok_or(line(1, "an origin"))?.to_string();
        let size = lines.next().and_then(size).ok_or(line(2, "a size without leading zeros"))?;
        let root = lines.next().and_then(root).ok_or(line(3, "a root of 32 bytes in base64"))?;
        Ok(Self { origin, size, root })
    }

    /// Signs it.
    ///
    /// # Errors
    ///
    /// [`NoteError::Form`] if the origin holds a control character.
    pub fn sign(&self, signers: &[&Signer]) -> Result<String, NoteError> {
        note::sign(&self.to_text(), signers)
    }
}

fn size(text: &str) -> Option<u64> {
    let size: u64 = text.parse().ok()?;
    (size.to_string() == text).then_some(size)
}

fn root(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Opens a signed checkpoint of the tree `origin`.
///
/// # Errors
///
/// [`CheckpointError`] says what is wrong.
pub fn open(
    text: &str,
    origin: &str,
    trusted: &[VerifierKey],
) -> Result<Verified<Checkpoint>, CheckpointError> {
    let note = note::open(text, trusted)?;
    let checkpoint = Checkpoint::from_text(&note.text)?;
    if checkpoint.origin != origin {
        let expected = origin.to_string();
        return Err(CheckpointError::Origin { found: checkpoint.origin, expected });
    }
    Ok(Verified::new(checkpoint))
}
