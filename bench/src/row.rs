//! One measured figure beside its goal and its peer.

use std::fmt::Write as _;

use serde::Serialize;

/// One figure. All keys are part of the interface that scripts read.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    /// For example `<= 200`.
    pub(crate) goal: String,
    pub(crate) peer: Option<&'static str>,
    pub(crate) peer_value: Option<f64>,
    /// Above 1: better than the peer.
    pub(crate) ratio: Option<f64>,
    pub(crate) runs: u32,
    pub(crate) note: String,
}

impl Row {
    /// A figure that shall be at most `goal`.
    pub(crate) fn at_most(name: &'static str, value: f64, unit: &'static str, goal: f64) -> Self {
        let goal = format!("<= {goal}");
        let (peer, peer_value, ratio) = (None, None, None);
        Self { name, value, unit, goal, peer, peer_value, ratio, runs: 1, note: String::new() }
    }

    /// With the peer measured in the same run.
    pub(crate) fn beside(mut self, peer: &'static str, value: f64) -> Self {
        self.peer = Some(peer);
        self.peer_value = Some(value);
        self.ratio = (self.value > 0.0).then(|| value / self.value);
        self
    }

    /// Measured that often.
    pub(crate) const fn runs(mut self, runs: u32) -> Self {
        self.runs = runs;
        self
    }

    /// With a remark.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Whether the figure is within its goal.
    pub(crate) fn meets_goal(&self) -> bool {
        let bound = self.goal.strip_prefix("<= ").and_then(|bound| bound.parse::<f64>().ok());
        bound.is_none_or(|bound| self.value <= bound)
    }
}

/// The rows as a table for people.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let mark = if row.meets_goal() { ' ' } else { '!' };
        let peer = row
            .peer
            .zip(row.peer_value)
            .zip(row.ratio)
            .map_or_else(String::new, |(p, r)| format!("{} {:.1}, {r:.1} times", p.0, p.1));
        let _ = writeln!(
            text,
            "{mark} {:<24} {:>10.1} {:<6} goal {:<8} {peer} {}",
            row.name, row.value, row.unit, row.goal, row.note
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_goal_is_marked() {
        let good = Row::at_most("a", 200.0, "ns", 200.0);
        let bad = Row::at_most("b", 200.1, "ns", 200.0);
        assert!(good.meets_goal() && !bad.meets_goal());
        assert!(table(&[bad]).starts_with('!'));
    }

    #[test]
    fn a_ratio_above_one_is_better_than_the_peer() {
        let row = Row::at_most("a", 100.0, "ns", 200.0).beside("peer", 400.0);
        assert_eq!(row.ratio.map(|ratio| ratio > 3.9), Some(true));
    }
}
