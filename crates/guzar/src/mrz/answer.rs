//! Documents and repairs as JSON.

use guzar_doc::repair::{self, Candidate, Repair};
use guzar_doc::{Check, DocFinding, Document, ExpiryDate, FieldId, NotMrz, Sex};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// The answer for lines that are no zone.
pub(super) fn not_mrz(error: &NotMrz) -> Value {
    json!({
        "format": null, "valid": false, "number_convention": null, "fields": {}, "checks": {},
        "findings": [{
            "code": error.code(), "line": null, "column": null,
            "found": error.to_string(), "expected": null,
        }],
    })
}

/// The answer for a document; `today` adds the checks of dates.
pub(super) fn document(document: &Document, today: Option<Date>) -> Value {
    let mut findings: Vec<Value> = document.findings.iter().map(finding).collect();
    findings.extend(today.and_then(|today| expired(document, today)));
    json!({
        "format": document.format.as_str(),
        "valid": document.valid,
        "number_convention": document.number_convention.as_str(),
        "fields": fields(document),
        "checks": checks(document),
        "findings": findings,
    })
}

fn fields(document: &Document) -> Value {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    put("document_code", json!(document.code));
    put("issuing_state", json!(document.issuing_state));
    put("surname", json!(document.surname));
    put("given_names", json!(document.given_names));
    put("document_number", json!(document.number));
    if let Some(nationality) = &document.nationality {
        put("nationality", json!(nationality));
    }
    if let Some(raw) = &document.birth_raw {
        put("birth_date", json!(raw));
        put("birth_date_iso", json!(document.birth.day().map(|day| day.to_string())));
    }
    if let Some(sex) = document.sex {
        put("sex", json!(sex_text(sex)));
    }
    if let Some(raw) = &document.expiry_raw {
        put("expiry_date", json!(raw));
        put("expiry_date_iso", json!(document.expiry.day().map(|day| day.to_string())));
    }
    let others = [
        ("issue_date", &document.issue_raw),
        ("optional_1", &document.optional_1),
        ("optional_2", &document.optional_2),
    ];
    for (key, value) in others {
        if let Some(value) = value {
            put(key, json!(value));
        }
    }
    if document.optional_2.is_none() && document.optional_1.is_some() {
        put("optional_2", json!(""));
    }
    Value::Object(fields)
}

fn sex_text(sex: Sex) -> String {
    match sex {
        Sex::Male => "M".into(),
        Sex::Female => "F".into(),
        Sex::Unspecified => String::new(),
        Sex::Other(other) => char::from(other).to_string(),
    }
}

fn checks(document: &Document) -> Value {
    let text = |check| match check {
        Check::Ok => "ok",
        Check::Bad { .. } => "bad",
        Check::Absent => "absent",
    };
    let checks = &document.checks;
    json!({
        "document_number": text(checks.document_number),
        "birth_date": text(checks.birth_date),
        "expiry_date": text(checks.expiry_date),
        "optional": text(checks.optional),
        "composite": text(checks.composite),
    })
}

fn finding(finding: &DocFinding) -> Value {
    json!({
        "code": finding.code, "line": finding.line, "column": finding.column,
        "found": finding.found, "expected": finding.expected,
    })
}

/// D01, the only date check that needs nothing but the document and the day.
fn expired(document: &Document, today: Date) -> Option<Value> {
    let ExpiryDate::Day(until) = document.expiry else { return None };
    if until >= today {
        return None;
    }
    let span = span_of_expiry(document)?;
    Some(json!({
        "code": "D01", "line": span.0, "column": span.1,
        "found": document.expiry_raw, "expected": format!(">= {today}"),
    }))
}

fn span_of_expiry(document: &Document) -> Option<(u8, u8)> {
    let lines: Vec<&[u8]> = document.lines.iter().map(String::as_bytes).collect();
    let span = guzar_doc::parse(&lines).ok()?.field(FieldId::ExpiryDate)?.span;
    Some((span.line, span.start))
}

/// The answer to `--repair`.
pub(super) fn repair(lines: &[String]) -> Value {
    let lines: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
    match repair::repair(&lines) {
        Repair::None => json!({"outcome": "none", "changed": [], "candidates": []}),
        Repair::Unique(one) => {
            let Value::Object(mut answer) = candidate(&one) else { return Value::Null };
            answer.insert("outcome".into(), json!("unique"));
            answer.insert("candidates".into(), json!([]));
            Value::Object(answer)
        }
        Repair::Ambiguous(several) => json!({
            "outcome": "ambiguous", "changed": [],
            "candidates": several.iter().map(candidate).collect::<Vec<_>>(),
        }),
    }
}

fn candidate(candidate: &Candidate) -> Value {
    let lines: Vec<_> =
        candidate.lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    let text = |byte: u8| char::from(byte).to_string();
    let changed: Vec<Value> = candidate
        .changed
        .iter()
        .map(|change| {
            json!({
                "line": change.line, "column": change.column,
                "from": text(change.from), "to": text(change.to),
            })
        })
        .collect();
    json!({"lines": lines, "changed": changed})
}
