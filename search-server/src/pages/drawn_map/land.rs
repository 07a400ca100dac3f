//! The land under a drawn map: of its outline no more than what can be seen.

use std::fmt::Write;

use super::Point;

/// The path of an SVG element that holds what is seen of some rings. A ring that leaves the map goes along its edge.
pub(super) fn path(rings: impl Iterator<Item = Vec<Point>>, low: Point, high: Point) -> String {
    let mut path = String::new();
    for ring in rings {
        let ring = clipped(&ring, low, high);
        if ring.len() < 3 {
            continue;
        }
        for (at, point) in ring.iter().enumerate() {
            let command = if at == 0 { 'M' } else { 'L' };
            // Writing to a String does not fail.
            let _ = write!(path, "{command}{:.0} {:.0}", point.x, point.y);
        }
        path.push('Z');
    }
    path
}

/// What of a ring lies within a rectangle (Sutherland and Hodgman, 1974): cut at each of its four sides in turn.
fn clipped(ring: &[Point], low: Point, high: Point) -> Vec<Point> {
    let ring = cut(ring, |point| point.x - low.x);
    let ring = cut(&ring, |point| high.x - point.x);
    let ring = cut(&ring, |point| point.y - low.y);
    cut(&ring, |point| high.y - point.y)
}

/// What of a ring lies on the side of a line where `inside` is not negative; `inside` grows evenly with the distance.
fn cut(ring: &[Point], inside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len());
    let before = ring.iter().cycle().skip(ring.len().saturating_sub(1));
    for (&from, &to) in before.zip(ring) {
        let (a, b) = (inside(from), inside(to));
        if (a < 0.0) != (b < 0.0) {
            let share = a / (a - b);
            kept.push(Point {
                x: from.x + share * (to.x - from.x),
                y: from.y + share * (to.y - from.y),
            });
        }
        if b >= 0.0 {
            kept.push(to);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LOW: Point = Point { x: 0.0, y: 0.0 };
    const HIGH: Point = Point { x: 10.0, y: 10.0 };

    fn ring(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    /// Twice the area, with a sign (the shoelace formula).
    fn area(ring: &[Point]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
    }

    #[test]
    fn what_is_far_away_is_left_out_and_what_is_all_around_fills_the_map() {
        let far = ring(&[(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)]);
        assert_eq!(path([far].into_iter(), LOW, HIGH), "");
        let around = ring(&[(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)]);
        assert!((area(&clipped(&around, LOW, HIGH)).abs() - 200.0).abs() < 1e-9);
        assert_eq!(path([Vec::new()].into_iter(), LOW, HIGH), "");
    }

    proptest! {
        #[test]
        fn what_is_left_lies_within_and_is_what_was_there(
            corners in prop::collection::vec((-20.0..30.0_f64, -20.0..30.0_f64), 3),
        ) {
            let whole = ring(&corners);
            let kept = clipped(&whole, LOW, HIGH);
            for point in &kept {
                prop_assert!((-1e-9..=10.0 + 1e-9).contains(&point.x) && (-1e-9..=10.0 + 1e-9).contains(&point.y));
            }
            // What lies within, and what lies beyond each side in turn, add up to the whole.
            let beyond_west = cut(&whole, |point| LOW.x - point.x);
            let west = cut(&whole, |point| point.x - LOW.x);
            prop_assert!((area(&beyond_west) + area(&west) - area(&whole)).abs() < 1e-6);
            prop_assert!(area(&kept).abs() <= area(&whole).abs() + 1e-6);
        }
    }
}
