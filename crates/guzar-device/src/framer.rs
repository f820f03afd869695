//! Bytes to frames, without I/O.
//!
//! How bytes are split over calls changes no frame, as long as the pauses between them stay below
//! the profile's `quiet`. Memory is bounded by the profile's longest payload: nothing is ever
//! allocated because a reader claims a length.

use std::sync::Arc;
use std::time::Duration;

use crate::profile::{FramingKind, Profile};

/// Cuts a byte stream into frames. Owns no port and reads no clock.
#[derive(Debug)]
pub struct Framer {
    profile: Arc<Profile>,
    buffer: Vec<u8>,
    /// When the last byte in the buffer came.
    last: Duration,
    /// Too much came without a pause: drop until there is one.
    flooded: bool,
}

/// What came out of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A whole frame.
    Frame {
        /// Its tag, where frames have one.
        tag: Option<u8>,
        /// What stands between start and end.
        data: Vec<u8>,
    },
    /// Bytes that belong to no frame were dropped.
    Garbage {
        /// How many.
        bytes: usize,
        /// Why.
        why: Why,
    },
}

/// Why bytes were dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No frame begins with them.
    NoStart,
    /// The frame is longer than the profile's longest payload.
    TooLong,
    /// The frame was begun and not ended in time.
    Partial,
}

/// What the buffer holds at its beginning.
enum Head {
    /// A whole frame of that many bytes with its payload there.
    Whole { len: usize, tag: Option<u8>, data: Vec<u8> },
    /// The beginning of a frame.
    Begun,
    /// A byte that begins no frame that may be.
    Drop(Why),
}

impl Framer {
    /// A framer for one reader of this model.
    #[must_use]
    pub const fn new(profile: Arc<Profile>) -> Self {
        Self { profile, buffer: Vec::new(), last: Duration::ZERO, flooded: false }
    }

    /// Takes bytes that arrived at `now` (time since the session began) and returns what they made.
    pub fn receive(&mut self, now: Duration, bytes: &[u8]) -> Vec<Event> {
        let mut events = self.poll(now);
        for &byte in bytes {
            self.buffer.push(byte);
            self.cut(&mut events);
        }
        self.last = now;
        events
    }

    /// When [`Self::poll`] has something to do if no more bytes come; `None` if it never has.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let waiting = !self.buffer.is_empty() || self.flooded;
        waiting.then(|| self.last.saturating_add(self.profile.framing.quiet))
    }

    /// Ends or drops what is open at `now`. A call too early or too often does nothing.
    pub fn poll(&mut self, now: Duration) -> Vec<Event> {
        let mut events = Vec::new();
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return events;
        }
        self.flooded = false;
        if self.buffer.is_empty() {
            return events;
        }
        let data = std::mem::take(&mut self.buffer);
        if self.profile.framing.kind == FramingKind::Silence {
            events.push(Event::Frame { tag: None, data });
        } else {
            events.push(Event::Garbage { bytes: data.len(), why: Why::Partial });
        }
        events
    }

    fn cut(&mut self, events: &mut Vec<Event>) {
        while !self.buffer.is_empty() {
            match self.head() {
                Head::Begun => return,
                Head::Whole { len, tag, data } => {
                    self.buffer.drain(..len);
                    events.push(Event::Frame { tag, data });
                }
                Head::Drop(why) => self.drop_first(why, events),
            }
        }
    }

    fn drop_first(&mut self, why: Why, events: &mut Vec<Event>) {
        // Without a mark at the beginning there is nothing to find before the next pause.
        let unmarked = self.profile.framing.kind == FramingKind::Silence;
        let bytes = if unmarked { self.buffer.len() } else { 1 };
        self.flooded |= unmarked;
        self.buffer.drain(..bytes);
        match events.last_mut() {
            Some(Event::Garbage { bytes: sum, why: last }) if *last == why => *sum += bytes,
            _ => events.push(Event::Garbage { bytes, why }),
        }
    }

    fn head(&self) -> Head {
        let max = self.profile.framing.payload_bytes_max;
        match &self.profile.framing.kind {
            FramingKind::LengthPrefixed { tags } => length_prefixed(&self.buffer, tags, max),
            FramingKind::Delimited { start, end } => delimited(&self.buffer, start, end, max),
            FramingKind::Silence if self.flooded => Head::Drop(Why::TooLong),
            FramingKind::Silence if self.buffer.len() > max => Head::Drop(Why::TooLong),
            FramingKind::Silence => Head::Begun,
        }
    }
}

fn length_prefixed(buffer: &[u8], tags: &[u8], max: usize) -> Head {
    let Some((tag, rest)) = buffer.split_first() else { return Head::Begun };
    if !tags.contains(tag) {
        return Head::Drop(Why::NoStart);
    }
    let &[high, low, ref data @ ..] = rest else { return Head::Begun };
    let len = usize::from(u16::from_be_bytes([high, low]));
    if len > max {
        return Head::Drop(Why::TooLong);
    }
    match data.get(..len) {
        Some(data) => Head::Whole { len: len + 3, tag: Some(*tag), data: data.to_vec() },
        None => Head::Begun,
    }
}

fn delimited(buffer: &[u8], start: &[u8], end: &[u8], max: usize) -> Head {
    if !start.starts_with(buffer) && !buffer.starts_with(start) {
        return Head::Drop(Why::NoStart);
    }
    let Some(rest) = buffer.strip_prefix(start) else { return Head::Begun };
    if let Some(data) = rest.strip_suffix(end) {
        return Head::Whole { len: buffer.len(), tag: None, data: data.to_vec() };
    }
    if rest.len() > max + end.len() { Head::Drop(Why::TooLong) } else { Head::Begun }
}
