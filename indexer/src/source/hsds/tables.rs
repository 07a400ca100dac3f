//! The tables of an HSDS data package, joined to services. Services are streamed; what belongs to them is held.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
};

use csv::ByteRecord;
use nabij_offering::from_spreadsheet;
use serde::de::{DeserializeOwned, value::MapDeserializer};

use super::{
    lost::{LostRows, unreadable},
    offering::Reader,
    record::{
        Accessibility, Address, Attribute, CostOption, Eligibility, Language, Location, Organization, Phone,
        Schedule, Service, ServiceArea, ServiceAtLocation, TaxonomyTerm, Text,
    },
};
use crate::source::{File, Remark, Row, RowError, Rows, SourceError, csv_file, decode};

/// The rows of each package; a folder of tables is one.
pub(super) fn rows(files: &[File], reader: &Reader) -> Result<Rows, SourceError> {
    let mut packages: BTreeMap<Option<PathBuf>, Vec<&File>> = BTreeMap::new();
    for file in files {
        packages
            .entry(file.path.parent().map(ToOwned::to_owned))
            .or_default()
            .push(file);
    }
    let mut rows: Rows = Box::new(std::iter::empty());
    for files in packages.into_values() {
        rows = Box::new(rows.chain(package(&files, reader.clone())?));
    }
    Ok(rows)
}

fn package(files: &[&File], reader: Reader) -> Result<Rows, SourceError> {
    let Some(services) = table(files, &["services", "service"]) else {
        let first = files
            .first()
            .ok_or_else(|| SourceError::NoFiles(PathBuf::new()))?;
        return Err(first.malformed("of an HSDS data package", "there is no services.csv beside it"));
    };
    let mut package = Package::default();
    each(services, |_, service: Result<Service, _>| {
        package
            .services
            .extend(service.ok().map(|service| service.id.to_string()));
    })?;
    package.load(files)?;
    let mut remarks = std::mem::take(&mut package.lost).remarks();
    for file in files.iter().filter(|file| file.path != services.path) {
        remarks.extend(unreadable(file)?);
    }
    let label = Arc::clone(&services.label);
    let mut records = csv_file::open(services)?;
    let mut record = ByteRecord::new();
    let mut pending = Vec::new().into_iter();
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(row) = pending.next() {
                return Some(Ok(row));
            }
            let line = match records.read(&mut record)? {
                Ok((line, Ok(()))) => line,
                Ok((line, Err(error))) => return Some(Ok(Row::new(&label, line, Err(RowError::Csv(error))))),
                Err(error) => return Some(Err(error)),
            };
            let mut remarks = std::mem::take(&mut remarks);
            match parse::<Service>(&records.names, &record) {
                Ok(mut service) => {
                    package.join(&mut service, &mut remarks);
                    pending = reader.rows(&label, line, &service, remarks).into_iter();
                }
                Err(error) => {
                    return Some(Ok(Row::new(
                        &label,
                        line,
                        Err(RowError::Table(error.to_string())),
                    )));
                }
            }
        }
    })))
}

/// What belongs to the services.
#[derive(Default)]
struct Package {
    services: HashSet<String>,
    organizations: HashMap<String, Organization>,
    locations: HashMap<String, Location>,
    places: HashMap<String, Vec<ServiceAtLocation>>,
    /// The service of each `service_at_location`, and which of its places it is.
    place_of: HashMap<String, (String, usize)>,
    phones: HashMap<String, Vec<Phone>>,
    schedules: HashMap<String, Vec<Schedule>>,
    languages: HashMap<String, Vec<Language>>,
    areas: HashMap<String, Vec<ServiceArea>>,
    costs: HashMap<String, Vec<CostOption>>,
    attributes: HashMap<String, Vec<Attribute>>,
    eligible: HashMap<String, Vec<String>>,
    lost: LostRows,
}

impl Package {
    fn load(&mut self, files: &[&File]) -> Result<(), SourceError> {
        let of = |names: &[&str]| table(files, names);
        if let Some(file) = of(&["organizations", "organization"]) {
            each_kept(file, |_, row: Organization| {
                self.organizations.insert(row.id.to_string(), row);
            })?;
        }
        if let Some(file) = of(&["locations", "location"]) {
            each_kept(file, |_, row: Location| {
                self.locations.insert(row.id.to_string(), row);
            })?;
        }
        self.load_of_locations(&of)?;
        self.load_of_either(&of)?;
        self.load_of_services(&of)
    }

