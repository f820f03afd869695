//! A list as its owner wrote it.

use alloc::string::String;
use alloc::vec::Vec;

use guzar_seal::{Hash, cbor, hash};
use jiff::civil::Date;
use minicbor::{CborLen, Decode, Encode};

/// Most entries of each kind in one list.
pub const ENTRIES_MAX: usize = 2_000_000;
/// Longest text in an entry, in bytes.
const TEXT_BYTES_MAX: usize = 400;
/// Most spellings of one person.
const NAMES_MAX: usize = 64;

/// What the owner asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum Instruction {
    /// Do not let pass.
    #[n(0)]
    Stop,
    /// Look closer.
    #[n(1)]
    Check,
    /// Inform the owner quietly.
    #[n(2)]
    Quiet,
}

/// Why a document is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum DocumentKind {
    /// Reported lost.
    #[n(0)]
    Lost,
    /// Reported stolen.
    #[n(1)]
    Stolen,
    /// A stolen blank, never issued.
    #[n(2)]
    Blank,
}

/// On whose word an entry stands. An entry whose basis is not complete never stops anybody.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(map)]
pub struct Basis {
    /// The authority that answers for the entry.
    #[n(0)]
    pub owner: String,
    /// The law or order.
    #[n(1)]
    pub legal_basis: String,
    /// Last day, ISO; none is not complete.
    #[n(2)]
    pub expires: Option<String>,
}

impl Basis {
    /// Owner, legal basis and a last day not before `today` are there. Without a trusted day an
    /// entry is not taken for expired.
    #[must_use]
    pub fn is_complete(&self, today: Option<Date>) -> bool {
        let expires: Option<Date> = self.expires.as_ref().and_then(|day| day.parse().ok());
        let running = expires.is_some_and(|day| today.is_none_or(|today| today <= day));
        !self.owner.trim().is_empty() && !self.legal_basis.trim().is_empty() && running
    }
}

/// A document, or a range of blanks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(map)]
pub struct DocumentEntry {
    /// Stable id of the entry.
    #[n(0)]
    pub id: String,
    /// Grows with every change of it.
    #[n(1)]
    pub version: u32,
    /// Number, or the first of a range.
    #[n(2)]
    pub number: String,
    /// Last number of a range of blanks, as long as the first.
    #[n(3)]
    pub number_to: Option<String>,
    /// Issuing state, MRZ code.
    #[n(4)]
    pub issuing_state: String,
    /// Why it is listed.
    #[n(5)]
    pub kind: DocumentKind,
    /// What to do.
    #[n(6)]
    pub instruction: Instruction,
    /// On whose word.
    #[n(7)]
    pub basis: Basis,
}

