//! Blocks to the clean text: page dirt out, pinyin out, Simplified characters.

mod characters;
mod dirt;
mod join;
mod region;
mod script;

use crate::Error;
use crate::read::{Document, Facts, Hint};
use crate::report::{Format, Removed, RemovedKind, Script, Span, Warning};
use crate::table::Tables;
use crate::text::{Glyph, Text, sort_by_key};

/// The report's own text and what was taken away around it.
#[derive(Debug, Clone)]
pub struct Cleaned {
    pub text: Text,
    /// For each line of the text.
    pub hints: Vec<Hint>,
    /// In the order of the source: all of it that stands for no character of the text.
    pub removed: Vec<Removed>,
    pub script: Script,
    /// The text breaks off before the report's end.
    pub truncated: bool,
    pub facts: Facts,
    pub warnings: Vec<Warning>,
}

#[derive(Debug)]
pub struct Words {
    characters: characters::Words,
    script: script::Words,
    dirt: dirt::Words,
    titles: region::Words,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        Self {
            characters: characters::Words::parse(tables),
            script: script::Words::parse(tables),
            dirt: dirt::Words::parse(tables),
            titles: region::Words::parse(tables),
        }
    }
}

/// A line on its way to the clean text.
#[derive(Debug, Clone, Default)]
struct Line {
    glyphs: Vec<Glyph>,
    hint: Hint,
    /// A blank line stood before it, or it is an element of its own.
    apart: bool,
    indent: bool,
    /// It is a cell in a row of several.
    cell: bool,
}

impl Line {
    fn words(&self) -> String {
        self.glyphs.iter().map(|g| g.c).collect()
    }

    /// Whether it is a row of a table: the tabs between cells stand for nothing in the source.
    fn is_row(&self) -> bool {
        self.glyphs.iter().any(|g| g.c == '\t' && g.start == g.end)
    }

    /// Drops the glyphs that are marked.
    fn drop(&mut self, out: &[bool]) {
        if out.contains(&true) {
            let bold = self.hint.bold.min(out.len());
            self.hint.bold = bold - out[..bold].iter().filter(|o| **o).count();
            let mut out = out.iter();
            self.glyphs.retain(|_| !out.next().copied().unwrap_or(false));
        }
    }

    fn trim(&mut self) {
        // Tabs that were put in stand for empty cells.
        let blank = |g: &&Glyph| g.c.is_whitespace() && !(g.c == '\t' && g.start == g.end);
        let end = self.glyphs.len() - self.glyphs.iter().rev().take_while(blank).count();
        self.glyphs.truncate(end);
        let start = self.glyphs.iter().take_while(blank).count();
        self.glyphs.drain(..start);
        self.hint.bold = self.hint.bold.saturating_sub(start).min(self.glyphs.len());
    }
}

/// Places of the source that are in no line any more, with the reason.
type Ledger = Vec<(RemovedKind, Span)>;

/// The place in the source from a line's first glyph to its last.
fn place(glyphs: &[Glyph]) -> Span {
    let start = glyphs.first().map_or(0, |g| g.start);
    let end = glyphs.last().map_or(start, |g| g.end);
    Span::new(start as usize, end as usize)
}

/// Cleans a document; `source` is the decoded source that its glyphs point into.
///
/// # Errors
/// [`Error::NoText`] where nothing is left.
pub fn clean(document: &Document, source: &str, words: &Words) -> Result<Cleaned, Error> {
    let mut ledger: Ledger = document.removed.clone();
    let mut facts = document.facts.clone();
    let mut lines: Vec<Line> = document
        .blocks
        .iter()
        .map(|b| Line {
            glyphs: b.glyphs.clone(),
            hint: b.hint,
            apart: b.apart,
            indent: b.indent,
            cell: b.cell.is_some(),
        })
        .collect();
    let pinyin = characters::settle(&mut lines, &mut ledger, &words.characters);
    let traditional = script::simplify(&mut lines, &words.script);
    let script = match (traditional, pinyin) {
        (true, true) => Script::HantPinyin,
        (true, false) => Script::Hant,
        _ => Script::Hans,
    };
    let mut lines = join::split(lines);
    let cut = dirt::within(&mut lines, &mut ledger, &words.dirt);
    characters::close_up(&mut lines);
    let lines = join::join(lines, &words.dirt, &words.titles);
    let page = matches!(document.format, Format::Html | Format::Mhtml);
    let region = region::find(lines, &mut ledger, &mut facts, &words.dirt, &words.titles, page);
    let truncated = cut || region.truncated;
    let mut text = Text::default();
    let mut hints = Vec::new();
    for line in &region.lines {
        if let (Some(first), false) = (line.glyphs.first(), hints.is_empty()) {
            text.push(Glyph { c: '\n', start: first.start, end: first.start });
        }
        line.glyphs.iter().for_each(|&g| text.push(g));
        hints.push(line.hint);
    }
    if hints.is_empty() {
        return Err(Error::NoText);
    }
    let mut warnings = Vec::new();
    if truncated {
        warnings.push(Warning {
            code: "truncated".into(),
            message: "原文不完整:网站只给出了一部分。".into(),
            span: None,
        });
    }
    let removed = account(source, &text, ledger);
    Ok(Cleaned { text, hints, removed, script, truncated, facts, warnings })
}

