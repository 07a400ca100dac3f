//! Demand: how often was asked for a theme in a region, and whether anything was found. Counts only.
//!
//! A count stands for four digits of a postcode, a theme and a day, never for a person: no text, no address, no time of
//! day. Before a count leaves memory it is made coarse until it is large: fewer than [`LEAST`] in a postcode are added
//! to the rest of the municipality, then of the province, then of the country; what is too small even there is
//! forgotten.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
};

use chrono::NaiveDate;
use nabij_atlas::{Atlas, Pc4};
use nabij_offering::Theme;
use serde::{Deserialize, Serialize};

/// The least count that is written.
pub const LEAST: u64 = 10;

/// How coarse a region is, from fine to coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Four digits of a postcode.
    Pc4,
    /// What is left of a municipality.
    Municipality,
    /// What is left of a province.
    Province,
    /// What is left of the country.
    Country,
}

/// What was counted, in memory: theme none is "no theme chosen".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// Where.
    pub pc4: Pc4,
    /// About what.
    pub theme: Option<Theme>,
    /// Whether anything was found.
    pub found: bool,
}

/// How often each question was asked on a day.
pub type Counts = BTreeMap<Question, u64>;

/// A line of the file of daily totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyTotal {
    /// The day.
    pub day: NaiveDate,
    /// How coarse the region is.
    pub level: Level,
    /// The region: a postcode or a name.
    pub region: String,
    /// The theme; `all` where none was chosen.
    pub theme: String,
    /// Whether anything was found.
    pub found: bool,
    /// How often was asked.
    pub count: u64,
}

/// The totals of a day that may be written, in order.
pub fn daily_totals(day: NaiveDate, counts: &Counts, atlas: &Atlas) -> Vec<DailyTotal> {
    type Group = (String, String, bool);
    let theme = |question: &Question| {
        question
            .theme
            .map_or(crate::coverage::ALL, Theme::name)
            .to_owned()
    };
    let mut left = counts.clone();
    let mut totals = Vec::new();
    for level in [Level::Pc4, Level::Municipality, Level::Province, Level::Country] {
        let group = |question: &Question| -> Group {
            (
                region(question.pc4, level, atlas),
                theme(question),
                question.found,
            )
        };
        let mut sums: BTreeMap<Group, u64> = BTreeMap::new();
        for (question, count) in &left {
            *sums.entry(group(question)).or_default() += count;
        }
        left.retain(|question, _| sums.get(&group(question)).is_none_or(|sum| *sum < LEAST));
        let large = sums.into_iter().filter(|(_, sum)| *sum >= LEAST);
        totals.extend(large.map(|((region, theme, found), count)| DailyTotal {
            day,
            level,
            region,
            theme,
            found,
            count,
        }));
    }
    totals
}

fn region(pc4: Pc4, level: Level, atlas: &Atlas) -> String {
    let area = atlas.postcode(pc4);
    match level {
        Level::Pc4 => pc4.to_string(),
        Level::Municipality => area.map_or_else(String::new, |area| area.municipality.clone()),
        Level::Province => area.map_or_else(String::new, |area| area.province.clone()),
        Level::Country => "Nederland".to_owned(),
    }
}

impl DailyTotal {
    /// Writes totals as lines of CSV, with the names of the columns above them if `head`.
    pub fn write(totals: &[Self], head: bool, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::WriterBuilder::new().has_headers(head).from_writer(to);
        for total in totals {
            writer.serialize(total)?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Reads what [`Self::write`] wrote; lines that are none are given with number and reason.
    pub fn read(from: impl Read) -> (Vec<Self>, Vec<(u64, String)>) {
        let (mut totals, mut rejected) = (Vec::new(), Vec::new());
        for row in csv::Reader::from_reader(from).into_deserialize::<Self>() {
            match row {
                Ok(total) => totals.push(total),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    rejected.push((line, error.to_string()));
                }
            }
        }
        (totals, rejected)
    }
}

/// How often was asked for a theme in a region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// How coarse the region is.
    pub level: Level,
    /// The region.
    pub region: String,
    /// The theme, or `all`.
    pub theme: String,
    /// How often was asked.
    pub asked: u64,
    /// How often nothing was found.
    pub not_found: u64,
}

