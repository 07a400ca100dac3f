//! How well a search answers what people ask, by the topics, judgements and measures of the Text Retrieval Conference
//! (TREC, <https://trec.nist.gov>).
//!
//! [`topics`] are what people ask, [`judgements`] say which documents answer it, [`evaluate`] asks and measures, and
//! [`comparison`] says whether one setting is really better than another. A measure here has the same value as that of
//! `trec_eval` (<https://github.com/usnistgov/trec_eval>) of the name that is given with it.

pub mod comparison;
mod evaluation;
pub mod judgements;
pub mod topics;

use std::collections::HashSet;

pub use self::evaluation::{Answered, Evaluation, evaluate};
use self::judgements::Judged;

/// How good an answer to one topic is, or answers on average. Each is from 0, the worst, to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// Normalised discounted cumulative gain of the first ten (`ndcg_cut_10`): the grade of each document, divided by the
    /// binary logarithm of its rank + 1, summed, and divided by that sum for the best order there can be.
    /// K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
    pub ndcg_at_10: f64,
    /// One divided by the rank of the first relevant document, 0 without one (`recip_rank`); on average the *mean
    /// reciprocal rank*. E. Voorhees, "The TREC-8 Question Answering Track Report", 1999.
    pub reciprocal_rank: f64,
    /// The share of all relevant documents that is among the first twenty (`recall_20`). Where more than twenty are
    /// relevant it cannot reach 1.
    pub recall_at_20: f64,
    /// 1 if one of the first three is relevant, else 0 (`success_3`).
    pub success_at_3: f64,
}

impl Measures {
    /// What people call the measures, in the order of [`Self::values`].
    pub const NAMES: [&'static str; 4] = ["nDCG@10", "MRR", "recall@20", "success@3"];

    /// The measures in the order of [`Self::NAMES`].
    pub fn values(&self) -> [f64; 4] {
        [
            self.ndcg_at_10,
            self.reciprocal_rank,
            self.recall_at_20,
            self.success_at_3,
        ]
    }

    /// Measures the answer to a topic: identifiers, best first; one that comes again is passed over. A document is
    /// relevant from the grade `level` on, which is at least 1. None if no judged document is relevant: then there is
    /// nothing to find.
    pub fn of<S: AsRef<str>>(answer: &[S], judged: &Judged, level: i32) -> Option<Self> {
        let relevant = judged.grades().filter(|grade| *grade >= level).count();
        if relevant == 0 {
            return None;
        }
        let mut seen = HashSet::new();
        let grades: Vec<i32> = answer
            .iter()
            .map(AsRef::as_ref)
            .filter(|id| seen.insert(*id))
            .map(|id| judged.grade(id))
            .collect();
        let mut ideal: Vec<i32> = judged.grades().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let is_relevant = |grade: &i32| *grade >= level;
        let first = grades.iter().position(is_relevant);
        Some(Self {
            ndcg_at_10: dcg_at_10(&grades) / dcg_at_10(&ideal),
            reciprocal_rank: first.map_or(0.0, |before| 1.0 / number(before + 1)),
            recall_at_20: number(grades.iter().take(20).filter(|grade| is_relevant(grade)).count())
                / number(relevant),
            success_at_3: first.is_some_and(|before| before < 3).into(),
        })
    }

    /// The arithmetic mean over topics; none of none.
    pub fn mean(of: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (mut sum, mut count) = (Self::default(), 0);
        for measures in of {
            sum.ndcg_at_10 += measures.ndcg_at_10;
            sum.reciprocal_rank += measures.reciprocal_rank;
            sum.recall_at_20 += measures.recall_at_20;
            sum.success_at_3 += measures.success_at_3;
            count += 1;
        }
        (count > 0).then(|| Self {
            ndcg_at_10: sum.ndcg_at_10 / number(count),
            reciprocal_rank: sum.reciprocal_rank / number(count),
            recall_at_20: sum.recall_at_20 / number(count),
            success_at_3: sum.success_at_3 / number(count),
        })
    }
}

/// Discounted cumulative gain; a grade below 0, as TREC gives to spam, gains nothing.
fn dcg_at_10(grades: &[i32]) -> f64 {
    let ranked = grades.iter().take(10).zip(1_u32..);
    let gains = ranked.map(|(grade, rank)| f64::from((*grade).max(0)) / f64::from(rank + 1).log2());
    // The sum of nothing would be -0.
    gains.fold(0.0, |sum, gain| sum + gain)
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 documents")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(grades: &[(&str, i32)]) -> Judged {
        grades
            .iter()
            .map(|(id, grade)| ((*id).to_owned(), *grade))
            .collect()
    }

