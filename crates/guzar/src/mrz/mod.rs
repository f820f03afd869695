//! `guzar mrz`: lines of JSON in, lines of JSON out, in the same order.

mod answer;
mod make;

use std::io::{BufRead, Read as _, Write};

use anyhow::Context as _;
use clap::ValueEnum;
use guzar_doc::{Context, Direction, Document};
use jiff::ZonedDateTime;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest line of input in bytes: a zone has at most 132 characters, names in native script more.
const LINE_BYTES_MAX: u64 = 64 * 1024;

/// What `guzar mrz` is asked.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// One JSON object a line; the only form there is.
    #[arg(long, required = true)]
    jsonl: bool,
    /// The day of the checks. Without it dates are windowed by the system's date and D checks are
    /// left out.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Which way the holder crosses.
    #[arg(long, default_value = "entry")]
    direction: Way,
    /// Also looks for a repair of misread characters.
    #[arg(long, conflicts_with = "make")]
    repair: bool,
    /// Makes lines from fields.
    #[arg(long)]
    make: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Way {
    Entry,
    Exit,
}

/// A line that can't be used: code and detail.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: &'static str,
    detail: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    id: Value,
    lines: Vec<String>,
}

/// Answers every line of `input`; true if a line could not be used.
pub(crate) fn run(
    args: &Args,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> anyhow::Result<bool> {
    let direction = match args.direction {
        Way::Entry => Direction::Entry,
        Way::Exit => Direction::Exit,
    };
    let today = args.today.unwrap_or_else(|| ZonedDateTime::now().date());
    let context = Context { today, direction };
    let mut refused = false;
    while let Some(line) = read_line(input).context("standard input can't be read")? {
        let answer = line.and_then(|line| answer(args, context, &line));
        let answer = answer.unwrap_or_else(|(id, refusal)| {
            refused = true;
            json!({"id": id, "error": {"code": refusal.code, "detail": refusal.detail}})
        });
        writeln!(output, "{answer}").context("standard output can't be written")?;
    }
    Ok(refused)
}

type Answered<T> = Result<T, (Value, Refusal)>;

/// The next line; a line that is too long or not UTF-8 is passed over to its end.
fn read_line(input: &mut dyn BufRead) -> anyhow::Result<Option<Answered<String>>> {
    let mut bytes = Vec::new();
    let read = (&mut *input).take(LINE_BYTES_MAX).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && read as u64 == LINE_BYTES_MAX {
        skip_line(input)?;
        let detail = format!("line longer than {LINE_BYTES_MAX} bytes; give one zone a line");
        return Ok(Some(Err((Value::Null, Refusal { code: "line_too_long", detail }))));
    }
    Ok(Some(String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        let detail = format!("byte {at} is not UTF-8; save the file as UTF-8");
        (Value::Null, Refusal { code: "not_utf8", detail })
    })))
}

fn skip_line(input: &mut dyn BufRead) -> anyhow::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let (used, done) = match end {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn answer(args: &Args, context: Context, line: &str) -> Answered<Value> {
    let value: Value = serde_json::from_str(line).map_err(|error| {
        let detail = format!("{error}; each line must be one JSON object");
        (Value::Null, Refusal { code: "not_json", detail })
    })?;
    let id = value.get("id").cloned().unwrap_or_default();
    let wrong = |error: serde_json::Error| {
        (id.clone(), Refusal { code: "wrong_input", detail: error.to_string() })
    };
    if args.make {
        let input: make::Input = serde_json::from_value(value).map_err(wrong)?;
        return make::answer(input).map_err(|refusal| (id.clone(), refusal));
    }
    let input: Input = serde_json::from_value(value).map_err(wrong)?;
    let mut answer = match Document::read(&input.lines, &context) {
        Ok(document) => answer::document(&document, args.today),
        Err(error) => answer::not_mrz(&error),
    };
    if let Value::Object(answer) = &mut answer {
        answer.insert("id".into(), input.id);
        if args.repair {
            answer.insert("repair".into(), answer::repair(&input.lines));
        }
    }
    Ok(answer)
}
