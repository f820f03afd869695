//! Laws of the tree, notes and keys, with the vectors of RFC 6962 implementations.

#![expect(clippy::unwrap_used, reason = "a broken law should stop the test where it breaks")]

use guzar_seal::checkpoint::{self, Checkpoint, CheckpointError};
use guzar_seal::note::{self, NoteError, Signer, VerifierKey};
use guzar_seal::puncture::{Keys, KeysError};
use guzar_seal::tree::{self, Frontier, TreeError};
use guzar_seal::{Hash, aead, hash};
use proptest::prelude::*;

fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|index| hash::leaf(&index.to_be_bytes())).collect()
}

fn hex(hash: Hash) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap();
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The eight leaves that implementations of RFC 6962 test with, and their roots.
#[test]
fn roots_of_the_known_vectors() {
    let inputs: [&[u8]; 8] = [
        &[],
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[
            0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
            0x6e, 0x6f,
        ],
    ];
    let leaves: Vec<Hash> = inputs.iter().map(|input| hash::leaf(input)).collect();
    assert_eq!(
        hex(tree::root(&[])),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(
        hex(tree::root(&leaves[..1])),
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    );
    assert_eq!(
        hex(tree::root(&leaves[..2])),
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    );
    assert_eq!(
        hex(tree::root(&leaves)),
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    );
}

/// Every inclusion and consistency proof up to 40 leaves holds, and for no other leaf or root.
#[test]
fn proofs_of_all_small_trees() {
    let all = leaves(40);
    for size in 1..=all.len() {
        let (now, root) = (&all[..size], tree::root(&all[..size]));
        let wide = size as u64;
        for index in 0..size {
            let proof = tree::inclusion_proof(now, index).unwrap();
            let at = index as u64;
            tree::verify_inclusion(&all[index], at, wide, &root, &proof).unwrap();
            let other = hash::leaf(b"another record");
            assert_eq!(
                tree::verify_inclusion(&other, at, wide, &root, &proof),
                Err(TreeError::Root)
            );
            let old = tree::root(&all[..=index]);
            let proof = tree::consistency_proof(now, index + 1).unwrap();
            tree::verify_consistency(at + 1, &old, wide, &root, &proof).unwrap();
            assert!(tree::verify_consistency(at + 1, &other, wide, &root, &proof).is_err());
            assert!(tree::verify_consistency(at + 1, &old, wide, &other, &proof).is_err());
        }
        assert!(tree::inclusion_proof(now, size).is_none());
    }
}

#[test]
fn the_empty_tree_begins_every_tree() {
    let all = leaves(3);
    let root = tree::root(&all);
    assert_eq!(tree::verify_consistency(0, &tree::empty_root(), 3, &root, &[]), Ok(()));
    assert!(tree::verify_consistency(4, &root, 3, &root, &[]).is_err());
    assert!(tree::consistency_proof(&all, 0).is_none());
}

fn signer(name: &str, seed: u8) -> Signer {
    Signer::from_seed(name, &[seed; 32]).unwrap()
}

#[test]
fn a_checkpoint_is_cosigned_and_read_back() {
    let (station, centre) = (signer("example.org/post-1", 1), signer("example.org/centre", 2));
    let checkpoint = Checkpoint { origin: "example.org/post-1/1".into(), size: 7, root: [9; 32] };
    let signed = checkpoint.sign(&[&station]).unwrap();
    let cosigned = note::cosign(&signed, &centre).unwrap();
    let trusted = [station.verifier().clone(), centre.verifier().clone()];
    let opened = note::open(&cosigned, &trusted).unwrap();
    assert_eq!(opened.signed_by, ["example.org/post-1", "example.org/centre"]);
    let read = checkpoint::open(&cosigned, &checkpoint.origin, &trusted[..1]).unwrap();
    assert_eq!(read.into_inner(), checkpoint);
    let foreign = checkpoint::open(&cosigned, "example.org/post-2/1", &trusted);
    assert!(matches!(foreign, Err(CheckpointError::Origin { .. })));
    let unknown = note::open(&signed, &trusted[1..]);
    assert_eq!(unknown.unwrap_err(), NoteError::Unsigned { trusted: 1 });
}

#[test]
fn a_verifier_key_reads_back_and_a_wrong_hash_is_refused() {
    let key = signer("example.org/post-1", 1).verifier().clone();
    let text = key.to_string();
    assert_eq!(text.parse::<VerifierKey>().unwrap(), key);
    let wrong = text.replacen('+', "x+", 1);
    assert!(matches!(wrong.parse::<VerifierKey>(), Err(NoteError::Key { .. })));
    assert!("".parse::<VerifierKey>().is_err());
}

#[test]
fn keys_have_a_range() {
    assert_eq!(Keys::from_seed([1; 32], 0), Err(KeysError::Depth { found: 0 }));
    assert_eq!(Keys::from_seed([1; 32], 25), Err(KeysError::Depth { found: 25 }));
    assert_eq!(Keys::from_bytes(&[]), Err(KeysError::Depth { found: 0 }));
    assert_eq!(Keys::from_bytes(&[4, 0, 0]), Err(KeysError::Node { node: 0 }));
}

proptest! {
    /// Appending one by one and all at once give the same root.
    #[test]
    fn frontier_and_whole_tree_agree(count in 0_usize..300) {
        let all = leaves(count);
        let mut frontier = Frontier::new();
        for &leaf in &all {
            frontier.push(leaf);
        }
        prop_assert_eq!(frontier.size(), count as u64);
        prop_assert_eq!(frontier.root(), tree::root(&all));
    }

    /// Any changed byte of a signed checkpoint is refused, or leaves what it says as it was.
    #[test]
    fn a_changed_note_is_refused(pick: prop::sample::Index, to in any::<u8>()) {
        let station = signer("example.org/post-1", 1);
        let checkpoint = Checkpoint { origin: "o".into(), size: 7, root: [9; 32] };
        let note = checkpoint.sign(&[&station]).unwrap();
        let mut bytes = note.clone().into_bytes();
        let index = pick.index(bytes.len());
        prop_assume!(bytes[index] != to);
        bytes[index] = to;
        if let Ok(changed) = String::from_utf8(bytes) {
            let opened = checkpoint::open(&changed, "o", &[station.verifier().clone()]);
            prop_assert!(opened.is_err(), "{changed:?}");
        }
    }

    /// No text makes opening panic.
    #[test]
    fn any_note_is_survived(text in "(\\PC|\n){0,300}") {
        let _ = note::open(&text, &[]);
        let _ = Checkpoint::from_text(&text);
        let _ = text.parse::<VerifierKey>();
    }

    /// Destroyed keys are gone, all others are what they were, also after writing and reading.
    #[test]
    fn destroyed_keys_are_gone_and_no_others(gone in prop::collection::btree_set(0_u32..64, 0..64)) {
        let whole = Keys::from_seed([7; 32], 6).unwrap();
        let mut keys = whole.clone();
        for &index in &gone {
            prop_assert!(keys.puncture(index));
            prop_assert!(!keys.puncture(index));
        }
        let keys = Keys::from_bytes(&keys.to_bytes()).unwrap();
        for index in 0..64 {
            let expected = if gone.contains(&index) { None } else { whole.key(index) };
            prop_assert_eq!(keys.key(index), expected);
        }
        prop_assert_eq!(keys.key(64), None);
    }

    /// Bytes are refused, or read as exactly what they say.
    #[test]
    fn any_key_file_is_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(keys) = Keys::from_bytes(&bytes) {
            prop_assert_eq!(keys.to_bytes(), bytes);
        }
    }

    /// A record opens with its key at its place and in no other way.
    #[test]
    fn a_record_opens_only_as_it_was_sealed(plain in prop::collection::vec(any::<u8>(), 0..300), pick: prop::sample::Index) {
        let keys = Keys::from_seed([7; 32], 6).unwrap();
        let (key, other) = (keys.key(3).unwrap(), keys.key(4).unwrap());
        let sealed = aead::seal(&key, b"place", &plain).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + aead::OVERHEAD_BYTES);
        prop_assert_eq!(aead::open(&key, b"place", &sealed), Ok(plain));
        prop_assert!(aead::open(&other, b"place", &sealed).is_err());
        prop_assert!(aead::open(&key, b"elsewhere", &sealed).is_err());
        let mut changed = sealed.clone();
        let index = pick.index(changed.len());
        changed[index] ^= 1;
        prop_assert!(aead::open(&key, b"place", &changed).is_err());
    }
}

/// Salts and keys of different records share nothing that a reader of one could use.
#[test]
fn salts_differ_by_record_and_from_keys() {
    let keys = Keys::from_seed([7; 32], 6).unwrap();
    let salts: std::collections::BTreeSet<_> =
        (0..64).filter_map(|index| keys.key(index)).map(|key| key.salt()).collect();
    assert_eq!(salts.len(), 64);
    let salt = keys.key(0).unwrap().salt();
    assert_ne!(hash::commitment(&salt, b"a"), hash::commitment(&salt, b"b"));
    assert_ne!(hash::leaf(b"a"), hash::sha256(b"a"));
}
