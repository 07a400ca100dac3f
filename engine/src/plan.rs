//! Which way to an answer: chosen by what it may be expected to cost. Every way gives the same answer.
//!
//! A plan has two parts. A *pass* sees to the total and the facets; when it meets each match it can find the best
//! of them on the way. *Nearest* finds the best apart from that, where they are few and the matches are many.
//! Planning reads no index, no file and no clock: the facts come in, the plan goes out.

use std::fmt;

/// Which way to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How matches are counted, if they have to be.
    pub pass: Option<Pass>,
    /// How the nearest are found, if the pass does not find them.
    pub nearest: Option<Nearest>,
}

/// How matches are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// As differences of ranks at the ends of runs: without meeting any match.
    Ranks,
    /// By the bits of filters in runs, meeting each match.
    Scan,
    /// By seeking the postings of every run, meeting each match.
    Sought,
    /// Through all postings of the rarest word, meeting each match.
    Postings,
    /// From the sums of a frequent word, without meeting any match.
    Sums,
}

/// How the nearest are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearest {
    /// Outwards from the origin, document by document.
    Walk,
    /// In circles around the origin that grow until they hold enough, each by seeking postings.
    Rings,
}

/// What a plan is chosen by.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// How many documents have each word, the rarest first.
    pub frequencies: Vec<u32>,
    /// How many documents with a place there are.
    pub documents: f64,
    /// How many of them the runs of the area hold.
    pub in_runs: f64,
    /// How many runs there are.
    pub runs: f64,
    /// What share of all documents may be expected to pass the filters.
    pub share: f64,
    /// How many of the best are wanted.
    pub wanted: usize,
    /// Whether the order is by distance.
    pub by_distance: bool,
    /// Whether a total or facets are wanted.
    pub counted: bool,
    /// Whether the counts were summed up beforehand.
    pub summed: bool,
}

/// Costs in nanoseconds: estimates, set by hand while measuring with `benches/classes.rs`. They need not be right,
/// only right to each other.
mod cost {
    /// To seek in postings and unpack a block.
    pub(super) const SEEK: f64 = 120.0;
    /// To go over one entry of a skip list.
    pub(super) const SKIP: f64 = 3.0;
    /// To look at a posting.
    pub(super) const POSTING: f64 = 3.0;
    /// To look at a document on a walk.
    pub(super) const STEP: f64 = 6.0;
    /// To go over 64 documents by a filter.
    pub(super) const WORD: f64 = 6.0;
    /// To consider a match for the page.
    pub(super) const MATCH: f64 = 6.0;
    /// To find out how large the first ring must be, and to open it.
    pub(super) const RINGS: f64 = 3_000.0;
}

/// How many documents or postings, as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}

/// Documents in a block of postings.
const POSTINGS_BLOCK: f64 = 128.0;

impl Facts {
    /// The cheapest plan.
    pub fn choose(&self) -> Plan {
        let cheapest = self
            .plans()
            .into_iter()
            .min_by(|a, b| self.cost(*a).total_cmp(&self.cost(*b)));
        cheapest.unwrap_or(Plan {
            pass: None,
            nearest: None,
        })
    }

    /// Every plan that answers.
    pub fn plans(&self) -> Vec<Plan> {
        let (meeting, counting): (&[Pass], &[Pass]) = if self.frequencies.is_empty() {
            (&[Pass::Scan], &[Pass::Ranks])
        } else if self.summed {
            (
                &[Pass::Sought, Pass::Postings],
                &[Pass::Sought, Pass::Postings, Pass::Sums],
            )
        } else {
            (&[Pass::Sought, Pass::Postings], &[Pass::Sought, Pass::Postings])
        };
        let alone = |pass: &Pass| Plan {
            pass: Some(*pass),
            nearest: None,
        };
        if self.wanted == 0 {
            let passes = if self.counted { counting } else { &[] };
            return passes.iter().map(alone).collect();
        }
        let mut plans: Vec<Plan> = meeting.iter().map(alone).collect();
        if self.by_distance {
            let nearest = if self.frequencies.is_empty() {
                Nearest::Walk
            } else {
                Nearest::Rings
            };
            let counting = counting.iter().copied().map(Some);
            let passes: Vec<Option<Pass>> = if self.counted {
                counting.collect()
            } else {
                vec![None]
            };
            plans.extend(passes.into_iter().map(|pass| Plan {
                pass,
                nearest: Some(nearest),
            }));
        }
        plans
    }