/// All of the source that no character of the text stands for, by its reason; what has none is markup.
fn account(source: &str, text: &Text, mut ledger: Ledger) -> Vec<Removed> {
    let mut kept: Vec<Span> = Vec::new();
    for glyph in text.glyphs().filter(|g| g.end > g.start) {
        match kept.last_mut() {
            Some(last) if last.end == glyph.start as usize => last.end = glyph.end as usize,
            _ => kept.push(Span::new(glyph.start as usize, glyph.end as usize)),
        }
    }
    sort_by_key(&mut kept, |k| *k);
    sort_by_key(&mut ledger, |(_, span)| *span);
    let mut reasons = ledger.into_iter().peekable();
    let mut pieces: Vec<(RemovedKind, Span)> = Vec::new();
    let mut at = 0;
    for gap in kept.into_iter().chain([Span::new(source.len(), source.len())]) {
        // From `at` to the next kept place everything is removed.
        while at < gap.start {
            while reasons.peek().is_some_and(|(_, span)| span.end <= at) {
                reasons.next();
            }
            let (kind, end) = match reasons.peek() {
                Some((kind, span)) if span.start <= at => (*kind, span.end),
                Some((_, span)) => (RemovedKind::Markup, span.start),
                None => (RemovedKind::Markup, gap.start),
            };
            let end = end.min(gap.start);
            push_piece(&mut pieces, source, kind, Span::new(at, end));
            at = end;
        }
        at = at.max(gap.end);
    }
    pieces
        .into_iter()
        .map(|(kind, span)| Removed { kind, text: source[span.range()].to_owned(), source: span })
        .collect()
}

