//! What can be seen of a sentence that may be an unnumbered heading in front of its passage.

use super::words::{Class, Words};

/// Names of the features in `lexicon/heading-weights.tsv`, in the order of [`Features`].
pub const NAMES: [&str; COUNT] = [
    "bias",
    "act",
    "state",
    "frame",
    "time",
    "speech",
    "body",
    "account",
    "ornament",
    "figures",
    "title",
    "list",
    "one-clause",
    "two-clauses",
    "even-clauses",
    "many-clauses",
    "tiny",
    "short",
    "middle",
    "long",
    "deed",
    "appeal",
    "chain",
    "no-passage",
    "thin-passage",
    "longer-passage",
    "own-line",
    "bold",
    "begins-piece",
    "copula",
    "closing",
    "listed",
    "must",
    "led",
    "last-act",
    "echo",
    "echo-next",
    "parallel",
    "one-equal",
    "more-equal",
    "chorus",
    "refrain",
    "twin-best",
    "twin-worst",
    "row-share",
    "row-many",
    "alone",
    "thin-gap",
    "wide-gap",
    "thin-before",
    "crowd",
    "wide-row",
    "early",
    "page",
    "stranger",
    "row-opens",
    "listed-alone",
];
pub const COUNT: usize = 57;
/// Features that need no other judgement; those behind them look at the likely ones of the row.
pub const LOCAL: usize = 42;
/// Where the features begin that [`twins`] fills.
pub const TWINS: usize = LOCAL - 5;

/// Whether it begins with the phrase of others.
pub const REFRAIN: usize = LOCAL - 1;

pub type Features = [f32; COUNT];

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The next sentence; empty where there is none.
    pub next: &'a str,
    /// Text of the passage behind the sentence.
    pub passage: &'a str,
    /// The sentence fills its line and its passage stands in the next.
    pub own_line: bool,
    /// The format sets exactly this sentence in bold.
    pub bold: bool,
    /// The sentence opens its piece.
    pub opens: bool,
    /// The next sentence is the first point of a list.
    pub listed: bool,
    /// The piece has a heading in front.
    pub led: bool,
    /// The piece is the last of the report, or appeals to the audience.
    pub closing: bool,
}

/// The local features of a sentence without its end mark.
pub fn local(title: &str, setting: Setting, words: &Words) -> Features {
    let length = title.chars().count();
    let clauses: Vec<usize> =
        title.split(['，', ',', ' ', '　']).map(|c| c.chars().count()).filter(|&n| n > 0).collect();
    let even = clauses.len() == 2 && clauses[0].abs_diff(clauses[1]) <= 2;
    let passage = setting.passage.chars().count();
    let marked = |on: bool| f32::from(u8::from(on));
    let mut f = [0.0; COUNT];
    let values = [
        1.0,
        marked(words.begins(title, Class::Act)),
        marked(words.ends(title, Class::State)),
        marked(words.begins(title, Class::Frame)),
        marked(words.begins(title, Class::Time) || dated(title)),
        marked(words.begins(title, Class::Speech)),
        marked(words.holds(title, Class::Body)),
        words.all(Class::Account).filter(|w| unquoted(title).contains(*w)).count().min(2) as f32,
        marked(words.holds(title, Class::Ornament)),
        marked(figures(title)),
        marked(title.contains('《')),
        marked(title.contains(['：', ':', '；', ';', '…'])),
        marked(clauses.len() <= 1),
        marked(clauses.len() == 2),
        marked(even),
        marked(clauses.len() > 3),
        marked(length < 5),
        marked((5..=12).contains(&length)),
        marked((13..=24).contains(&length)),
        marked(length > 32),
        marked(words.begins(title, Class::Deed)),
        marked(words.begins(setting.next, Class::Appeal)),
        marked(title.chars().next() == setting.next.chars().next()),
        marked(passage == 0),
        marked((1..40).contains(&passage)),
        marked(setting.next.chars().count() > length + length / 2),
        marked(setting.own_line),
        marked(setting.bold),
        marked(setting.opens),
        marked(copula(title)),
        marked(setting.closing),
        marked(setting.listed),
        marked(title.starts_with(['要', '须', '应']) || title.starts_with("必须")),
        marked(setting.led),
        marked(
            clauses.len() > 1
                && title.rsplit(['，', ',']).next().is_some_and(|c| words.begins(c, Class::Act)),
        ),
        echo(title, setting.passage, words),
        echo(title, setting.next, words),
    ];
    f[..TWINS].copy_from_slice(&values);
    f
}

/// Characters of a passage in which what its heading names is looked for.
const ECHO: usize = 120;

/// Share of the pairs of characters of a title that its passage says again, without the words that many headings
/// begin or end with.
fn echo(title: &str, passage: &str, words: &Words) -> f32 {
    let longest = |class: Class, fits: &dyn Fn(&str) -> bool| {
        words.all(class).filter(|w| fits(w)).map(str::len).max().unwrap_or(0)
    };
    let from = longest(Class::Act, &|w| title.starts_with(w));
    let end = title.len() - longest(Class::State, &|w| title.ends_with(w));
    let Some(core) = title.get(from..end) else { return 0.0 };
    let near = passage.char_indices().nth(ECHO).map_or(passage, |(i, _)| &passage[..i]);
    let starts: Vec<usize> = core.char_indices().map(|(i, _)| i).chain([core.len()]).collect();
    let pairs: Vec<&str> = starts
        .windows(3)
        .map(|w| &core[w[0]..w[2]])
        .filter(|p| p.chars().all(char::is_alphanumeric))
        .collect();
    let said = pairs.iter().filter(|p| near.contains(**p)).count();
    said as f32 / pairs.len().max(1) as f32
}

