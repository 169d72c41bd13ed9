//! Whether metrics that recur from report to report get the id by which they are compared. The reports are not in
//! the repository; without them the test says so.

mod common;

use common::{named, shared};
use gangmu::extract;

/// The part of the recurring metrics that must have their id; another id is a fault at once.
const BAR: f64 = 0.9;

#[test]
fn recurring_metrics_have_their_ids() {
    let Some(folder) = shared().map(|s| s.join("eval/dev")) else {
        println!("SKIPPED: no folder of real reports (../shared, or as GANGMU_SHARED says)");
        return;
    };
    let rows = include_str!("canonical-cppcc.tsv").lines().filter(|l| !l.starts_with('#'));
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let text = std::fs::read(folder.join(columns[0]).join("clean.txt")).expect("the report is there");
        let report = extract(&text, &named(columns[0])).expect("it is read");
        let word = columns.get(3).copied().unwrap_or("");
        let of_row: Vec<_> = report
            .metrics
            .iter()
            .filter(|m| &report.text[m.span.range()] == columns[1])
            .filter(|m| format!("{}{}", m.action, m.indicator).contains(word))
            .collect();
        all += 1;
        if of_row.iter().any(|m| m.canonical.as_deref() == Some(columns[2])) {
            right += 1;
        } else if let Some(id) = of_row.iter().find_map(|m| m.canonical.as_deref()) {
            wrong.push(format!("{row}: {id}"));
        } else {
            println!("no id: {row}");
        }
    }
    println!("{right} of {all} recurring metrics have their id");
    assert!(wrong.is_empty(), "another's id: {wrong:#?}");
    assert!(f64::from(right) >= BAR * f64::from(all), "{right} of {all}");
}
