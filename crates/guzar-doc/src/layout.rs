//! Where each field stands in each format, as one table.

/// A format of the machine readable zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Card, 3 lines of 30. Source: Doc 9303 Part 5.
    Td1,
    /// Larger card, 2 lines of 36. Source: Doc 9303 Part 6.
    Td2,
    /// Passport, 2 lines of 44. Source: Doc 9303 Part 4.
    Td3,
    /// Visa, 2 lines of 44. Source: Doc 9303 Part 7.
    MrvA,
    /// Visa, 2 lines of 36. Source: Doc 9303 Part 7.
    MrvB,
    /// French identity card issued until 2021, 2 lines of 36; national layout.
    FraId,
    /// French driving licence, 1 line of 30; national layout.
    FraDl,
    /// Swiss driving licence, lines of 9, 30 and 30; national layout.
    CheDl,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] = [
        Self::Td1,
        Self::Td2,
        Self::Td3,
        Self::MrvA,
        Self::MrvB,
        Self::FraId,
        Self::FraDl,
        Self::CheDl,
    ];

    /// The name used in files and messages, for example `TD3`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRV-A",
            Self::MrvB => "MRV-B",
            Self::FraId => "FRA-ID",
            Self::FraDl => "FRA-DL",
            Self::CheDl => "CHE-DL",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// Characters of each line, from the top.
    #[must_use]
    pub const fn widths(self) -> &'static [usize] {
        match self {
            Self::Td1 => &[30, 30, 30],
            Self::Td2 | Self::MrvB | Self::FraId => &[36, 36],
            Self::Td3 | Self::MrvA => &[44, 44],
            Self::FraDl => &[30],
            Self::CheDl => &[9, 30, 30],
        }
    }

    /// Where the fields stand.
    pub(crate) const fn layout(self) -> &'static Layout {
        match self {
            Self::Td1 => &TD1,
            Self::Td2 => &TD2,
            Self::Td3 => &TD3,
            Self::MrvA => &MRV_A,
            Self::MrvB => &MRV_B,
            Self::FraId => &FRA_ID,
            Self::FraDl => &FRA_DL,
            Self::CheDl => &CHE_DL,
        }
    }
}

/// The fields of a zone. [`Self::Surname`] stands for the name field where both names share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of Doc 9303")]
pub enum FieldId {
    DocumentCode,
    IssuingState,
    Surname,
    GivenNames,
    DocumentNumber,
    Nationality,
    BirthDate,
    Sex,
    ExpiryDate,
    IssueDate,
    Optional1,
    Optional2,
    Composite,
}

impl FieldId {
    /// The key used in JSON, for example `document_number`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentCode => "document_code",
            Self::IssuingState => "issuing_state",
            Self::Surname => "surname",
            Self::GivenNames => "given_names",
            Self::DocumentNumber => "document_number",
            Self::Nationality => "nationality",
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::ExpiryDate => "expiry_date",
            Self::IssueDate => "issue_date",
            Self::Optional1 => "optional_1",
            Self::Optional2 => "optional_2",
            Self::Composite => "composite",
        }
    }
}

/// A run of cells: line, first cell and the cell after the last, all from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    pub(crate) line: u8,
    pub(crate) start: u8,
    pub(crate) end: u8,
}

#[expect(clippy::unnecessary_wraps, reason = "the layouts below read as in Doc 9303")]
const fn at(line: u8, first_column: u8, last_column: u8) -> Option<Cells> {
    Some(Cells { line: line - 1, start: first_column - 1, end: last_column })
}

/// Where the fields of one format stand; lines and columns are written as in Doc 9303, from 1.
pub(crate) struct Layout {
    pub(crate) code: Option<Cells>,
    pub(crate) state: Option<Cells>,
    /// Both names with `<<` between, or the surname if [`Self::given`] is there.
    pub(crate) name: Option<Cells>,
    pub(crate) given: Option<Cells>,
    pub(crate) number: Option<Cells>,
    /// What the digit of the number covers where that is not the number alone.
    pub(crate) number_covered: Option<Cells>,
    pub(crate) number_digit: Option<Cells>,
    pub(crate) nationality: Option<Cells>,
    pub(crate) birth: Option<Cells>,
    pub(crate) birth_digit: Option<Cells>,
    pub(crate) sex: Option<Cells>,
    pub(crate) expiry: Option<Cells>,
    pub(crate) expiry_digit: Option<Cells>,
    pub(crate) issue: Option<Cells>,
    pub(crate) optional_1: Option<Cells>,
    pub(crate) optional_1_digit: Option<Cells>,
    pub(crate) optional_2: Option<Cells>,
    pub(crate) composite: Option<Cells>,
    /// What the composite digit covers, in order.
    pub(crate) covered: &'static [Cells],
    /// Whether a long number goes on in the first optional field.
    pub(crate) overflow: bool,
}

