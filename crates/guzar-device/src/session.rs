//! A session with one reader, without I/O: what to write, what was captured, what is wrong.

use std::sync::Arc;
use std::time::Duration;

use crate::framer::{Event, Framer, Why};
use crate::profile::Profile;

/// Bytes of no frame in a row after which the reader is said to speak another protocol, or at
/// another baud: more than any line noise, less than one page.
pub const FOREIGN_BYTES: usize = 64;
/// Most lines of one capture.
pub const LINES_MAX: usize = 16;

/// Lines that a reader read from one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// When its last byte came, since the session began.
    pub at: Duration,
    /// Lines from the top, without line ends.
    pub lines: Vec<String>,
}

/// What is wrong with a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// F01: a frame began and did not end.
    PartialFrame,
    /// F06, F07: bytes that are none of this protocol.
    ForeignBytes,
    /// F24: more than any frame may hold.
    Flood,
    /// F14: the reader does not know a command, or not its value.
    CommandRefused,
    /// A frame with bytes that are no text.
    NotText,
}

impl Fault {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PartialFrame => "device_partial_frame",
            Self::ForeignBytes => "device_foreign_bytes",
            Self::Flood => "device_flood",
            Self::CommandRefused => "device_command_refused",
            Self::NotText => "device_not_text",
        }
    }
}

/// What follows from bytes or time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Write these bytes to the reader.
    Write(Vec<u8>),
    /// A document was read.
    Capture(Capture),
    /// F03, F13: the same lines within the duplicate window; no new document.
    Duplicate,
    /// Something is wrong; nothing of it is passed on.
    Fault(Fault),
}

/// A session with one reader.
#[derive(Debug)]
pub struct Session {
    profile: Arc<Profile>,
    framer: Framer,
    foreign: usize,
    last: Option<Capture>,
}

impl Session {
    /// A session that has not begun.
    #[must_use]
    pub fn new(profile: Arc<Profile>) -> Self {
        Self { framer: Framer::new(Arc::clone(&profile)), profile, foreign: 0, last: None }
    }

    /// Begins the session: the port is open.
    #[must_use]
    pub fn start(&self) -> Vec<Action> {
        self.profile.commands.start.iter().cloned().map(Action::Write).collect()
    }

    /// Takes bytes that arrived at `now`, the time since the session began.
    pub fn receive(&mut self, now: Duration, bytes: &[u8]) -> Vec<Action> {
        let events = self.framer.receive(now, bytes);
        self.actions(now, events)
    }

    /// When [`Self::poll`] has something to do.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.framer.deadline()
    }

    /// Ends or drops what is open at `now`.
    pub fn poll(&mut self, now: Duration) -> Vec<Action> {
        let events = self.framer.poll(now);
        self.actions(now, events)
    }

    fn actions(&mut self, now: Duration, events: Vec<Event>) -> Vec<Action> {
        let mut actions = Vec::new();
        for event in events {
            match event {
                Event::Frame { tag, data } if tag == self.profile.payload.tag => {
                    self.document(now, &data, &mut actions);
                }
                Event::Frame { .. } => self.foreign = 0,
                Event::Garbage { why: Why::Partial, .. } => {
                    actions.push(Action::Fault(Fault::PartialFrame));
                }
                Event::Garbage { bytes, why } => self.garbage(bytes, why, &mut actions),
            }
        }
        actions
    }

    fn garbage(&mut self, bytes: usize, why: Why, actions: &mut Vec<Action>) {
        let before = self.foreign;
        self.foreign = before.saturating_add(bytes);
        // Said once, until a good frame comes.
        if before < FOREIGN_BYTES && self.foreign >= FOREIGN_BYTES {
            let flood = why == Why::TooLong;
            actions.push(Action::Fault(if flood { Fault::Flood } else { Fault::ForeignBytes }));
        }
    }

    fn document(&mut self, now: Duration, data: &[u8], actions: &mut Vec<Action>) {
        self.foreign = 0;
        let commands = &self.profile.commands;
        if data.iter().any(|byte| commands.refused.contains(byte)) {
            return actions.push(Action::Fault(Fault::CommandRefused));
        }
        if commands.taken.is_some_and(|taken| data.contains(&taken)) {
            return;
        }
        let Some(lines) = self.lines(data) else {
            return actions.push(Action::Fault(Fault::NotText));
        };
        if lines.is_empty() {
            // The answer to an inquiry while nothing lies in the reader.
            return;
        }
        let capture = Capture { at: now, lines };
        let window = self.profile.duplicate_window;
        let same = self.last.as_ref().is_some_and(|last| {
            last.lines == capture.lines && now.saturating_sub(last.at) < window
        });
        actions.push(if same { Action::Duplicate } else { Action::Capture(capture.clone()) });
        self.last = Some(capture);
        if !self.profile.commands.rearm.is_empty() {
            actions.push(Action::Write(self.profile.commands.rearm.clone()));
        }
    }

    fn lines(&self, data: &[u8]) -> Option<Vec<String>> {
        let payload = &self.profile.payload;
        let mut lines = Vec::new();
        for line in data.split(|&byte| byte == payload.line_end) {
            let line: Vec<u8> = line.iter().copied().filter(|&byte| byte != b'\n').collect();
            if line.is_empty() {
                continue;
            }
            if lines.len() == LINES_MAX || !line.iter().all(|byte| (0x20..0x7F).contains(byte)) {
                return None;
            }
            let text = line
                .iter()
                .map(|&byte| char::from(if Some(byte) == payload.pad { b'<' } else { byte }));
            lines.push(text.collect());
        }
        Some(lines)
    }
}
