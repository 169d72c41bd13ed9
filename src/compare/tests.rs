use super::*;
use crate::report::{Cell, CellValue, Growth, IndicatorRow, Topic, When};
use serde_json::{Value, json};

/// A metric as the page would pass it; the rest of it stands in `more`.
fn metric(canonical: Option<&str>, kind: &str, value: f64, unit: &str, more: Value) -> Value {
    let mut metric = json!({
        "canonical": canonical, "kind": kind, "value": value, "unit": unit, "hedge": "exact", "indicator": "",
        "period": { "start": "2022", "end": "2022" }, "status": "done", "confidence": 0.95,
    });
    metric.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    metric
}

fn years(start: &str, end: &str) -> Value {
    json!({ "period": { "start": start, "end": end } })
}

fn report(place: &str, year: &str, metrics: Vec<Value>) -> Value {
    json!({ "meta": { "place": place, "period": { "start": year, "end": year } }, "metrics": metrics })
}

fn side_by_side(reports: &[Value]) -> Comparison {
    let digests: Vec<Digest> =
        reports.iter().map(|r| serde_json::from_value(r.clone()).expect("a slim report")).collect();
    compare_digests(&digests.iter().collect::<Vec<_>>(), Offsets::Utf8, &Lexicon::builtin().compare)
}

fn rows(comparison: &Comparison) -> Vec<&IndicatorRow> {
    comparison.groups.iter().flat_map(|g| &g.rows).collect()
}

fn values(cell: &Cell) -> Vec<f64> {
    cell.values.iter().map(|v| v.value).collect()
}

/// A report of one sentence, in which the quantities stand one after another.
fn sentence(text: &str, year: &str, metrics: &[(&str, &str, &str, f64, &str)]) -> Value {
    let metrics = metrics
        .iter()
        .map(|&(quantity, canonical, kind, value, unit)| {
            let start = text.find(quantity).expect("a quantity of the text");
            let more = json!({
                "span": { "start": start, "end": start + quantity.len() },
                "sentence": { "start": 0, "end": text.len() },
                "period": { "start": year, "end": year },
            });
            metric(Some(canonical), kind, value, unit, more)
        })
        .collect();
    let mut report = report("望海市", year, metrics);
    report["text"] = text.into();
    report
}

#[test]
fn columns_stand_by_place_and_period_and_tell_which_report_they_are() {
    let comparison = side_by_side(&[
        report("乙市", "2022", vec![]),
        report("甲市", "2023", vec![]),
        report("甲市", "2022", vec![]),
        report("甲市", "2022", vec![]),
    ]);
    let heads: Vec<_> = comparison.reports.iter().map(|h| (h.index, h.place.as_str())).collect();
    assert_eq!(heads, [(0, "乙市"), (2, "甲市"), (3, "甲市"), (1, "甲市")]);
}

#[test]
fn one_indicator_is_one_row_and_gaps_are_gaps() {
    let filed = |value| metric(Some("proposals-filed"), "count", value, "件", json!({}));
    let comparison = side_by_side(&[
        report("甲市", "2022", vec![filed(300.0)]),
        report("乙市", "2022", vec![]),
        report("丙市", "2022", vec![filed(200.0)]),
    ]);
    assert_eq!(comparison.groups.len(), 1);
    assert_eq!((comparison.groups[0].id.as_str(), comparison.groups[0].name_en.as_str()), ("cppcc", "CPPCC"));
    let rows = rows(&comparison);
    assert_eq!((rows.len(), rows[0].indicator.as_str()), (1, "提案立案数"));
    let cells: Vec<_> = rows[0].cells.iter().map(|c| (c.report, values(c))).collect();
    assert_eq!(cells, [(0, vec![200.0]), (2, vec![300.0])]);
}

#[test]
fn a_row_has_one_unit() {
    let comparison = side_by_side(&[
        report("甲市", "2022", vec![metric(Some("grain-output"), "measure", 2e9, "斤", json!({}))]),
        report("乙市", "2022", vec![metric(Some("grain-output"), "measure", 3e9, "斤", json!({}))]),
        report("丙市", "2022", vec![metric(Some("grain-output"), "measure", 5e5, "吨", json!({}))]),
    ]);
    let rows = rows(&comparison);
    assert_eq!((rows.len(), rows[0].unit.as_str(), rows[0].scale.unit.as_str()), (1, "斤", "亿斤"));
    assert_eq!(rows[0].cells.iter().flat_map(values).collect::<Vec<_>>(), [1e9, 3e9, 2e9]);
    // Dollars are not converted, and people are not times.
    let comparison = side_by_side(&[report(
        "甲市",
        "2022",
        vec![
            metric(Some("exports"), "amount", 1e8, "元", json!({})),
            metric(Some("exports"), "amount", 1e8, "美元", json!({})),
            metric(Some("vocational-training"), "count", 1e4, "人次", json!({})),
            metric(Some("vocational-training"), "count", 1e4, "人", json!({})),
        ],
    )]);
    assert_eq!(self::rows(&comparison).len(), 4);
}

