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

#[test]
fn experience_belongs_to_the_part_that_it_sums_up() {
    let text = with_passage(
        "工作报告\n五年工作回顾\n@\n一、建言资政更加有力\n@\n二、自身建设更加过硬\n@\n回顾五年工作，我们体会到：\n——坚持党的领导，把牢方向。@\n——坚持人民至上，站稳立场。@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 五年工作回顾",
            "2 一、建言资政更加有力",
            "2 二、自身建设更加过硬",
            "2 ——坚持党的领导，把牢方向",
            "2 ——坚持人民至上，站稳立场"
        ]
    );
    // What a section begins with sums up the section itself.
    let begun = with_passage(
        "工作报告\n五年工作回顾\n@\n一、经验启示\n回顾五年工作，我们体会到：\n——坚持党的领导，把牢方向。@\n——坚持人民至上，站稳立场。@",
    );
    assert_eq!(titles(&begun)[2..], ["3 ——坚持党的领导，把牢方向", "3 ——坚持人民至上，站稳立场"]);
}

#[test]
fn a_higher_numbering_is_not_below_a_lower_one() {
    let cut = with_passage("（一）凝聚共识\n@\n（二）建言资政\n@\n二、今年的打算\n@\n（一）加强学习\n@");
    assert_eq!(
        titles(&cut),
        ["1 （一）凝聚共识", "1 （二）建言资政", "1 二、今年的打算", "2 （一）加强学习"]
    );
    let own = with_passage("1.凝聚共识\n@\n（一）加强学习\n@\n（二）加强团结\n@\n2.建言资政\n@");
    assert_eq!(titles(&own), ["1 1.凝聚共识", "2 （一）加强学习", "2 （二）加强团结", "1 2.建言资政"]);
}

#[test]
fn a_list_right_behind_an_opener_is_the_openers() {
    let text = with_passage(
        "一、主要工作\n强化理论武装，筑牢思想根基。@\n一是深化学习教育。@\n二是深化宣传引导。@\n强化协商议政，服务发展大局。@\n强化作风建设，提升履职能力。@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 一、主要工作",
            "2 强化理论武装，筑牢思想根基",
            "3 一是深化学习教育",
            "3 二是深化宣传引导",
            "2 强化协商议政，服务发展大局",
            "2 强化作风建设，提升履职能力"
        ]
    );
    let apart = with_passage(
        "一、主要工作\n强化理论武装，筑牢思想根基。@\n强化协商议政，服务发展大局。@\n@\n@\n一是深化学习教育。@\n二是深化宣传引导。@",
    );
    assert_eq!(titles(&apart)[3..], ["2 一是深化学习教育", "2 二是深化宣传引导"]);
}

#[test]
fn openers_between_dashes_are_below_them() {
    let text = with_passage(
        "一、主要成就\n——综合实力显著增强。@\n——产业结构不断优化。@\n现代农业稳步发展。@\n文化旅游加快发展。@\n工业经济稳步增长。@\n——城市面貌明显改善。@\n——改革开放不断深化。@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 一、主要成就",
            "2 ——综合实力显著增强",
            "2 ——产业结构不断优化",
            "3 现代农业稳步发展",
            "3 文化旅游加快发展",
            "3 工业经济稳步增长",
            "2 ——城市面貌明显改善",
            "2 ——改革开放不断深化"
        ]
    );
}

#[test]
fn the_title_of_an_annex_is_a_heading() {
    let annex = with_passage("附件1\n某县十件实事\n@\n一、改造老旧小区\n@\n二、新建公办学校\n@");
    assert_eq!(titles(&annex), ["1 某县十件实事", "2 一、改造老旧小区", "2 二、新建公办学校"]);
    let title = with_passage("某县工作要点\n某县十件实事\n@\n一、改造老旧小区\n@\n二、新建公办学校\n@");
    assert_eq!(titles(&title), ["1 一、改造老旧小区", "1 二、新建公办学校"]);
}

#[test]
fn a_line_before_an_announcement_is_a_heading() {
    let text = with_passage(
        "工作报告\n各位代表：\n2023年主要工作\n@\n2024年工作安排\n新的一年，将重点做好以下工作：\n一是强化政治引领。@\n二是强化服务保障。@",
    );
    assert_eq!(
        titles(&text),
        ["1 2023年主要工作", "1 2024年工作安排", "2 一是强化政治引领", "2 二是强化服务保障"]
    );
    let list = with_passage("工作报告\n各位代表：\n2023年主要工作\n@\n名单展望\n张三 李四：");
    assert_eq!(titles(&list), ["1 2023年主要工作"]);
}

#[test]
fn an_introduction_to_a_list_is_no_heading() {
    let text = with_passage(
        "一、坚定正确方向\n坚持把学习作为履职的先导。一是强化理论武装。@二是强化党建引领。@\n二、服务发展大局\n@",
    );
    assert_eq!(
        titles(&text),
        ["1 一、坚定正确方向", "2 一是强化理论武装", "2 二是强化党建引领", "1 二、服务发展大局"]
    );
}

#[test]
fn openers_of_one_length_divide_a_paragraph() {
    let text = with_passage(
        "摘要\n坚持人民至上，助推民生改善。办好提案促落实。@畅通渠道听民声。@搭建平台解民忧。@\n加强自身建设，激发内生动力。注重夯实基础。@注重提升能力。@注重转变作风。@",
    );
    assert_eq!(
        titles(&text),
        [
            "1 坚持人民至上，助推民生改善",
            "2 办好提案促落实",
            "2 畅通渠道听民声",
            "2 搭建平台解民忧",
            "1 加强自身建设，激发内生动力",
            "2 注重夯实基础",
            "2 注重提升能力",
            "2 注重转变作风"
        ]
    );
    let account = with_passage("摘要\n@市委作出批示。@县里召开会议。@部门抓好落实。@\n@\n@");
    assert_eq!(titles(&account), [""; 0]);
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
