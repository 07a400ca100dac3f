//! End to end: the real command, real files, real HTTP.

#[cfg(test)]
mod analysis;
#[cfg(test)]
mod deploying;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod draining;
#[cfg(test)]
mod export;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod fetching;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod indexing;
#[cfg(test)]
mod interruptions;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod load;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod postcodes;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod publishing;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod relevance;
#[cfg(test)]
mod replicas;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod secured;
#[cfg(test)]
mod serving;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod smuggling;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tiles;
#[cfg(test)]
#[cfg(feature = "otel")]
mod traces;
#[cfg(test)]
mod upgrading;
#[cfg(test)]
mod way_in;
#[cfg(test)]
mod web;
#[cfg(test)]
mod words;
