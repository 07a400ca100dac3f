//! Coverage against the obvious computation: every postcode, every offering, every distance.

#[cfg(test)]
mod coverage;
