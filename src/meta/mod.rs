//! Who reports, where, when, on what.

mod body;
mod date;
mod head;
mod period;
mod place;

use crate::clean::Cleaned;
use crate::report::{Meta, RemovedKind, ReportKind, Section, Span};
use crate::table::Tables;
use crate::table::rows;
use date::{Date, Session, dates, fold, session, term};
use head::{Head, without_date};
use place::Gazetteer;

#[derive(Debug)]
pub struct Words {
    places: Gazetteer,
    terms: Terms,
}

impl Words {
    pub(crate) fn parse(tables: &Tables) -> Self {
        Self {
            places: Gazetteer::parse(tables.get("places.tsv")),
            terms: Terms::parse(tables.get("meta.tsv")),
        }
    }
}

/// The words of `meta.tsv`.
#[derive(Debug, Default)]
struct Terms {
    posts: Vec<String>,
    surnames: Vec<String>,
    bodies: Vec<String>,
    not_bodies: Vec<String>,
    not_in_names: Vec<String>,
    reports: Vec<String>,
    plans: Vec<String>,
    kinds: Vec<KindRow>,
}

#[derive(Debug)]
struct KindRow {
    /// `end`, `title` or `opening`.
    place: String,
    kind: ReportKind,
    words: Vec<String>,
}

impl Terms {
    fn parse(table: &str) -> Self {
        let mut terms = Self::default();
        let list = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for row in rows(table) {
            match row[..] {
                ["post", words] => terms.posts = list(words),
                ["surname", words] => terms.surnames = list(words),
                ["body", words] => terms.bodies = list(words),
                ["no-body", words] => terms.not_bodies = list(words),
                ["no-name", words] => terms.not_in_names = list(words),
                ["report", words] => terms.reports = list(words),
                ["plan", words] => terms.plans = list(words),
                [place, kind, words] => terms.kinds.push(KindRow {
                    place: place.to_owned(),
                    kind: kind_of_name(kind),
                    words: list(words),
                }),
                _ => {}
            }
        }
        terms
    }

    /// The last post in `text` with its place.
    fn last_post(&self, text: &str) -> Option<(usize, &str)> {
        self.posts
            .iter()
            .filter_map(|post| text.rfind(post.as_str()).map(|at| (at, post.as_str())))
            .max_by_key(|(at, post)| (at + post.len(), post.len()))
    }

    /// A name of a usual build: a known surname and one or two characters.
    fn is_person(&self, text: &str) -> bool {
        self.surnames.iter().any(|surname| {
            text.strip_prefix(surname.as_str())
                .is_some_and(|given| (1..=2).contains(&given.chars().count()) && self.could_be_name(given))
        })
    }

    /// Han characters (with the dot of transcribed names) that are no words of office.
    fn could_be_name(&self, text: &str) -> bool {
        text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '·' | '•' | '㛃'))
            && !self.not_in_names.iter().any(|w| text.contains(w.as_str()))
    }

    /// By its ending: 云岭市统计局, and not 服务大局.
    fn is_body_name(&self, text: &str) -> bool {
        let text = text.trim_end();
        !self.not_bodies.iter().any(|w| text.ends_with(w.as_str()))
            && self.bodies.iter().any(|b| text.ends_with(b.as_str()))
    }

    /// The title says that it is one of a report.
    fn is_report(&self, title: &str) -> bool {
        self.reports.iter().any(|w| title.contains(w.as_str()))
    }
}

fn kind_of_name(name: &str) -> ReportKind {
    match name {
        "cppcc-standing-committee" => ReportKind::CppccStandingCommittee,
        "cppcc-summary" => ReportKind::CppccSummary,
        "cppcc-proposals" => ReportKind::CppccProposals,
        "government" => ReportKind::Government,
        "congress" => ReportKind::Congress,
        "court" => ReportKind::Court,
        "procuratorate" => ReportKind::Procuratorate,
        "statistics" => ReportKind::Statistics,
        _ => ReportKind::Other,
    }
}