const NONE: Layout = Layout {
    code: None,
    state: None,
    name: None,
    given: None,
    number: None,
    number_covered: None,
    number_digit: None,
    nationality: None,
    birth: None,
    birth_digit: None,
    sex: None,
    expiry: None,
    expiry_digit: None,
    issue: None,
    optional_1: None,
    optional_1_digit: None,
    optional_2: None,
    composite: None,
    covered: &[],
    overflow: false,
};

const fn cells(line: u8, first_column: u8, last_column: u8) -> Cells {
    Cells { line: line - 1, start: first_column - 1, end: last_column }
}

static TD1: Layout = Layout {
    code: at(1, 1, 2),
    state: at(1, 3, 5),
    number: at(1, 6, 14),
    number_digit: at(1, 15, 15),
    optional_1: at(1, 16, 30),
    birth: at(2, 1, 6),
    birth_digit: at(2, 7, 7),
    sex: at(2, 8, 8),
    expiry: at(2, 9, 14),
    expiry_digit: at(2, 15, 15),
    nationality: at(2, 16, 18),
    optional_2: at(2, 19, 29),
    composite: at(2, 30, 30),
    covered: &[cells(1, 6, 30), cells(2, 1, 7), cells(2, 9, 15), cells(2, 19, 29)],
    name: at(3, 1, 30),
    overflow: true,
    ..NONE
};

/// What TD2, TD3 and both visas share in their second line.
const SECOND_LINE: Layout = Layout {
    code: at(1, 1, 2),
    state: at(1, 3, 5),
    number: at(2, 1, 9),
    number_digit: at(2, 10, 10),
    nationality: at(2, 11, 13),
    birth: at(2, 14, 19),
    birth_digit: at(2, 20, 20),
    sex: at(2, 21, 21),
    expiry: at(2, 22, 27),
    expiry_digit: at(2, 28, 28),
    ..NONE
};

static TD2: Layout = Layout {
    name: at(1, 6, 36),
    optional_1: at(2, 29, 35),
    composite: at(2, 36, 36),
    covered: &[cells(2, 1, 10), cells(2, 14, 20), cells(2, 22, 35)],
    overflow: true,
    ..SECOND_LINE
};

static TD3: Layout = Layout {
    name: at(1, 6, 44),
    optional_1: at(2, 29, 42),
    optional_1_digit: at(2, 43, 43),
    composite: at(2, 44, 44),
    covered: &[cells(2, 1, 10), cells(2, 14, 20), cells(2, 22, 43)],
    ..SECOND_LINE
};

static MRV_A: Layout = Layout { name: at(1, 6, 44), optional_1: at(2, 29, 44), ..SECOND_LINE };

static MRV_B: Layout = Layout { name: at(1, 6, 36), optional_1: at(2, 29, 36), ..SECOND_LINE };

static FRA_ID: Layout = Layout {
    code: at(1, 1, 2),
    state: at(1, 3, 5),
    name: at(1, 6, 30),
    optional_1: at(1, 31, 36),
    issue: at(2, 1, 4),
    optional_2: at(2, 5, 7),
    number: at(2, 8, 12),
    number_covered: at(2, 1, 12),
    number_digit: at(2, 13, 13),
    given: at(2, 14, 27),
    birth: at(2, 28, 33),
    birth_digit: at(2, 34, 34),
    sex: at(2, 35, 35),
    composite: at(2, 36, 36),
    covered: &[cells(1, 1, 36), cells(2, 1, 35)],
    ..NONE
};

static FRA_DL: Layout = Layout {
    code: at(1, 1, 2),
    state: at(1, 3, 5),
    number: at(1, 6, 14),
    number_covered: at(1, 1, 14),
    number_digit: at(1, 15, 15),
    expiry: at(1, 16, 21),
    name: at(1, 22, 29),
    composite: at(1, 30, 30),
    covered: &[cells(1, 1, 29)],
    ..NONE
};

static CHE_DL: Layout = Layout {
    number: at(1, 1, 9),
    code: at(2, 1, 2),
    state: at(2, 3, 5),
    optional_1: at(2, 6, 14),
    optional_2: at(2, 15, 17),
    birth: at(2, 20, 25),
    name: at(3, 1, 30),
    ..NONE
};
