//! Running other programs, said before they run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus};

use anyhow::Context as _;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command in the workspace's folder, printed before it runs.
pub(crate) struct Run(Command);

impl Run {
    /// The cargo that runs this task.
    pub(crate) fn cargo(args: &[&str]) -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())).args(args)
    }

    /// A program of the workspace that is already built optimised. It runs where the caller
    /// stands, so that the files named on its command line are the caller's.
    pub(crate) fn release_program(name: &str) -> Self {
        Self(Command::new(target().join("release").join(name)))
    }

    /// Any program.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(root());
        Self(command)
    }

    /// Adds arguments.
    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: &[S]) -> Self {
        self.0.args(args);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(key, value);
        self
    }

    /// Runs it and waits.
    pub(crate) fn status(mut self) -> anyhow::Result<ExitStatus> {
        eprintln!("+ {:?}", self.0);
        self.0
            .status()
            .with_context(|| format!("{} does not start", self.0.get_program().display()))
    }

    /// Runs it and hands its exit code on; ended by a signal counts as 3.
    pub(crate) fn code(self) -> anyhow::Result<ExitCode> {
        let code = self.status()?.code().and_then(|code| u8::try_from(code).ok());
        Ok(ExitCode::from(code.unwrap_or(3)))
    }

    /// What it prints on standard output; `None` if it failed.
    pub(crate) fn output(mut self) -> Option<String> {
        let out = self.0.output().ok()?;
        out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
    }
}
