//! Coverage as tables: CSV, Parquet, and GeoJSON for a map.

use std::{io::Write, sync::Arc};

use geojson::{Geometry, GeometryValue};
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::parser::parse_message_type,
};
use serde_json::{Map, Value, json};

use super::{
    Areas, Coverage, Origin, Reach, RegionLevel, Selection, Summary, regions,
    summary::{DISTANCES_KM, percent},
};

/// The columns of a row: a postcode and a selection.
const COLUMNS: [&str; 15] = [
    "postcode",
    "place",
    "municipality",
    "province",
    "lat",
    "lon",
    "inhabitants",
    "theme",
    "kind",
    "nearest_m",
    "third_nearest_m",
    "fifth_nearest_m",
    "within",
    "evening_or_weekend",
    "free",
];

/// Metres, without what is below one; nothing for nowhere.
fn metres(distance: Option<f64>) -> String {
    distance.map_or_else(String::new, |metres| format!("{metres:.0}"))
}

/// Numbers that may have a part, without digits that say nothing.
fn number(value: f64) -> String {
    crate::plot::short((value * 1e3).round() / 1e3)
}

impl Coverage {
    /// A row for each postcode and selection. An empty cell says that nobody knows, or that there is nothing.
    pub fn csv(&self, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        writer.write_record(COLUMNS)?;
        for (origin, selection, reach) in self.rows() {
            let [nearest, third, fifth] = reach.nearest_m.map(metres);
            let (postcode, theme, kind) = (
                origin.postcode.to_string(),
                selection.theme_name(),
                selection.kind_name(),
            );
            let (lat, lon) = (
                origin.position.lat().to_string(),
                origin.position.lon().to_string(),
            );
            let inhabitants = origin.inhabitants.map_or_else(String::new, number);
            let counts = [reach.within, reach.evening_or_weekend, reach.free].map(|count| count.to_string());
            let [within, evening_or_weekend, free] = counts;
            let names = [
                &postcode,
                &origin.place,
                &origin.municipality,
                &origin.province,
                &lat,
                &lon,
                &inhabitants,
            ];
            let found = [&nearest, &third, &fifth, &within, &evening_or_weekend, &free];
            let names = names.into_iter().map(String::as_str);
            writer.write_record(
                names
                    .chain([theme, kind])
                    .chain(found.into_iter().map(String::as_str)),
            )?;
        }
        writer.flush()?;
        Ok(())
    }

    /// A row for each selection: what it comes to for the country.
    pub fn summary_csv(&self, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        let further = DISTANCES_KM.map(|km| format!("percent_further_than_{km}_km"));
        let names = [
            "theme",
            "kind",
            "offerings",
            "weight",
            "percent_without",
            "postcodes_without",
            "median_nearest_m",
        ];
        let means = ["mean_within", "mean_evening_or_weekend", "mean_free", "gini"];
        let names = names.into_iter().chain(means);
        writer.write_record(names.chain(further.iter().map(String::as_str)))?;
        for (at, (selection, total)) in self.selections.iter().zip(&self.totals).enumerate() {
            let summary = Summary::new(self, at);
            let mut row = vec![
                selection.theme_name().to_owned(),
                selection.kind_name().to_owned(),
                total.to_string(),
                number(summary.weight),
                number(summary.percent_without()),
                summary.postcodes_without.to_string(),
                metres(summary.median_nearest_m),
            ];
            row.extend(
                [
                    summary.mean_within,
                    summary.mean_evening_or_weekend,
                    summary.mean_free,
                ]
                .map(number),
            );
            row.push(summary.gini.map_or_else(String::new, number));
            row.extend(
                summary
                    .further
                    .map(|further| number(percent(further, summary.weight))),
            );
            writer.write_record(row)?;
        }
        writer.flush()?;
        Ok(())
    }

    /// A row for each region and selection.
    pub fn regions_csv(&self, level: RegionLevel, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        let name = match level {
            RegionLevel::Municipality => "municipality",
            RegionLevel::Province => "province",
        };
        writer.write_record([
            name,
            "theme",
            "kind",
            "postcodes",
            "weight",
            "weight_without",
            "percent_without",
            "median_nearest_m",
            "mean_within",
        ])?;
        for (at, selection) in self.selections.iter().enumerate() {
            for row in regions(self, at, level) {
                let percent = number(row.percent_without());
                writer.write_record([
                    row.region.as_str(),
                    selection.theme_name(),
                    selection.kind_name(),
                    &row.postcodes.to_string(),
                    &number(row.weight),
                    &number(row.weight_without),
                    &percent,
                    &metres(row.median_nearest_m),
                    &number(row.mean_within),
                ])?;
            }
        }
        writer.flush()?;
        Ok(())
    }