    #[track_caller]
    fn check(answer: &[&str], level: i32, expected: [f64; 4]) {
        let judged = judged(&[("a", 3), ("b", 2), ("c", 1), ("spam", -2)]);
        let measures = Measures::of(answer, &judged, level).unwrap().values();
        for (found, expected) in measures.into_iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-9 && found.is_sign_positive(),
                "{measures:?}"
            );
        }
    }

    /// The best order gains 3 + 2/log2(3) + 1/log2(4) = 4.761859507…
    #[test]
    fn measures_are_those_that_a_pencil_gives() {
        check(&["a", "b", "c"], 1, [1.0, 1.0, 1.0, 1.0]);
        check(
            &["x", "b", "a"],
            1,
            [2.761_859_507 / 4.761_859_507, 0.5, 2.0 / 3.0, 1.0],
        );
        check(&["c"], 1, [1.0 / 4.761_859_507, 1.0, 1.0 / 3.0, 1.0]);
        check(&["c"], 2, [1.0 / 4.761_859_507, 0.0, 0.0, 0.0]);
        check(
            &["x", "y", "z", "a"],
            1,
            [3.0 / 5.0_f64.log2() / 4.761_859_507, 0.25, 1.0 / 3.0, 0.0],
        );
        check(
            &["spam", "a"],
            1,
            [3.0 / 3.0_f64.log2() / 4.761_859_507, 0.5, 1.0 / 3.0, 1.0],
        );
        check(&[], 1, [0.0; 4]);
        check(
            &["a", "a", "a", "b"],
            1,
            [4.261_859_507 / 4.761_859_507, 1.0, 2.0 / 3.0, 1.0],
        );
    }

    #[test]
    fn what_comes_late_counts_less_and_then_not() {
        let judged = judged(&[("a", 1)]);
        let at = |rank: usize| {
            let mut answer = vec![String::new(); rank];
            for (other, id) in answer.iter_mut().enumerate() {
                *id = format!("x{other}");
            }
            answer[rank - 1] = "a".to_owned();
            Measures::of(&answer, &judged, 1).unwrap()
        };
        assert!((at(10).ndcg_at_10 - 1.0 / 11.0_f64.log2()).abs() < 1e-9);
        assert_eq!((at(11).ndcg_at_10, at(11).recall_at_20), (0.0, 1.0));
        assert_eq!((at(21).recall_at_20, at(21).reciprocal_rank), (0.0, 1.0 / 21.0));
        assert_eq!((at(3).success_at_3, at(4).success_at_3), (1.0, 0.0));
    }

    #[test]
    fn without_anything_to_find_there_is_no_measure() {
        assert_eq!(Measures::of(&["a"], &judged(&[("a", 1)]), 2), None);
        assert_eq!(Measures::of(&["a"], &Judged::default(), 1), None);
        assert_eq!(Measures::mean([]), None);
    }

    proptest! {
        #[test]
        fn measures_lie_between_0_and_1_and_the_best_order_has_1(
            grades in prop::collection::vec(0..4, 1..40),
            order in Just((0..40_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let judged: Judged = grades.iter().enumerate().map(|(id, grade)| (id.to_string(), *grade)).collect();
            let answer: Vec<String> = order.iter().map(usize::to_string).collect();
            let Some(measures) = Measures::of(&answer, &judged, 1) else {
                return Ok(());
            };
            prop_assert!(measures.values().iter().all(|value| (0.0..=1.0 + 1e-12).contains(value)));
            let mut best = answer.clone();
            best.sort_by_key(|id| -judged.grade(id));
            prop_assert!((Measures::of(&best, &judged, 1).unwrap().ndcg_at_10 - 1.0).abs() < 1e-12);
        }

        #[test]
        fn a_better_document_higher_never_makes_it_worse(
            grades in prop::collection::vec(0..4, 2..30),
            (one, other) in (0..30_usize, 0..30_usize),
        ) {
            let judged: Judged = grades.iter().enumerate().map(|(id, grade)| (id.to_string(), *grade)).collect();
            let before: Vec<String> = (0..30).map(|id: usize| id.to_string()).collect();
            let (high, low) = (one.min(other), one.max(other));
            prop_assume!(judged.grade(&before[low]) >= judged.grade(&before[high]));
            let mut after = before.clone();
            after.swap(high, low);
            let measures = (Measures::of(&before, &judged, 2), Measures::of(&after, &judged, 2));
            if let (Some(before), Some(after)) = measures {
                let no_worse = before.values().into_iter().zip(after.values());
                prop_assert!(no_worse.into_iter().all(|(before, after)| after >= before - 1e-12));
            }
        }
    }
}