/// What is known of a birth.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum BirthPattern {
    /// A day, ISO.
    #[n(0)]
    Day(#[n(0)] String),
    /// A year only.
    #[n(1)]
    Year(#[n(0)] i16),
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(map)]
pub struct PersonEntry {
    /// Stable id of the entry.
    #[n(0)]
    pub id: String,
    /// Grows with every change of it.
    #[n(1)]
    pub version: u32,
    /// Spellings, in any script of `guzar_doc::translit`.
    #[n(2)]
    pub names: Vec<String>,
    /// Birth, if known.
    #[n(3)]
    pub birth: Option<BirthPattern>,
    /// `M` or `F`, if known.
    #[n(4)]
    pub sex: Option<char>,
    /// MRZ code, if known.
    #[n(5)]
    pub nationality: Option<String>,
    /// A document of this person, if known.
    #[n(6)]
    pub document_number: Option<String>,
    /// What to do.
    #[n(7)]
    pub instruction: Instruction,
    /// On whose word.
    #[n(8)]
    pub basis: Basis,
}

/// A whole list as it is signed and sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(map)]
pub struct Snapshot {
    /// Grows with every list of this owner; a station takes no older one.
    #[n(0)]
    pub version: u64,
    /// Day of issue, ISO.
    #[n(1)]
    pub issued: String,
    /// Documents.
    #[n(2)]
    pub documents: Vec<DocumentEntry>,
    /// Persons.
    #[n(3)]
    pub persons: Vec<PersonEntry>,
}

/// What is wrong with an entry; rows are counted from 1 within their kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} {row}: {key} is {found:?}, must be {allowed}")]
pub struct EntryError {
    /// `document` or `person`.
    pub kind: &'static str,
    /// Which one.
    pub row: usize,
    /// Key of the entry.
    pub key: &'static str,
    /// What was found, cut after 40 characters.
    pub found: String,
    /// What is allowed.
    pub allowed: &'static str,
}

impl Snapshot {
    /// The hash that is signed.
    #[must_use]
    pub fn root(&self) -> Hash {
        hash::leaf(&cbor::to_vec(self))
    }

    /// Checks every entry.
    ///
    /// # Errors
    ///
    /// Every entry that can't be used: none is dropped silently, and such a list is not published.
    pub fn check(&self) -> Result<(), Vec<EntryError>> {
        let mut errors = Vec::new();
        for (row, entry) in (1..).zip(&self.documents) {
            errors.extend(entry.wrong().map(|wrong| wrong.error("document", row)));
        }
        for (row, entry) in (1..).zip(&self.persons) {
            errors.extend(entry.wrong().map(|wrong| wrong.error("person", row)));
        }
        let longest = self.documents.len().max(self.persons.len());
        if longest > ENTRIES_MAX {
            let wrong = Wrong { key: "entries", found: "more", allowed: "2000000 at most" };
            errors.push(wrong.error("list", longest));
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

struct Wrong<'a> {
    key: &'static str,
    found: &'a str,
    allowed: &'static str,
}

impl Wrong<'_> {
    fn error(&self, kind: &'static str, row: usize) -> EntryError {
        let found = self.found.chars().take(40).collect();
        EntryError { kind, row, key: self.key, found, allowed: self.allowed }
    }
}

fn text<'a>(key: &'static str, found: &'a str) -> Option<Wrong<'a>> {
    let good = !found.trim().is_empty() && found.len() <= TEXT_BYTES_MAX;
    (!good).then_some(Wrong { key, found, allowed: "1 to 400 bytes" })
}

impl DocumentEntry {
    fn wrong(&self) -> Option<Wrong<'_>> {
        let range = self
            .number_to
            .as_deref()
            .filter(|to| to.len() != self.number.len() || *to < self.number.as_str());
        text("id", &self.id)
            .or_else(|| text("number", &self.number))
            .or_else(|| text("issuing_state", &self.issuing_state))
            .or_else(|| {
                let allowed = "as long as the first number and not before it";
                range.map(|found| Wrong { key: "number_to", found, allowed })
            })
    }
}

impl PersonEntry {
    fn wrong(&self) -> Option<Wrong<'_>> {
        let unreadable = self.names.iter().find(|name| {
            name.len() > TEXT_BYTES_MAX
                || guzar_doc::translit::to_mrz(name).map_or(true, |letters| letters.is_empty())
        });
        let day = match &self.birth {
            Some(BirthPattern::Day(day)) if day.parse::<Date>().is_err() => Some(day.as_str()),
            _ => None,
        };
        let none = self.names.is_empty() || self.names.len() > NAMES_MAX;
        text("id", &self.id)
            .or(none.then_some(Wrong { key: "names", found: "", allowed: "1 to 64 names" }))
            .or_else(|| {
                let allowed = "a name in Latin, Cyrillic or Arabic letters";
                unreadable.map(|found| Wrong { key: "names", found, allowed })
            })
            .or_else(|| {
                let allowed = "a day YYYY-MM-DD";
                day.map(|found| Wrong { key: "birth", found, allowed })
            })
    }
}