#[test]
fn a_counter_of_its_own_is_told() {
    let reports = |unit: &str| metric(Some("social-opinion-reports"), "count", 100.0, unit, json!({}));
    let comparison = side_by_side(&[
        report("甲市", "2022", vec![reports("条")]),
        report("乙市", "2022", vec![reports("篇")]),
        report("丙市", "2022", vec![reports("条")]),
    ]);
    let rows = rows(&comparison);
    let counters: Vec<_> = rows[0].cells.iter().map(|c| c.values[0].counter.as_deref()).collect();
    assert_eq!((rows.len(), rows[0].unit.as_str(), counters), (1, "条", vec![None, Some("篇"), None]));
}

#[test]
fn level_growth_share_and_rank_stand_together_as_rows_of_their_own() {
    let gdp = |kind, value, unit| metric(Some("gdp"), kind, value, unit, json!({}));
    let comparison = side_by_side(&[report(
        "甲市",
        "2022",
        vec![gdp("rank", 3.0, "名"), gdp("change", 5.0, "%"), gdp("amount", 2e12, "元")],
    )]);
    let kinds: Vec<_> = rows(&comparison).iter().map(|r| (r.kind, r.scale.unit.clone())).collect();
    assert_eq!(
        kinds,
        [
            (MetricKind::Amount, "万亿元".to_owned()),
            (MetricKind::Change, "%".to_owned()),
            (MetricKind::Rank, "名".to_owned())
        ]
    );
}

#[test]
fn the_first_value_is_of_the_report_s_own_time_and_done() {
    let gdp = |value, more| metric(Some("gdp"), "amount", value, "元", more);
    let plan = json!({ "period": { "start": "2023", "end": "2023" }, "status": "plan" });
    let comparison = side_by_side(&[report(
        "甲市",
        "2022",
        vec![
            gdp(9.0, plan),
            gdp(5.0, years("2017", "2017")),
            gdp(7.0, years("2018", "2022")),
            gdp(8.0, json!({})),
        ],
    )]);
    let cell = &rows(&comparison)[0].cells[0];
    let told: Vec<_> = cell.values.iter().map(|v| (v.metric, v.value, v.when, v.status)).collect();
    assert_eq!(
        told,
        [
            (3, 8.0, When::Own, Status::Done),
            (2, 7.0, When::Around, Status::Done),
            (1, 5.0, When::Before, Status::Done),
            (0, 9.0, When::After, Status::Plan),
        ]
    );
    // The last year of a report of five years is within it.
    let mut five = report("甲市", "2022", vec![gdp(8.0, json!({}))]);
    five["meta"]["period"]["start"] = "2018".into();
    assert_eq!(rows(&side_by_side(&[five]))[0].cells[0].values[0].when, When::Within);
    let mut unknown = report("甲市", "2022", vec![gdp(8.0, json!({}))]);
    unknown["meta"]["period"] = json!({ "start": "", "end": "" });
    assert_eq!(rows(&side_by_side(&[unknown]))[0].cells[0].values[0].when, When::Unknown);
}

#[test]
fn a_part_does_not_stand_for_the_whole() {
    let offered = |value, more| metric(Some("suggestions-offered"), "count", value, "条", more);
    let told = |comparison: &Comparison| {
        let tell = |v: &CellValue| (v.value, v.part);
        rows(comparison)[0].cells[0].values.iter().map(tell).collect::<Vec<_>>()
    };
    let one = report("甲区", "2022", vec![offered(4.0, json!({})), offered(45.0, json!({}))]);
    assert_eq!(told(&side_by_side(&[one])), [(45.0, false), (4.0, true)]);
    // Of different years neither is a part; what a person set is not doubted.
    let years = report("甲区", "2022", vec![offered(4.0, json!({})), offered(45.0, years("2018", "2022"))]);
    assert_eq!(told(&side_by_side(&[years])), [(4.0, false), (45.0, false)]);
    let set = vec![offered(4.0, json!({ "corrected": true })), offered(45.0, json!({}))];
    assert!(told(&side_by_side(&[report("甲区", "2022", set)])).iter().all(|v| !v.1));
    let without = sentence(
        "扣除房地产开发投资后，固定资产投资增长2.7%。",
        "2022",
        &[("2.7%", "fixed-asset-investment", "change", 2.7, "%")],
    );
    assert_eq!(told(&side_by_side(&[without])), [(2.7, true)]);
    let with = sentence(
        "扣除物价因素后收入增加，固定资产投资增长2.7%。",
        "2022",
        &[("2.7%", "fixed-asset-investment", "change", 2.7, "%")],
    );
    assert_eq!(told(&side_by_side(&[with])), [(2.7, false)]);
}

