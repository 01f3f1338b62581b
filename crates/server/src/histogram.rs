//! Entries a month or a year, as bars that are links.

use diary::Facet;
use diary_query::{FacetCounts, FacetValue};
use diary_render::words;
use serde::Serialize;

/// More months than this are shown as years.
const MOST_BARS: usize = 180;
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 56.0;

/// Bars over time, in the units of an SVG 600 wide and 56 high.
#[derive(Debug, Serialize)]
pub(crate) struct Histogram {
    bars: Vec<Bar>,
    first: String,
    last: String,
    width: f64,
    height: f64,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    label: String,
    count: u64,
    /// The query behind it; none where it counts nothing.
    apply: Option<String>,
}

/// The bars of the months; nothing where fewer than two are to be seen.
pub(crate) fn of(facets: &[FacetCounts]) -> Option<Histogram> {
    let months = facets.iter().find(|counts| counts.facet == Facet::Month)?;
    let years = facets.iter().find(|counts| counts.facet == Facet::Year);
    let values = match years {
        Some(years) if months.values.len() > MOST_BARS => &years.values,
        _ => &months.values,
    };
    let (first, last) = (values.first()?, values.last()?);
    let most = values.iter().map(|value| value.count).max().filter(|most| *most > 0)?;
    let step = WIDTH / values.len() as f64;
    let bar = |(i, value): (usize, &FacetValue)| {
        // A bar of one entry among thousands is still to be seen.
        let height = if value.count == 0 { 1.0 } else { (HEIGHT * value.count as f64 / most as f64).max(3.0) };
        Bar {
            x: rounded(i as f64 * step),
            y: rounded(HEIGHT - height),
            width: rounded((step * 0.8).clamp(1.0, 36.0)),
            height: rounded(height),
            label: words::label(&value.value),
            count: value.count,
            apply: (value.count > 0).then(|| value.apply.clone()),
        }
    };
    let bars = values.iter().enumerate().map(bar).collect();
    let (first, last) = (words::label(&first.value), words::label(&last.value));
    (values.len() > 1).then_some(Histogram { bars, first, last, width: WIDTH, height: HEIGHT })
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