    fn load_of_locations<'a>(
        &mut self,
        of: &impl Fn(&[&str]) -> Option<&'a File>,
    ) -> Result<(), SourceError> {
        if let Some(file) = of(&["addresses", "address", "physical_addresses", "physical_address"]) {
            each_kept(file, |line, row: Address| {
                match self.locations.get_mut(&*row.location_id) {
                    Some(location) => location.addresses.push(row),
                    None => self.lost.add(file, "location_id", line, &row.location_id),
                }
            })?;
        }
        if let Some(file) = of(&["accessibility", "accessibility_for_disabilities"]) {
            each_kept(file, |line, row: Accessibility| {
                match self.locations.get_mut(&*row.location_id) {
                    Some(location) => location.accessibility.push(row),
                    None => self.lost.add(file, "location_id", line, &row.location_id),
                }
            })?;
        }
        if let Some(file) = of(&[
            "service_at_location",
            "services_at_location",
            "service_at_locations",
        ]) {
            each_kept(file, |line, mut row: ServiceAtLocation| {
                if !self.services.contains(&*row.service_id) {
                    self.lost.add(file, "service_id", line, &row.service_id);
                    return;
                }
                row.location = self.locations.get(&*row.location_id).cloned();
                let places = self.places.entry(row.service_id.to_string()).or_default();
                if let Some(id) = row.id.given() {
                    self.place_of
                        .insert(id.to_owned(), (row.service_id.to_string(), places.len()));
                }
                places.push(row);
            })?;
        }
        Ok(())
    }

    /// Tables whose rows belong to a service, or to one of its locations, or to a location.
    fn load_of_either<'a>(&mut self, of: &impl Fn(&[&str]) -> Option<&'a File>) -> Result<(), SourceError> {
        if let Some(file) = of(&["phones", "phone"]) {
            each_kept(file, |line, row: Phone| {
                if let Some(place) = self.place(&row.service_at_location_id) {
                    place.phones.push(row);
                } else if self.services.contains(&*row.service_id) {
                    self.phones
                        .entry(row.service_id.to_string())
                        .or_default()
                        .push(row);
                } else if let Some(location) = self.locations.get_mut(&*row.location_id) {
                    location.phones.push(row);
                } else if let Some(organization) = self.organizations.get_mut(&*row.organization_id) {
                    organization.phones.push(row);
                } else {
                    self.lost.add(file, "service_id", line, &row.service_id);
                }
            })?;
        }
        if let Some(file) = of(&["schedules", "schedule", "regular_schedules", "regular_schedule"]) {
            each_kept(file, |line, row: Schedule| {
                if let Some(place) = self.place(&row.service_at_location_id) {
                    place.schedules.push(row);
                } else if self.services.contains(&*row.service_id) {
                    self.schedules
                        .entry(row.service_id.to_string())
                        .or_default()
                        .push(row);
                } else if let Some(location) = self.locations.get_mut(&*row.location_id) {
                    location.schedules.push(row);
                } else {
                    self.lost.add(file, "service_id", line, &row.service_id);
                }
            })?;
        }
        if let Some(file) = of(&["languages", "language"]) {
            each_kept(file, |line, row: Language| {
                if self.services.contains(&*row.service_id) {
                    self.languages
                        .entry(row.service_id.to_string())
                        .or_default()
                        .push(row);
                } else if let Some(location) = self.locations.get_mut(&*row.location_id) {
                    location.languages.push(row);
                } else {
                    self.lost.add(file, "service_id", line, &row.service_id);
                }
            })?;
        }
        Ok(())
    }

    /// The service at a location with this identifier.
    fn place(&mut self, id: &str) -> Option<&mut ServiceAtLocation> {
        let (service, at) = self.place_of.get(id)?;
        self.places.get_mut(service)?.get_mut(*at)
    }

    fn load_of_services<'a>(&mut self, of: &impl Fn(&[&str]) -> Option<&'a File>) -> Result<(), SourceError> {
        let Self { services, lost, .. } = self;
        if let Some(file) = of(&["service_areas", "service_area"]) {
            keep(file, services, lost, &mut self.areas, |row: &ServiceArea| {
                &row.service_id
            })?;
        }
        if let Some(file) = of(&["cost_options", "cost_option"]) {
            keep(file, services, lost, &mut self.costs, |row: &CostOption| {
                &row.service_id
            })?;
        }
        if let Some(file) = of(&["eligibility"]) {
            let mut rows = HashMap::new();
            keep(file, services, lost, &mut rows, |row: &Eligibility| {
                &row.service_id
            })?;
            let words = |rows: Vec<Eligibility>| rows.iter().map(|row| row.eligibility.to_string()).collect();
            self.eligible = rows.into_iter().map(|(id, rows)| (id, words(rows))).collect();
        }
        let mut terms = HashMap::new();
        if let Some(file) = of(&["taxonomy_terms", "taxonomy_term", "taxonomy"]) {
            each_kept(file, |_, row: TaxonomyTerm| {
                terms.insert(row.id.to_string(), row);
            })?;
        }
        for names in [
            ["attributes", "attribute"],
            ["services_taxonomy", "service_taxonomy"],
        ] {
            if let Some(file) = of(&names) {
                each_kept(file, |line, mut row: Attribute| {
                    let term = row.taxonomy_term_id.or(&row.taxonomy_id);
                    row.taxonomy_term = terms.get(&**term).cloned();
                    let id = row.service_id.or(&row.link_id).to_string();
                    if services.contains(&id) {
                        self.attributes.entry(id).or_default().push(row);
                    } else if row.link_id.is_empty() {
                        // An attribute may also belong to an organisation or a location: no broken link.
                        lost.add(file, "service_id", line, &row.service_id);
                    }
                })?;
            }
        }
        Ok(())
    }

    /// What belongs to a service, put into it.
    fn join(&self, service: &mut Service, remarks: &mut Vec<Remark>) {
        let id = &*service.id;
        service.service_at_locations = self.places.get(id).cloned().unwrap_or_default();
        service.phones = self.phones.get(id).cloned().unwrap_or_default();
        service.schedules = self.schedules.get(id).cloned().unwrap_or_default();
        service.languages = self.languages.get(id).cloned().unwrap_or_default();
        service.service_areas = self.areas.get(id).cloned().unwrap_or_default();
        service.cost_options = self.costs.get(id).cloned().unwrap_or_default();
        service.attributes = self.attributes.get(id).cloned().unwrap_or_default();
        if let (true, Some(words)) = (service.eligibility_description.is_empty(), self.eligible.get(id)) {
            service.eligibility_description = words.join("; ").as_str().into();
        }
        service.organization = self.organizations.get(&*service.organization_id).cloned();
        let mut broken = |what: &str, id: &str| {
            let problem = format!("{what} `{id}`, which is not in the package");
            remarks.push(Remark::new(None, "broken_link", problem, super::BROKEN_LINK));
        };
        if let (None, Some(organization)) = (&service.organization, service.organization_id.given()) {
            broken("belongs to the organization", organization);
        }
        for place in &service.service_at_locations {
            match &place.location {
                None => broken("is at the location", &place.location_id),
                Some(location) => {
                    let owner = location.organization_id.given();
                    if let Some(owner) = owner.filter(|owner| !self.organizations.contains_key(*owner)) {
                        broken(
                            &format!("its location `{}` belongs to the organization", &*location.id),
                            owner,
                        );
                    }
                }
            }
        }
    }
}

