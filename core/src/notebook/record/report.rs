//! The report on the company's own dates: calibration, padding, slowing down.

use crate::insight::{Calibration, KindReport, Minutes, TimeBase, calibrations, kind_reports};
use crate::language::Message;
use crate::model::handbook::Handbook;
use crate::notebook::Notebook;
use crate::notebook::errors::ApiResult;
use crate::notebook::handbook::messages::{kind_message_by_key, with_kind};
use crate::notebook::numbers::count_u32;
use crate::notebook::record::answers::{CalibrationLine, CompanyReport, KindLine};
use crate::notebook::record::company_record::CompanyRecord;
use crate::notebook::record::messages::{median_message, slowing_message};

#[uniffi::export]
impl Notebook {
    /// Returns the report on the company's own dates: if those that were shown were kept, if they are padded, if a kind
    /// is slowing down.
    pub fn company_report(&self) -> ApiResult<CompanyReport> {
        self.read(|store| Ok(CompanyRecord::open(self, store)?.company_report()))
    }
}

impl CompanyRecord {
    fn company_report(&self) -> CompanyReport {
        let context = &self.context;
        let shown = self.held.tracks();
        let shown = shown.flat_map(|track| track.shown.iter().copied());
        let margins = self.held.by_kind(|track| track.margin);
        let verdicts = self
            .held
            .by_kind(|track| track.verdict.map(|verdict| verdict.kept));
        let kinds = kind_reports(
            &self.held.samples(),
            &margins,
            context.now,
            context.company_time(),
        );
        CompanyReport {
            calibrations: calibrations(shown).iter().map(calibration_line).collect(),
            kinds: kinds
                .into_iter()
                .map(|report| {
                    let day = context.company_time().day_minutes(&report.kind, None);
                    let verdicts = verdicts.get(&report.kind).map_or(&[][..], Vec::as_slice);
                    kind_line(report, verdicts, day, &context.company.handbook)
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
            Message::new("report-calibration-undecided")
        } else {
            Message::new("report-calibration")
                .number("kept", line.kept)
                .number("decided", line.decided)
        }
        .number("quantile", line.quantile_percent)
        .number("shown", line.shown),
    }
}

/// Returns the line on a kind; `verdicts` has true for each of its decided promises that was kept.
fn kind_line(report: KindReport, verdicts: &[bool], day: Minutes, handbook: &Handbook) -> KindLine {
    let decided = count_u32(verdicts.len());
    let kept = count_u32(verdicts.iter().filter(|kept| **kept).count());
    // The one number that matters comes first.
    let kept_on_time = match decided {
        0 => Message::new("report-kind-undecided"),
        _ => Message::new("report-kind")
            .number("kept", kept)
            .number("decided", decided),
    };
    let mut sentences = vec![
        with_kind(kept_on_time, handbook, &report.kind),
        Message::new("report-counts")
            .number("closed", count_u32(report.closed))
            .number("open", count_u32(report.open)),
    ];
    sentences.extend(report.median.map(|median| median_message(median, day)));
    let padded = report.padding.is_some_and(|padding| padding.is_too_much());
    sentences.extend(report.padding.map(|padding| {
        Message::new("report-left")
            .number("percent", padding.median_percent)
            .number("kept", padding.kept)
    }));
    sentences.extend(padded.then(|| Message::new("report-padded")));
    sentences.extend(
        report
            .slowing
            .as_ref()
            .map(|slowing| slowing_message(slowing, day)),
    );
    KindLine {
        kind_words: kind_message_by_key(handbook, &report.kind),
        kind: report.kind,
        kept,
        decided,
        closed: count_u32(report.closed),
        open: count_u32(report.open),
        median_minutes: report.median,
        left_percent: report.padding.map(|padding| padding.median_percent),
        left_of: report.padding.map_or(0, |padding| padding.kept),
        padded,
        slowing: report.slowing.is_some(),
        sentences,
    }
}