/// Adds up days; what was most often asked for and not found comes first.
pub fn summed<'a>(totals: impl Iterator<Item = &'a DailyTotal>) -> Vec<Asked> {
    let mut sums: BTreeMap<(Level, &str, &str), (u64, u64)> = BTreeMap::new();
    for total in totals {
        let sum = sums
            .entry((total.level, &total.region, &total.theme))
            .or_default();
        sum.0 += total.count;
        sum.1 += if total.found { 0 } else { total.count };
    }
    let asked = |((level, region, theme), (asked, not_found)): ((Level, &str, &str), (u64, u64))| Asked {
        level,
        region: region.to_owned(),
        theme: theme.to_owned(),
        asked,
        not_found,
    };
    let mut all: Vec<Asked> = sums.into_iter().map(asked).collect();
    all.sort_by_key(|asked| std::cmp::Reverse((asked.not_found, asked.asked)));
    all
}

/// Writes sums as CSV, in their order.
pub fn write(sums: &[Asked], to: impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(to);
    for sum in sums {
        writer.serialize(sum)?;
    }
    writer.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
    }

    fn question(pc4: u16, theme: Option<Theme>, found: bool) -> Question {
        Question {
            pc4: Pc4::new(pc4).unwrap(),
            theme,
            found,
        }
    }

    #[test]
    fn small_counts_are_added_to_what_is_coarser_and_forgotten_at_last() {
        let atlas = Atlas::shipped().unwrap();
        let language = Some(Theme::Language);
        let counts = Counts::from([
            (question(3011, language, true), 12),
            (question(3012, language, true), 6),
            (question(3013, language, true), 5),
            (question(8601, language, true), 9),
            (question(3011, None, false), 9),
        ]);
        let totals = daily_totals(day(), &counts, &atlas);
        let shown: Vec<(Level, &str, u64)> = totals
            .iter()
            .map(|total| (total.level, total.region.as_str(), total.count))
            .collect();
        assert_eq!(
            shown,
            [(Level::Pc4, "3011", 12), (Level::Municipality, "Rotterdam", 11)]
        );
    }

    #[test]
    fn no_small_count_is_written_and_nothing_is_counted_twice() {
        let atlas = Atlas::shipped().unwrap();
        let codes: Vec<Pc4> = atlas.postcodes().step_by(68).map(|area| area.pc4).collect();
        let counts = prop::collection::hash_map((0..60_usize, 0..3_usize, any::<bool>()), 1..15_u64, 0..80);
        proptest!(|(counts in counts)| {
            let question = |(code, theme, found): (usize, usize, bool)| Question {
                pc4: codes[code % codes.len()],
                theme: theme.checked_sub(1).map(|at| Theme::ALL[at]),
                found,
            };
            let counts: Counts =
                counts.into_iter().map(|(key, count)| (question(key), count)).collect();
            let totals = daily_totals(day(), &counts, &atlas);
            prop_assert!(totals.iter().all(|total| total.count >= LEAST));
            for found in [true, false] {
                let counted: u64 =
                    counts.iter().filter(|(question, _)| question.found == found).map(|(_, count)| count).sum();
                let written: u64 =
                    totals.iter().filter(|total| total.found == found).map(|total| total.count).sum();
                prop_assert!(written <= counted && counted - written < 3 * LEAST);
            }
            let mut bytes = Vec::new();
            DailyTotal::write(&totals, true, &mut bytes).unwrap();
            prop_assert_eq!(DailyTotal::read(bytes.as_slice()), (totals, Vec::new()));
        });
    }

    #[test]
    fn what_is_asked_for_and_not_found_comes_first() {
        let text = "day,level,region,theme,found,count\n2026-11-24,pc4,3011,language,true,30\n2026-11-25,pc4,3011,language,false,10\nx\n2026-11-25,province,Drenthe,money,false,12\n";
        let (totals, rejected) = DailyTotal::read(text.as_bytes());
        assert_eq!(rejected.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4]);
        let sums = summed(totals.iter());
        let shown: Vec<(&str, u64, u64)> = sums
            .iter()
            .map(|asked| (asked.region.as_str(), asked.asked, asked.not_found))
            .collect();
        assert_eq!(shown, [("Drenthe", 12, 12), ("3011", 40, 10)]);
    }
}
