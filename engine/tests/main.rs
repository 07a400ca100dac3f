//! The engine against the obvious answer, and its files against everything that can happen to files.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod everything;
#[cfg(test)]
mod exactness;
#[cfg(test)]
mod generations;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod selections;
#[cfg(test)]
mod subsets;
#[cfg(test)]
mod understood;
