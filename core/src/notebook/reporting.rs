//! Reports over the company's own history: calibration, padding, slow-down.

use super::Notebook;
use super::books::Books;
use super::company::with_kind;
use super::errors::ApiResult;
use super::insight_records::{CalibrationLine, CompanyReport, KindLine};
use super::record_words::{median_words, slowing_words};
use crate::insight::{
    Calibration, KindReport, Minutes, TimeBase, calibrations, kind_reports, margin_of, shown_dates,
};
use crate::model::handbook::Handbook;
use crate::words::Words;

#[uniffi::export]
impl Notebook {
    /// Returns the report on the company's own dates: if those that were shown were kept, if they are padded, if a kind
    /// is slowing down.
    pub fn report(&self) -> ApiResult<CompanyReport> {
        self.read(|store| Ok(Books::open(self, store)?.report()))
    }
}

impl Books {
    fn report(&self) -> CompanyReport {
        let frame = &self.frame;
        let shown = self
            .promises
            .iter()
            .flat_map(|told| shown_dates(&told.record, &told.facts, frame.now, &frame.registry));
        let margins = self.by_kind(|told| {
            let (now, registry) = (frame.now, &frame.registry);
            margin_of(&told.record, &told.facts, now, registry, &frame.time)
        });
        let verdicts = self.by_kind(|told| self.verdict(told).map(|verdict| verdict.kept));
        let kinds = kind_reports(&self.samples(), &margins, frame.now, &frame.time);
        CompanyReport {
            calibrations: calibrations(shown).iter().map(calibration_line).collect(),
            kinds: kinds
                .into_iter()
                .map(|report| {
                    let day = frame.time.day_minutes(&report.kind, None);
                    let verdicts = verdicts.get(&report.kind).map_or(&[][..], Vec::as_slice);
                    kind_line(report, verdicts, day, &frame.company.handbook)
                })
                .collect(),
        }
    }
}

fn calibration_line(line: &Calibration) -> CalibrationLine {
    CalibrationLine {
        quantile_percent: line.quantile_percent,
        kept: line.kept,
        decided: line.decided,
        shown: line.shown,
        words: if line.decided == 0 {
            Words::new("report-calibration-undecided")
        } else {
            Words::new("report-calibration")
                .number("kept", line.kept)
                .number("decided", line.decided)
        }
        .number("quantile", line.quantile_percent)
        .number("shown", line.shown),
    }
}

/// Returns the line on a kind; `verdicts` has true for each of its decided promises that was kept.
fn kind_line(report: KindReport, verdicts: &[bool], day: Minutes, handbook: &Handbook) -> KindLine {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let decided = count(verdicts.len());
    let kept = count(verdicts.iter().filter(|kept| **kept).count());
    // The one number that matters comes first.
    let kept_on_time = match decided {
        0 => Words::new("report-kind-undecided"),
        _ => Words::new("report-kind")
            .number("kept", kept)
            .number("decided", decided),
    };
    let mut sentences = vec![
        with_kind(kept_on_time, handbook, &report.kind),
        Words::new("report-counts")
            .number("closed", count(report.closed))
            .number("open", count(report.open)),
    ];
    sentences.extend(report.median.map(|median| median_words(median, day)));
    let padded = report.padding.is_some_and(|padding| padding.is_too_much());
    sentences.extend(report.padding.map(|padding| {
        Words::new("report-left")
            .number("percent", padding.median_percent)
            .number("kept", padding.kept)
    }));
    sentences.extend(padded.then(|| Words::new("report-padded")));
    sentences.extend(
        report
            .slowing
            .as_ref()
            .map(|slowing| slowing_words(slowing, day)),
    );
    KindLine {
        kind: report.kind,
        kept,
        decided,
        closed: count(report.closed),
        open: count(report.open),
        median_minutes: report.median,
        left_percent: report.padding.map(|padding| padding.median_percent),
        left_of: report.padding.map_or(0, |padding| padding.kept),
        padded,
        slowing: report.slowing.is_some(),
        sentences,
    }
}