#[test]
fn growth_is_told_apart_by_what_it_is_measured_against() {
    let growth = |text: &str, year: &str| {
        let quantity =
            &text[text.find(|c: char| c.is_ascii_digit() && !text.contains("2020年")).unwrap_or(0)..];
        let quantity =
            if text.contains("2020年") { "30%" } else { &quantity[..quantity.find('%').unwrap() + 1] };
        let report = sentence(text, year, &[(quantity, "gdp", "change", 5.0, "%")]);
        rows(&side_by_side(&[report]))[0].growth
    };
    assert_eq!(growth("地区生产总值增长5%。", "2022"), Some(Growth::Plain));
    assert_eq!(growth("地区生产总值比上年增长5%。", "2022"), Some(Growth::Plain));
    assert_eq!(growth("地区生产总值年均增长5%。", "2022"), Some(Growth::Average));
    assert_eq!(growth("地区生产总值比2020年增长30%。", "2025"), Some(Growth::Since));
    assert_eq!(growth("地区生产总值比2020年增长30%。", "2021"), Some(Growth::Plain));
    assert_eq!(growth("地区生产总值较五年前增长30%。", "2022"), Some(Growth::Since));
    // An average of another kind.
    assert_eq!(growth("细颗粒物年均浓度下降5%。", "2022"), Some(Growth::Plain));
    let five = metric(Some("gdp"), "change", 30.0, "%", years("2018", "2022"));
    assert_eq!(rows(&side_by_side(&[report("甲市", "2022", vec![five])]))[0].growth, Some(Growth::Since));
}

#[test]
fn ranks_are_told_apart_by_those_among_whom() {
    let among = |text: &str, quantity: &str| {
        let report = sentence(text, "2022", &[(quantity, "gdp", "rank", 3.0, "名")]);
        rows(&side_by_side(&[report]))[0].among.clone()
    };
    assert_eq!(among("地区生产总值居全国第3位。", "第3位"), "全国");
    assert_eq!(among("地区生产总值居全国第3位。", "全国第3位"), "全国");
    assert_eq!(among("地区生产总值从全国第13位升至第9位。", "第9位"), "全国");
    assert_eq!(among("地区生产总值居全国副省级城市第3位。", "第3位"), "全国副省级城市");
    assert_eq!(among("地区生产总值居第3位。", "第3位"), "");
}

#[test]
fn totals_since_ever_are_not_of_the_year() {
    let farmland = |text: &str| {
        let report =
            sentence(text, "2022", &[("40万亩", "high-standard-farmland-built", "measure", 4e5, "亩")]);
        rows(&side_by_side(&[report]))[0].cells[0].values[0].when
    };
    assert_eq!(farmland("累计建成高标准农田40万亩。"), When::Around);
    assert_eq!(farmland("全年累计建成高标准农田40万亩。"), When::Own);
    assert_eq!(farmland("建成高标准农田40万亩。"), When::Own);
}

#[test]
fn without_an_id_the_words_must_tell_and_recur() {
    let named = |action: &str, name: &str, value, more: Value| {
        let mut all = json!({ "action": action, "indicator": name });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        metric(None, "count", value, "个", all)
    };
    let shown = |one: Vec<Value>, other: Vec<Value>| -> Vec<String> {
        let comparison = side_by_side(&[report("甲市", "2022", one), report("乙市", "2022", other)]);
        rows(&comparison).iter().map(|r| r.indicator.clone()).collect()
    };
    let once = |action, name| vec![named(action, name, 3.0, json!({}))];
    assert_eq!(shown(once("建成", "“老年助餐点”"), once("建成", "全市老年助餐点")), ["建成老年助餐点"]);
    assert_eq!(
        shown(once("达到", "社会组织会员单位点"), once("达", "社会组织会员单位点")),
        ["社会组织会员单位点"]
    );
    for (one, other) in [
        // Only one report says it.
        (once("建成", "老年助餐点"), vec![]),
        (once("建成", "老年助餐点"), once("改造", "老年助餐点")),
        // Nobody knows whether they were built or are there.
        (once("", "老年助餐点"), once("", "老年助餐点")),
        (once("实施", "重点项目"), once("实施", "重点项目")),
        (once("办理", "全国人大代表建议案"), once("办理", "人大代表建议案")),
        // Two counts of the same: one of them is of something else.
        (
            [once("建成", "老年助餐点"), vec![named("建成", "老年助餐点", 9.0, json!({}))]].concat(),
            once("建成", "老年助餐点"),
        ),
        (vec![named("建成", "老年助餐点", 3.0, json!({ "confidence": 0.7 }))], once("建成", "老年助餐点")),
    ] {
        assert_eq!(shown(one.clone(), other), Vec::<String>::new(), "{one:?}");
    }
}

