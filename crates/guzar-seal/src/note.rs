//! Signed notes: a text that people can read, with signatures below it.
//!
//! Source: C2SP signed-note (key name, key hash, signature type 1: Ed25519).

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::hash;
use crate::verified::Verified;

/// Longest note in bytes; a checkpoint with its cosignatures has some 500.
pub const NOTE_BYTES_MAX: usize = 16 * 1024;
/// Most signature lines that are looked at.
pub const SIGNATURES_MAX: usize = 16;
/// Longest key name in bytes.
pub const NAME_BYTES_MAX: usize = 128;

const ED25519: u8 = 1;

/// Why a note or a key can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// Longer than [`NOTE_BYTES_MAX`].
    #[error("note of {found} bytes, at most {NOTE_BYTES_MAX} are read")]
    TooLong {
        /// Bytes found.
        found: usize,
    },
    /// No blank line between text and signatures, or a control character.
    #[error("not a signed note: {why}")]
    Form {
        /// What is wrong.
        why: &'static str,
    },
    /// A verifier key that is not `name+hash+key`.
    #[error("verifier key {found:?} is not name+hash+key with an Ed25519 key that has this hash")]
    Key {
        /// What was given, cut after 40 characters.
        found: String,
    },
    /// No signature by any key that is trusted.
    #[error("signed by none of the {trusted} trusted keys")]
    Unsigned {
        /// How many keys are trusted.
        trusted: usize,
    },
    /// A line claims to be of a trusted key and is not.
    #[error("the signature of {name} does not hold: text or signature was changed")]
    Signature {
        /// The key's name.
        name: String,
    },
}

/// A key that verifies notes; written `name+hash+key`, the public form that files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The name of the signer, for example `guzar.tj/ishkashim-2`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn hash(&self) -> [u8; 4] {
        let text = [self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()].concat();
        let [a, b, c, d, ..] = hash::sha256(&text);
        [a, b, c, d]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.hash()), STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        verifier(text).ok_or_else(|| NoteError::Key { found: text.chars().take(40).collect() })
    }
}

fn verifier(text: &str) -> Option<VerifierKey> {
    let mut parts = text.trim_end().splitn(3, '+');
    let (name, hash, key) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = STANDARD.decode(key).ok()?;
    let (&kind, key) = bytes.split_first()?;
    let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
    let verifier = VerifierKey { name: name.to_string(), key };
    let same = u32::from_str_radix(hash, 16).ok()?.to_be_bytes() == verifier.hash();
    (kind == ED25519 && same && hash.len() == 8 && is_name(name)).then_some(verifier)
}

/// A name of C2SP: not empty, no white space, no plus sign.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= NAME_BYTES_MAX
        && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// A key that signs notes. The secret is erased from memory when it is dropped.
#[derive(Debug)]
pub struct Signer {
    verifier: VerifierKey,
    key: SigningKey,
}

impl Signer {
    /// The signer of that name with the key made from `seed`, 32 bytes of entropy.
    ///
    /// # Errors
    ///
    /// [`NoteError::Form`] if the name is empty, too long or has white space or a plus sign.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Form {
                why: "a key's name has no white space and no plus sign",
            });
        }
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey { name: name.to_string(), key: key.verifying_key() };
        Ok(Self { verifier, key })
    }

    /// The public half.
    #[must_use]
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    fn line(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let bytes = [self.verifier.hash().as_slice(), &signature].concat();
        format!("\u{2014} {} {}\n", self.verifier.name, STANDARD.encode(bytes))
    }
}

/// Signs `text` with every signer.
///
/// # Errors
///
/// [`NoteError`] if the text is not one that a note may hold: it ends in a line feed, and has no
/// other control characters and no blank line at its end.
pub fn sign(text: &str, signers: &[&Signer]) -> Result<String, NoteError> {
    check_text(text)?;
    let mut note = format!("{text}\n");
    for signer in signers {
        note.push_str(&signer.line(text));
    }
    Ok(note)
}

/// Adds a signature to a note that is already signed.
///
/// # Errors
///
/// [`NoteError`] if it is not a note. The signatures that it has are not looked at.
pub fn cosign(note: &str, signer: &Signer) -> Result<String, NoteError> {
    let (text, _) = split(note)?;
    Ok(format!("{note}{}", signer.line(text)))
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::Form { why: "the text does not end in a line feed" });
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(NoteError::Form { why: "the text holds a control character" });
    }
    Ok(())
}

/// A note whose signatures by trusted keys hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text, ending in a line feed.
    pub text: String,
    /// Names of the trusted keys that signed, in their order in the note.
    pub signed_by: Vec<String>,
}

/// Opens a note: at least one of `trusted` has signed it, and none of them wrongly.
///
/// Lines of unknown keys are passed over, as C2SP says. Verification is strict, so that all who
/// verify agree.
///
/// # Errors
///
/// [`NoteError`] says what is wrong.
pub fn open(note: &str, trusted: &[VerifierKey]) -> Result<Verified<Note>, NoteError> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(NoteError::TooLong { found: note.len() });
    }
    let (text, signatures) = split(note)?;
    check_text(text)?;
    let mut signed_by = Vec::new();
    for (index, line) in signatures.lines().enumerate() {
        if index >= SIGNATURES_MAX {
            return Err(NoteError::Form { why: "more than 16 signatures" });
        }
        let (name, hash, signature) = signature(line)
            .ok_or(NoteError::Form { why: "a line below the text is not a signature" })?;
        let key = trusted.iter().find(|key| key.name == name && key.hash() == hash);
        let Some(key) = key else { continue };
        key.key
            .verify_strict(text.as_bytes(), &signature)
            .map_err(|_| NoteError::Signature { name: name.to_string() })?;
        signed_by.push(name.to_string());
    }
    if signed_by.is_empty() {
        return Err(NoteError::Unsigned { trusted: trusted.len() });
    }
    Ok(Verified::new(Note { text: text.to_string(), signed_by }))
}

/// Text and signature lines. The last blank line separates them.
fn split(note: &str) -> Result<(&str, &str), NoteError> {
    let cut = note.rfind("\n\n").ok_or(NoteError::Form { why: "no blank line below the text" })?;
    let (text, signatures) = note.split_at(cut + 1);
    let signatures = signatures.strip_prefix('\n').unwrap_or_default();
    if signatures.is_empty() || !signatures.ends_with('\n') {
        return Err(NoteError::Form { why: "the last signature does not end in a line feed" });
    }
    Ok((text, signatures))
}

fn signature(line: &str) -> Option<(&str, [u8; 4], Signature)> {
    let (name, bytes) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = STANDARD.decode(bytes).ok()?;
    let (hash, signature) = bytes.split_at_checked(4)?;
    let signature = Signature::from_slice(signature).ok()?;
    Some((name, hash.try_into().ok()?, signature))
}
