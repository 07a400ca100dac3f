//! Text that a spreadsheet must not take for a formula.

use std::borrow::Cow;

/// The value as it goes into a CSV that people open in a spreadsheet: one that begins like a formula, and is no number,
/// gets an apostrophe in front (OWASP, *CSV Injection*).
///
/// ```
/// assert_eq!(nabij_offering::spreadsheet_safe("=1+1"), "'=1+1");
/// assert_eq!(nabij_offering::spreadsheet_safe("-5.3"), "-5.3");
/// ```
pub fn spreadsheet_safe(value: &str) -> Cow<'_, str> {
    if is_formula(value.trim_start_matches('\'')) && !is_number(value) {
        Cow::Owned(format!("'{value}"))
    } else {
        Cow::Borrowed(value)
    }
}

/// The value as it comes out of such a CSV: the inverse of [`spreadsheet_safe`].
///
/// ```
/// assert_eq!(nabij_offering::from_spreadsheet("'+31 6 12345678"), "+31 6 12345678");
/// assert_eq!(nabij_offering::from_spreadsheet("'s-Gravenhage"), "'s-Gravenhage");
/// ```
pub fn from_spreadsheet(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => value,
    }
}

fn is_formula(value: &str) -> bool {
    value.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn is_number(value: &str) -> bool {
    let digits = value.trim_start_matches(['-', '+']);
    value.len() - digits.len() <= 1
        && !digits.is_empty()
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_value_comes_back_and_is_never_a_formula(value in "('|=|\\+|-|@|\\t){0,4}\\PC{0,6}") {
            let safe = spreadsheet_safe(&value);
            prop_assert_eq!(from_spreadsheet(&safe), value.as_str());
            prop_assert!(!is_formula(&safe) || is_number(&safe), "{}", safe);
        }
    }
}
