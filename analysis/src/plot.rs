//! Lines on paper: a plot as SVG, drawn here, that needs no script and nothing beside itself.

use std::fmt::Write;

/// How an axis runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Equal steps are equal differences.
    Linear,
    /// Equal steps are equal ratios; only for values above zero.
    Logarithmic,
}

/// An axis: what it says, from where to where, and the values that are named.
#[derive(Debug, Clone)]
pub(crate) struct Axis {
    pub(crate) words: String,
    pub(crate) scale: Scale,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) named: Vec<(f64, String)>,
}

/// A line with its name.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) points: Vec<(f64, f64)>,
}

/// A plot of lines.
#[derive(Debug, Clone)]
pub(crate) struct Plot {
    /// What it shows, for who does not see it.
    pub(crate) words: String,
    pub(crate) across: Axis,
    pub(crate) up: Axis,
    pub(crate) lines: Vec<Line>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 400.0;
/// Room for words: left, right, above, below.
const LEFT: f64 = 80.0;
const RIGHT: f64 = 150.0;
const ABOVE: f64 = 15.0;
const BELOW: f64 = 55.0;
/// Eight colours that differ also for people who are colour-blind (M. Okabe and K. Ito, "Color Universal Design",
/// 2008), yellow made darker for white paper; each with a dash of its own, for print.
const PENS: [(&str, &str); 8] = [
    ("#0072b2", ""),
    ("#d55e00", "8 3"),
    ("#007a5a", "2 3"),
    ("#b0508a", "8 3 2 3"),
    ("#000000", "12 4"),
    ("#2f86b5", "4 4"),
    ("#8a6d00", "1 4"),
    ("#6b6b6b", "14 3 3 3"),
];

impl Axis {
    /// From zero to above the greatest value, in round steps.
    pub(crate) fn linear(words: &str, greatest: f64) -> Self {
        let step = round_step(greatest.max(1e-9) / 5.0);
        let to = (greatest.max(1e-9) / step).ceil() * step;
        let steps = (0..=10_u32).map(|number| f64::from(number) * step);
        Self {
            words: words.to_owned(),
            scale: Scale::Linear,
            from: 0.0,
            to,
            named: steps
                .take_while(|value| *value <= to + step * 1e-6)
                .map(|value| (value, short(value)))
                .collect(),
        }
    }

    /// Powers of ten around the values; those that are not above zero are passed over.
    pub(crate) fn logarithmic(words: &str, values: impl Iterator<Item = f64>) -> Self {
        let (least, most) = values
            .filter(|value| *value > 0.0)
            .fold((f64::INFINITY, 0.0_f64), |(least, most), value| {
                (least.min(value), most.max(value))
            });
        let (least, most) = if least <= most { (least, most) } else { (1.0, 10.0) };
        let from = 10_f64.powf(least.log10().floor());
        let to = 10_f64.powf((most * 1.000_001).log10().ceil());
        let mut named = Vec::new();
        let mut value = from;
        while value <= to * 1.001 && named.len() < 20 {
            named.push((value, short(value)));
            value *= 10.0;
        }
        Self {
            words: words.to_owned(),
            scale: Scale::Logarithmic,
            from,
            to,
            named,
        }
    }

    /// Where a value lies, from 0 to 1.
    fn share(&self, value: f64) -> f64 {
        let at = |value: f64| match self.scale {
            Scale::Linear => value,
            Scale::Logarithmic => value.max(f64::MIN_POSITIVE).log10(),
        };
        let span = at(self.to) - at(self.from);
        if span == 0.0 {
            return 0.0;
        }
        ((at(value) - at(self.from)) / span).clamp(0.0, 1.0)
    }
}

/// 1, 2 or 5 times a power of ten, not below what is asked.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|step| step * power >= least * 0.999_999);
    step.unwrap_or(10.0) * power
}

/// A number without digits that say nothing.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.6}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

