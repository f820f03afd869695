//! A list made ready for questions.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use guzar_doc::BirthDate;
use jiff::civil::Date;

use crate::entry::{BirthPattern, DocumentKind, Instruction, PersonEntry, Snapshot};
use crate::names;

/// A document in front of the guard.
#[derive(Clone, Copy, Debug)]
pub struct DocumentQuery<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its issuing state, MRZ code.
    pub issuing_state: &'a str,
    /// Today, if the clock is trusted.
    pub today: Option<Date>,
}

/// A person in front of the guard.
#[derive(Clone, Copy, Debug)]
pub struct PersonQuery<'a> {
    /// Surname and given names in one, any order, any script.
    pub name: &'a str,
    /// The zone had no room for the whole name.
    pub name_cut: bool,
    /// Birth as printed.
    pub birth: BirthDate,
    /// `M` or `F`.
    pub sex: Option<char>,
    /// MRZ code.
    pub nationality: Option<&'a str>,
    /// Number of the document.
    pub document_number: Option<&'a str>,
    /// Today, if the clock is trusted.
    pub today: Option<Date>,
}

/// A listed document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentHit {
    /// Id of the entry.
    pub entry: String,
    /// Version of the entry.
    pub version: u32,
    /// Why it is listed.
    pub kind: DocumentKind,
    /// What to do.
    pub instruction: Instruction,
    /// The number lies in a range of blanks.
    pub in_range: bool,
    /// Owner, legal basis and expiry are there: only such an entry may stop.
    pub basis_complete: bool,
}

/// How names match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameMatch {
    /// The name was cut, and what is there fits. Never exact, never none.
    Prefix,
    /// One name's parts are among the other's.
    Near,
    /// The same parts.
    Exact,
}

/// How births match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateMatch {
    /// The same day, and not the first of January, which stands for unknown.
    Full,
    /// The same year, or a day that stands for unknown.
    Year,
    /// One of the two is unknown.
    Unknown,
    /// Different.
    Conflict,
}

/// A listed person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonHit {
    /// Id of the entry.
    pub entry: String,
    /// Version of the entry.
    pub version: u32,
    /// What to do.
    pub instruction: Instruction,
    /// How the name matches: the best of the entry's spellings.
    pub name: NameMatch,
    /// How the birth matches.
    pub birth: DateMatch,
    /// A third identifier is the same: the document number, or sex and nationality together.
    pub third: bool,
    /// Owner, legal basis and expiry are there: only such an entry may stop.
    pub basis_complete: bool,
}