/// Whether a text says what something is: `科技是第一生产力`, but not `这是变化显著的五年`.
fn copula(text: &str) -> bool {
    !text.starts_with('这')
        && text.char_indices().any(|(i, c)| {
            c == '是'
                && i > 0
                && !["特别", "尤其", "实事求", "还", "都"].iter().any(|w| text[..i].ends_with(w))
        })
}

/// Whether a text begins with a year.
fn dated(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    rest.len() < text.len() && rest.starts_with('年')
}

/// The text without what stands in quotes: a name in quotes says nothing of the sentence's build.
fn unquoted(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| match c {
            '“' | '《' => {
                depth += 1;
                false
            }
            '”' | '》' => {
                depth = (depth - 1).max(0);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// Whether a text gives figures: digits that belong to no date, no name in quotes and no term.
pub fn figures(text: &str) -> bool {
    let plain = unquoted(text);
    let mut rest = plain.as_str();
    while let Some(i) =
        rest.find(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == '%' || c == '％')
    {
        let tail = rest[i..].trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        if !tail.starts_with(['年', '月', '日', '号']) && !tail.starts_with("周年") {
            return true;
        }
        rest = tail;
    }
    false
}

/// How a sentence matches the others that could be headings in its row: the best likeness, whether one or
/// more others have clauses of just the same lengths, and whether two or more begin with the same word, or with the
/// same phrase.
pub fn twins<'a>(title: &str, others: impl Iterator<Item = &'a str>) -> [f32; LOCAL - TWINS] {
    let lengths =
        |text: &str| -> Vec<usize> { text.split(['，', ',']).map(|c| c.chars().count()).collect() };
    let own = lengths(title);
    let (mut best, mut equal, mut word, mut phrase) = (0.0, 0, 0, 0);
    for other in others {
        let common = || title.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        word += usize::from(common().count() >= 2);
        phrase += usize::from(common().filter(|(c, _)| c.is_alphabetic()).count() >= PHRASE);
        best = f32::max(best, likeness(title, other));
        equal += usize::from(lengths(other) == own);
    }
    let marked = |on: bool| f32::from(u8::from(on));
    [best, marked(equal == 1), marked(equal >= 2), marked(word >= 2), marked(phrase >= 2)]
}

/// Characters, but for figures and marks, that a phrase has at least with which several headings begin.
const PHRASE: usize = 8;

/// How much two headings are of one build, 0 to 1.
pub fn likeness(a: &str, b: &str) -> f32 {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if x.is_empty() || y.is_empty() {
        return 0.0;
    }
    let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(p, q)| p == q).count();
    let comma = |v: &[char]| v.iter().position(|c| matches!(c, '，' | ','));
    let clauses = |v: &[char]| v.iter().filter(|c| matches!(c, '，' | ',')).count();
    let mut like = match head {
        0 => 0.0,
        1 => 0.25,
        _ => 0.5,
    };
    like += if tail >= 2 { 0.25 } else { 0.0 };
    like += match x.len().abs_diff(y.len()) {
        0 => 0.3,
        1..=2 => 0.2,
        3..=5 => 0.1,
        _ => 0.0,
    };
    like += match (comma(&x), comma(&y)) {
        (Some(p), Some(q)) if p.abs_diff(q) <= 1 && clauses(&x) == clauses(&y) => 0.2,
        (None, None) => 0.1,
        _ => 0.0,
    };
    f32::min(like, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_names_and_terms_are_no_figures() {
        assert!(figures("办结提案326件"));
        assert!(figures("增长5％"));
        assert!(!figures("2023年工作回顾"));
        assert!(!figures("落实“532”战略"));
        assert!(!figures("二十大精神"));
    }

    #[test]
    fn what_says_that_something_is_is_known() {
        assert!(copula("改革是发展的动力"));
        assert!(!copula("这是城乡面貌变化显著的五年"));
        assert!(!copula("坚持实事求是，抓好特别是粮食的生产"));
    }

    #[test]
    fn clauses_of_one_length_are_equal() {
        let row = ["畅通渠道听民声", "搭建平台解民忧", "市委领导作出批示"];
        assert_eq!(twins("办好提案促落实", row.into_iter())[1..3], [0.0, 1.0]);
        assert_eq!(twins("办好提案促落实", row.into_iter().skip(1))[1..3], [1.0, 0.0]);
        assert_eq!(twins("办好提案，促落实", row.into_iter())[1..3], [0.0, 0.0]);
    }

    #[test]
    fn a_phrase_that_several_begin_with_is_known() {
        let row = ["这五年，我们始终坚持开放，外贸取得新突破", "这五年，我们始终坚持改革，活力持续增强"];
        let own = "这五年，我们始终坚持为民，生活明显改善";
        assert_eq!(twins(own, row.into_iter())[3..], [1.0, 1.0]);
        assert_eq!(twins(own, row.into_iter().take(1))[3..], [0.0, 0.0]);
        let dates = ["１９８４年，我国农业丰收", "１９８４年，我国工业增长"];
        assert_eq!(twins("１９８４年，我国教育发展", dates.into_iter())[3..], [1.0, 0.0]);
    }

    #[test]
    fn a_passage_says_again_what_its_heading_names() {
        let words = Words::builtin();
        assert_eq!(echo("加强养老服务", "新建养老服务中心两处。", words), 1.0);
        assert_eq!(echo("加强养老服务", "新建公路两条。", words), 0.0);
    }

    #[test]
    fn siblings_are_like_and_strangers_are_not() {
        assert!(likeness("强化理论武装", "强化政治引领") > 0.7);
        assert!(likeness("推进平台创新，提高参与率", "推进制度创新，提升规范化") > 0.7);
        assert!(likeness("强化理论武装", "召开全市文史工作座谈会，制定工作规划") < 0.3);
    }
}
