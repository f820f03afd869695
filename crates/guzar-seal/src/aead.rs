//! Encryption of one record under its own key.
//!
//! AES-256-GCM-SIV (RFC 8452). Each key encrypts one record once, so the nonce is fixed and no
//! randomness is needed; should a restored backup ever use a key twice, SIV gives away no more than
//! whether two records are equal.

use alloc::vec::Vec;

use aes_gcm_siv::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};

use crate::puncture::RecordKey;

/// Longest plain record in bytes: pictures are kept beside records, not in them.
pub const PLAIN_BYTES_MAX: usize = 1024 * 1024;
/// Bytes that encryption adds.
pub const OVERHEAD_BYTES: usize = 16;

/// Why a record can't be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AeadError {
    /// Longer than [`PLAIN_BYTES_MAX`].
    #[error("record of {found} bytes, at most {PLAIN_BYTES_MAX} are sealed")]
    TooLong {
        /// Bytes found.
        found: usize,
    },
    /// Another key, other associated data, or changed bytes.
    #[error("the record does not open: another key or place, or it was changed")]
    Refused,
}

/// Encrypts `plain` under `key`, bound to `place`: station, sequence number and schema.
///
/// # Errors
///
/// [`AeadError::TooLong`].
pub fn seal(key: &RecordKey, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, AeadError> {
    if plain.len() > PLAIN_BYTES_MAX {
        return Err(AeadError::TooLong { found: plain.len() });
    }
    let payload = Payload { msg: plain, aad: place };
    cipher(key).encrypt(&Nonce::default(), payload).map_err(|_| AeadError::Refused)
}

/// Decrypts what [`seal`] made with the same key and place.
///
/// # Errors
///
/// [`AeadError::Refused`] if any of the three differs.
pub fn open(key: &RecordKey, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, AeadError> {
    if sealed.len() > PLAIN_BYTES_MAX + OVERHEAD_BYTES {
        return Err(AeadError::TooLong { found: sealed.len() });
    }
    let payload = Payload { msg: sealed, aad: place };
    cipher(key).decrypt(&Nonce::default(), payload).map_err(|_| AeadError::Refused)
}

fn cipher(key: &RecordKey) -> Aes256GcmSiv {
    Aes256GcmSiv::new(key.bytes().into())
}
