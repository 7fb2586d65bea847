//! Are dates that should be kept 80 times in 100 kept so often? Simulated companies of several shapes and
//! sizes, and, apart, one that is slowing down. Prints the table of the README.

use kept_tests::bench::is_trial;
use kept_tests::simulation::{Shape, calibrate};

fn main() {
    let seeds = if is_trial() { 0..1 } else { 0..25 };
    println!(
        "| leads | promises a week | dates | kept | asked and dated | lead / true P80 | warned |"
    );
    println!("|---|---|---|---|---|---|---|");
    let slowing = [Shape::Slowing];
    for shape in Shape::STEADY.iter().chain(&slowing) {
        for a_week in [2.0, 10.0, 50.0] {
            let line = calibrate(*shape, a_week, seeds.clone());
            println!(
                "| {} | {a_week} | {} | {:.0} % | {:.0} % | {:.2} | {:.0} % |",
                name(*shape),
                line.dated,
                line.kept_percent,
                line.dated_percent,
                line.lead_by_truth,
                line.warned_percent
            );
        }
    }
}

fn name(shape: Shape) -> &'static str {
    match shape {
        Shape::Exponential => "exponential",
        Shape::Skewed => "skewed",
        Shape::Even => "even",
        Shape::TwoPeaks => "two peaks",
        Shape::WholeDays => "whole days",
        Shape::Seasons => "with seasons",
        Shape::Slowing => "**slowing down**",
    }
}
