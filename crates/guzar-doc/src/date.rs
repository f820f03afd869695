//! Six digits to a day, with the century from what the field means and the day it is read.
//!
//! Doc 9303 Part 3 section 4.8 defines `YYMMDD` and no century.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// Years before the day of reading that an expiry date may lie.
const EXPIRY_YEARS_BACK: i16 = 20;
/// Years after it.
const EXPIRY_YEARS_AHEAD: i16 = 30;

/// A date of birth as far as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthDate {
    /// Year, month and day; never after the day of reading.
    Full(Date),
    /// Parts of it unknown, printed `<<`.
    Partial {
        /// The year with its century.
        year: Option<i16>,
        /// The month, 1 to 12.
        month: Option<i8>,
    },
    /// All unknown, or the format has none.
    Unknown,
    /// No day of any calendar.
    Impossible,
}

impl BirthDate {
    /// The day, if it is wholly known.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Full(day) => Some(day),
            _ => None,
        }
    }

    /// The year, if it is known.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        match self {
            Self::Full(day) => Some(day.year()),
            Self::Partial { year, .. } => year,
            Self::Unknown | Self::Impossible => None,
        }
    }
}

/// The last day of validity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryDate {
    /// That day, within 20 years before and 30 after the day of reading.
    Day(Date),
    /// Within no century of that window.
    Ambiguous,
    /// Lawfully not printed.
    Absent,
    /// No day of any calendar.
    Impossible,
}

impl ExpiryDate {
    /// The day, if it is known.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            _ => None,
        }
    }
}

/// A part of a date: two digits, or two fillers.
enum Part {
    Digits(i16),
    Unknown,
}

fn part(bytes: &[u8]) -> Option<Part> {
    match *bytes {
        [b'<', b'<'] => Some(Part::Unknown),
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => {
            Some(Part::Digits(i16::from(a - b'0') * 10 + i16::from(b - b'0')))
        }
        _ => None,
    }
}

/// Reads a date of birth; the youngest age that is not negative on `today` is meant.
pub(crate) fn birth(raw: &[u8], today: Date) -> BirthDate {
    let (Some(year), Some(month), Some(day)) =
        (raw.get(0..2).and_then(part), raw.get(2..4).and_then(part), raw.get(4..6).and_then(part))
    else {
        return BirthDate::Impossible;
    };
    let year = match year {
        Part::Digits(year) => Some(year),
        Part::Unknown => None,
    };
    match (year, month, day) {
        (Some(year), Part::Digits(month), Part::Digits(day)) => born(year, month, day, today),
        (None, Part::Unknown, Part::Unknown) => BirthDate::Unknown,
        (year, month, day) => partial(year, &month, &day, today),
    }
}

fn born(year: i16, month: i16, day: i16, today: Date) -> BirthDate {
    let century = today.year() - today.year() % 100;
    let mut centuries = [century, century - 100].into_iter();
    let found = centuries.find_map(|century| {
        let date = date(century + year, month, day)?;
        (date <= today).then_some(date)
    });
    found.map_or(BirthDate::Impossible, BirthDate::Full)
}

fn partial(year: Option<i16>, month: &Part, day: &Part, today: Date) -> BirthDate {
    let (month, month_holds) = match *month {
        Part::Digits(month) => (i8::try_from(month).ok(), (1..=12).contains(&month)),
        Part::Unknown => (None, true),
    };
    let day_holds = match *day {
        Part::Digits(day) => (1..=31).contains(&day),
        Part::Unknown => true,
    };
    if !month_holds || !day_holds {
        return BirthDate::Impossible;
    }
    let century = today.year() - today.year() % 100;
    let year =
        year.map(
            |year| {
                if century + year > today.year() { century - 100 + year } else { century + year }
            },
        );
    BirthDate::Partial { year, month }
}

/// Reads an expiry date.
pub(crate) fn expiry(raw: &[u8], today: Date) -> ExpiryDate {
    if raw.iter().all(|&byte| byte == b'<') {
        return ExpiryDate::Absent;
    }
    let digits = |range| match raw.get(range).and_then(part) {
        Some(Part::Digits(value)) => Some(value),
        _ => None,
    };
    let (Some(year), Some(month), Some(day)) = (digits(0..2), digits(2..4), digits(4..6)) else {
        return ExpiryDate::Impossible;
    };
    let first = today.saturating_sub(EXPIRY_YEARS_BACK.years());
    let last = today.saturating_add(EXPIRY_YEARS_AHEAD.years());
    let century = today.year() - today.year() % 100;
    let mut possible = false;
    for century in [century, century + 100, century - 100] {
        let Some(date) = date(century + year, month, day) else { continue };
        possible = true;
        if first <= date && date <= last {
            return ExpiryDate::Day(date);
        }
    }
    if possible { ExpiryDate::Ambiguous } else { ExpiryDate::Impossible }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 24);

    #[test]
    fn a_birth_is_never_in_the_future() {
        assert_eq!(birth(b"261124", TODAY), BirthDate::Full(TODAY));
        assert_eq!(birth(b"261125", TODAY), BirthDate::Full(date(1926, 11, 25)));
        assert_eq!(birth(b"000229", TODAY), BirthDate::Full(date(2000, 2, 29)));
        assert_eq!(birth(b"010229", TODAY), BirthDate::Impossible);
    }

    #[test]
    fn unknown_parts_are_lawful() {
        assert_eq!(birth(b"<<<<<<", TODAY), BirthDate::Unknown);
        assert_eq!(birth(b"74<<<<", TODAY), BirthDate::Partial { year: Some(1974), month: None });
        assert_eq!(
            birth(b"7408<<", TODAY),
            BirthDate::Partial { year: Some(1974), month: Some(8) }
        );
        assert_eq!(birth(b"7413<<", TODAY), BirthDate::Impossible);
        assert_eq!(birth(b"7<<<<<", TODAY), BirthDate::Impossible);
    }

    #[test]
    fn an_expiry_lies_around_today() {
        assert_eq!(expiry(b"120415", TODAY), ExpiryDate::Day(date(2012, 4, 15)));
        assert_eq!(expiry(b"560101", TODAY), ExpiryDate::Day(date(2056, 1, 1)));
        assert_eq!(expiry(b"940623", TODAY), ExpiryDate::Ambiguous);
        assert_eq!(expiry(b"880941", TODAY), ExpiryDate::Impossible);
        assert_eq!(expiry(b"<<<<<<", TODAY), ExpiryDate::Absent);
    }
}