/// Kind, year, and an invented outline: depth and title.
type Outlined<'a> = (&'a str, &'a str, &'a [(u32, &'a str)]);

fn outlines(reports: &[Outlined]) -> Vec<Topic> {
    let reports: Vec<Value> = reports
        .iter()
        .map(|(kind, year, headings)| {
            let mut above = Vec::new();
            let outline: Vec<Value> = headings
                .iter()
                .enumerate()
                .map(|(at, (depth, title))| {
                    above.truncate(*depth as usize - 1);
                    let parent = above.last().copied();
                    above.push(at);
                    json!({ "depth": depth, "parent": parent, "title": title, "heading": { "start": 0, "end": 0 } })
                })
                .collect();
            json!({ "meta": { "kind": kind, "period": { "start": year, "end": year } }, "outline": outline })
        })
        .collect();
    side_by_side(&reports).sections
}

#[test]
fn sections_about_the_same_stand_side_by_side() {
    let topics = outlines(&[
        (
            "cppcc-summary",
            "2021",
            &[(1, "强化理论武装，筑牢思想根基"), (1, "围绕中心建言资政"), (1, "加强自身建设，提升能力")],
        ),
        (
            "cppcc-standing-committee",
            "2022",
            &[
                (1, "2022年工作回顾"),
                (2, "坚持政治引领，把牢正确方向"),
                (2, "聚焦产业发展，提高协商议政质量"),
                (2, "固本强基，锻造过硬队伍"),
                (1, "2023年工作安排"),
                (2, "加强自身建设"),
            ],
        ),
    ]);
    let told: Vec<_> = topics
        .iter()
        .map(|t| {
            (
                t.title.as_str(),
                t.depth,
                t.status,
                t.cells.iter().map(|c| c.sections.clone()).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("工作回顾", 1, Status::Done, vec![vec![0]]),
            ("党的领导与思想政治", 2, Status::Done, vec![vec![0], vec![1]]),
            ("协商议政", 2, Status::Done, vec![vec![1], vec![2]]),
            ("自身建设", 2, Status::Done, vec![vec![2], vec![3]]),
            // What is planned never stands beside what was done.
            ("工作安排", 1, Status::Plan, vec![vec![4]]),
            ("自身建设", 2, Status::Plan, vec![vec![5]]),
        ]
    );
}

#[test]
fn headings_that_no_subject_knows_are_aligned_by_rare_words() {
    let topics = outlines(&[
        ("government", "2021", &[(1, "白鹭湖畔好风光")]),
        ("government", "2022", &[(1, "白鹭湖畔的好风光")]),
        ("government", "2023", &[(1, "千帆竞发")]),
    ]);
    let told: Vec<_> = topics.iter().map(|t| (t.title.as_str(), t.cells.len())).collect();
    assert_eq!(told, [("白鹭湖畔好风光", 2), ("其他", 1)]);
}

#[test]
fn each_section_is_in_one_topic_and_hostile_outlines_do_no_harm() {
    let topics =
        outlines(&[("other", "2022", &[(1, ""), (2, "协商"), (2, ""), (3, "安排"), (1, "工作安排")])]);
    let mut all: Vec<_> =
        topics.iter().flat_map(|t| t.cells.iter().flat_map(|c| c.sections.clone())).collect();
    all.sort_unstable();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len(), count);
    let odd = json!({ "outline": [{ "depth": 1, "parent": 99, "title": "工作" }, { "depth": 2, "parent": 1, "title": "工作" }] });
    side_by_side(&[odd.clone(), odd]);
}

#[test]
fn everything_of_a_report_may_be_missing() {
    let comparison = side_by_side(&[json!({}), json!({})]);
    assert_eq!((comparison.reports.len(), comparison.groups.len(), comparison.sections.len()), (2, 0, 0));
    assert_eq!(compare(&[]).reports.len(), 0);
}

#[test]
fn what_most_reports_speak_of_stands_first_and_who_names_no_place_last() {
    let one = |id, value| metric(Some(id), "count", value, "件", json!({}));
    let output = |value| metric(Some("gdp"), "amount", value, "元", json!({}));
    let comparison = side_by_side(&[
        report("", "2020", vec![output(1.0)]),
        report("甲市", "2022", vec![output(2.0), one("proposals-submitted", 3.0)]),
        report("乙市", "2022", vec![output(4.0)]),
    ]);
    let places: Vec<&str> = comparison.reports.iter().map(|r| r.place.as_str()).collect();
    assert_eq!(places, ["乙市", "甲市", ""]);
    let ids: Vec<_> = rows(&comparison).iter().map(|r| r.canonical.clone().unwrap_or_default()).collect();
    assert_eq!(ids, ["gdp", "proposals-submitted"]);
}
