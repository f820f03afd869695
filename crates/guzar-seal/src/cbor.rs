//! Deterministic CBOR: one value has one encoding, so that hashes of records mean something.
//!
//! Source: RFC 8949 section 4.2.1 (core deterministic encoding). Narrower than that: no floats, no
//! tags, no `undefined`; lengths and depth are bounded. Bytes from outside are checked by
//! [`from_slice`] before any value is built; nothing is allocated by a claimed length.

use alloc::vec::Vec;

use minicbor::{CborLen, Decode, Encode};

/// Longest encoding in bytes.
pub const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Deepest nesting of arrays and maps.
pub const DEPTH_MAX: u8 = 16;

/// Why bytes are not a deterministic encoding of the value asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CborError {
    /// Longer than [`BYTES_MAX`].
    #[error("{found} bytes, at most {BYTES_MAX} are read")]
    TooLong {
        /// Bytes found.
        found: usize,
    },
    /// Not well-formed, or not the one encoding.
    #[error("byte {at}: {why}")]
    Form {
        /// Offset from 0.
        at: usize,
        /// What is wrong there.
        why: &'static str,
    },
    /// Well-formed, but another shape than the record's.
    #[error("byte {at}: not the record that is expected here")]
    Shape {
        /// Offset from 0, 0 if it is not known.
        at: usize,
    },
}

/// The encoding of a value whose type encodes deterministically: derived with integer keys in
/// ascending order, without floats.
#[must_use]
pub fn to_vec<T: Encode<()> + CborLen<()>>(value: &T) -> Vec<u8> {
    // Writing to a vector can't fail.
    minicbor::to_vec(value).unwrap_or_default()
}

/// Reads a value; the bytes must be its one deterministic encoding, all of them.
///
/// # Errors
///
/// [`CborError`] with the place and what is wrong there.
///
/// # Examples
///
/// ```
/// use guzar_seal::cbor::{CborError, from_slice};
///
/// assert_eq!(from_slice::<u8>(&[0x17]), Ok(23));
/// let long = from_slice::<u8>(&[0x18, 0x17]);
/// assert_eq!(long, Err(CborError::Form { at: 0, why: "number not in its shortest form" }));
/// ```
pub fn from_slice<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, CborError> {
    check(bytes)?;
    minicbor::decode(bytes)
        .map_err(|error| CborError::Shape { at: error.position().unwrap_or_default() })
}

