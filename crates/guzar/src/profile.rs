//! `guzar profile check FILE...`: one line a file, all of them looked at.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Subcommand;
use guzar_device::Profile;

/// What is done with device profiles.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Reads each file and says what is wrong with it.
    Check {
        /// Profiles, `firmware-profiles/<vendor>/<model>.toml`.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Runs the command; true if a profile can't be used.
pub(crate) fn run(command: &Command, output: &mut dyn Write) -> anyhow::Result<bool> {
    let Command::Check { files } = command;
    let mut wrong = false;
    for file in files {
        let line = match std::fs::read_to_string(file) {
            Ok(text) => match Profile::from_toml(file, &text) {
                Ok(profile) => format!("ok {} ({})", profile.id, profile.name),
                Err(error) => format!("{} {error}", error.code()),
            },
            Err(error) => format!("profile_unreadable {}: {error}", file.display()),
        };
        wrong |= !line.starts_with("ok ");
        writeln!(output, "{line}").context("standard output can't be written")?;
    }
    Ok(wrong)
}
