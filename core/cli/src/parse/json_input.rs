//! Visits and observations as they are entered, on the command line or in a line of JSON.

use std::marker::PhantomData;

use kept_core::Notebook;
use kept_core::model::visit::{UsageDraft, UsageKind, VisitDraft, VisitPlace};
use kept_core::notebook::{ApiResult, VisitEntry};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::promise_input::PromiseInput;
use super::times::moment;
use super::{channel, people};
use crate::view::View;

/// A value that is written as a JSON object only: serde else reads an array as the fields in their order.
#[derive(Debug)]
pub struct JsonObject<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for JsonObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = JsonObject<T>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<JsonObject<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(JsonObject)
            }
        }
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// A visit as it is entered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitInput {
    pub account: String,
    pub said: String,
    #[serde(default)]
    pub means: String,
    #[serde(default)]
    pub channel: Option<String>,
    #[serde(default)]
    pub contact: Option<String>,
    #[serde(default)]
    pub marks: Vec<String>,
    #[serde(default)]
    pub wish: String,
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub planned: Option<String>,
    #[serde(default)]
    pub arrived: Option<String>,
    #[serde(default)]
    pub left: Option<String>,
    #[serde(default)]
    pub place: Option<JsonObject<PlaceInput>>,
    #[serde(default)]
    pub nothing_promised: bool,
    #[serde(default)]
    pub observations: Vec<JsonObject<ObservationInput>>,
    #[serde(default)]
    pub promises: Vec<JsonObject<PromiseInput>>,
    /// Take it even if it says nothing.
    #[serde(default)]
    pub anyway: bool,
}

impl VisitInput {
    /// The entry that the core is to log.
    pub fn into_entry(self, notebook: &Notebook, view: &View<'_>) -> ApiResult<VisitEntry> {
        let account = notebook.find_document(self.account)?;
        let contact = match &self.contact {
            Some(name) => Some(people::contact(notebook, account, name)?),
            None => None,
        };
        let channel = channel(self.channel.as_deref())?;
        let time = |text: &Option<String>| match text {
            Some(text) => moment(view, text).map(Some),
            None => Ok(None),
        };
        let promises = self.promises.into_iter().map(|JsonObject(promise)| {
            promise.into_draft(notebook, view, Some(account), contact, channel)
        });
        let usages = self.observations.into_iter();
        Ok(VisitEntry {
            visit: VisitDraft {
                account: Some(account),
                contact,
                channel,
                said: self.said,
                means: self.means,
                marks: self.marks,
                help: self.wish,
                happened_at: time(&self.at)?,
                planned_at: time(&self.planned)?,
                arrived_at: time(&self.arrived)?,
                left_at: time(&self.left)?,
                place: self.place.map(|JsonObject(place)| place.into()),
                nothing_promised: self.nothing_promised,
                ..VisitDraft::default()
            },
            usages: usages.map(|JsonObject(usage)| usage.into()).collect(),
            promises: promises.collect::<ApiResult<_>>()?,
        })
    }
}

/// A position as other programs write it: degrees, metres, milliseconds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceInput {
    lat: f64,
    lon: f64,
    accuracy: u32,
    #[serde(default)]
    age_ms: u64,
}

impl From<PlaceInput> for VisitPlace {
    fn from(input: PlaceInput) -> Self {
        // What is out of range is not on the globe: the core refuses it.
        let micro = |degrees: f64| {
            let digits = format!("{degrees:.6}").replace('.', "");
            digits.parse().unwrap_or(i32::MAX)
        };
        Self::Fix {
            latitude_micro: micro(input.lat),
            longitude_micro: micro(input.lon),
            accuracy_m: input.accuracy,
            age_ms: input.age_ms,
        }
    }
}

/// An observation as it is entered.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObservationInput {
    doing: String,
    need: bool,
    product: String,
    workaround: String,
    frequency: String,
    pain: u8,
    quantity: String,
    quote: String,
    themes: Vec<String>,
    consent: bool,
    notes: String,
}

impl ObservationInput {
    /// An observation that says only what is done with the product.
    pub fn of(doing: String) -> Self {
        Self {
            doing,
            ..Self::default()
        }
    }
}

impl From<ObservationInput> for UsageDraft {
    fn from(input: ObservationInput) -> Self {
        Self {
            kind: if input.need {
                UsageKind::Need
            } else {
                UsageKind::Use
            },
            doing: input.doing,
            product: input.product,
            workaround: input.workaround,
            frequency: input.frequency,
            pain: input.pain,
            quantity: input.quantity,
            quote: input.quote,
            themes: input.themes,
            consent: input.consent,
            notes: input.notes,
            ..Self::default()
        }
    }
}
