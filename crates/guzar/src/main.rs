//! The command-line tool for engineers and auditors.
//!
//! Exit codes: 0 done, 1 done and something was found wrong, 2 wrong usage, 3 broke.

mod mrz;
mod profile;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "guzar", version, about = "Inspects travel documents and what Guzar keeps")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks, repairs or makes machine readable zones, one JSON object a line.
    Mrz(mrz::Args),
    /// Checks device profiles.
    #[command(subcommand)]
    Profile(profile::Command),
}

fn main() -> ExitCode {
    // Wrong usage ends in clap with exit code 2.
    let args = Args::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &args.command {
        Command::Mrz(args) => mrz::run(args, &mut io::stdin().lock(), &mut out),
        Command::Profile(command) => profile::run(command, &mut out),
    };
    match done.and_then(|found| out.flush().map(|()| found).map_err(Into::into)) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::from(1),
        Err(error) => {
            eprintln!("guzar: {error:#}");
            ExitCode::from(3)
        }
    }
}
