//! Measures Guzar and its peers in one run: `cargo xtask bench [NAME] --json FILE`.
//!
//! Times are medians over many short runs, so that a busy machine disturbs few of them.

mod counting;
mod mrz;
mod row;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser;

use crate::row::Row;

#[derive(Parser)]
#[command(name = "guzar-bench")]
struct Args {
    /// Beginning of the names to run.
    name: Option<String>,
    /// Where the rows go as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// A group of rows: the beginning of its names and what measures it.
type Group = (&'static str, fn() -> Vec<Row>);

const GROUPS: &[Group] = &[("mrz.", mrz::rows)];

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let wanted = args.name.unwrap_or_default();
    let groups = GROUPS.iter().filter(|(group, _)| {
        wanted.starts_with(group.trim_end_matches('.')) || group.starts_with(wanted.as_str())
    });
    let mut rows: Vec<Row> = groups.flat_map(|(_, measure)| measure()).collect();
    rows.retain(|row| row.name.starts_with(&wanted));
    anyhow::ensure!(!rows.is_empty(), "no benchmark's name begins with {wanted:?}");
    print!("{}", row::table(&rows));
    if let Some(path) = args.json {
        let text = serde_json::to_string_pretty(&rows)?;
        std::fs::write(&path, text)
            .with_context(|| format!("{} can't be written", path.display()))?;
    }
    let missed = rows.iter().any(|row| !row.meets_goal());
    Ok(if missed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
