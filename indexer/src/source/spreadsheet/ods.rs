//! What the reader of spreadsheets takes for granted of an ODS file: how much memory it takes, since a cell may say that it
//! stands there 16,384 times; and that it does not end in the middle, where that reader would go on for ever.

use std::io::BufRead;

use quick_xml::{
    Error, Reader,
    errors::IllFormedError,
    events::{BytesStart, Event},
};

/// What a cell takes without its text: a value and a formula.
const CELL: u64 = 48;

/// More columns no sheet has.
const MOST_COLUMNS: u64 = 16_384;

/// The bytes that the cells of a `content.xml` take. Empty cells count if a filled one follows in their row. One with an
/// element that does not end is refused.
pub(super) fn memory(content: impl BufRead) -> Result<u64, Error> {
    let mut reader = Reader::from_reader(content);
    let (mut buffer, mut inside) = (Vec::new(), Vec::new());
    let (mut bytes, mut empty, mut depth) = (0_u64, 0, 0_u64);
    loop {
        buffer.clear();
        inside.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(cell) if is_cell(&cell) => {
                let end = cell.to_end().into_owned();
                let text = reader.read_to_end_into(end.name(), &mut inside)?;
                let times = repeated(&cell);
                let text = text.end.saturating_sub(text.start);
                bytes = bytes.saturating_add(empty * CELL + times * text.saturating_add(CELL));
                empty = 0;
            }
            Event::Empty(cell) if is_cell(&cell) => {
                let times = repeated(&cell);
                if has_value(&cell) {
                    bytes = bytes.saturating_add((empty + times) * CELL);
                    empty = 0;
                } else {
                    empty = (empty + times).min(MOST_COLUMNS);
                }
            }
            Event::Start(_) => depth += 1,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if end.local_name().as_ref() == "table-row" {
                    empty = 0;
                }
            }
            Event::Eof if depth > 0 => {
                return Err(IllFormedError::MissingEndTag("office:document-content".to_owned()).into());
            }
            Event::Eof => return Ok(bytes),
            _ => {}
        }
    }
}

fn is_cell(element: &BytesStart<'_>) -> bool {
    matches!(element.local_name().as_ref(), "table-cell" | "covered-table-cell")
}

/// How often the cell stands there. What is no number, the reader of spreadsheets refuses.
fn repeated(cell: &BytesStart<'_>) -> u64 {
    let times = cell
        .try_get_attribute("table:number-columns-repeated")
        .ok()
        .flatten();
    times
        .and_then(|times| times.value.trim().parse().ok())
        .map_or(1, |times: u64| times.min(MOST_COLUMNS))
}

fn has_value(cell: &BytesStart<'_>) -> bool {
    cell.attributes().flatten().any(|attribute| {
        let name = attribute.key.as_ref();
        name.starts_with("office:") || name == "table:formula"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_that_ends_in_the_middle_is_refused_wherever_that_is() {
        let whole = r#"<a><table:table><table:table-row><table:table-cell office:value="7"><text:p>x</text:p></table:table-cell></table:table-row></table:table></a>"#;
        assert!(memory(whole.as_bytes()).is_ok());
        for end in 1..whole.len() {
            assert!(memory(&whole.as_bytes()[..end]).is_err(), "{}", &whole[..end]);
        }
    }

    #[test]
    fn repeated_cells_count_each_time_and_empty_ones_at_the_end_of_a_row_do_not() {
        let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
        let empty = r#"<table:table-cell table:number-columns-repeated="1000"/>"#;
        let text =
            r#"<table:table-cell table:number-columns-repeated="10"><text:p>abc</text:p></table:table-cell>"#;
        let number = r#"<table:table-cell office:value="7" table:number-columns-repeated="999999"/>"#;
        let text_bytes = CELL + "<text:p>abc</text:p>".len() as u64;
        for (cells, bytes) in [
            (row(empty), 0),
            (row(text), 10 * text_bytes),
            (row(&[text, empty].concat()), 10 * text_bytes),
            (row(&[empty, text].concat()), 1_000 * CELL + 10 * text_bytes),
            (row(empty) + &row(text), 10 * text_bytes),
            (row(number), MOST_COLUMNS * CELL),
        ] {
            assert_eq!(memory(cells.as_bytes()).unwrap(), bytes, "{cells}");
        }
    }
}
