//! What makes a kept record provable and erasable: hashes, the tree over records, signed
//! checkpoints, keys that can be destroyed one by one, and encryption under them.
//!
//! Pure values: keys, entropy and bytes are arguments. How the parts work together:
//!
//! - A record is encrypted under a key of its own ([`puncture`], [`aead`]). Destroying the key
//!   erases the person; the encrypted bytes, and so every hash over them, stay as they are.
//! - A record's leaf hash goes into a Merkle tree ([`tree`], RFC 6962). A [`checkpoint`] is the
//!   size and root of that tree, signed ([`note`]). Whoever keeps one can prove later that a record
//!   was changed, removed or reordered.
//! - [`Verified`] marks what a signature or proof has shown. Only this crate makes one.
#![no_std]

extern crate alloc;

pub mod aead;
pub mod cbor;
pub mod checkpoint;
pub mod hash;
pub mod note;
pub mod puncture;
pub mod tree;
mod verified;

pub use hash::Hash;
pub use verified::Verified;
