mod plain_calendars;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn hours(text: &str) -> Schedule {
    Schedule {
        opening_hours: Some(text.parse().unwrap()),
        ..Schedule::default()
    }
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn next(schedule: &Schedule, from: &str, count: usize) -> Vec<String> {
    schedule.next_times(at(from), count).iter().map(written).collect()
}

fn written(slot: &TimeSlot) -> String {
    let from = slot
        .from
        .map(|from| from.format(" %H:%M").to_string())
        .unwrap_or_default();
    let to = slot
        .to
        .map(|to| to.format("-%H:%M").to_string())
        .unwrap_or_default();
    format!("{}{from}{to}{}", slot.date, if slot.certain { "" } else { "?" })
}

#[test]
fn every_way_in_which_people_say_when_has_its_next_times() {
    for (what, text, expected) in [
        (
            "weekly",
            "Mo 14:00-16:00; We 10:00-12:00",
            "2026-11-25 10:00-12:00 | 2026-11-30 14:00-16:00 | 2026-12-02 10:00-12:00",
        ),
        (
            "odd weeks",
            "week 01-53/2 We 10:00-12:00",
            "2026-12-02 10:00-12:00 | 2026-12-16 10:00-12:00 | 2026-12-30 10:00-12:00",
        ),
        (
            "even weeks",
            "week 02-52/2 We 10:00-12:00",
            "2026-11-25 10:00-12:00 | 2026-12-09 10:00-12:00 | 2026-12-23 10:00-12:00",
        ),
        (
            "first Tuesday of the month",
            "Tu[1] 19:30-21:00",
            "2026-12-01 19:30-21:00 | 2027-01-05 19:30-21:00 | 2027-02-02 19:30-21:00",
        ),
        (
            "first and third Monday",
            "Mo[1,3] 14:00-16:00",
            "2026-12-07 14:00-16:00 | 2026-12-21 14:00-16:00 | 2027-01-04 14:00-16:00",
        ),
        (
            "last Friday",
            "Fr[-1] 09:00-11:00",
            "2026-11-27 09:00-11:00 | 2026-12-25 09:00-11:00 | 2027-01-29 09:00-11:00",
        ),
        (
            "a season",
            "Sep-Jun Mo[2] 14:00-16:00",
            "2026-12-14 14:00-16:00 | 2027-01-11 14:00-16:00 | 2027-02-08 14:00-16:00",
        ),
        (
            "not on holidays",
            "Fr[-1] 09:00-11:00; PH off",
            "2026-11-27 09:00-11:00 | 2027-01-29 09:00-11:00 | 2027-02-26 09:00-11:00",
        ),
        (
            "across midnight",
            "Sa 22:00-02:00",
            "2026-11-28 22:00-02:00 | 2026-12-05 22:00-02:00 | 2026-12-12 22:00-02:00",
        ),
        (
            "by appointment",
            "We 10:00-12:00 unknown \"op afspraak\"",
            "2026-11-25 10:00-12:00? | 2026-12-02 10:00-12:00? | 2026-12-09 10:00-12:00?",
        ),
        (
            "not in school holidays",
            "We 10:00-12:00; SH off",
            "2026-11-25 10:00-12:00? | 2026-12-02 10:00-12:00? | 2026-12-09 10:00-12:00?",
        ),
    ] {
        let times = next(&hours(text), "2026-11-24 12:00", 3);
        assert_eq!(times.join(" | "), expected, "{what}");
    }
}

#[test]
fn a_pause_in_summer_is_left_out() {
    let schedule = hours("week 01-53/2 We 10:00-12:00; Jul 14-Aug 25 off");
    assert_eq!(
        next(&schedule, "2026-07-01 09:00", 3),
        [
            "2026-07-01 10:00-12:00",
            "2026-08-26 10:00-12:00",
            "2026-09-09 10:00-12:00"
        ]
    );
    let until = hours("2026 Jan 01-2026 Jul 17 week 01-53/2 Th 17:30-19:30");
    assert_eq!(
        next(&until, "2026-06-30 00:00", 3),
        ["2026-07-02 17:30-19:30", "2026-07-16 17:30-19:30"]
    );
}

#[test]
fn dates_recurrences_and_hours_come_in_one_order_each_once() {
    let schedule = Schedule {
        opening_hours: "We 10:00-12:00".parse().ok(),
        dates: [
            "2026-12-02T10:00/12:00",
            "2026-11-26",
            "2020-01-01T10:00/12:00",
            "2026-11-27T19:00",
        ]
        .iter()
        .map(|date| date.parse().unwrap())
        .collect(),
        rrule: "DTSTART:20200101T140000 DURATION:PT1H RRULE:FREQ=WEEKLY;BYDAY=TU"
            .parse()
            .ok(),
    };
    assert_eq!(
        next(&schedule, "2026-11-25 09:00", 6),
        [
            "2026-11-25 10:00-12:00",
            "2026-11-26",
            "2026-11-27 19:00",
            "2026-12-01 14:00-15:00",
            "2026-12-02 10:00-12:00",
            "2026-12-08 14:00-15:00",
        ]
    );
}

#[test]
fn the_state_says_until_when() {
    let open = |until: &str| OpenState::Open {
        until: Some(at(until)),
    };
    let closed = |until: &str| OpenState::Closed {
        until: Some(at(until)),
    };
    for (text, now, expected) in [
        ("Mo 14:00-16:00", "2026-11-23 14:00", open("2026-11-23 16:00")),
        ("Mo 14:00-16:00", "2026-11-23 15:59", open("2026-11-23 16:00")),
        ("Mo 14:00-16:00", "2026-11-23 16:00", closed("2026-11-30 14:00")),
        (
            "Mo 14:00-16:00; PH off",
            "2027-03-29 14:30",
            closed("2027-04-05 14:00"),
        ),
        ("Sa 22:00-02:00", "2026-11-29 01:00", open("2026-11-29 02:00")),
        ("24/7", "2026-11-29 01:00", OpenState::Open { until: None }),
        ("We 10:00-12:00; SH off", "2026-11-25 11:00", OpenState::Unknown),
        (
            "We 10:00-12:00; SH off",
            "2026-11-25 13:00",
            OpenState::Closed { until: None },
        ),
        (
            "2020 Mo 14:00-16:00",
            "2026-11-23 14:00",
            OpenState::Closed { until: None },
        ),
    ] {
        assert_eq!(hours(text).state_at(at(now)), expected, "{text} at {now}");
    }
}

#[test]
fn what_adjoins_or_overlaps_keeps_it_open() {
    let mut schedule = hours("We 10:00-12:00");
    schedule.dates = vec![
        "2026-11-25T11:30/13:00".parse().unwrap(),
        "2026-11-25T13:00/14:00".parse().unwrap(),
    ];
    assert_eq!(
        schedule.state_at(at("2026-11-25 10:15")),
        OpenState::Open {
            until: Some(at("2026-11-25 14:00"))
        }
    );
}

#[test]
fn a_time_without_an_end_leaves_the_state_unknown_for_the_rest_of_the_day() {
    let dates = |date: &str| Schedule {
        dates: vec![date.parse().unwrap()],
        ..Schedule::default()
    };
    let schedule = dates("2026-11-25T19:00");
    let tonight = OpenState::Closed {
        until: Some(at("2026-11-25 19:00")),
    };
    assert_eq!(schedule.state_at(at("2026-11-25 18:00")), tonight);
    assert_eq!(schedule.state_at(at("2026-11-25 20:00")), OpenState::Unknown);
    assert_eq!(
        schedule.state_at(at("2026-11-26 00:00")),
        OpenState::Closed { until: None }
    );
    assert_eq!(
        dates("2026-11-25").state_at(at("2026-11-25 00:00")),
        OpenState::Unknown
    );
    assert_eq!(
        dates("2026-11-25").state_at(at("2026-11-24 00:00")),
        OpenState::Closed { until: None }
    );
}

#[test]
fn nothing_known_is_not_closed() {
    assert_eq!(
        Schedule::default().state_at(at("2026-11-25 10:00")),
        OpenState::Unknown
    );
    assert_eq!(
        next(&Schedule::default(), "2026-11-25 10:00", 3),
        Vec::<String>::new()
    );
}

#[test]
fn the_clock_is_the_dutch_one_on_the_days_on_which_it_changes() {
    let sunday = hours("Su 01:00-04:00");
    assert_eq!(
        sunday.state_at(at("2026-10-25 02:30")),
        OpenState::Open {
            until: Some(at("2026-10-25 04:00"))
        }
    );
    let utc = Schedule {
        rrule: "DTSTART:20261018T080000Z DURATION:PT1H RRULE:FREQ=WEEKLY"
            .parse()
            .ok(),
        ..Schedule::default()
    };
    assert_eq!(
        next(&utc, "2026-10-18 00:00", 2),
        ["2026-10-18 10:00-11:00", "2026-10-25 09:00-10:00"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_next_time_is_when_a_closed_door_opens(
        day in 0_u64..700, minute in 0_i64..1_440, text in prop::sample::select(vec![
            "Mo,We 10:00-12:00; PH off", "week 01-53/2 Th 17:30-19:30", "Mo[1,3] 14:00-16:00", "Fr-Sa 22:00-02:00",
        ])
    ) {
        let now = midnight_after(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), Days::new(day))
            + chrono::TimeDelta::minutes(minute);
        let schedule = hours(text);
        match schedule.state_at(now) {
            OpenState::Open { until: Some(until) } => {
                prop_assert!(until > now);
                let closed = matches!(schedule.state_at(until), OpenState::Closed { .. });
                prop_assert!(closed);
            }
            OpenState::Closed { until: Some(until) } => {
                prop_assert_eq!(schedule.next_times(now, 1)[0].start(), until);
                let open = matches!(schedule.state_at(until), OpenState::Open { .. });
                prop_assert!(open);
            }
            state => prop_assert!(false, "{:?}", state),
        }
    }

    #[test]
    fn no_schedule_makes_a_reader_wait_or_stumble(
        hours in prop::option::of("[A-Za-z0-9:;,/ +\\[\\]-]{0,30}"),
        rrule in prop::option::of("DTSTART:(1|2)[0-9]{3}0[1-9]1[0-9]T1[0-9]0000Z RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=[0-9]{1,3})?(;BYMONTHDAY=3[01])?(;BYMONTH=2)?"),
    ) {
        let schedule = Schedule {
            opening_hours: hours.and_then(|text| text.parse().ok()),
            dates: Vec::new(),
            rrule: rrule.and_then(|text| text.parse().ok()),
        };
        let now = at("2026-11-25 10:00");
        let times = schedule.next_times(now, 3);
        prop_assert!(times.iter().all(|slot| slot.start() >= now));
        prop_assert!(times.is_sorted());
        schedule.state_at(now);
        schedule.parts_of_week();
    }
}