/// Checks that `bytes` are one value in deterministic encoding.
///
/// # Errors
///
/// [`CborError`] with the first wrong place.
pub fn check(bytes: &[u8]) -> Result<(), CborError> {
    if bytes.len() > BYTES_MAX {
        return Err(CborError::TooLong { found: bytes.len() });
    }
    let mut reader = Reader { bytes, at: 0 };
    reader.item(0)?;
    if reader.at == bytes.len() { Ok(()) } else { Err(reader.wrong("bytes after the value")) }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    const fn wrong(&self, why: &'static str) -> CborError {
        CborError::Form { at: self.at, why }
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], CborError> {
        let end = self.at.checked_add(count);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or(self.wrong("cut off"))?;
        self.at += count;
        Ok(taken)
    }

    fn item(&mut self, depth: u8) -> Result<(), CborError> {
        if depth > DEPTH_MAX {
            return Err(self.wrong("nested deeper than 16"));
        }
        let (major, value) = self.head()?;
        match major {
            2 => self.run(value).map(|_| ()),
            3 => {
                let text = self.run(value)?;
                core::str::from_utf8(text).map(|_| ()).map_err(|_| self.wrong("text is not UTF-8"))
            }
            4 => self.array(value, depth),
            5 => self.map(value, depth),
            // Integers, and simple values that `head` let through.
            _ => Ok(()),
        }
    }

    /// Major type and argument; of the simple values only false, true and null pass.
    fn head(&mut self) -> Result<(u8, u64), CborError> {
        let start = self.at;
        let wrong = |why| CborError::Form { at: start, why };
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, short) = (first >> 5, first & 31);
        if major == 6 {
            return Err(wrong("tags are not used"));
        }
        if major == 7 && !(20..=22).contains(&short) {
            return Err(wrong("only false, true and null; no floats"));
        }
        let (value, floor) = match short {
            0..=23 => (u64::from(short), 0),
            24..=27 => {
                let width = 1_usize << (short - 24);
                let bytes = self.take(width)?;
                let value = bytes.iter().fold(0, |value, &byte| value << 8 | u64::from(byte));
                (value, if width == 1 { 24 } else { 1 << (width * 4) })
            }
            31 => return Err(wrong("length left open")),
            _ => return Err(wrong("reserved")),
        };
        if value < floor {
            Err(wrong("number not in its shortest form"))
        } else {
            Ok((major, value))
        }
    }

    fn run(&mut self, length: u64) -> Result<&'b [u8], CborError> {
        let length = usize::try_from(length).map_err(|_| self.wrong("cut off"))?;
        self.take(length)
    }

    fn array(&mut self, length: u64, depth: u8) -> Result<(), CborError> {
        for _ in 0..length {
            self.item(depth + 1)?;
        }
        Ok(())
    }

    fn map(&mut self, length: u64, depth: u8) -> Result<(), CborError> {
        let mut before: &[u8] = &[];
        for _ in 0..length {
            let start = self.at;
            self.item(depth + 1)?;
            let key = self.bytes.get(start..self.at).unwrap_or_default();
            if key <= before {
                return Err(CborError::Form { at: start, why: "map key out of order or twice" });
            }
            before = key;
            self.item(depth + 1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
    #[cbor(map)]
    struct Sample {
        #[n(0)]
        seq: u64,
        #[n(1)]
        name: Option<String>,
        #[n(2)]
        lines: Vec<String>,
        #[n(30)]
        back: i64,
    }

    fn refused(bytes: &[u8], at: usize, why: &'static str) {
        assert_eq!(check(bytes), Err(CborError::Form { at, why }));
    }

    #[test]
    fn other_encodings_of_the_same_are_refused() {
        assert_eq!(check(&[0xA2, 0x00, 0x01, 0x01, 0x02]), Ok(()));
        refused(&[0xA2, 0x01, 0x01, 0x00, 0x02], 3, "map key out of order or twice");
        refused(&[0xA2, 0x00, 0x01, 0x00, 0x02], 3, "map key out of order or twice");
        refused(&[0x19, 0x00, 0xFF], 0, "number not in its shortest form");
        refused(&[0x1B, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], 0, "number not in its shortest form");
        refused(&[0x9F, 0xFF], 0, "length left open");
        refused(&[0x00, 0x00], 1, "bytes after the value");
        refused(&[0xFA, 0, 0, 0, 0], 0, "only false, true and null; no floats");
        refused(&[0xC0, 0x00], 0, "tags are not used");
        refused(&[0x61, 0xFF], 2, "text is not UTF-8");
        refused(&[], 0, "cut off");
    }

    #[test]
    fn claimed_lengths_cost_nothing() {
        refused(&[0x5B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 9, "cut off");
        refused(&[0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 9, "cut off");
        refused(&[0x81; 40], 17, "nested deeper than 16");
        let long = alloc::vec![0; BYTES_MAX + 1];
        assert_eq!(check(&long), Err(CborError::TooLong { found: BYTES_MAX + 1 }));
    }

    #[test]
    fn another_shape_is_named() {
        assert!(matches!(from_slice::<Sample>(&[0x00]), Err(CborError::Shape { .. })));
    }

    proptest! {
        /// What is written is deterministic and reads back.
        #[test]
        fn written_is_read(seq: u64, name in proptest::option::of(".{0,20}"), lines in prop::collection::vec(".{0,40}", 0..30), back: i64) {
            let sample = Sample { seq, name, lines, back };
            prop_assert_eq!(from_slice::<Sample>(&to_vec(&sample)), Ok(sample));
        }

        /// No bytes make reading panic, and what passes is the one encoding.
        #[test]
        fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(sample) = from_slice::<Sample>(&bytes) {
                prop_assert_eq!(from_slice::<Sample>(&to_vec(&sample)), Ok(sample));
            }
        }
    }
}