    /// A feature for each postcode: its area, or its middle where there is none. With several selections the name of
    /// each figure begins with theme and kind.
    pub fn geojson(&self, areas: Option<&Areas>, mut to: impl Write) -> Result<(), std::io::Error> {
        to.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
        for (at, (origin, reaches)) in self.by_origin().enumerate() {
            if at > 0 {
                to.write_all(b",\n")?;
            }
            // Of six-character codes only the middle is known.
            let outline = areas.filter(|_| origin.postcode.letters().is_none());
            let geometry = match outline.and_then(|areas| areas.get(origin.pc4())) {
                Some(outline) => Geometry::new(outline.clone()),
                None => Geometry::new(GeometryValue::new_point([
                    origin.position.lon(),
                    origin.position.lat(),
                ])),
            };
            let feature = json!({
                "type": "Feature",
                "properties": properties(origin, &self.selections, reaches),
                "geometry": geometry,
            });
            serde_json::to_writer(&mut to, &feature)?;
        }
        to.write_all(b"\n]}\n")?;
        to.flush()
    }

    /// The columns of [`Self::csv`] as Parquet, distances and inhabitants as numbers with a part; packed with Snappy.
    pub fn parquet(&self, to: impl Write + Send) -> Result<(), ParquetError> {
        let schema = "message coverage {
            required binary postcode (UTF8); required binary place (UTF8); required binary municipality (UTF8);
            required binary province (UTF8); required double lat; required double lon; optional double inhabitants;
            required binary theme (UTF8); required binary kind (UTF8);
            optional double nearest_m; optional double third_nearest_m; optional double fifth_nearest_m;
            required int32 within; required int32 evening_or_weekend; required int32 free; }";
        let schema = Arc::new(parse_message_type(schema)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .build();
        let mut writer = SerializedFileWriter::new(to, schema, Arc::new(properties))?;
        let mut group = writer.next_row_group()?;
        let texts: [fn(&Origin, Selection) -> String; 4] = [
            |origin, _| origin.postcode.to_string(),
            |origin, _| origin.place.clone(),
            |origin, _| origin.municipality.clone(),
            |origin, _| origin.province.clone(),
        ];
        for text in texts {
            self.text_column(&mut group, text)?;
        }
        self.number_column(&mut group, |origin, _| origin.position.lat())?;
        self.number_column(&mut group, |origin, _| origin.position.lon())?;
        self.optional_column(&mut group, |origin, _| origin.inhabitants)?;
        self.text_column(&mut group, |_, selection| selection.theme_name().to_owned())?;
        self.text_column(&mut group, |_, selection| selection.kind_name().to_owned())?;
        self.optional_column(&mut group, |_, reach| reach.nearest_m[0])?;
        self.optional_column(&mut group, |_, reach| reach.nearest_m[1])?;
        self.optional_column(&mut group, |_, reach| reach.nearest_m[2])?;
        let counts: [fn(&Reach) -> u32; 3] = [
            |reach| reach.within,
            |reach| reach.evening_or_weekend,
            |reach| reach.free,
        ];
        for count in counts {
            let values = self
                .rows()
                .map(|(_, _, reach)| i32::try_from(count(reach)).unwrap_or(i32::MAX));
            column::<Int32Type>(&mut group, &values.collect::<Vec<_>>(), None)?;
        }
        group.close()?;
        writer.close()?;
        Ok(())
    }

    fn text_column<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        text: fn(&Origin, Selection) -> String,
    ) -> Result<(), ParquetError> {
        let values = self
            .rows()
            .map(|(origin, selection, _)| ByteArray::from(text(origin, selection).into_bytes()));
        column::<ByteArrayType>(group, &values.collect::<Vec<_>>(), None)
    }

    fn number_column<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        value: fn(&Origin, &Reach) -> f64,
    ) -> Result<(), ParquetError> {
        let values = self.rows().map(|(origin, _, reach)| value(origin, reach));
        column::<DoubleType>(group, &values.collect::<Vec<_>>(), None)
    }

    fn optional_column<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
        value: fn(&Origin, &Reach) -> Option<f64>,
    ) -> Result<(), ParquetError> {
        let values: Vec<Option<f64>> = self
            .rows()
            .map(|(origin, _, reach)| value(origin, reach))
            .collect();
        let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
        column::<DoubleType>(
            group,
            &values.into_iter().flatten().collect::<Vec<_>>(),
            Some(&levels),
        )
    }
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General(
            "more columns than the schema has".to_owned(),
        ));
    };
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

fn properties(origin: &Origin, selections: &[Selection], reaches: &[Reach]) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut set = |name: String, value: Value| {
        properties.insert(name, value);
    };
    set("postcode".to_owned(), json!(origin.postcode.to_string()));
    set("place".to_owned(), json!(origin.place));
    set("municipality".to_owned(), json!(origin.municipality));
    set("province".to_owned(), json!(origin.province));
    set("inhabitants".to_owned(), json!(origin.inhabitants));
    for (selection, reach) in selections.iter().zip(reaches) {
        let prefix = match selections {
            [_] => String::new(),
            _ => format!("{}_{}_", selection.theme_name(), selection.kind_name()),
        };
        for (name, distance) in ["nearest_m", "third_nearest_m", "fifth_nearest_m"]
            .into_iter()
            .zip(reach.nearest_m)
        {
            set(format!("{prefix}{name}"), json!(distance.map(f64::round)));
        }
        set(format!("{prefix}within"), json!(reach.within));
        set(
            format!("{prefix}evening_or_weekend"),
            json!(reach.evening_or_weekend),
        );
        set(format!("{prefix}free"), json!(reach.free));
    }
    properties
}
