//! The project's own commands: `cargo xtask setup|test|demo|prove|hil|bench|arrows|tidy`.

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
    /// Lets a scripted queue of travellers pass a simulated desk.
    Demo {
        /// Ends by itself; exit code 0 only if everything came out as scripted.
        #[arg(long)]
        headless: bool,
        /// Folder for the stores; left there. Without it a temporary one is removed at the end.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Runs a long proof: powercut, kill.
    Prove {
        /// Which proof; all of them if left out.
        proof: Option<String>,
        /// How many rounds.
        #[arg(long, default_value_t = 1000)]
        rounds: u32,
        /// First seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where the result goes as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
    },
    /// Runs the matrix of device profile and fault.
    Hil {
        /// Where the matrix goes as JSON.
        #[arg(long)]
        json: Option<PathBuf>,
    },
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
        Task::Demo { headless, data } => return demo(headless, data),
        Task::Prove { proof, rounds, seed, json } => return prove(proof, rounds, seed, json.as_ref()),
        Task::Hil { json } => return tool("guzar-hil", &["guzar-hil"], json.as_ref(), &[], false),
        Task::Bench { name, json } => {
            let name: Vec<String> = name.into_iter().collect();
            return tool("guzar-bench", &["guzar-bench"], json.as_ref(), &name, true);
        }
        Task::Arrows => arrows::check(&root())?,
        Task::Tidy => tidy::check(&root())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The programs that the cross-crate tests start.
const PROGRAMS: &[&str] = &["guzar", "guzar-station", "guzar-centre", "guzar-trainer", "guzar-sim"];

fn test() -> anyhow::Result<()> {
    setup::install()?;
    build_programs()?;
    Run::cargo(&["test", "--workspace", "--no-fail-fast"])
        .env("GUZAR_BIN_DIR", root().join("target/debug"))
        .status()?
        .success()
        .then_some(())
        .context("tests failed: the names stand above")
}

fn build_programs() -> anyhow::Result<()> {
    let mut args = vec!["build"];
    for program in PROGRAMS {
        args.extend(["-p", program]);
    }
    args.extend(["-p", "guzar-tests", "--bins"]);
    anyhow::ensure!(Run::cargo(&args).status()?.success(), "the programs do not build");
    Ok(())
}

fn demo(headless: bool, data: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    setup::install()?;
    build_programs()?;
    let mut args = Vec::new();
    if headless {
        args.push("--headless".to_owned());
    }
    if let Some(data) = data {
        args.extend(["--data".to_owned(), data.display().to_string()]);
    }
    Run::program("guzar-demo", false).args(&args).code()
}

fn prove(
    proof: Option<String>,
    rounds: u32,
    seed: u64,
    json: Option<&PathBuf>,
) -> anyhow::Result<ExitCode> {
    let mut args: Vec<String> = proof.into_iter().collect();
    args.extend(["--rounds".into(), rounds.to_string(), "--seed".into(), seed.to_string()]);
    tool("guzar-prove", &["guzar-tests"], json, &args, false)
}

/// Builds package(s) and runs one of their programs with `args` and `--json`.
fn tool(
    program: &str,
    packages: &[&str],
    json: Option<&PathBuf>,
    args: &[String],
    release: bool,
) -> anyhow::Result<ExitCode> {
    let mut build = vec!["build", "--bins"];
    if release {
        build.push("--release");
    }
    for package in packages {
        build.extend(["-p", package]);
    }
    anyhow::ensure!(Run::cargo(&build).status()?.success(), "{program} does not build");
    let mut args = args.to_vec();
    if let Some(json) = json {
        args.extend(["--json".to_owned(), json.display().to_string()]);
    }
    Run::program(program, release).args(&args).code()
}