/// A report's metadata from its text, from what was removed around it, from what its page says
/// about itself and from its file's name.
pub fn meta(cleaned: &Cleaned, outline: &[Section], name: &str, words: &Words) -> Meta {
    let text = cleaned.text.as_str();
    let terms = &words.terms;
    let mut head = Head::read(text, terms);
    let outside = outside_titles(cleaned, name);
    let mut title = head.title.clone();
    if title.is_empty() {
        title = without_date(&cleaned.facts.title, &mut head.date);
    }
    if title.is_empty() {
        title = title_of_opening(&head.opening).unwrap_or_default();
    }
    if title.is_empty() && terms.is_report(name) {
        title = without_date(stem(name), &mut head.date);
    }
    for other in &outside {
        let mut date = None;
        let bare = without_date(other, &mut date);
        if !title.is_empty() && key(&bare).contains(&key(&title)) {
            head.date = head.date.or(date);
        }
    }

    let kind = kind(&title, &head, terms);
    let tail = tail_date(text).filter(|_| kind == ReportKind::Other);
    let delivered = head.date.or_else(|| bracketed(cleaned)).or(tail);
    let published = published(cleaned, delivered);
    // 在3月2日……会议上, published on the fifth of March.
    let delivered = delivered.or_else(|| {
        let (month, day) = head.day?;
        published.map(|p| Date { month, day, ..p }).filter(|date| Some(*date) <= published)
    });

    let body = body::find(kind, &title, &head, &outside, text, &cleaned.facts, words);
    let session = delivered_at(kind, &title, &head);
    let hints = period::Hints {
        kind,
        plans: &words.terms.plans,
        title: &title,
        head: &head,
        text,
        headings: outline
            .iter()
            .map(|s| s.title.as_str())
            .chain(text.lines().filter(|l| l.chars().count() <= 40)),
        delivered,
        published,
        session,
        national: body.place.is_empty() && body.known,
    };
    let (period, term_report) = period::period(hints);
    let session = session.map(Session::name).or_else(|| session_of_opening(kind, &title, &head, term_report));
    Meta {
        title,
        organization: body.name,
        place: body.place,
        kind,
        period,
        session: session.unwrap_or_default(),
        date: delivered.map_or_else(String::new, Date::iso),
        published: published.map_or_else(String::new, Date::iso),
        speaker: head.speaker,
        truncated: cleaned.truncated,
        corrected: false,
    }
}

/// For comparing titles: letters and digits alone.
fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Titles that stand outside the text: the page's, removed lines that repeat the title, the file's name.
fn outside_titles(cleaned: &Cleaned, name: &str) -> Vec<String> {
    let page = &cleaned.facts.title;
    cleaned
        .removed
        .iter()
        .filter(|r| matches!(r.kind, RemovedKind::Repeat | RemovedKind::Chrome))
        .flat_map(|r| r.text.lines())
        .map(str::trim)
        .filter(|line| (4..=60).contains(&line.chars().count()) && line.contains("报告"))
        .chain([page.as_str(), stem(name)])
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A file's name without the folders before it and its ending; of a row in a file (`reports.csv: 3 云泽市`) the row's.
fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.split_once(": ").map_or(name, |(_, row)| row);
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            stem
        }
        _ => name,
    }
}

/// A report without title lines may say in its first sentence what it is: `向大会作政府工作报告`.
fn title_of_opening(opening: &str) -> Option<String> {
    let sentence = opening.split('。').find(|s| s.contains("报告"))?;
    let at = ["作关于", "作政府工作报告"].iter().filter_map(|w| sentence.find(w)).min()? + "作".len();
    let end = at + sentence[at..].find("报告")? + "报告".len();
    (sentence[at..end].chars().count() <= 40).then(|| sentence[at..end].to_owned())
}

fn kind(title: &str, head: &Head, terms: &Terms) -> ReportKind {
    let short = |text: &str| {
        fold(text).replace("中国人民政治协商会议", "政协").replace("人民政协", "政协").replace(' ', "")
    };
    let bare = short(title);
    let bare = bare.trim_end_matches(')').trim_end_matches("(摘要");
    let whole = format!("{bare}\n{}", short(&head.lines.join("\n")));
    let opening = short(&commission(&head.opening));
    let find = |place: &str, text: &str| {
        terms
            .kinds
            .iter()
            .find(|row| row.place == place && row.words.iter().all(|w| text.contains(w.as_str())))
    };
    terms
        .kinds
        .iter()
        .find(|row| row.place == "end" && row.words.iter().all(|w| bare.ends_with(w.as_str())))
        .or_else(|| find("title", bare))
        .or_else(|| find("title", &whole))
        .or_else(|| find("opening", &opening))
        .map_or(ReportKind::Other, |row| row.kind)
}

