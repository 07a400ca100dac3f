//! What an offering costs a resident.

use std::{convert::Infallible, fmt, str::FromStr};

/// What an offering costs. In text: `free`, an amount in euros such as `12.50`, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cost {
    /// Nothing.
    Free,
    /// An amount in euro cents.
    Amount {
        /// Euro cents.
        cents: u32,
    },
    /// In words, where an amount does not say it: "€ 50 per jaar, met de Ooievaarspas gratis".
    Text(String),
}

impl FromStr for Cost {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("free") || text.eq_ignore_ascii_case("gratis") {
            return Ok(Self::Free);
        }
        let amount = text.trim_start_matches('€').trim();
        Ok(match cents(amount) {
            Some(0) => Self::Free,
            Some(cents) => Self::Amount { cents },
            None => Self::Text(text.to_owned()),
        })
    }
}

/// `12`, `12.5`, `12.50` or `12,50` as cents; none for everything else.
fn cents(amount: &str) -> Option<u32> {
    let (euros, fraction) = amount.split_once(['.', ',']).unwrap_or((amount, "0"));
    let digits = |s: &str| (!s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())).then_some(());
    digits(euros)?;
    digits(fraction)?;
    let cents = match fraction.len() {
        1 => fraction.parse::<u32>().ok()? * 10,
        2 => fraction.parse::<u32>().ok()?,
        _ => return None,
    };
    euros.parse::<u32>().ok()?.checked_mul(100)?.checked_add(cents)
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Free => f.write_str("free"),
            Self::Amount { cents } => write!(f, "{}.{:02}", cents / 100, cents % 100),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn free_amounts_and_words_are_told_apart() {
        for (text, cost) in [
            ("free", Cost::Free),
            ("Gratis", Cost::Free),
            ("0", Cost::Free),
            ("€ 12,50", Cost::Amount { cents: 1_250 }),
            ("7.5", Cost::Amount { cents: 750 }),
            ("3", Cost::Amount { cents: 300 }),
            ("€ 50 per jaar", Cost::Text("€ 50 per jaar".into())),
            ("1.234", Cost::Text("1.234".into())),
            ("99999999999", Cost::Text("99999999999".into())),
        ] {
            assert_eq!(text.parse(), Ok(cost), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_cost_are_inverse(text in "\\PC{0,12}") {
            let cost: Cost = text.parse().unwrap();
            prop_assert_eq!(cost.to_string().parse(), Ok(cost));
        }
    }
}
