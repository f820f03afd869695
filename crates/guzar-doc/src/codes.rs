//! Codes of states, organisations and documents.

use crate::codes_table::{ISO, SPECIAL};
use crate::layout::Format;

/// The state of specimens: Utopia. A document of it never passes in live operation.
pub const SPECIMEN: &str = "UTO";

/// Codes that stand for a person's status and so may be a nationality, never an issuer.
///
/// Source: Doc 9303 Part 3 section 5, part D: stateless, refugee (Convention), refugee (other).
const STATUS: &[&str] = &["XXA", "XXB", "XXC"];

/// Whether `code` may stand as the issuing state or organisation.
#[must_use]
pub fn is_issuer(code: &str) -> bool {
    is_nationality(code) && !STATUS.contains(&code) && code != "XXX"
}

/// Whether `code` may stand as the nationality.
#[must_use]
pub fn is_nationality(code: &str) -> bool {
    ISO.binary_search(&code).is_ok() || SPECIAL.binary_search(&code).is_ok()
}

/// Whether a document code is one that this format may carry.
///
/// Source: Doc 9303 Part 4 section 4.4 (passports; second letters from 2026), Part 5 and 6 (`A`,
/// `C`, `I`; `P` is met on passport cards), Part 7 (visas), Part 8 (`PU`). A passport with another
/// second letter was issued before 2026 and is lawful while it expires before 2038; `legacy` says
/// that it may be such a one.
#[must_use]
pub fn is_document_code(code: &str, format: Format, legacy: bool) -> bool {
    let mut letters = code.bytes();
    let (first, second) = (letters.next(), letters.next());
    match format {
        Format::Td3 => first == Some(b'P') && (legacy || second.is_none_or(is_passport_type)),
        Format::Td1 | Format::Td2 => matches!(first, Some(b'A' | b'C' | b'I' | b'P')),
        Format::MrvA | Format::MrvB => first == Some(b'V'),
        Format::FraId => code == "ID",
        Format::FraDl => code == "D1",
        Format::CheDl => code == "FA",
    }
}

fn is_passport_type(letter: u8) -> bool {
    b"PEDORTSLMU".contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(ISO.is_sorted() && SPECIAL.is_sorted());
        for code in ["TJK", "AFG", "D", "UTO", "RKS", "XOM"] {
            assert!(is_issuer(code), "{code}");
        }
        assert!(is_nationality("XXB") && !is_issuer("XXB"));
        assert!(!is_nationality("ZZZ") && !is_nationality(""));
    }

    #[test]
    fn passport_types_follow_the_table() {
        assert!(is_document_code("P", Format::Td3, false));
        assert!(is_document_code("PD", Format::Td3, false));
        assert!(!is_document_code("PN", Format::Td3, false));
        assert!(is_document_code("PN", Format::Td3, true));
        assert!(!is_document_code("Z", Format::Td1, true));
    }
}
