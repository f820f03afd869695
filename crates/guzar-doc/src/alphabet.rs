//! The 37 characters of the MRZ, their values and check digits.

/// Marks a byte outside the alphabet in [`VALUES`].
pub(crate) const OUTSIDE: u8 = 0x80;

/// Value of each byte: `0-9` as printed, `A-Z` 10 to 35, `<` 0, anything else [`OUTSIDE`].
pub(crate) const VALUES: [u8; 256] = values();

#[expect(clippy::cast_possible_truncation, clippy::indexing_slicing, reason = "const, 0 to 255")]
const fn values() -> [u8; 256] {
    let mut table = [OUTSIDE; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = match b {
            b'0'..=b'9' => b - b'0',
            b'A'..=b'Z' => b - b'A' + 10,
            b'<' => 0,
            _ => OUTSIDE,
        };
        byte += 1;
    }
    table
}

/// The value of a byte, or [`OUTSIDE`].
#[inline]
#[expect(clippy::indexing_slicing, reason = "a byte is always inside a table of 256")]
pub(crate) const fn value(byte: u8) -> u8 {
    VALUES[byte as usize]
}

/// Weighted sum of `bytes`, whose first byte has the weight at `phase` (0 to 2) of 7, 3, 1.
///
/// Bytes outside the alphabet count their low bits: the caller has looked for them before. Sums of
/// a zone stay far below 2^32, so wrapping arithmetic never wraps and costs no branches.
#[inline]
pub(crate) fn weighted(bytes: &[u8], phase: usize) -> u32 {
    let (mut a, mut b, mut c) = (0_u32, 0_u32, 0_u32);
    let (triples, rest) = bytes.as_chunks::<3>();
    for &[x, y, z] in triples {
        a = a.wrapping_add(u32::from(value(x)));
        b = b.wrapping_add(u32::from(value(y)));
        c = c.wrapping_add(u32::from(value(z)));
    }
    a = a.wrapping_add(rest.first().map_or(0, |&byte| u32::from(value(byte))));
    b = b.wrapping_add(rest.get(1).map_or(0, |&byte| u32::from(value(byte))));
    let (seven, three, one) = match phase {
        0 => (a, b, c),
        1 => (c, a, b),
        _ => (b, c, a),
    };
    seven.wrapping_mul(7).wrapping_add(three.wrapping_mul(3)).wrapping_add(one)
}

/// The digit of a weighted sum, as ASCII.
#[inline]
pub(crate) fn digit(sum: u32) -> u8 {
    b'0' + u8::try_from(sum % 10).unwrap_or_default()
}

/// Whether every byte is of the alphabet.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "no branches, so many bytes at once")]
pub(crate) fn clean(bytes: &[u8]) -> bool {
    // Comparisons without a table, so that the compiler tests many bytes at once.
    bytes.iter().fold(true, |clean, &byte| {
        clean & ((byte.wrapping_sub(b'A') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte == b'<'))
    })
}

/// Returns the check digit of a field: a value from 0 to 9.
///
/// Each character stands for a number (`0-9` as printed, `A-Z` 10 to 35, `<` 0); the numbers are
/// weighted 7, 3, 1, 7, 3, 1 ... from the left and summed; the digit is the sum modulo 10.
///
/// Source: ICAO Doc 9303 Part 3 section 4.9.
///
/// # Errors
///
/// The index (from 0) of the first byte outside the alphabet. Lower case is outside it.
///
/// # Examples
///
/// ```
/// use guzar_doc::check_digit;
///
/// // Doc 9303 Part 4, specimen of Utopia: document number L898902C3, check digit 6.
/// assert_eq!(check_digit(b"L898902C3"), Ok(6));
/// assert_eq!(check_digit(b"L89890zC3"), Err(6));
/// ```
pub fn check_digit(field: &[u8]) -> Result<u8, usize> {
    match field.iter().position(|&byte| value(byte) == OUTSIDE) {
        Some(index) => Err(index),
        None => Ok(digit(weighted(field, 0)) - b'0'),
    }
}
