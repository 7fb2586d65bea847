//! Visits and observations as lines of JSON give them.

use std::marker::PhantomData;

use kept_core::model::visit::{UsageDraft, UsageKind};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::promise_input::PromiseInput;

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

/// A visit as a line gives it.
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
    pub observations: Vec<JsonObject<ObservationInput>>,
    #[serde(default)]
    pub promises: Vec<JsonObject<PromiseInput>>,
    /// Take it even if it says nothing.
    #[serde(default)]
    pub anyway: bool,
}

/// An observation as a line of JSON gives it.
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
