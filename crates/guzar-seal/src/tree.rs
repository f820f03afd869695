//! The Merkle tree over records: append-only, as RFC 6962 section 2.1 and RFC 9162 section 2.1.

use alloc::vec::Vec;

use crate::hash::{Hash, node, sha256};

/// Root of the tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// The right edge of a tree: all that is needed to append and to know the root. At most 64 hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    /// Roots of the full subtrees from the largest, one for each bit of the size.
    roots: Vec<Hash>,
    size: u64,
}

impl Frontier {
    /// A tree without leaves.
    #[must_use]
    pub const fn new() -> Self {
        Self { roots: Vec::new(), size: 0 }
    }

    /// How many leaves there are.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf, given its hash ([`crate::hash::leaf`]).
    pub fn push(&mut self, leaf: Hash) {
        let mut root = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                root = node(&left, &root);
            }
        }
        self.roots.push(root);
        self.size = self.size.saturating_add(1);
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let Some(&last) = roots.next() else { return empty_root() };
        roots.fold(last, |right, left| node(left, &right))
    }
}

/// Root over `leaves`.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for &leaf in leaves {
        frontier.push(leaf);
    }
    frontier.root()
}

/// Leaves in the left subtree of a tree of `size`, 2 or more: the largest power of two below it.
fn split(size: usize) -> usize {
    1 << (usize::BITS - 1 - (size - 1).leading_zeros())
}

/// Proof that the leaf at `index` is one of `leaves`; `None` if there is no such leaf.
#[must_use]
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    let (mut leaves, mut index) = (leaves, index);
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            index -= left.len();
            leaves = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Proof that the tree over the first `old` leaves is the beginning of the tree over all of them;
/// `None` if `old` is 0 or more than there are.
#[must_use]
pub fn consistency_proof(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
    if old == 0 || old > leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    let (mut leaves, mut old, mut whole) = (leaves, old, true);
    while old != leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if old <= left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            old -= left.len();
            leaves = right;
            whole = false;
        }
    }
    if !whole {
        proof.push(root(leaves));
    }
    proof.reverse();
    Some(proof)
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// A size or index that no such proof can have.
    #[error("sizes {old} and {new} can't stand in one proof")]
    Sizes {
        /// Index of the leaf, or the smaller size.
        old: u64,
        /// Size of the tree.
        new: u64,
    },
    /// The proof has too few or too many hashes.
    #[error("{found} hashes in the proof, which is not the number that these sizes need")]
    Length {
        /// Hashes found.
        found: usize,
    },
    /// The hashes lead to another root.
    #[error("the proof leads to another root: records were changed, removed or reordered")]
    Root,
}

/// Checks that `leaf` stands at `index` in the tree of `size` leaves under `root`.
///
/// Source: RFC 9162 section 2.1.3.2.
///
/// # Errors
///
/// [`TreeError`] if the proof does not show it.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), TreeError> {
    if index >= size {
        return Err(TreeError::Sizes { old: index, new: size });
    }
    let (mut index, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return Err(TreeError::Length { found: proof.len() });
        }
        if index % 2 == 1 || index == last {
            hash = node(step, &hash);
            while index.is_multiple_of(2) && index != 0 {
                index /= 2;
                last /= 2;
            }
        } else {
            hash = node(&hash, step);
        }
        index /= 2;
        last /= 2;
    }
    finish(last, proof, hash == *root)
}

fn finish(last: u64, proof: &[Hash], same: bool) -> Result<(), TreeError> {
    match (last, same) {
        (0, true) => Ok(()),
        (0, false) => Err(TreeError::Root),
        _ => Err(TreeError::Length { found: proof.len() }),
    }
}

/// Checks that the tree of `old_size` leaves under `old_root` is the beginning of the tree of
/// `new_size` leaves under `new_root`.
///
/// The empty tree is the beginning of every tree; its proof is empty.
///
/// Source: RFC 9162 section 2.1.4.2.
///
/// # Errors
///
/// [`TreeError`] if the proof does not show it.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), TreeError> {
    if old_size > new_size {
        return Err(TreeError::Sizes { old: old_size, new: new_size });
    }
    if old_size == new_size || old_size == 0 {
        let known = if old_size == 0 { empty_root() } else { *new_root };
        return match (proof.is_empty(), known == *old_root) {
            (true, true) => Ok(()),
            (true, false) => Err(TreeError::Root),
            (false, _) => Err(TreeError::Length { found: proof.len() }),
        };
    }
    grown(old_size, old_root, new_size, new_root, proof)
}

fn grown(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), TreeError> {
    let mut steps = proof.iter();
    let first = if old_size.is_power_of_two() { Some(old_root) } else { steps.next() };
    let Some(&first) = first else { return Err(TreeError::Length { found: proof.len() }) };
    let shift = (old_size - 1).trailing_ones();
    let (mut index, mut last) = ((old_size - 1) >> shift, (new_size - 1) >> shift);
    let (mut old, mut new) = (first, first);
    for step in steps {
        if last == 0 {
            return Err(TreeError::Length { found: proof.len() });
        }
        if index % 2 == 1 || index == last {
            old = node(step, &old);
            new = node(step, &new);
            while index.is_multiple_of(2) && index != 0 {
                index /= 2;
                last /= 2;
            }
        } else {
            new = node(&new, step);
        }
        index /= 2;
        last /= 2;
    }
    finish(last, proof, old == *old_root && new == *new_root)
}
