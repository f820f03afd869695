//! Simple comparison of names: MRZ letters, parts in any order.

use alloc::string::String;
use alloc::vec::Vec;

use guzar_doc::translit;

use crate::loaded::NameMatch;

/// The parts of a name in MRZ letters, sorted; empty if a letter is in no table.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let letters = translit::to_mrz(name).unwrap_or_default();
    let mut parts: Vec<String> =
        letters.split('<').filter(|part| !part.is_empty()).map(String::from).collect();
    parts.sort_unstable();
    parts
}

/// How a traveller's parts match an entry's.
///
/// Exact: the same parts. Near: all parts of the shorter name, two or more, are in the longer one.
/// Prefix: the traveller's name was cut, and each of its parts begins a part of the entry's.
pub(crate) fn compare(traveller: &[String], cut: bool, entry: &[String]) -> Option<NameMatch> {
    if traveller.is_empty() || entry.is_empty() {
        return None;
    }
    if cut {
        return begins_each(traveller, entry).then_some(NameMatch::Prefix);
    }
    if traveller == entry {
        return Some(NameMatch::Exact);
    }
    let (shorter, longer) =
        if traveller.len() < entry.len() { (traveller, entry) } else { (entry, traveller) };
    let within = shorter.iter().all(|part| longer.binary_search(part).is_ok());
    (shorter.len() >= 2 && within).then_some(NameMatch::Near)
}

/// Each of `cut` begins another part of `whole`. Longest first, so that a full part is not taken
/// by an initial.
fn begins_each(cut: &[String], whole: &[String]) -> bool {
    let mut cut: Vec<&String> = cut.iter().collect();
    cut.sort_by_key(|part| core::cmp::Reverse(part.len()));
    let mut whole: Vec<&String> = whole.iter().collect();
    cut.iter().all(|part| {
        let found = whole.iter().position(|candidate| candidate.starts_with(part.as_str()));
        found.map(|index| whole.swap_remove(index)).is_some()
    })
}
