//! The project's own commands: `cargo xtask setup|test|bench|arrows|tidy`.

mod arrows;
mod command;
mod setup;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::command::{Run, root};

/// Builds, tests, shows and measures Guzar.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs the Debian packages that are missing, each named first.
    Setup,
    /// Sets up, builds the programs, then runs every test.
    Test,
    /// Measures, with the peers beside; all benchmarks or those whose name begins with NAME.
    Bench {
        /// Beginning of the names to run, for example `mrz`.
        name: Option<String>,
        /// Where the rows go as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
    },
    /// Compares the arrows between crates with the design.
    Arrows,
    /// Checks formatting, lints, sizes of files and functions.
    Tidy,
}

fn main() -> ExitCode {
    match run(Args::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(3)
        }
    }
}

fn run(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Setup => setup::install()?,
        Task::Test => test()?,
        Task::Bench { name, json } => {
            return bench(name, json.as_ref());
        }
        Task::Arrows => arrows::check(&root())?,
        Task::Tidy => tidy::check(&root())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn test() -> anyhow::Result<()> {
    setup::install()?;
    Run::cargo(&["test", "--workspace", "--no-fail-fast", "--locked"])
        .status()?
        .success()
        .then_some(())
        .context("tests failed: the names stand above")
}

/// Builds the benchmarks optimised and runs them.
fn bench(name: Option<String>, json: Option<&PathBuf>) -> anyhow::Result<ExitCode> {
    let build = Run::cargo(&["build", "--release", "--locked", "-p", "guzar-bench"]);
    anyhow::ensure!(build.status()?.success(), "the benchmarks do not build");
    let mut args: Vec<String> = name.into_iter().collect();
    if let Some(json) = json {
        args.extend(["--json".to_owned(), json.display().to_string()]);
    }
    Run::release_program("guzar-bench").args(&args).code()
}
