//! A set of topics, asked and measured.

use super::{Measures, judgements::Judgements, topics::Topic};

/// A topic and what its answer is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// What was asked.
    pub topic: Topic,
    /// The identifiers that came, best first.
    pub answer: Vec<String>,
    /// How good that is.
    pub measures: Measures,
}

/// The topics of a file, in its order, with what their answers are worth.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evaluation {
    /// Those that could be measured.
    pub answered: Vec<Answered>,
    /// The numbers of those for which no document was judged relevant: they can measure nothing.
    pub without_judgement: Vec<String>,
}

/// Asks each topic for which there is something to find, and measures the answer: identifiers, best first. A document is
/// relevant from the grade `level` on.
pub fn evaluate<E>(
    topics: &[Topic],
    judgements: &Judgements,
    level: i32,
    mut ask: impl FnMut(&Topic) -> Result<Vec<String>, E>,
) -> Result<Evaluation, E> {
    let mut evaluation = Evaluation::default();
    for topic in topics {
        let judged = judgements.topic(&topic.number);
        if !judged.is_some_and(|judged| judged.grades().any(|grade| grade >= level)) {
            evaluation.without_judgement.push(topic.number.clone());
            continue;
        }
        let answer = ask(topic)?;
        if let Some(measures) = judged.and_then(|judged| Measures::of(&answer, judged, level)) {
            let topic = topic.clone();
            evaluation.answered.push(Answered {
                topic,
                answer,
                measures,
            });
        }
    }
    Ok(evaluation)
}

impl Evaluation {
    /// The means over all topics; none without a topic.
    pub fn mean(&self) -> Option<Measures> {
        Measures::mean(self.answered.iter().map(|answered| answered.measures))
    }

    /// The means by class of topic, in the order in which the classes come, with how many topics each has.
    pub fn classes(&self) -> Vec<(&str, usize, Measures)> {
        let mut classes: Vec<(&str, Vec<Measures>)> = Vec::new();
        for answered in &self.answered {
            let class = answered.topic.class.as_str();
            match classes.iter_mut().find(|(name, _)| *name == class) {
                Some((_, measures)) => measures.push(answered.measures),
                None => classes.push((class, vec![answered.measures])),
            }
        }
        let means = classes.into_iter().filter_map(|(class, measures)| {
            let topics = measures.len();
            Some((class, topics, Measures::mean(measures)?))
        });
        means.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn only_topics_with_something_to_find_are_asked_and_classes_keep_their_order() {
        let topic = |number: &str, class: &str| Topic {
            number: number.to_owned(),
            title: number.to_owned(),
            class: class.to_owned(),
            ..Topic::default()
        };
        let topics = [topic("1", "b"), topic("2", "a"), topic("3", "b"), topic("4", "a")];
        let judgements = Judgements::read("1 0 x 1\n2 0 x 2\n3 0 y 1\n4 0 x 0").unwrap();
        let mut asked = Vec::new();
        let evaluation = evaluate(&topics, &judgements, 1, |topic| {
            asked.push(topic.number.clone());
            Ok::<_, Infallible>(vec!["x".to_owned()])
        })
        .unwrap();
        assert_eq!(asked, ["1", "2", "3"]);
        assert_eq!(evaluation.without_judgement, ["4"]);
        let classes: Vec<(&str, usize, f64)> = evaluation
            .classes()
            .into_iter()
            .map(|(class, topics, measures)| (class, topics, measures.ndcg_at_10))
            .collect();
        assert_eq!(classes, [("b", 2, 0.5), ("a", 1, 1.0)]);
        let mean = evaluation.mean().unwrap();
        assert!((mean.success_at_3 - 2.0 / 3.0).abs() < 1e-12);
    }
}
