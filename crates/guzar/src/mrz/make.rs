//! `--make`: fields in, lines out.

use guzar_doc::Format;
use guzar_doc::emit::{self, EmitError, Fields};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    id: Value,
    format: String,
    fields: Given,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the keys of the interface")]
struct Given {
    document_code: String,
    issuing_state: String,
    surname: String,
    given_names: String,
    document_number: String,
    nationality: String,
    birth_date: String,
    sex: String,
    expiry_date: String,
    issue_date: String,
    optional_1: String,
    optional_2: String,
}

/// The lines of a document, or why none can be made.
pub(super) fn answer(input: Input) -> Result<Value, Refusal> {
    let Some(format) = Format::from_name(&input.format) else {
        let names: Vec<_> = Format::ALL.iter().map(|format| format.as_str()).collect();
        let detail = format!("format is {:?}, must be one of {}", input.format, names.join(", "));
        return Err(Refusal { code: "unknown_format", detail });
    };
    let given = input.fields;
    let fields = Fields {
        document_code: given.document_code,
        issuing_state: given.issuing_state,
        surname: given.surname,
        given_names: given.given_names,
        document_number: given.document_number,
        nationality: given.nationality,
        birth_date: given.birth_date,
        sex: given.sex,
        expiry_date: given.expiry_date,
        issue_date: given.issue_date,
        optional_1: given.optional_1,
        optional_2: given.optional_2,
    };
    let made = emit::lines(&fields, format).map_err(|error| Refusal {
        code: match error {
            EmitError::TooLong { .. } => "field_too_long",
            EmitError::Character { .. } => "field_character",
            EmitError::Name { .. } => "name_letter",
            _ => "field",
        },
        detail: error.to_string(),
    })?;
    Ok(json!({"id": input.id, "lines": made.lines, "truncated": made.truncated}))
}
