//! Lists of documents and persons, and who or what of them stands in front of the guard.
//!
//! [`Snapshot`] is a list as it is signed and sent; [`Loaded`] answers questions from it;
//! [`Lists`] is the interface that a better matcher of names will fill.
//!
//! Names are compared simply for now: MRZ letters, parts in any order, a cut name by prefix. A
//! match says which it was; this crate never decides what follows from it.
#![no_std]

extern crate alloc;

mod entry;
mod loaded;
mod names;

pub use entry::{
    Basis, BirthPattern, DocumentEntry, DocumentKind, ENTRIES_MAX, EntryError, Instruction,
    PersonEntry, Snapshot,
};
pub use loaded::{
    DateMatch, DocumentHit, DocumentQuery, Lists, Loaded, NameMatch, PersonHit, PersonQuery,
};
