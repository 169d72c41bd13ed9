//! Hits and near misses in invented sentences, and what must hold for any text.

use super::*;
use crate::clean::Cleaned;
use crate::lexicon::Lexicon;
use crate::read::Hint;
use crate::report::Script;
use crate::text::{Text, glyphs};
use proptest::prelude::*;

fn cleaned(text: &str) -> Cleaned {
    let mut clean = Text::default();
    glyphs(text, 0, text.len()).for_each(|g| clean.push(g));
    Cleaned {
        hints: vec![Hint::default(); text.lines().count()],
        text: clean,
        removed: Vec::new(),
        script: Script::Hans,
        truncated: false,
        facts: Default::default(),
        warnings: Vec::new(),
    }
}

fn read(text: &str) -> Vec<Section> {
    outline(&cleaned(text), &Lexicon::builtin().outline)
}

/// Depth, marker and title of each section.
fn titles(text: &str) -> Vec<String> {
    read(text).iter().map(|s| format!("{} {}{}", s.depth, s.marker, s.title)).collect()
}

const PASSAGE: &str =
    "全年召开专题协商会8次，走访界别群众120人次，一批意见建议进入党政决策，相关工作得到社会各界好评。";

fn with_passage(text: &str) -> String {
    text.replace('@', PASSAGE)
}

#[test]
fn numbered_lines_nest_in_the_order_of_the_report() {
    let text = with_passage(
        "工作报告\n各位委员：\n一、过去一年的工作\n@\n（一）凝聚共识\n@\n（二）建言资政\n@\n二、今年的打算\n@",
    );
    assert_eq!(
        titles(&text),
        ["1 一、过去一年的工作", "2 （一）凝聚共识", "2 （二）建言资政", "1 二、今年的打算"]
    );
    let sections = read(&text);
    assert_eq!(sections[1].parent, Some(0));
    assert_eq!(sections[0].kind, HeadingKind::Heading);
    assert!(text[sections[0].body.range()].ends_with(PASSAGE));
    assert!(!text[sections[0].body.range()].contains("二、今年"));
}

#[test]
fn points_of_one_sentence_are_no_headings() {
    let list = with_passage("一、主要工作\n@做到四点：一是学深；二是悟透；三是做实；四是见效。@");
    assert_eq!(titles(&list), ["1 一、主要工作"]);
    let points = with_passage("一、主要工作\n@一是着力强化理论学习。@二是着力加强队伍建设。@");
    assert_eq!(titles(&points), ["1 一、主要工作", "2 一是着力强化理论学习", "2 二是着力加强队伍建设"]);
}

#[test]
fn a_list_of_notes_is_no_outline() {
    let text = with_passage(
        "公报\n@\n注释：\n1.本文数据均为初步统计数。\n2.增长速度按不变价格计算。\n3.部分数据因四舍五入存在误差。\n资料来源：\n@",
    );
    assert_eq!(titles(&text), ["1 注释", "1 资料来源"]);
}

#[test]
fn unnumbered_lines_contain_the_numbering_that_begins_below_them() {
    let text = with_passage(
        "工作报告\n过去五年工作回顾\n@\n一、政治引领更加有力\n@\n二、协商议政更加有效\n@\n今后五年工作建议\n@\n一、坚持党的领导\n@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 过去五年工作回顾",
            "2 一、政治引领更加有力",
            "2 二、协商议政更加有效",
            "1 今后五年工作建议",
            "2 一、坚持党的领导"
        ]
    );
}

#[test]
fn of_two_lines_in_a_row_the_second_is_deeper() {
    let text = with_passage(
        "工作综述\n@\n全力建设“书香机关”\n推动读书再深入\n@\n全力建设“实干机关”\n推动作风再提升\n@",
    );
    assert_eq!(
        titles(&text),
        ["1 全力建设“书香机关”", "2 推动读书再深入", "1 全力建设“实干机关”", "2 推动作风再提升"]
    );
}

