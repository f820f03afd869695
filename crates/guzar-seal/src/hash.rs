//! SHA-256, with a prefix for each use so that no hash of one kind is one of another.

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Hash of a leaf of the tree. Source: RFC 6962 section 2.1, prefix 0.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

/// Hash of an inner node of the tree. Source: RFC 6962 section 2.1, prefix 1.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A commitment to `plain` that tells nothing without the salt, which is erased with the record's
/// key.
#[must_use]
pub fn commitment(salt: &[u8; 32], plain: &[u8]) -> Hash {
    Sha256::new()
        .chain_update(b"guzar commitment v1\0")
        .chain_update(salt)
        .chain_update(plain)
        .finalize()
        .into()
}

/// A key derived from another for one use.
pub(crate) fn derive(key: &[u8; 32], label: &[u8]) -> Hash {
    Sha256::new()
        .chain_update(b"guzar derive v1\0")
        .chain_update(key)
        .chain_update(label)
        .finalize()
        .into()
}
