//! The two names in a name field, and names that were cut.

use alloc::string::String;

/// The surname and the given names of a name field, each still with single fillers.
///
/// What stands before the first `<<` is the surname; later `<<` are kept in the given names, as
/// some issuers print three parts.
pub(crate) fn split(field: &[u8]) -> (&[u8], &[u8]) {
    let field = trim(field);
    match field.windows(2).position(|pair| pair == b"<<") {
        Some(cut) => {
            let surname = field.get(..cut).unwrap_or_default();
            let given = field.get(cut + 2..).unwrap_or_default();
            (surname, given)
        }
        None => (field, b""),
    }
}

/// Without filler at the end.
pub(crate) fn trim(field: &[u8]) -> &[u8] {
    let end = field.iter().rposition(|&byte| byte != b'<').map_or(0, |last| last + 1);
    field.get(..end).unwrap_or_default()
}

/// A field as text: filler at both ends gone, runs of filler inside one space.
pub(crate) fn text(field: &[u8]) -> String {
    let mut text = String::new();
    for part in field.split(|&byte| byte == b'<').filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(part.iter().map(|&byte| char::from(byte)));
    }
    text
}

/// Whether `printed`, the names of a zone that fills its last cell, may be a cut form of `full`.
///
/// Cutting is the issuer's choice (Doc 9303 Part 3 section 4.6): a part may be shortened to any
/// beginning, and parts at the end may be gone. Both names are in MRZ letters with single spaces.
///
/// # Examples
///
/// ```
/// use guzar_doc::name::may_be_cut_from;
///
/// assert!(may_be_cut_from("CHAYAPA DEJ K", "CHAYAPA DEJTHAMRONG KRASUANG"));
/// assert!(!may_be_cut_from("CHAYAPA DAJ", "CHAYAPA DEJTHAMRONG KRASUANG"));
/// ```
#[must_use]
pub fn may_be_cut_from(printed: &str, full: &str) -> bool {
    let mut full = full.split(' ');
    printed.split(' ').all(|part| full.next().is_some_and(|whole| whole.starts_with(part)))
}
