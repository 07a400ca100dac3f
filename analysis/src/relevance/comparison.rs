//! Whether one setting of a search is really better than another, or was only lucky with the topics.

use rand::{RngCore, SeedableRng, rngs::StdRng};

use super::{Evaluation, Measures};

/// One measure under two settings, over the same topics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The mean under the first setting.
    pub with: f64,
    /// The mean under the second setting.
    pub against: f64,
    /// How many topics the first answers better.
    pub better: usize,
    /// How many topics the first answers worse.
    pub worse: usize,
    /// How likely a difference at least as large is if the settings are equally good: [`randomisation_test`].
    pub p: f64,
}

/// Compares each measure, in the order of [`Measures::NAMES`]. None if the evaluations are of other topics, or of none.
pub fn compare(
    with: &Evaluation,
    against: &Evaluation,
    samples: u32,
    seed: u64,
) -> Option<[Compared; Measures::NAMES.len()]> {
    let numbers = |evaluation: &Evaluation| -> Vec<String> {
        let topics = evaluation.answered.iter();
        topics.map(|answered| answered.topic.number.clone()).collect()
    };
    if numbers(with) != numbers(against) {
        return None;
    }
    let (with_mean, against_mean) = (with.mean()?.values(), against.mean()?.values());
    let pairs = || {
        with.answered
            .iter()
            .zip(&against.answered)
            .map(|(with, against)| {
                let (with, against) = (with.measures.values(), against.measures.values());
                std::array::from_fn::<f64, { Measures::NAMES.len() }, _>(|at| with[at] - against[at])
            })
    };
    Some(std::array::from_fn(|at| {
        let differences: Vec<f64> = pairs().map(|pair| pair[at]).collect();
        Compared {
            with: with_mean[at],
            against: against_mean[at],
            better: differences
                .iter()
                .filter(|difference| **difference > NOTHING)
                .count(),
            worse: differences
                .iter()
                .filter(|difference| **difference < -NOTHING)
                .count(),
            p: randomisation_test(&differences, samples, seed),
        }
    }))
}

/// Differences up to here come from rounding.
const NOTHING: f64 = 1e-9;

/// Fisher's paired randomisation test, two-sided: if the settings were equally good, each difference might as well have
/// had the other sign. The p-value is the share of random choices of signs whose sum is at least as far from 0 as the
/// sum that was found, which itself counts as one of them. The same seed gives the same value.
///
/// M. Smucker, J. Allan and B. Carterette, "A comparison of statistical significance tests for information retrieval
/// evaluation", CIKM 2007; B. Phipson and G. Smyth, "Permutation p-values should never be zero", 2010.
pub fn randomisation_test(differences: &[f64], samples: u32, seed: u64) -> f64 {
    let found = differences.iter().sum::<f64>().abs();
    let mut dice = StdRng::seed_from_u64(seed);
    let as_far = (0..samples).filter(|_| {
        let signed = differences.chunks(64).map(|differences| {
            let signs = dice.next_u64();
            let signed = differences.iter().enumerate();
            signed
                .map(|(at, difference)| {
                    if (signs >> at) & 1 == 1 {
                        *difference
                    } else {
                        -difference
                    }
                })
                .sum::<f64>()
        });
        signed.sum::<f64>().abs() >= found - NOTHING
    });
    f64::from(u32::try_from(as_far.count()).unwrap_or(samples) + 1) / (f64::from(samples) + 1.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::relevance::{Answered, topics::Topic};

    /// The p-value over all choices of signs.
    fn exact(differences: &[f64]) -> f64 {
        let found = differences.iter().sum::<f64>().abs();
        let all = 1_u32 << differences.len();
        let as_far = (0..all).filter(|signs| {
            let signed = differences.iter().enumerate();
            let sum: f64 = signed
                .map(|(at, difference)| {
                    if (signs >> at) & 1 == 1 {
                        *difference
                    } else {
                        -difference
                    }
                })
                .sum();
            sum.abs() >= found - NOTHING
        });
        f64::from(u32::try_from(as_far.count()).unwrap()) / f64::from(all)
    }

    #[test]
    fn five_of_five_better_happens_by_luck_once_in_sixteen() {
        assert!((exact(&[0.1; 5]) - 2.0 / 32.0).abs() < 1e-12);
        assert!((randomisation_test(&[0.1; 5], 20_000, 1) - 2.0 / 32.0).abs() < 0.01);
    }

    #[test]
    fn no_difference_is_no_evidence_and_many_are_much() {
        assert!(randomisation_test(&[0.0; 50], 1_000, 1) > 0.999_999);
        assert!(randomisation_test(&[], 1_000, 1) > 0.999_999);
        assert!(randomisation_test(&[0.2; 200], 1_000, 1) < 0.002);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn chance_comes_near_to_all_choices(differences in prop::collection::vec(-1.0..1.0_f64, 1..10), seed: u64) {
            let p = randomisation_test(&differences, 4_000, seed);
            // Six standard deviations of a share of 4,000.
            prop_assert!((p - exact(&differences)).abs() < 0.05);
            let again = randomisation_test(&differences, 4_000, seed);
            prop_assert_eq!(p.to_bits(), again.to_bits());
        }
    }

    #[test]
    fn settings_are_compared_topic_by_topic() {
        let evaluation = |ndcg: &[f64]| Evaluation {
            answered: (0..)
                .zip(ndcg)
                .map(|(number, ndcg): (u32, &f64)| Answered {
                    topic: Topic {
                        number: number.to_string(),
                        ..Topic::default()
                    },
                    answer: Vec::new(),
                    measures: Measures {
                        ndcg_at_10: *ndcg,
                        ..Measures::default()
                    },
                })
                .collect(),
            ..Evaluation::default()
        };
        let (with, against) = (evaluation(&[1.0, 0.5, 0.5]), evaluation(&[0.5, 0.5, 0.6]));
        let [ndcg, mrr, ..] = compare(&with, &against, 100, 1).unwrap();
        assert_eq!((ndcg.better, ndcg.worse), (1, 1));
        assert!((ndcg.with - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!((mrr.better, mrr.worse, mrr.p), (0, 0, 1.0));
        assert_eq!(compare(&with, &evaluation(&[1.0]), 100, 1), None);
        assert_eq!(compare(&evaluation(&[]), &evaluation(&[]), 100, 1), None);
    }
}