#[test]
fn a_row_of_openers_is_one_of_headings_and_a_proverb_is_none() {
    let row = with_passage(
        "一、主要工作\n强化理论武装，筑牢思想根基。@\n强化协商议政，服务发展大局。@\n强化作风建设，提升履职能力。@",
    );
    assert_eq!(
        titles(&row),
        [
            "1 一、主要工作",
            "2 强化理论武装，筑牢思想根基",
            "2 强化协商议政，服务发展大局",
            "2 强化作风建设，提升履职能力"
        ]
    );
    let proverb = with_passage("一、主要工作\n打铁必须自身硬。@\n@");
    assert_eq!(titles(&proverb), ["1 一、主要工作"]);
}

#[test]
fn openers_inside_a_paragraph_go_below_its_own() {
    let text = with_passage(
        "摘要\n服务中心大局，切实提高协商质量。紧扣产业发展谋实招。@紧扣城市更新建真言。@紧扣民生改善献良策。@\n强化能力建设，不断夯实工作基础。发挥委员主体作用。@发挥机关服务作用。@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 服务中心大局，切实提高协商质量",
            "2 紧扣产业发展谋实招",
            "2 紧扣城市更新建真言",
            "2 紧扣民生改善献良策",
            "1 强化能力建设，不断夯实工作基础",
            "2 发挥委员主体作用",
            "2 发挥机关服务作用"
        ]
    );
    let account = with_passage("摘要\n@召开座谈会3次。@市政府采纳了建议。@");
    assert_eq!(titles(&account), [""; 0]);
}

#[test]
fn openers_of_one_build_in_a_paragraph_are_siblings() {
    let text = with_passage(
        "摘要\n强化政治引领。@强化理论武装。@强化队伍建设。@\n提升协商质量。@提升监督实效。@提升服务水平。@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 强化政治引领",
            "1 强化理论武装",
            "1 强化队伍建设",
            "1 提升协商质量",
            "1 提升监督实效",
            "1 提升服务水平"
        ]
    );
}

#[test]
fn addresses_signatures_and_dates_are_no_headings() {
    let text =
        with_passage("关于某提案的答复\n各位委员：\n@\n感谢你们的支持。\n某某办公室\n二〇二三年七月十四日");
    assert_eq!(titles(&text), [""; 0]);
}

#[test]
fn numbering_inside_an_open_section_keeps_a_line_in_it() {
    let text = with_passage("一、回顾\n@\n主要成效\n@\n二、打算\n@\n结束语\n@");
    assert_eq!(titles(&text), ["1 一、回顾", "2 主要成效", "1 二、打算", "1 结束语"]);
}

fn holds(text: &str) {
    let sections = read(text);
    let mut last = 0;
    for (i, s) in sections.iter().enumerate() {
        assert!(s.heading.start >= last, "sorted");
        last = s.heading.start;
        assert_eq!(s.body.start, s.heading.start);
        assert!(s.body.end >= s.heading.end && s.body.end <= text.len());
        let words = &text[s.heading.range()];
        assert!(words.starts_with(&s.marker) && words.ends_with(&s.title) && !s.title.is_empty());
        let gap = &words[s.marker.len()..words.len() - s.title.len()];
        assert!(gap.trim().is_empty());
        match s.parent {
            Some(p) => {
                let parent = &sections[p];
                assert!(p < i && parent.depth + 1 == s.depth);
                assert!(parent.body.start <= s.body.start && s.body.end <= parent.body.end);
            }
            None => assert_eq!(s.depth, 1),
        }
    }
}

proptest! {
    #[test]
    fn sections_are_sorted_nested_and_slice_to_their_words(
        text in proptest::collection::vec(prop_oneof![
            Just("一、".to_owned()), Just("二、".to_owned()), Just("（一）".to_owned()), Just("一是".to_owned()),
            Just("二是".to_owned()), Just("1.".to_owned()), Just("第一，".to_owned()), Just("——".to_owned()),
            Just("强化理论武装".to_owned()), Just("着力推进协商".to_owned()), Just("各位代表！".to_owned()),
            Just("。".to_owned()), Just("，".to_owned()), Just("\n".to_owned()), Just("　　".to_owned()), Just("：".to_owned()),
            Just(PASSAGE.to_owned()), "\\PC{0,6}",
        ], 0..60)
    ) {
        let text = text.concat();
        let lines: Vec<&str> = text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
        holds(&lines.join("\n"));
    }
}
