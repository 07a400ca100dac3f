//! The machine: its clock, how many connections it allows, and whether the port is free.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
};

use chrono::{DateTime, Datelike, Utc};
use fs_err as fs;
use nabij_offering::dutch_time;
use nabij_search_server::limit_of_files;

use super::{Arguments, Check};
use crate::clock;

/// Fewer open files than this is too few to serve a municipality: each visitor's browser has several connections.
const FEW_FILES: u64 = 4_096;
/// Fewer than this, and the index and its watchers may fill them.
const TOO_FEW_FILES: u64 = 128;
/// How many years an old table of time zones is good for.
const YEARS_OF_ZONES: i32 = 2;

pub(super) fn checks(arguments: &Arguments, now: DateTime<Utc>) -> Vec<Check> {
    let mut checks = vec![
        time(now, chrono_tz::IANA_TZDB_VERSION),
        files(fs::read_to_string("/proc/self/limits").ok().as_deref()),
        port(arguments.listen),
    ];
    checks.extend(arguments.front.operations().map(port));
    checks.push(match arguments.front.tls() {
        Ok(Some(_)) => Check::ok("reach", "it speaks TLS with the certificate that is set"),
        Ok(None) => reach(arguments.listen),
        Err(error) => Check::wrong("reach", format!("{error:#}")),
    });
    checks
}

/// What is open now depends on the clock of Amsterdam. Its table is in the program, so the system needs none.
fn time(now: DateTime<Utc>, zones: &str) -> Check {
    let subject = "time";
    let here = dutch_time(now).format("%Y-%m-%d %H:%M");
    // Such as 2026b.
    let year: Option<i32> = zones.get(..4).and_then(|year| year.parse().ok());
    match year {
        _ if !clock::is_set(now) => Check::wrong(subject, clock::unset(now)),
        Some(year) if now.year() - year > YEARS_OF_ZONES => Check::look(
            subject,
            format!(
                "{here} in Amsterdam by the table of {zones}, which is old: opening times may be an hour off; take a newer nabij, or set the clock"
            ),
        ),
        _ => Check::ok(
            subject,
            format!("{here} in Amsterdam; time zones of {zones} are built in"),
        ),
    }
}

fn files(limits: Option<&str>) -> Check {
    let subject = "open files";
    match limits.and_then(limit_of_files) {
        None => Check::look(
            subject,
            "the system does not say how many files may be open; see ulimit -n",
        ),
        Some(most) if most < TOO_FEW_FILES => Check::wrong(
            subject,
            format!("only {most} may be open at once; set LimitNOFILE=65536 in the unit, or ulimit -n 65536"),
        ),
        Some(most) if most < FEW_FILES => Check::look(
            subject,
            format!(
                "{most} may be open at once, and each visitor takes some; set LimitNOFILE=65536 in the unit, or ulimit -n 65536"
            ),
        ),
        Some(u64::MAX) => Check::ok(subject, "as many as are needed"),
        Some(most) => Check::ok(subject, format!("{most} may be open at once")),
    }
}

fn port(listen: SocketAddr) -> Check {
    let subject = "port";
    match TcpListener::bind(listen) {
        Ok(_) => Check::ok(subject, format!("{listen} is free")),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Check::look(
            subject,
            format!(
                "something listens on {listen} already; if that is not nabij, choose another with `listen`"
            ),
        ),
        Err(error) => Check::wrong(
            subject,
            format!("nabij cannot listen on {listen} ({error}); choose another with `listen`"),
        ),
    }
}

fn reach(listen: SocketAddr) -> Check {
    let subject = "reach";
    if listen.ip().is_loopback() {
        Check::ok(
            subject,
            "only this machine reaches it; a proxy with TLS belongs in front",
        )
    } else {
        Check::look(
            subject,
            format!(
                "other machines reach {listen}: see to it that what comes from outside passes TLS on its way"
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Verdict, *};

    #[test]
    fn the_limit_of_open_files_is_the_soft_one() {
        let line = |soft| {
            format!(
                "Limit  Soft Limit  Hard Limit  Units\nMax open files            {soft}                 524288               files\n"
            )
        };
        for (soft, verdict) in [
            ("64", Verdict::Wrong),
            ("1024", Verdict::Look),
            ("65536", Verdict::Ok),
            ("unlimited", Verdict::Ok),
            ("many", Verdict::Look),
        ] {
            assert_eq!(files(Some(&line(soft))).verdict, verdict, "{soft}");
        }
        assert_eq!(files(None).verdict, Verdict::Look);
    }

    #[test]
    fn a_table_of_time_zones_grows_old() {
        let now: DateTime<Utc> = "2026-07-01T10:00:00Z".parse().unwrap();
        let good = time(now, "2024a");
        assert_eq!(good.verdict, Verdict::Ok);
        assert!(
            good.words.starts_with("2026-07-01 12:00 in Amsterdam"),
            "{}",
            good.words
        );
        assert_eq!(time(now, "2023d").verdict, Verdict::Look);
        let unset: DateTime<Utc> = "1969-12-31T23:59:59Z".parse().unwrap();
        assert_eq!(time(unset, "2024a").verdict, Verdict::Wrong);
    }

    #[test]
    fn a_port_in_use_is_looked_at_and_a_foreign_address_is_wrong() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        assert_eq!(port(taken.local_addr().unwrap()).verdict, Verdict::Look);
        // An address for documentation is nobody's, so not this machine's either.
        assert_eq!(port("192.0.2.1:0".parse().unwrap()).verdict, Verdict::Wrong);
        assert_eq!(port("127.0.0.1:0".parse().unwrap()).verdict, Verdict::Ok);
        assert_eq!(reach("0.0.0.0:80".parse().unwrap()).verdict, Verdict::Look);
    }
}
