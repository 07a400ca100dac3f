//! The fields of the native format, by the names they have in CSV headers and JSON keys.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::vocabulary::{UnknownWord, vocabulary};

vocabulary! {
    /// A field of the native format.
    Field, "field",
    /// The identifier, unique over all sources of an index.
    Id = "id",
    /// The name for the public.
    Title = "title",
    /// What it is, for the public.
    Description = "description",
    /// One of [`crate::Kind`].
    Kind = "kind",
    /// List of [`crate::Theme`].
    Themes = "themes",
    /// List of the groups it is meant for, in the source's words.
    TargetGroups = "target_groups",
    /// The organisation that offers it.
    Organisation = "organisation",
    /// Street name.
    Street = "street",
    /// House number with its addition.
    HouseNumber = "house_number",
    /// Six- or four-character postcode.
    Postcode = "postcode",
    /// Town or village.
    Place = "place",
    /// Municipality.
    Municipality = "municipality",
    /// Latitude in degrees.
    Lat = "lat",
    /// Longitude in degrees.
    Lon = "lon",
    /// List of [`crate::ServiceArea`].
    ServiceArea = "service_area",
    /// List of languages spoken there, as BCP 47 codes.
    Languages = "languages",
    /// Level, such as A2, 1F or NT2.
    Level = "level",
    /// [`crate::Cost`].
    Cost = "cost",
    /// One of [`crate::Registration`].
    Registration = "registration",
    /// Weekly hours in OSM `opening_hours` syntax.
    OpeningHours = "opening_hours",
    /// List of [`crate::DateSlot`].
    Dates = "dates",
    /// RFC 5545 recurrence.
    Rrule = "rrule",
    /// Telephone number.
    Phone = "phone",
    /// E-mail address.
    Email = "email",
    /// Website, http or https.
    Website = "website",
    /// How accessible the place is, in words.
    Accessibility = "accessibility",
    /// First day on which it is offered.
    ValidFrom = "valid_from",
    /// Last day on which it is offered.
    ValidTo = "valid_to",
    /// The day on which somebody last checked it.
    LastChecked = "last_checked",
    /// Where the record came from.
    Source = "source",
    /// List of identifiers that other sources have for it.
    OtherIds = "other_ids",
    /// `true` for an example that was made up.
    Example = "example",
}

impl Field {
    /// Whether the field holds a list: an array in JSON, separated by `|` in CSV.
    pub const fn is_list(self) -> bool {
        matches!(
            self,
            Self::Themes
                | Self::TargetGroups
                | Self::ServiceArea
                | Self::Languages
                | Self::Dates
                | Self::OtherIds
        )
    }
}