/// Lists that can be asked. Answers are in the order of the list, so that they never depend on
/// anything else.
pub trait Lists {
    /// Version of the list.
    fn version(&self) -> u64;
    /// Listed documents with this number.
    fn documents(&self, query: &DocumentQuery<'_>) -> Vec<DocumentHit>;
    /// Listed persons of this name whose birth does not conflict.
    fn persons(&self, query: &PersonQuery<'_>) -> Vec<PersonHit>;
}

/// A list ready for questions.
#[derive(Clone, Debug)]
pub struct Loaded {
    list: Snapshot,
    /// Issuing state and number to entries.
    numbers: BTreeMap<(String, String), Vec<usize>>,
    /// Entries that are ranges.
    ranges: Vec<usize>,
    /// Sorted name parts of each person's spellings.
    names: Vec<Vec<Vec<String>>>,
}

/// A number as compared: letters and digits, upper case.
fn normal(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

impl Loaded {
    /// Makes a list ready. Call [`Snapshot::check`] before it is signed; here nothing is dropped.
    #[must_use]
    pub fn new(list: Snapshot) -> Self {
        let mut numbers: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut ranges = Vec::new();
        for (index, entry) in list.documents.iter().enumerate() {
            if entry.number_to.is_some() {
                ranges.push(index);
            } else {
                let key = (entry.issuing_state.clone(), normal(&entry.number));
                numbers.entry(key).or_default().push(index);
            }
        }
        let parts =
            |entry: &PersonEntry| entry.names.iter().map(|name| names::parts(name)).collect();
        let names = list.persons.iter().map(parts).collect();
        Self { list, numbers, ranges, names }
    }

    fn hit(&self, index: usize, in_range: bool, today: Option<Date>) -> Option<DocumentHit> {
        let entry = self.list.documents.get(index)?;
        Some(DocumentHit {
            entry: entry.id.clone(),
            version: entry.version,
            kind: entry.kind,
            instruction: entry.instruction,
            in_range,
            basis_complete: entry.basis.is_complete(today),
        })
    }

    fn holds(&self, index: usize, state: &str, number: &str) -> bool {
        self.list.documents.get(index).is_some_and(|entry| {
            let first = normal(&entry.number);
            let last = entry.number_to.as_deref().map(normal).unwrap_or_default();
            let inside = first.as_str() <= number && number <= last.as_str();
            entry.issuing_state == state && number.len() == first.len() && inside
        })
    }
}

impl Lists for Loaded {
    fn version(&self) -> u64 {
        self.list.version
    }

    fn documents(&self, query: &DocumentQuery<'_>) -> Vec<DocumentHit> {
        let number = normal(query.number);
        if number.is_empty() {
            return Vec::new();
        }
        let ranges = self.ranges.iter().copied();
        let ranges = ranges.filter(|&index| self.holds(index, query.issuing_state, &number));
        let mut hits: Vec<DocumentHit> =
            ranges.filter_map(|index| self.hit(index, true, query.today)).collect();
        let exact = self.numbers.get(&(query.issuing_state.into(), number));
        let exact = exact.into_iter().flatten();
        hits.extend(exact.filter_map(|&index| self.hit(index, false, query.today)));
        hits
    }

    fn persons(&self, query: &PersonQuery<'_>) -> Vec<PersonHit> {
        let traveller = names::parts(query.name);
        let mut hits = Vec::new();
        for (entry, spellings) in self.list.persons.iter().zip(&self.names) {
            let name = spellings
                .iter()
                .filter_map(|spelling| names::compare(&traveller, query.name_cut, spelling))
                .max();
            let birth = birth(query.birth, entry.birth.as_ref());
            let Some(name) = name.filter(|_| birth != DateMatch::Conflict) else { continue };
            hits.push(PersonHit {
                entry: entry.id.clone(),
                version: entry.version,
                instruction: entry.instruction,
                name,
                birth,
                third: third(query, entry),
                basis_complete: entry.basis.is_complete(query.today),
            });
        }
        hits
    }
}

fn birth(traveller: BirthDate, entry: Option<&BirthPattern>) -> DateMatch {
    let (day, year) = match entry {
        Some(BirthPattern::Day(text)) => match text.parse::<Date>() {
            Ok(day) => (Some(day), day.year()),
            Err(_) => return DateMatch::Unknown,
        },
        Some(BirthPattern::Year(year)) => (None, *year),
        None => return DateMatch::Unknown,
    };
    let Some(own_year) = traveller.year() else { return DateMatch::Unknown };
    if own_year != year {
        return DateMatch::Conflict;
    }
    let default = |day: Date| day.month() == 1 && day.day() == 1;
    match (traveller.day(), day) {
        (Some(own), Some(listed)) if default(own) || default(listed) => DateMatch::Year,
        (Some(own), Some(listed)) if own == listed => DateMatch::Full,
        (Some(_), Some(_)) => DateMatch::Conflict,
        _ => DateMatch::Year,
    }
}

fn third(query: &PersonQuery<'_>, entry: &PersonEntry) -> bool {
    let same = |own: Option<&str>, listed: Option<&str>| {
        own.zip(listed).is_some_and(|(own, listed)| normal(own) == normal(listed))
    };
    let number = same(query.document_number, entry.document_number.as_deref());
    let sex = query.sex.is_some() && query.sex == entry.sex;
    number || (sex && same(query.nationality, entry.nationality.as_deref()))
}
