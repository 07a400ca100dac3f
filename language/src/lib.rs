//! What words mean to residents: Dutch words, their forms, compounds, and everyday names for what the field calls
//! otherwise.
//!
//! [`Lexicon`] holds the tables of `data/synonyms`. When an index is built, [`Lexicon::meanings`] gives each document the
//! terms that it can be found by beside its own words; when a question comes, [`Lexicon::understand`] says by which terms
//! to look for it. No file of the index and no engine is known here.

mod compounds;
mod key;
mod lexicon;
mod understood;
mod words;

pub use key::{Form, form, with_form};
pub use lexicon::{Lexicon, LexiconError};
pub use understood::{TermField, Understood, Wish, WishTerm};
pub use words::words;
