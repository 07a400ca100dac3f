//! What was measured, for people and as CSV.

use std::{io::Write, path::Path};

use anyhow::Result;
use fs_err as fs;
use nabij_analysis::relevance::{Answered, Evaluation, Measures, comparison::Compared};

const NAMES: [&str; 4] = Measures::NAMES;

/// A line a topic; with what nDCG is under the other setting.
pub(super) fn topics(out: &mut impl Write, with: &Evaluation, against: Option<&Evaluation>) -> Result<()> {
    let [ndcg, mrr, recall, success] = NAMES;
    write!(out, "{:<8}{ndcg:>9}{mrr:>11}{recall:>11}{success:>11}", "topic")?;
    if against.is_some() {
        write!(out, "{:>11}", "against")?;
    }
    writeln!(out, "  query")?;
    for (at, Answered { topic, measures, .. }) in with.answered.iter().enumerate() {
        write!(out, "{:<8}", topic.number)?;
        values(out, measures)?;
        if let Some(other) = against.and_then(|against| against.answered.get(at)) {
            write!(out, "{:>11.4}", other.measures.ndcg_at_10)?;
        }
        writeln!(out, "  {}", topic.title)?;
    }
    Ok(())
}

/// The means by class, and over all topics.
pub(super) fn means(out: &mut impl Write, evaluation: &Evaluation) -> Result<()> {
    let [ndcg, mrr, recall, success] = NAMES;
    writeln!(
        out,
        "\n{:<10}{:>7}{ndcg:>9}{mrr:>11}{recall:>11}{success:>11}",
        "class", "topics"
    )?;
    let all = evaluation
        .mean()
        .map(|mean| ("all", evaluation.answered.len(), mean));
    let classes = evaluation.classes();
    let classes = classes.into_iter().filter(|(class, _, _)| !class.is_empty());
    for (class, topics, mean) in classes.chain(all) {
        write!(out, "{class:<10}{topics:>7}")?;
        values(out, &mean)?;
        writeln!(out)?;
    }
    Ok(())
}

fn values(out: &mut impl Write, measures: &Measures) -> Result<()> {
    let [ndcg, mrr, recall, success] = measures.values();
    Ok(write!(
        out,
        "{ndcg:>9.4}{mrr:>11.4}{recall:>11.4}{success:>11.4}"
    )?)
}

/// Two settings: means, difference, and how likely it is that this is luck.
pub(super) fn comparison(out: &mut impl Write, settings: (&str, &str), compared: &[Compared]) -> Result<()> {
    writeln!(
        out,
        "\nwith     {}\nagainst  {}\n",
        named(settings.0),
        named(settings.1)
    )?;
    writeln!(
        out,
        "{:<10}{:>9}{:>11}{:>12}{:>9}{:>9}{:>7}",
        "measure", "with", "against", "difference", "p", "better", "worse"
    )?;
    for (name, of) in NAMES.iter().zip(compared) {
        writeln!(
            out,
            "{name:<10}{:>9.4}{:>11.4}{:>+12.4}{:>9.4}{:>9}{:>7}",
            of.with,
            of.against,
            of.with - of.against,
            of.p,
            of.better,
            of.worse
        )?;
    }
    Ok(())
}

fn named(setting: &str) -> &str {
    if setting.is_empty() {
        "(nothing else)"
    } else {
        setting
    }
}

/// A row a topic and setting.
pub(super) fn csv(
    path: &Path,
    with: (&str, &Evaluation),
    against: Option<(&str, &Evaluation)>,
) -> Result<()> {
    let mut out = csv::Writer::from_writer(fs::File::create(path)?);
    out.write_record([
        "setting",
        "topic",
        "half",
        "class",
        "query",
        "answers",
        "ndcg_at_10",
        "reciprocal_rank",
        "recall_at_20",
        "success_at_3",
    ])?;
    for (setting, evaluation) in [with].into_iter().chain(against) {
        for answered in &evaluation.answered {
            let topic = &answered.topic;
            let words = [setting, &topic.number, &topic.half, &topic.class, &topic.title];
            let numbers = answered.measures.values().map(|value| format!("{value:.6}"));
            let row = words
                .into_iter()
                .map(str::to_owned)
                .chain([answered.answer.len().to_string()])
                .chain(numbers);
            out.write_record(row)?;
        }
    }
    Ok(out.flush()?)
}

/// Says on standard error which topics measured nothing.
pub(super) fn left_out(evaluation: &Evaluation) -> Result<()> {
    let without = &evaluation.without_judgement;
    if !without.is_empty() {
        writeln!(
            std::io::stderr(),
            "nabij: no document was judged to answer these topics, which are left out: {}",
            without.join(", ")
        )?;
    }
    Ok(())
}
