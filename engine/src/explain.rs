//! How an answer came about: the plan, what it looked at, and how long each stage took.

use std::time::{Duration, Instant};

use crate::{
    plan::{Facts, Plan},
    reasons::Reasons,
};

/// How an answer came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The way that was taken.
    pub plan: Plan,
    /// What it was chosen by.
    pub facts: Facts,
    /// Documents met on a walk.
    pub walked: u64,
    /// Postings looked at.
    pub postings: u64,
    /// How many circles were drawn around the origin.
    pub rings: u32,
    /// Candidates of which the exact distance or the order was decided at the end.
    pub candidates: u64,
    /// Why each hit stands where it does, in their order; none if they are not ordered by what was understood.
    pub reasons: Vec<Reasons>,
    /// Stages in their order, each with the time it took.
    pub stages: Vec<(&'static str, Duration)>,
}

/// Takes the times of stages, if anybody wants to know.
#[derive(Debug)]
pub(crate) struct Watch {
    last: Option<Instant>,
    stages: Vec<(&'static str, Duration)>,
}

impl Watch {
    pub(crate) fn new(wanted: bool) -> Self {
        Self {
            last: wanted.then(Instant::now),
            stages: Vec::new(),
        }
    }

    /// The stage that has just ended.
    pub(crate) fn lap(&mut self, stage: &'static str) {
        if let Some(last) = &mut self.last {
            let now = Instant::now();
            self.stages.push((stage, now - *last));
            *last = now;
        }
    }

    pub(crate) fn stages(self) -> Vec<(&'static str, Duration)> {
        self.stages
    }
}