/// The words in which a speaker says for whom the report is given (`我受……委托,向大会报告工作,请予审议`),
/// or else the first sentences.
fn commission(opening: &str) -> String {
    let sentence = opening.split(['。', '\n']).take(8).find(|s| {
        ["我代表", "我受", "代表国务院", "受国务院"].iter().any(|w| s.contains(w)) && s.contains("报告")
    });
    let Some(sentence) = sentence else { return opening.chars().take(220).collect() };
    // 请……政协委员提出意见 speaks of the listeners.
    let end = ["请予审议", "请各位", "请审议", "并请"].iter().filter_map(|w| sentence.find(w)).min();
    sentence[..end.unwrap_or(sentence.len())].to_owned()
}

/// The date in the last lines of a letter.
fn tail_date(text: &str) -> Option<Date> {
    text.lines().rev().take(3).find_map(|line| {
        let folded = fold(line);
        let found = dates(&folded);
        let [(at, date)] = &found[..] else { return None };
        (folded.trim().len() <= at.len() + 6).then_some(*date)
    })
}

fn is_of_a_meeting(kind: ReportKind) -> bool {
    !matches!(kind, ReportKind::CppccSummary | ReportKind::Statistics | ReportKind::Other)
}

/// The session named where the report says it was delivered.
fn delivered_at(kind: ReportKind, title: &str, head: &Head) -> Option<Session> {
    let first = head.opening.split('。').next().unwrap_or("");
    let resolution = kind == ReportKind::Other && (title.contains("决议") || first.contains("听取"));
    if !is_of_a_meeting(kind) && !resolution {
        // A report on the plan or the budget is given at a session too.
        let given = |line: &&String| {
            kind == ReportKind::Other && (line.contains("会议上") || line.contains("大会上"))
        };
        return head.lines.iter().filter(given).find_map(|line| session(line));
    }
    head.lines
        .iter()
        .find_map(|line| session(line))
        .or_else(|| session(&fold(title)))
        .or_else(|| session(first).filter(|_| resolution || first.contains('向') || first.contains("会议上")))
}

/// Where no line names the session: the term that the title or the opening speaks of, and the
/// session after the one since which it reports (`一次会议以来`).
fn session_of_opening(kind: ReportKind, title: &str, head: &Head, term_report: bool) -> Option<String> {
    if !is_of_a_meeting(kind) {
        return None;
    }
    let first: String = head.opening.chars().take(400).collect();
    let of_body = ["市政协", "省政协", "区政协", "县政协", "州政协", "政协", "人民代表大会", "政府"]
        .iter()
        .find_map(|body| first.find(&format!("届{body}")).map(|at| &first[..at + "届".len()]))
        .and_then(|upto| {
            upto.rfind(|c: char| !"第届一二三四五六七八九十0123456789".contains(c)).map(|i| &upto[i..])
        });
    // 我受政协云岭市第十届委员会常务委员会委托
    let commission = commission(&first);
    let of_committee =
        commission.find("委员会").map(|at| &commission[..at]).filter(|_| commission.contains("政协"));
    let term =
        term(&fold(title)).or_else(|| of_body.and_then(term)).or_else(|| of_committee.and_then(term))?;
    let since = first
        .find("次会议以来")
        .and_then(|at| first[..at].chars().next_back().and_then(|c| date::number(&c.to_string())));
    Some(match since {
        _ if term_report => Session { term: term + 1, number: 1 }.name(),
        Some(number) => Session { term, number: number + 1 }.name(),
        None => format!("{}届", date::chinese(term)),
    })
}

