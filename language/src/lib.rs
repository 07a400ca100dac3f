//! What words mean to residents: Dutch words, their forms, compounds, and everyday names for what the field calls
//! otherwise.
//!
//! [`Lexicon`] holds the tables of `data/synonyms`. When an index is built, [`Lexicon::meanings`] gives each document the
//! terms that it can be found by beside its own words; when a question comes, [`Lexicon::understand`] says by which terms
//! to look for it. No file of the index and no engine is known here.

mod carried;
mod compounds;
mod dutch;
mod forms;
mod key;
mod lexicon;
mod names;
mod sound;
mod spelled;
mod tables;
mod understood;
mod unknown;
mod words;

pub use carried::Meant;
pub use dutch::is_dutch;
pub use key::{Form, form, with_form};
pub use levenshtein_automata::{DFA, Distance, SINK_STATE};
pub use lexicon::Lexicon;
pub use spelled::automaton;
pub use tables::LexiconError;
pub use understood::{TermField, Understood, Wish, WishTerm};
pub use words::words;