/// Keeps the rows of a table that belong to a service.
fn keep<T: DeserializeOwned>(
    file: &File,
    services: &HashSet<String>,
    lost: &mut LostRows,
    into: &mut HashMap<String, Vec<T>>,
    service: impl Fn(&T) -> &Text,
) -> Result<(), SourceError> {
    each_kept(file, |line, row| {
        let id = service(&row).to_string();
        if services.contains(&id) {
            into.entry(id).or_default().push(row);
        } else {
            lost.add(file, "service_id", line, &id);
        }
    })
}

/// The table with one of these names.
fn table<'a>(files: &[&'a File], names: &[&str]) -> Option<&'a File> {
    let stem = |file: &File| {
        file.path
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase())
    };
    files
        .iter()
        .find(|file| stem(file).is_some_and(|stem| names.contains(&stem.as_str())))
        .copied()
}

/// Every row of a table that is one.
fn each_kept<T: DeserializeOwned>(file: &File, mut take: impl FnMut(u64, T)) -> Result<(), SourceError> {
    each(file, |line, row| {
        if let Ok(row) = row {
            take(line, row);
        }
    })
}

fn each<T: DeserializeOwned>(
    file: &File,
    mut take: impl FnMut(u64, Result<T, serde::de::value::Error>),
) -> Result<(), SourceError> {
    let mut records = csv_file::open(file)?;
    let mut record = ByteRecord::new();
    while let Some(read) = records.read(&mut record) {
        match read? {
            (line, Ok(())) => take(line, parse(&records.names, &record)),
            // A row of another length: what belongs to it cannot be told.
            (line, Err(error)) => take(line, Err(serde::de::Error::custom(error))),
        }
    }
    Ok(())
}

fn parse<T: DeserializeOwned>(names: &[String], record: &ByteRecord) -> Result<T, serde::de::value::Error> {
    let values = record
        .iter()
        .map(|value| from_spreadsheet(&decode(value)).to_owned());
    T::deserialize(MapDeserializer::new(names.iter().map(String::as_str).zip(values)))
}
