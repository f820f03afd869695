//! Names in any of the scripts of the region, in the letters of the MRZ.
//!
//! Latin, Cyrillic (with the Tajik letters), Arabic, Dari, Pashto. Letters with more than one
//! lawful form have their recommended one first; the others serve comparison.

mod table;

use alloc::string::String;

/// The forms that the MRZ may write for a letter, the recommended one first; `None` if the letter
/// is not in the tables.
///
/// A form may be empty: vowel signs and the soft sign are not written.
///
/// # Examples
///
/// ```
/// use guzar_doc::translit::forms;
///
/// assert_eq!(forms('ҳ'), Some(["H", "KH"].as_slice()));
/// assert_eq!(forms('語'), None);
/// ```
#[must_use]
pub fn forms(letter: char) -> Option<&'static [&'static str]> {
    let mut upper = letter.to_uppercase();
    let letter = match (upper.next(), upper.next()) {
        (Some(upper), None) => upper,
        _ => letter,
    };
    let index = table::LETTERS.binary_search_by_key(&letter, |(letter, _)| *letter).ok()?;
    table::LETTERS.get(index).map(|(_, forms)| *forms)
}

/// A letter that no table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("character {column}: {found:?} has no MRZ form")]
pub struct NoForm {
    /// The letter.
    pub found: char,
    /// Its place in the text, from 1.
    pub column: usize,
}

/// A name in MRZ letters: parts separated by single `<`.
///
/// Apostrophes join, hyphens and spaces separate, other punctuation goes (Doc 9303 Part 3
/// section 4.6; Part 4 section 4.2.3).
///
/// # Errors
///
/// [`NoForm`] with the first letter that no table has.
///
/// # Examples
///
/// ```
/// use guzar_doc::translit::to_mrz;
///
/// assert_eq!(to_mrz("O'Connor-Müller").as_deref(), Ok("OCONNOR<MUELLER"));
/// assert_eq!(to_mrz("Ғафуров").as_deref(), Ok("GAFUROV"));
/// assert!(to_mrz("山田").is_err());
/// ```
pub fn to_mrz(name: &str) -> Result<String, NoForm> {
    let mut out = String::new();
    for (column, letter) in (1..).zip(name.chars()) {
        match letter {
            _ if letter.is_ascii_alphanumeric() => out.push(letter.to_ascii_uppercase()),
            '\'' | '\u{2019}' | '\u{02BC}' | '`' => {}
            _ if letter.is_whitespace() || is_separator(letter) => {
                if !out.is_empty() && !out.ends_with('<') {
                    out.push('<');
                }
            }
            '\u{0651}' | '.' | '(' | ')' | '"' | '\u{200D}' | '\u{200E}' | '\u{200F}' => {}
            _ => match forms(letter).and_then(|forms| forms.first()) {
                Some(form) => out.push_str(form),
                None => return Err(NoForm { found: letter, column }),
            },
        }
    }
    while out.ends_with('<') {
        out.pop();
    }
    Ok(out)
}

/// Hyphens, the filler, comma and the zero-width non-joiner that Dari writes inside names.
const fn is_separator(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '<' | ',' | '/' | '\u{200C}' | '\u{060C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_in_the_alphabet() {
        assert!(table::LETTERS.is_sorted_by_key(|(letter, _)| *letter));
        for (letter, forms) in table::LETTERS {
            assert!(!forms.is_empty(), "{letter}");
            let good = |form: &&str| form.bytes().all(|byte| byte.is_ascii_uppercase());
            assert!(forms.iter().all(good), "{letter}");
        }
    }

    #[test]
    fn scripts_of_the_region() {
        assert_eq!(to_mrz("Раҳимзода Ҷамшед").as_deref(), Ok("RAHIMZODA<JAMSHED"));
        assert_eq!(to_mrz("Қосимӣ").as_deref(), Ok("KOSIMI"));
        assert_eq!(to_mrz("خ").as_deref(), Ok("XKH"));
        assert_eq!(to_mrz("پښ").as_deref(), Ok("PXXS"));
    }
}
