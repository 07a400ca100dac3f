//! What becomes of one row: its offering, or its entries in the report. Knows no other row.

use std::sync::Arc;

use chrono::NaiveDate;
use nabij_atlas::Atlas;
use nabij_offering::{Draft, Offering, Severity};

use crate::{
    examine::{examine, over},
    place, plain_text,
    report::{Entry, Remark},
    source::Row,
};

/// Takes in rows, one by one and on any thread.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intake<'a> {
    pub(crate) atlas: &'a Atlas,
    /// The Dutch day.
    pub(crate) today: NaiveDate,
}

/// A row that was taken in.
#[derive(Debug)]
pub(crate) struct Taken {
    /// The file, as the report names it.
    pub(crate) file: Arc<str>,
    /// Its line in the file.
    pub(crate) line: u64,
    /// What was wrong.
    pub(crate) entries: Vec<Entry>,
    /// The offering, unless the row is rejected.
    pub(crate) offering: Option<Offering>,
    /// What residents will stumble over, if the offering is shown.
    pub(crate) stumbles: Vec<Entry>,
}

impl Intake<'_> {
    pub(crate) fn take(&self, row: Row) -> Taken {
        let mut taken = Taken {
            file: row.file,
            line: row.line,
            entries: Vec::new(),
            offering: None,
            stumbles: Vec::new(),
        };
        let (mut draft, unreadable) = match row.draft {
            Ok(draft) => (draft, None),
            Err(error) => (Draft::default(), Some(error)),
        };
        for remark in row.remarks {
            taken.enter(&draft, false, remark);
        }
        if let Some(error) = unreadable {
            let remark = Remark::new(None, "unreadable", error.to_string(), error.remedy());
            taken.enter(&draft, true, remark);
            return taken;
        }
        for field in plain_text::clean(&mut draft) {
            let problem = "held HTML, which was made into plain text";
            let remark = Remark::new(field, "html", problem, "nothing, if it still reads well");
            taken.enter(&draft, false, remark);
        }
        let Some(mut offering) = taken.check(&draft) else {
            return taken;
        };
        if let Some(over) = over(&offering, self.today) {
            taken.enter(&draft, true, over);
            return taken;
        }
        match place::place(self.atlas, &mut offering) {
            Ok(oddities) => oddities
                .into_iter()
                .for_each(|oddity| taken.enter(&draft, false, oddity.into())),
            Err(lost) => {
                taken.enter(&draft, true, lost.into());
                return taken;
            }
        }
        for unknown in place::name_municipalities(self.atlas, &mut offering) {
            taken.enter(&draft, false, unknown.into());
        }
        let stumbles = examine(&offering, self.today).into_iter();
        taken.stumbles = stumbles
            .map(|remark| Entry::new(&taken.file, taken.line, &draft, false, remark))
            .collect();
        taken.offering = Some(offering);
        taken
    }
}

impl Taken {
    fn check(&mut self, draft: &Draft) -> Option<Offering> {
        for name in draft.strangers() {
            let remark = Remark {
                field: None,
                code: "stranger",
                problem: format!("`{name}` is not a field that can hold this value"),
                remedy: "rename it, or leave it out; the value was not used",
            };
            self.enter(draft, false, remark);
        }
        let checked = draft.check();
        for problem in checked.problems {
            self.enter(draft, problem.severity == Severity::Rejected, problem.into());
        }
        checked.offering
    }

    /// Takes the offering out again.
    pub(crate) fn reject(&mut self, remark: Remark) {
        if let Some(offering) = self.offering.take() {
            self.enter(&offering.to_draft(), true, remark);
        }
    }

    fn enter(&mut self, draft: &Draft, rejected: bool, remark: Remark) {
        self.entries
            .push(Entry::new(&self.file, self.line, draft, rejected, remark));
    }
}
