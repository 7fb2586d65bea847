//! Suggested dates hold: on companies whose leads have a known shape. `cargo bench -p kept-tests --bench
//! calibration` prints the whole table.

use kept_tests::simulation::{Shape, calibrate};

#[test]
fn dates_that_should_be_kept_80_times_in_100_are() {
    for shape in Shape::STEADY {
        for a_week in [2.0, 10.0, 50.0] {
            let line = calibrate(shape, a_week, 100..103);
            let told = format!("{shape:?} with {a_week} a week, seeds 100 to 102: {line:?}");
            assert!((77.0..=88.0).contains(&line.kept_percent), "{told}");
            assert!(line.dated_percent >= 95.0, "{told}");
            assert!(line.lead_by_truth <= 1.5, "{told}");
        }
    }
}

#[test]
fn a_record_that_slows_down_is_warned_of_far_more_often_than_one_that_stays() {
    let slowing = calibrate(Shape::Slowing, 10.0, 100..106);
    let steady = calibrate(Shape::Skewed, 10.0, 100..106);
    assert!(
        slowing.warned_percent > 1.5 * steady.warned_percent,
        "{slowing:?} {steady:?}"
    );
    assert!(slowing.kept_percent < 77.0, "{slowing:?}");
    assert!(steady.warned_percent < 12.0, "{steady:?}");
}