/// Adds a piece; white space between two of one kind belongs to them.
fn push_piece(pieces: &mut Vec<(RemovedKind, Span)>, source: &str, kind: RemovedKind, span: Span) {
    if let Some((last, before)) = pieces.last_mut()
        && before.end == span.start
        && *last == kind
    {
        before.end = span.end;
        return;
    }
    if let [.., (first, a), (RemovedKind::Markup, b)] = pieces.as_mut_slice()
        && *first == kind
        && a.end == b.start
        && b.end == span.start
        && source[b.range()].trim().is_empty()
    {
        a.end = span.end;
        pieces.pop();
        return;
    }
    pieces.push((kind, span));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::{Options, decode, read};
    use proptest::prelude::*;

    fn cleaned(source: &str) -> Result<Cleaned, Error> {
        let lexicon = Lexicon::builtin();
        let options = Options { encoding: Some("utf-8".into()), ..Options::default() };
        let decoded = decode::decode(source.as_bytes(), &options, &lexicon.decode)?;
        let document = read::read(&decoded, &lexicon.read)?;
        clean(&document, &decoded.text, &lexicon.clean)
    }

    fn text(source: &str) -> String {
        cleaned(source).map_or_else(|e| format!("{e}"), |c| c.text.as_str().to_owned())
    }

    /// Each byte of the source is in one kept character or in one removed piece.
    fn assert_accounted(source: &str, cleaned: &Cleaned) {
        let mut owners = vec![0u8; source.len()];
        for glyph in cleaned.text.glyphs() {
            owners[glyph.start as usize..glyph.end as usize].iter_mut().for_each(|o| *o += 1);
            let said = &source[glyph.start as usize..glyph.end as usize];
            let same = said.chars().eq([glyph.c]) || (glyph.c == ' ' && said.trim().is_empty());
            // References stand for characters, traditional characters for Simplified ones.
            let other = said.is_empty() || said.starts_with('&') || !said.is_ascii();
            assert!(same || other, "{said} {}", glyph.c);
        }
        let mut end = 0;
        for removed in &cleaned.removed {
            assert!(end <= removed.source.start && removed.source.start < removed.source.end);
            end = removed.source.end;
            assert_eq!(removed.text, source[removed.source.range()]);
            owners[removed.source.range()].iter_mut().for_each(|o| *o += 1);
        }
        let lost = owners.iter().position(|o| *o != 1);
        assert_eq!(lost, None, "{:?} in {source:?}", lost.map(|i| owners[i]));
    }

    const PIECES: &[&str] = &[
        "某县政协常务委员会工作报告",
        "——2023年1月5日在政协某县第九届",
        "委员会第二次会议上",
        "各位委员：",
        "段某各位委员:",
        "一、强化政治引领,夯实思想基础",
        "全年共收到提案238件,经审查立案216件,办复率达到100%。",
        "收到社情民意信息1 2 6 条，得到批示7次；",
        "，组织视察12次。",
        "政 协 工 作 报 告",
        "建設(shè)村(社區(qū))項目",
        "全年開展協商議政活動12次,提出意見建議45條。",
        "下载",
        "【字号：",
        "大",
        "】",
        "来源：某某日报",
        "时间：2026-02-01",
        "2023-01-07 10:20",
        "第1页共18页",
        "省略635字,正式会员可完整阅读",
        "............试读结束............",
        "扫一扫在手机打开当前页",
        "上一篇: 通知",
        "责任编辑：",
        "某某",
        "亚洲综合 久久精品 无码专区",
        "<kbd id=\"9k\"></kbd>",
        "<dl id=x>",
        "[SEP]",
        "\u{3000}\u{3000}",
        "\u{200b}",
        "⼤⽹",
        "《",
        "》、《",
        "。",
        "2",
        "&nbsp;",
        "&ldquo;",
        "&#x4e00;",
        "<b>",
        "</p>",
        "<p>",
        "<!-- x",
        "<a href=\"y",
        "<script>var a='<p>'",
        "</script>",
        "<",
        ">",
        "\t",
        " ",
        "<div style=\"display:none\">",
        "</div>",
        "<table><tr><td>指标",
        "<td>12",
        "<br>",
        "本報記者 某某 攝",
        "false",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn every_character_is_kept_or_removed(
            pieces in prop::collection::vec((0..PIECES.len(), 0..5usize), 1..60),
            page in any::<bool>(),
        ) {
            let mut source = String::from(if page { "<html><body><div>" } else { "" });
            for (piece, gap) in pieces {
                source.push_str(PIECES[piece]);
                source.push_str(["\n", "\r\n\r\n", "", "  \n", "\n\u{3000}\u{3000}"][gap]);
            }
            if let Ok(cleaned) = cleaned(&source) {
                assert_accounted(&source, &cleaned);
                prop_assert_eq!(cleaned.hints.len(), cleaned.text.lines().len());
                for line in cleaned.text.as_str().split('\n') {
                    // Tabs stand for the empty cells of a row.
                    let bare = line.trim_matches(|c: char| c.is_whitespace() && c != '\t');
                    prop_assert!(!bare.is_empty() && bare == line, "{:?}", line);
                }
            }
        }

        #[test]
        fn any_text_is_survived(source in "[<>/a-c=\"'&;# \n!\\-一二（）(),。：0-9é]{1,200}") {
            if let Ok(cleaned) = cleaned(&source) {
                assert_accounted(&source, &cleaned);
            }
        }
    }

    #[test]
    fn words_go_for_a_reason_only() {
        let source = "当前位置：首页 > 文史\n某县政协工作报告\n\n各位委员：\n全年共收到提案238件,立案216件,办复率100%,\
            委员满意。\n欢迎关注我们\n发表评论\n";
        let cleaned = cleaned(source).unwrap();
        for removed in cleaned.removed.iter().filter(|r| r.kind == RemovedKind::Markup) {
            assert!(!removed.text.chars().any(char::is_alphanumeric), "{removed:?}");
        }
        assert_eq!(cleaned.text.as_str().lines().count(), 3);
    }

    #[test]
    fn long_and_unclosed_sources_take_linear_time() {
        for (piece, times) in [
            ("全年共收到提案238件,(shè)立案 2 1 6 件第1页共18页。", 10_000),
            ("<div>", 30_000),
            ("<b><p>一", 30_000),
            ("<a href=\"", 30_000),
            ("<!--", 30_000),
            ("<i><div></i>", 30_000),
            ("编辑：某\n全年共收到提案238件,经审查立案216件。\n", 10_000),
            ("全年共收到提案238件，经审查立案216件，\n", 10_000),
            ("（\n", 30_000),
        ] {
            let _ = cleaned(&format!("<p>{}", piece.repeat(times)));
            let _ = cleaned(&piece.repeat(times));
        }
    }

    #[test]
    fn heads_and_tails_of_sites_go() {
        let body = "各位委员：\n现在,我代表常务委员会报告工作,请予审议。\n一、一年来的工作\n全年共收到提案238件,\
            经审查立案216件,办复率达到100%,委员对办理结果表示满意。\n让我们团结起来,为建设美好家园而努力奋斗!";
        let title = "政协某县委员会常务委员会工作报告";
        for (head, tail) in [
            (
                format!("下载\n打印\n【字号：\n大\n】\n{title}\n来源：某某日报\n时间：2026-02-12"),
                "相关报道：",
            ),
            (format!("{title}\n发布日期: 2023-01-07   字号:〖\n{title}"), "扫一扫在手机打开当前页"),
            (format!("首页\n>\n要闻\n{title}(20230103)\n\n{title}"), "责任编辑：\n某某\n打印本页"),
            ("政协某县委员会\n常务委员会工作报告".into(), "（来源：某某日报）\n编辑：某某"),
        ] {
            assert_eq!(text(&format!("{head}\n{body}\n{tail}\n")), format!("{title}\n{body}"));
        }
    }

    #[test]
    fn what_belongs_to_the_report_stays() {
        let source = "高举伟大旗帜\n为建设美好家园而奋斗\n——在某县第三次会议上的报告\n（2022年10月16日）\n同志们：\n\
            现在,我向大会作报告,请各位代表予以审议。\n资料来源：\n本报告数据来自县统计局,以年报核定数为准,请以正式出版物为准。\n\
            某县人民政府\n2022年10月16日";
        assert_eq!(text(source), source);
    }

    #[test]
    fn figures_in_cells_are_no_page_numbers() {
        let long = "我们始终坚持以人民为中心的发展思想,扎实推进各项事业,取得了新的成效。";
        let then = "各位委员积极建言,全年提出意见建议四十五条,得到有关部门的重视和采纳。";
        for cells in
            ["类别\n立案数\n办复率\n经济类\n98\n99.5\n社会类\n117\n100", "经济类\n98\n社会类\n17\n环境类\n36"]
        {
            let source = format!("{long}\n{cells}\n{then}");
            assert_eq!(text(&source), source);
        }
        // Numbers of pages: alone, one after the other, around a heading.
        let page = |marks: &str| text(&format!("{long}\n{marks}\n{then}"));
        assert_eq!(page("12"), page("- 12 -"));
        assert_eq!(page("12\n13"), page("- 12 -"));
        assert_eq!(page("二、主要任务\n12"), format!("{long}\n二、主要任务\n{then}"));
        let other = "全会认真学习上级精神,组织开展视察活动,汇聚起团结奋进的强大力量。";
        assert_eq!(page(&format!("12\n{other}\n17")), format!("{long}\n{other}\n{then}"));
    }

    #[test]
    fn a_broken_off_text_ends_with_its_words() {
        let body =
            "各位委员：\n全年共收到提案238件,经审查立案216件,办复率达到100%,委员对办理结果表示满意。二是";
        let cleaned = cleaned(&format!("{body}\n\n......试读结束......\n\n查阅全文加微信123\n")).unwrap();
        assert_eq!((cleaned.text.as_str(), cleaned.truncated), (body, true));
    }

    #[test]
    fn fragments_and_wraps_become_paragraphs() {
        let long = "我们始终坚持以人民为中心的发展思想,扎实推进各项事业。";
        let spaced = format!(
            "{long}\n\n{long}\n\n会议听取了\n政府工作报告\n。细颗粒物PM\n2.5\n浓度下降。\n\n{long}\n\n{long}"
        );
        assert!(
            text(&spaced).contains("会议听取了政府工作报告。细颗粒物PM2.5浓度下降。\n"),
            "{}",
            text(&spaced)
        );
        // A comma ends no paragraph, a short salutation may end in one.
        let cut = format!("{long}\n\n为了加快各项事业发展,\n\n继续完善相关制度。\n\n同志们,\n\n{long}");
        let cut = text(&cut.replace(',', "，"));
        assert!(cut.contains("发展，继续完善相关制度。\n同志们，\n"), "{cut}");
        let wrapped: String =
            "一年来我们认真履行职能围绕中心服务大局开展协商议政活动取得新的成效提出意见建议四十五条得到重视"
                .repeat(12)
                .chars()
                .collect::<Vec<_>>()
                .chunks(30)
                .map(|c| c.iter().collect::<String>() + "\n")
                .collect();
        assert!(!text(&format!("{wrapped}。")).contains('\n'));
    }
}