/// The day of publication: that of the removed line next to the report's start which says so, else by
/// the page's own facts.
fn published(cleaned: &Cleaned, delivered: Option<Date>) -> Option<Date> {
    /// Bytes of the source; a date farther away is another article's, if the page states its own.
    const FAR: usize = 4000;
    let start = cleaned.text.source(Span::new(0, 1)).start;
    let mut before = String::new();
    let mut nearest: Option<(usize, Date)> = None;
    for entry in &cleaned.removed {
        if matches!(entry.kind, RemovedKind::Pinyin | RemovedKind::Spam) {
            continue;
        }
        for line in entry.text.lines() {
            let folded = fold(line);
            let found = dates(&folded).into_iter().find(|(at, date)| {
                let ahead: String = before.chars().chain(folded[..at.start].chars()).collect();
                says_published(&ahead, folded[at.end..].trim_start())
                    && date.day > 0
                    && date.year >= FIRST_PAGES
                    && delivered.is_none_or(|d| *date >= d)
            });
            let far = entry.source.start.abs_diff(start);
            if let Some((_, date)) = found
                && nearest.is_none_or(|(other, _)| far < other)
            {
                nearest = Some((far, date));
            }
            if !folded.trim().is_empty() {
                before = folded;
            }
        }
    }
    let stated = dates(&fold(&cleaned.facts.published)).first().map(|d| d.1);
    match nearest {
        Some((far, _)) if far > FAR && stated.is_some() => stated,
        Some((_, date)) => Some(date),
        None => stated,
    }
}

/// A date in brackets on a line of its own under the title, taken for the page's by the cleaning.
fn bracketed(cleaned: &Cleaned) -> Option<Date> {
    let start = cleaned.text.source(Span::new(0, 1)).start;
    let under_title = cleaned.removed.iter().filter(|r| (start..start + 1000).contains(&r.source.start));
    under_title.filter(|r| r.kind == RemovedKind::Chrome).find_map(|entry| {
        let folded = fold(entry.text.trim());
        let inner = folded.strip_prefix('(')?.strip_suffix(')')?;
        let (at, date) = dates(inner).into_iter().next()?;
        (at == (0..inner.len())).then_some(date)
    })
}

/// Pages carry reports since about this year; an older date is of something else.
const FIRST_PAGES: u16 = 1995;

/// The words before a date, or the time behind it, make it a day of publication: `发布日期: `, ` 17:10`.
fn says_published(ahead: &str, behind: &str) -> bool {
    let near: String = ahead.chars().skip(ahead.chars().count().saturating_sub(14)).collect();
    let has = |words: &[&str]| words.iter().any(|w| near.contains(w));
    !has(&["上一篇", "下一篇", "上篇", "下篇"])
        && (has(&["发布", "发表", "日期", "时间", "来源", "发文", "刊发"])
            || is_time(behind)
            || behind.starts_with("来源"))
}

