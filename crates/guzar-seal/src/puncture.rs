//! Keys for records, made from one seed, that can be destroyed one by one.
//!
//! A GGM tree: each node is a 32-byte secret from which its two children follow; a leaf is the key
//! of one record. Destroying a leaf replaces the nodes on its path by their siblings, so that every
//! other key can still be made and this one by nobody. The caller writes what remains and destroys
//! what was there before.
//!
//! Size: one node at first; each destroyed leaf adds at most `depth - 1`.

use alloc::vec::Vec;

use zeroize::{Zeroize as _, ZeroizeOnDrop};

use crate::hash::derive;

/// Deepest tree: 2^24 records in a segment.
pub const DEPTH_MAX: u8 = 24;

/// The key of one record. Erased from memory when dropped.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct RecordKey([u8; 32]);

impl core::fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RecordKey(..)")
    }
}

impl RecordKey {
    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The salt of the record's commitment: gone when the key is.
    #[must_use]
    pub fn salt(&self) -> [u8; 32] {
        derive(&self.0, b"salt")
    }
}

/// What remains of a tree of keys.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    depth: u8,
    /// Sorted by the first leaf below; their leaves never overlap.
    nodes: Vec<Node>,
}

#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
struct Node {
    /// Distance from the root.
    level: u8,
    /// Place among the nodes of its level, from the left.
    index: u32,
    secret: [u8; 32],
}

/// Why keys can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// Depth 0 or above [`DEPTH_MAX`].
    #[error("depth {found} of the key tree, must be 1 to {DEPTH_MAX}")]
    Depth {
        /// Depth found.
        found: u8,
    },
    /// Bytes that [`Keys::to_bytes`] never makes.
    #[error("node {node} of the key file is cut off, out of order or overlaps the one before")]
    Node {
        /// Which node, from 0.
        node: usize,
    },
}

const NODE_BYTES: usize = 37;

impl core::fmt::Debug for Keys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Keys({} nodes of depth {})", self.nodes.len(), self.depth)
    }
}

impl Node {
    /// First leaf below, and the leaf after the last.
    fn leaves(&self, depth: u8) -> (u32, u32) {
        let below = 1_u32 << (depth - self.level);
        let first = self.index.saturating_mul(below);
        (first, first.saturating_add(below))
    }

    fn child(&self, right: bool) -> Self {
        let label: &[u8] = if right { b"right" } else { b"left" };
        let index = self.index * 2 + u32::from(right);
        Self { level: self.level + 1, index, secret: derive(&self.secret, label) }
    }
}

impl Keys {
    /// All `2^depth` keys of a seed, 32 bytes of entropy.
    ///
    /// # Errors
    ///
    /// [`KeysError::Depth`] unless 1 to [`DEPTH_MAX`].
    pub fn from_seed(seed: [u8; 32], depth: u8) -> Result<Self, KeysError> {
        if !(1..=DEPTH_MAX).contains(&depth) {
            return Err(KeysError::Depth { found: depth });
        }
        Ok(Self { depth, nodes: alloc::vec![Node { level: 0, index: 0, secret: seed }] })
    }

    /// How many keys there were at first.
    #[must_use]
    pub const fn capacity(&self) -> u32 {
        1 << self.depth
    }

    /// The key of record `index`; `None` if it was destroyed or never existed.
    #[must_use]
    pub fn key(&self, index: u32) -> Option<RecordKey> {
        let mut node = self.nodes.get(self.position(index)?)?.clone();
        while node.level < self.depth {
            let right = (index >> (self.depth - node.level - 1)) & 1 == 1;
            node = node.child(right);
        }
        Some(RecordKey(derive(&node.secret, b"record")))
    }

    /// Destroys the key of record `index`; false if it was not there.
    pub fn puncture(&mut self, index: u32) -> bool {
        let Some(position) = self.position(index) else { return false };
        let mut node = self.nodes.remove(position);
        let mut kept = Vec::new();
        while node.level < self.depth {
            let right = (index >> (self.depth - node.level - 1)) & 1 == 1;
            kept.push(node.child(!right));
            node = node.child(right);
        }
        kept.sort_by_key(|node| node.leaves(self.depth).0);
        self.nodes.splice(position..position, kept);
        true
    }

    fn position(&self, index: u32) -> Option<usize> {
        let after = self.nodes.partition_point(|node| node.leaves(self.depth).1 <= index);
        let (first, _) = self.nodes.get(after)?.leaves(self.depth);
        (first <= index).then_some(after)
    }

    /// What remains, for a file: depth, then each node as level, place (big endian), secret. The
    /// caller encrypts it and erases it from memory.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(1 + self.nodes.len() * NODE_BYTES);
        bytes.push(self.depth);
        for node in &self.nodes {
            bytes.push(node.level);
            bytes.extend(node.index.to_be_bytes());
            bytes.extend(node.secret);
        }
        bytes
    }

    /// Reads what [`Self::to_bytes`] made.
    ///
    /// # Errors
    ///
    /// [`KeysError`] names the first wrong node.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeysError> {
        let (&depth, rest) = bytes.split_first().ok_or(KeysError::Depth { found: 0 })?;
        if !(1..=DEPTH_MAX).contains(&depth) {
            return Err(KeysError::Depth { found: depth });
        }
        let mut keys = Self { depth, nodes: Vec::new() };
        let mut end = 0;
        for (number, bytes) in rest.chunks(NODE_BYTES).enumerate() {
            let node = read_node(bytes, depth).ok_or(KeysError::Node { node: number })?;
            let (first, after) = node.leaves(depth);
            if first < end {
                return Err(KeysError::Node { node: number });
            }
            end = after;
            keys.nodes.push(node);
        }
        Ok(keys)
    }
}

fn read_node(bytes: &[u8], depth: u8) -> Option<Node> {
    let (&level, rest) = bytes.split_first()?;
    let (index, secret) = rest.split_at_checked(4)?;
    let index = u32::from_be_bytes(index.try_into().ok()?);
    let mut secret: [u8; 32] = secret.try_into().ok()?;
    let node = (level <= depth && index < 1 << level).then_some(Node { level, index, secret });
    secret.zeroize();
    node
}
