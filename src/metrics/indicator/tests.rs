//! Invented sentences; quantities stand in 【】 with their unit behind a bar.

use super::*;
use crate::report::{Hedge, MetricKind};

/// The text without its marks, and its quantities.
fn marked(text: &str) -> (String, Vec<Quantity>) {
    let mut plain = String::new();
    let mut quantities = Vec::new();
    for (i, piece) in text.split(['【', '】']).enumerate() {
        if i % 2 == 0 {
            plain.push_str(piece);
            continue;
        }
        let (number, unit) = piece.split_once('|').expect("a quantity is written 【number|unit】");
        let start = plain.len();
        plain.push_str(number);
        let kind = match unit {
            "%" | "个百分点" if plain[..start].ends_with("长") || plain[..start].ends_with("降") => {
                MetricKind::Change
            }
            "%" => MetricKind::Share,
            "元" => MetricKind::Amount,
            "名次" => MetricKind::Rank,
            _ => MetricKind::Count,
        };
        quantities.push(Quantity {
            span: Span::new(start, plain.len()),
            value: 0.0,
            max: None,
            unit: unit.replace("名次", "名"),
            hedge: Hedge::Exact,
            kind,
        });
    }
    (plain, quantities)
}

/// For each quantity `action+indicator`, its readings divided by ` & `.
fn read(text: &str) -> Vec<String> {
    let (text, quantities) = marked(text);
    let words = Words::parse(&Tables::default());
    let slice = |span: Option<Span>| span.map_or("", |s| &text[s.range()]);
    indicators(&text, Span::new(0, text.len()), &quantities, &words)
        .iter()
        .map(|readings| {
            let each = readings.iter().map(|r| format!("{}+{}", slice(r.action), slice(r.indicator)));
            each.collect::<Vec<_>>().join(" & ")
        })
        .collect()
}

#[test]
fn before_and_behind() {
    assert_eq!(
        read("全年共开展重点协商【9次|次】，督办重点提案【12件|件】。"),
        ["开展+重点协商", "督办+重点提案"]
    );
    assert_eq!(read("一年来举办【8期|期】委员读书班。"), ["举办+委员读书班"]);
}

#[test]
fn a_list_has_one_verb() {
    assert_eq!(read("报送协商报告【6篇|篇】、社情民意信息【88条|条】。")[1], "报送+社情民意信息");
}

#[test]
fn carried_over() {
    assert_eq!(
        read("固定资产投资完成【120亿元|元】，同比增长【8.5%|%】。"),
        ["完成+固定资产投资", "增长+固定资产投资"]
    );
    // A noun of its own is not passed over.
    assert_eq!(
        read("固定资产投资完成【120亿元|元】，财政收入增长【8.5%|%】。"),
        ["完成+固定资产投资", "增长+财政收入"]
    );
    assert_eq!(
        read("绿化覆盖率达到【40%|%】，单位产值能耗下降【3%|%】。"),
        ["达到+绿化覆盖率", "下降+单位产值能耗"]
    );
    // A comparison is no name.
    assert_eq!(read("绿化覆盖率达到【40%|%】，比上年同期提高【3个百分点|个百分点】。")[1], "提高+绿化覆盖率");
}

#[test]
fn a_noun_of_one_character_is_counted_where_it_is_all_that_follows() {
    assert_eq!(read("投入帮扶资金【300万元|元】，帮扶【36个|个】村，惠及群众【2万人|人】。")[1], "帮扶+村");
    assert_eq!(read("开展活动【36次|次】后，形成报告【6篇|篇】。")[0], "开展+活动");
}

#[test]
fn shared() {
    assert_eq!(
        read("截至目前提案答复率、面商率、满意率均达到【100%|%】。"),
        ["达到+提案答复率 & 达到+面商率 & 达到+满意率"]
    );
    // Nothing says that it holds for each.
    assert_eq!(read("组织专题座谈、视察活动【20次|次】。").len(), 1);
    assert!(!read("组织专题座谈、视察活动【20次|次】。")[0].contains('&'));
}

#[test]
fn distributed() {
    assert_eq!(
        read("一般公共预算收入、社会消费品零售总额分别增长【5%|%】和【6%|%】。"),
        ["增长+一般公共预算收入", "增长+社会消费品零售总额"]
    );
}

#[test]
fn a_comparison_is_no_indicator() {
    let found = read("财政收入增长【5%|%】，高于全省【0.4个百分点|个百分点】，占全省的【8%|%】。");
    assert!(found.iter().all(|f| !f.contains("+高于") && !f.contains("+占全")), "{found:?}");
    // A share that is named is one.
    assert_eq!(read("工业投资占固定资产投资的比重为【31%|%】。").len(), 1);
    assert!(read("工业投资占固定资产投资的比重为【31%|%】。")[0].ends_with("比重"));
}

#[test]
fn spans_are_balanced_and_have_no_ragged_ends() {
    for text in [
        "开展“书香某地”读书活动【12场|场】，参加【300人次|人次】。",
        "推出《某地记忆》等【5本|册】文史资料。",
        "共【15个|个】镇（街道）、【88个|个】村（社区）建成协商议事厅。",
    ] {
        for reading in read(text) {
            let indicator = reading.split_once('+').unwrap().1;
            for (open, close) in [('“', '”'), ('（', '）'), ('《', '》')] {
                assert_eq!(indicator.matches(open).count(), indicator.matches(close).count(), "{indicator}");
            }
            assert!(
                !indicator.starts_with(['，', '、', '的', '等'])
                    && !indicator.ends_with(['，', '、', '的', '和'])
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn spans_lie_in_the_line_at_character_borders(
        pieces in proptest::collection::vec("(开展|增长|均|分别|提案|、|，|。|“|”|《|》|（|和|等|率|全年|2022年|[一-龥a-z0-9 \"]){0,9}", 1..6),
        lead in "[一-龥]{0,3}\n?",
    ) {
        let line = pieces.join("【50%|%】");
        let (line, mut quantities) = marked(&line);
        for q in &mut quantities {
            q.span = Span::new(q.span.start + lead.len(), q.span.end + lead.len());
        }
        let text = format!("{lead}{line}\n后面");
        let span = Span::new(lead.len(), lead.len() + line.len());
        let words = Words::parse(&Tables::default());
        let found = indicators(&text, span, &quantities, &words);
        proptest::prop_assert_eq!(found.len(), quantities.len());
        for reading in found.iter().flatten() {
            for s in [reading.subject, reading.action, reading.indicator].into_iter().flatten() {
                proptest::prop_assert!(span.start <= s.start && s.start < s.end && s.end <= span.end);
                proptest::prop_assert!(text.get(s.range()).is_some());
            }
        }
    }
}