/// 07:41, 7时41分
fn is_time(text: &str) -> bool {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].trim_start().starts_with([':', '时', '点'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::read::Facts;
    use crate::report::{Period, Removed, Script};
    use crate::text::{Text, glyphs};

    struct Page<'a> {
        text: &'a str,
        removed: &'a [&'a str],
        facts: Facts,
        name: &'a str,
    }

    fn page(text: &str) -> Page<'_> {
        Page { text, removed: &[], facts: Facts::default(), name: "" }
    }

    impl Page<'_> {
        fn meta(&self) -> Meta {
            let mut text = Text::default();
            glyphs(self.text, 0, self.text.len()).for_each(|g| text.push(g));
            let removed = self
                .removed
                .iter()
                .map(|t| Removed {
                    kind: RemovedKind::Chrome,
                    text: (*t).to_owned(),
                    source: Span::new(0, 0),
                })
                .collect();
            let cleaned = Cleaned {
                text,
                hints: Vec::new(),
                removed,
                script: Script::Hans,
                truncated: false,
                facts: self.facts.clone(),
                warnings: Vec::new(),
            };
            meta(&cleaned, &[], self.name, &Lexicon::builtin().meta)
        }
    }

    fn years_of(from: &str, to: &str) -> Period {
        Period { start: from.into(), end: to.into() }
    }

    #[test]
    fn a_standing_committee_at_the_end_of_its_term() {
        let meta = page(
            "中国人民政治协商会议第三届望海市委员会常务委员会工作报告\n(2022年1月9日在政协第四届望海市委员会第一次会议上)\n□林 远\n各位委员:\n我受政协第三届望海市委员会常务委员会委托,向大会报告工作,请予审议。\n过去五年工作回顾\n三届一次会议以来,我们认真履职。",
        )
        .meta();
        assert_eq!(meta.title, "中国人民政治协商会议第三届望海市委员会常务委员会工作报告");
        assert_eq!(meta.organization, "政协望海市委员会");
        assert_eq!(meta.place, "望海市");
        assert_eq!(meta.kind, ReportKind::CppccStandingCommittee);
        assert_eq!(meta.period, years_of("2017", "2021"));
        assert_eq!((meta.session.as_str(), meta.date.as_str()), ("四届一次", "2022-01-09"));
        assert_eq!(meta.speaker, "林远");
    }

    #[test]
    fn a_district_government_with_its_city() {
        let meta = page(
            "政府工作报告\n——２０１７年２月３日在鼓楼区第十六届人民代表大会第一次会议上\n鼓楼区人民政府代区长　　秦　晓\n各位代表:\n现在,我代表区政府向大会报告工作,请予审议,并请区政协委员提出意见。\n一、2016年工作回顾\n2016年,我们服务开封大局,落实开封市委要求。",
        )
        .meta();
        assert_eq!(meta.title, "政府工作报告");
        assert_eq!(meta.organization, "鼓楼区人民政府");
        assert_eq!(meta.place, "河南省开封市鼓楼区");
        assert_eq!(meta.kind, ReportKind::Government);
        assert_eq!(meta.period, years_of("2016", "2016"));
        assert_eq!((meta.session.as_str(), meta.date.as_str()), ("十六届一次", "2017-02-03"));
        assert_eq!(meta.speaker, "秦晓");
    }

    #[test]
    fn a_resolution_on_a_report_is_not_the_report() {
        let meta = page("望海市第三届人民代表大会第二次会议关于政府工作报告的决议\n望海市第三届人民代表大会第二次会议听取和审议了市长林远所作的政府工作报告。会议决定批准这个报告。").meta();
        assert_eq!(meta.kind, ReportKind::Other);
        assert_eq!(meta.organization, "望海市人民代表大会");
        assert_eq!(meta.session, "三届二次");
        assert_eq!(meta.speaker, "");
    }

    #[test]
    fn a_letter_has_no_session_and_the_date_it_is_signed_with() {
        let meta = page("望海市教育局对市政协三届二次会议第15号提案的答复\n林远委员:\n您提出的提案收悉,现答复如下:\n一、已建学校3所。\n望海市教育局\n二〇二一年六月八日").meta();
        assert_eq!((meta.kind, meta.session.as_str()), (ReportKind::Other, ""));
        assert_eq!(meta.organization, "望海市教育局");
        assert_eq!(meta.date, "2021-06-08");
    }

    #[test]
    fn courts_and_the_short_heading_that_is_no_speaker() {
        let meta = page("望海市中级人民法院工作报告\n——2021年1月20日在望海市第三届人民代表大会第五次会议上\n望海市中级人民法院院长 安小宁\n方针目标\n2020年,我们受理案件。").meta();
        assert_eq!((meta.kind, meta.speaker.as_str()), (ReportKind::Court, "安小宁"));
        assert_eq!(meta.organization, "望海市中级人民法院");
        let meta = page("望海市中级人民法院工作报告\n方针\n2020年,我们受理案件。").meta();
        assert_eq!(meta.speaker, "");
    }

    #[test]
    fn publication_is_what_a_label_or_a_time_says_not_the_next_article() {
        let text = "望海市政协2020年工作综述\n2020年,市政协认真履职。";
        let with = |removed: &[&str]| Page { removed, ..page(text) }.meta().published;
        assert_eq!(with(&["发布日期: 2021-01-17  字号", "上一篇 2021年3月20日"]), "2021-01-17");
        assert_eq!(with(&["2021-1-17 17:10| 编辑: 海风"]), "2021-01-17");
        assert_eq!(with(&["发表时间:", "2021-01-17"]), "2021-01-17");
        assert_eq!(with(&["上一篇 2021年3月20日", "Copyright 2021-03-20"]), "");
        assert_eq!(with(&["本作品发表于1949年10月1日之后"]), "");
    }

    #[test]
    fn the_date_behind_a_title_outside_the_text() {
        let text = "望海市委员会常务委员会工作报告\n2022年工作回顾\n2022年是四届市政协的开局之年。";
        let removed =
            Page { removed: &["望海市委员会常务委员会工作报告(20230103)"], ..page(text) }.meta();
        let name =
            Page { name: "望海市委员会常务委员会工作报告(2023-01-03).txt", ..page(text) }.meta();
        for meta in [removed, name] {
            assert_eq!(meta.date, "2023-01-03");
            assert_eq!(meta.organization, "政协望海市委员会");
            assert_eq!(meta.session, "四届");
        }
        let other = Page { name: "别的报告(20230103).txt", ..page(text) }.meta();
        assert_eq!(other.date, "");
    }

    #[test]
    fn a_files_name_is_the_last_to_be_asked_for_a_title() {
        let text = "各位委员:\n2023年是不平凡的一年,市政协认真履职。";
        let meta = Page { name: "大连市政协2023年工作总结(2024-01-03).txt", ..page(text) }.meta();
        assert_eq!((meta.title.as_str(), meta.date.as_str()), ("大连市政协2023年工作总结", "2024-01-03"));
        assert_eq!((meta.kind, meta.place.as_str()), (ReportKind::CppccSummary, "辽宁省大连市"));
        assert_eq!(Page { name: "source.txt", ..page(text) }.meta().title, "");
    }

    #[test]
    fn a_site_tells_the_place_only_at_the_reports_own_rank() {
        let text = "市政协2020年工作综述\n2020年,市政协认真履职,全市政协委员立足我市实际,市政府办理提案。";
        let with = |site: &str| {
            Page { facts: Facts { site: site.into(), ..Facts::default() }, ..page(text) }.meta().place
        };
        assert_eq!(with("大连市政协网"), "辽宁省大连市");
        assert_eq!(with("辽宁省政协网"), "");
    }

    #[test]
    fn a_national_report_has_no_place() {
        let meta = page("政府工作报告\n——2031年3月5日在第十五届全国人民代表大会第四次会议上\n国务院总理 林 远\n各位代表:\n现在,我代表国务院,向大会报告政府工作。上海市发展很好。").meta();
        assert_eq!((meta.organization.as_str(), meta.place.as_str()), ("国务院", ""));
    }

    #[test]
    fn an_occasion_without_its_year_gets_that_of_publication() {
        let text = "望海市政协常委会工作报告\n—在3月2日政协望海市第五届委员会第三次会议上\n各位委员:\n市政协认真履职。";
        let with = |removed: &[&str]| Page { removed, ..page(text) }.meta().date;
        assert_eq!(with(&["发布时间:2025-03-05"]), "2025-03-02");
        assert_eq!(with(&["发布时间:2025-03-01"]), "");
        assert_eq!(with(&[]), "");
    }

    #[test]
    fn the_speaker_stands_before_the_salutation_or_in_the_title() {
        let meta = page("——2024年12月22日在政协望海市第九届委员会第四次会议上的报告\n林远各位委员、同志们:\n我代表政协望海市第九届委员会常务委员会,向大会报告工作,请予审议。").meta();
        assert_eq!((meta.speaker.as_str(), meta.kind), ("林远", ReportKind::CppccStandingCommittee));
        assert_eq!((meta.session.as_str(), meta.period), ("九届四次", years_of("2024", "2024")));
        let meta =
            page("林远同志在政协望海市第九届委员会第四次会议上的工作报告\n各位委员:\n我代表常委会报告工作。")
                .meta();
        assert_eq!(meta.speaker, "林远");
        assert_eq!(meta.title, "林远同志在政协望海市第九届委员会第四次会议上的工作报告");
    }

    #[test]
    fn a_date_in_brackets_under_the_title() {
        let text = "望海市政协常委会工作报告\n各位委员:\n2020年,市政协认真履职。";
        let with = |removed: &[&str]| Page { removed, ..page(text) }.meta();
        assert_eq!(with(&["(2021年1月25日)"]).date, "2021-01-25");
        assert_eq!(with(&["(2021年1月25日发布)"]).date, "");
        assert_eq!(with(&["2021年1月25日"]).date, "");
    }

    #[test]
    fn a_page_states_title_and_day_where_the_text_does_not() {
        let facts = Facts {
            title: "望海市教育局2023年工作总结".into(),
            published: "2024-02-01".into(),
            ..Facts::default()
        };
        let meta = Page { facts, ..page("望海市新建学校3所,改建学校5所,新增学位一千二百个,全市义务教育阶段学校办学条件持续改善,人民群众满意度不断提高,教育质量稳步提升。") }.meta();
        assert_eq!(
            (meta.title.as_str(), meta.published.as_str()),
            ("望海市教育局2023年工作总结", "2024-02-01")
        );
        assert_eq!((meta.organization.as_str(), meta.period), ("望海市教育局", years_of("2023", "2023")));
    }

    #[test]
    fn a_departments_summary_and_a_news_item() {
        let meta = page("望海市教育局2023年工作总结\n2023年,我们新建学校3所。").meta();
        assert_eq!((meta.kind, meta.organization.as_str()), (ReportKind::Other, "望海市教育局"));
        assert_eq!(meta.period, years_of("2023", "2023"));
        let meta = page("林远参加代表团审议政府工作报告\n1月5日,市委书记林远参加审议。").meta();
        assert_eq!(meta.kind, ReportKind::Other);
    }

    #[test]
    fn a_part_without_its_title_tells_its_time_by_what_it_says() {
        let of = |text: &str| page(text).meta().period;
        let part = "过去五年,我们实现“十四五”圆满收官。\n二、“十五五”时期主要任务\n三、2026年重点工作\n2026年很重要。";
        assert_eq!(of(part), years_of("2021", "2025"));
        assert_eq!(of("城市更新扎实开展。\n三、2026年工作安排\n努力工作。"), years_of("2025", "2025"));
        assert_eq!(of("过去五年,我们实现“十三五”圆满收官,成绩很大。"), years_of("2016", "2020"));
        assert_eq!(of("一、过去五年的工作\n十九大以来的五年,极不平凡。"), years_of("2017", "2022"));
        // The year told of, not the one compared with or aimed at.
        let part = "国民经济好转。2014年,收入比2013年增长,比2013年好,从2013年起提高。到2030年目标实现。2014年产量增加。";
        assert_eq!(of(part), years_of("2014", "2014"));
        assert_eq!(
            of("提案工作扎实。截至2024年11月底,提案全部办复,2021年来的经验值得总结。"),
            years_of("2024", "2024")
        );
    }

    #[test]
    fn an_attachments_number_is_no_title() {
        let meta = page("附件1\n2026年民生实事\n办好实事。").meta();
        assert_eq!((meta.title.as_str(), meta.period), ("2026年民生实事", years_of("2026", "2026")));
        assert_eq!(page("附件材料说明\n办好实事。").meta().title, "附件材料说明");
    }

    #[test]
    fn a_files_name_with_its_year_before_the_place() {
        let text = "各位委员:\n我代表政协云泽县第十届委员会常务委员会,向大会报告工作,请予审议。\n一、2022年工作回顾\n2022年,县政协认真履职。";
        let meta = Page { name: "2023年云泽县政协常委会工作报告.txt", ..page(text) }.meta();
        assert_eq!((meta.organization.as_str(), meta.place.as_str()), ("政协云泽县委员会", "云泽县"));
        assert_eq!((meta.session.as_str(), meta.period), ("十届", years_of("2022", "2022")));
        assert_eq!(
            page("万年县政协2022年工作综述\n2022年,县政协认真履职。").meta().place,
            "江西省上饶市万年县"
        );
    }

    #[test]
    fn a_report_on_the_plan_has_its_session_and_its_body() {
        let meta = page("关于望海市2023年国民经济和社会发展计划执行情况的报告\n——2024年1月16日在望海市第六届人民代表大会第四次会议上\n望海市发展和改革委员会主任 林远\n各位代表:\n受市人民政府委托,现将情况报告如下。").meta();
        assert_eq!((meta.kind, meta.session.as_str()), (ReportKind::Other, "六届四次"));
        assert_eq!((meta.organization.as_str(), meta.speaker.as_str()), ("望海市发展和改革委员会", "林远"));
        let meta =
            page("望海市教育局2023年工作总结\n贯彻市第六届人民代表大会第四次会议精神,努力工作。").meta();
        assert_eq!(meta.session, "");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(
            text in "([—(（ 　]?(望海|大连|鼓楼|政协|第|三|届|市|区|年|月|日|2022|二〇|在|会议上|报告|五年|各位|委员会|人民政府|常务|[:：。,\n·—)]|王远){1,8}){0,12}",
            name in "[a(（2]{0,3}20[0-9]{6}[)）.]{0,2}",
        ) {
            let meta = Page { name: &name, removed: &[&text], ..page(&text) }.meta();
            proptest::prop_assert!(meta.title.is_empty() || text.contains(meta.title.chars().next().unwrap()));
        }
    }
}