    /// What a plan may be expected to cost, in nanoseconds.
    pub(crate) fn cost(&self, plan: Plan) -> f64 {
        let nearest = match plan.nearest {
            None => self.considered(plan.pass) * cost::MATCH,
            Some(Nearest::Walk) => self.walked() * cost::STEP,
            Some(Nearest::Rings) => cost::RINGS + self.wanted_matches() * 4.0 * cost::POSTING,
        };
        let pass = match plan.pass {
            None | Some(Pass::Sums) => 0.0,
            Some(Pass::Ranks) => self.runs * 2.0 * cost::WORD,
            Some(Pass::Scan) => self.in_runs / 64.0 * cost::WORD,
            Some(Pass::Sought) => {
                let words = number(self.frequencies.len());
                let held = self.postings() * self.in_runs / self.documents.max(1.0);
                let seeks = self.runs.min(held + 1.0) * words;
                seeks * cost::SEEK + held * cost::POSTING + self.skips()
            }
            Some(Pass::Postings) => {
                let rarest = self.frequencies.first().copied().map_or(0.0, f64::from);
                let others = self.frequencies.iter().skip(1);
                let seeks: f64 = others
                    .map(|other| rarest.min(f64::from(*other) / POSTINGS_BLOCK))
                    .sum();
                rarest * cost::POSTING * 2.0 + seeks * cost::SEEK
            }
        };
        pass + nearest
    }

    /// Postings of all words.
    fn postings(&self) -> f64 {
        self.frequencies.iter().copied().map(f64::from).sum()
    }

    fn skips(&self) -> f64 {
        self.postings() / POSTINGS_BLOCK * cost::SKIP
    }

    /// The share of documents that may be expected to match filters and words.
    pub(crate) fn match_share(&self) -> f64 {
        let words = self
            .frequencies
            .iter()
            .map(|frequency| f64::from(*frequency) / self.documents.max(1.0));
        self.share * words.map(|share| share.min(1.0)).product::<f64>()
    }

    fn matches(&self) -> f64 {
        self.in_runs * self.match_share()
    }

    fn wanted_matches(&self) -> f64 {
        number(self.wanted).min(self.matches())
    }

    /// How many matches a pass considers for the page.
    fn considered(&self, pass: Option<Pass>) -> f64 {
        let all = self.matches();
        if self.wanted == 0 {
            0.0
        } else if self.by_distance && pass == Some(Pass::Sought) {
            // From the origin outwards, run by run: a strip of the area as wide as the circle of the wanted.
            let strips = (self.wanted_matches() / all.max(1.0)).sqrt() + 1.0 / self.runs.max(1.0);
            all * strips.min(1.0)
        } else {
            all
        }
    }

    /// How many documents a walk meets until it has enough.
    fn walked(&self) -> f64 {
        (3.0 * number(self.wanted) / self.share.max(1e-9)).min(self.in_runs) + 50.0
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pass = match self.pass {
            None => None,
            Some(Pass::Ranks) => Some("count by ranks at the ends of runs"),
            Some(Pass::Scan) => Some("scan the runs by filter"),
            Some(Pass::Sought) => Some("seek the postings of each run"),
            Some(Pass::Postings) => Some("go through the postings of the rarest word"),
            Some(Pass::Sums) => Some("count by the sums of a frequent word"),
        };
        let nearest = match self.nearest {
            None => None,
            Some(Nearest::Walk) => Some("walk outwards from the origin"),
            Some(Nearest::Rings) => Some("seek postings in growing circles"),
        };
        match (pass, nearest) {
            (Some(pass), Some(nearest)) => write!(f, "{nearest}; {pass}"),
            (Some(one), None) | (None, Some(one)) => f.write_str(one),
            (None, None) => f.write_str("nothing to do"),
        }
    }
}