impl Plot {
    /// The drawing. Writing to a `String` does not fail.
    pub(crate) fn svg(&self) -> String {
        let mut svg = format!(
            r#"<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{}">"#,
            escaped(&self.words)
        );
        self.axes(&mut svg);
        for (number, line) in self.lines.iter().enumerate() {
            let (colour, dash) = PENS.get(number % PENS.len()).copied().unwrap_or(("#000", ""));
            let points: Vec<String> = line
                .points
                .iter()
                .map(|(x, y)| format!("{:.1},{:.1}", self.x(*x), self.y(*y)))
                .collect();
            let _ = write!(
                svg,
                r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>"#,
                points.join(" ")
            );
            let row = ABOVE + 12.0 + 20.0 * f64::from(u16::try_from(number).unwrap_or(u16::MAX));
            let (from, to) = (WIDTH - RIGHT + 10.0, WIDTH - RIGHT + 38.0);
            let _ = write!(
                svg,
                r#"<line x1="{from}" y1="{row}" x2="{to}" y2="{row}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/><text x="{}" y="{}">{}</text>"#,
                to + 6.0,
                row + 4.0,
                escaped(&line.name)
            );
        }
        svg.push_str("</svg>");
        svg
    }

    fn axes(&self, svg: &mut String) {
        let (left, right) = (LEFT, WIDTH - RIGHT);
        let (top, bottom) = (ABOVE, HEIGHT - BELOW);
        for (value, words) in &self.up.named {
            let y = self.y(*value);
            let _ = write!(
                svg,
                r##"<line x1="{left}" y1="{y:.1}" x2="{right}" y2="{y:.1}" stroke="#ccc"/><text x="{}" y="{:.1}" text-anchor="end">{}</text>"##,
                left - 6.0,
                y + 4.0,
                escaped(words)
            );
        }
        for (value, words) in &self.across.named {
            let x = self.x(*value);
            let _ = write!(
                svg,
                r##"<line x1="{x:.1}" y1="{top}" x2="{x:.1}" y2="{bottom}" stroke="#ccc"/><text x="{x:.1}" y="{}" text-anchor="middle">{}</text>"##,
                bottom + 18.0,
                escaped(words)
            );
        }
        let middle = f64::midpoint(top, bottom);
        let _ = write!(
            svg,
            r#"<text x="{}" y="{}" text-anchor="middle">{}</text><text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">{}</text>"#,
            f64::midpoint(left, right),
            HEIGHT - 12.0,
            escaped(&self.across.words),
            escaped(&self.up.words)
        );
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + self.across.share(value) * (WIDTH - RIGHT - LEFT)
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BELOW - self.up.share(value) * (HEIGHT - BELOW - ABOVE)
    }
}

/// Text that is safe in an element and in an attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_names_round_values_that_hold_all() {
        let axis = Axis::linear("n", 37.0);
        assert_eq!(
            axis.named
                .iter()
                .map(|(_, words)| words.as_str())
                .collect::<Vec<_>>(),
            ["0", "10", "20", "30", "40"]
        );
        let axis = Axis::logarithmic("µs", [0.0, 12.0, 900.0].into_iter());
        assert_eq!((axis.from, axis.to), (10.0, 1_000.0));
        assert!((axis.share(100.0) - 0.5).abs() < 1e-9);
        assert!(Axis::logarithmic("µs", std::iter::empty()).share(1.0).abs() < 1e-9);
    }

    #[test]
    fn a_plot_escapes_what_it_is_told_and_draws_every_line() {
        let plot = Plot {
            words: "a \"b\" <c>".to_owned(),
            across: Axis::linear("x", 1.0),
            up: Axis::linear("y", 0.0),
            lines: vec![
                Line {
                    name: "<script>".to_owned(),
                    points: vec![(0.0, 0.0), (1.0, 1.0)],
                },
                Line {
                    name: "empty".to_owned(),
                    points: Vec::new(),
                },
            ],
        };
        let svg = plot.svg();
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(!svg.contains("<script>") && !svg.contains("NaN"), "{svg}");
    }
}
