//! The numbering in front of a heading.

/// How a heading is numbered. Families nest as a report uses them, not by a fixed order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// `第一部分`, `第二编`, `第一篇`.
    Part,
    /// `第一章`.
    Chapter,
    /// `第一节`.
    Article,
    /// `一、`
    Han,
    /// `（一）`
    HanBracket,
    /// `1.`, `1、`
    Arabic,
    /// `01` right before the title, as statistical bulletins have it
    Padded,
    /// `（1）`, `1)`
    ArabicBracket,
    /// `①`
    Circled,
    /// `第一，`, `第一、`
    Ordinal,
    /// `一是`, `一要`
    Clause,
    /// `首先，`, `其次，`
    Adverb,
    /// `——`
    Dash,
}

impl Family {
    /// Families that divide a report, against those that list points inside a passage.
    pub fn divides(self) -> bool {
        !matches!(self, Family::Ordinal | Family::Clause | Family::Adverb | Family::Dash)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    pub family: Family,
    /// The number that it says; 0 for a dash.
    pub number: u32,
    /// Bytes, without the space behind it.
    pub len: usize,
}

/// Characters that count or date what stands before them.
const COUNTED: &str =
    "年月日号个项名家人万亿千百十多余大世点时分秒届条次周岁倍成元吨亩平公米件所座处户批种类位期";

const DIGITS: &str = "〇一二三四五六七八九";

/// A Chinese number below a hundred at the start, with its bytes.
fn han_number(text: &str) -> Option<(u32, usize)> {
    let (mut tens, mut ones, mut len) = (None, 0, 0);
    for c in text.chars().take(3) {
        if c == '十' && tens.is_none() {
            tens = Some(if len == 0 { 1 } else { ones });
            ones = 0;
        } else if let Some(i) = DIGITS.chars().position(|d| d == c)
            && i > 0
            && (len == 0 || tens.is_some() && ones == 0)
        {
            ones = i as u32;
        } else {
            break;
        }
        len += c.len_utf8();
    }
    (len > 0).then_some((tens.unwrap_or(0) * 10 + ones, len))
}

/// One or two digits, half or full width, at the start.
fn arabic_number(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut len, mut count) = (0, 0, 0);
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            _ => break,
        };
        value = value * 10 + digit;
        len += c.len_utf8();
        count += 1;
        if count > 2 {
            return None;
        }
    }
    (value > 0).then_some((value, len))
}

fn first(text: &str) -> Option<(char, usize)> {
    text.chars().next().map(|c| (c, c.len_utf8()))
}

/// The marker at the start of a text.
pub fn marker(text: &str) -> Option<Marker> {
    let found = |family, number, len| Some(Marker { family, number, len });
    let (c, width) = first(text)?;
    match c {
        '—' | '―' | '─' | '-' | '–' => {
            let len: usize = text
                .chars()
                .take_while(|c| matches!(c, '—' | '―' | '─' | '-' | '–'))
                .map(char::len_utf8)
                .sum();
            (text[..len].chars().count() >= 2).then_some(Marker { family: Family::Dash, number: 0, len })
        }
        '①'..='⑳' => found(Family::Circled, c as u32 - '①' as u32 + 1, width),
        '（' | '(' | '〔' => {
            let inner = &text[width..];
            let (family, (number, len)) = match han_number(inner) {
                Some(n) => (Family::HanBracket, n),
                None => (Family::ArabicBracket, arabic_number(inner)?),
            };
            let (close, w) = first(&inner[len..])?;
            matches!(close, '）' | ')' | '〕').then_some(Marker { family, number, len: width + len + w })
        }
        '第' => {
            let (number, len) = han_number(&text[width..]).or_else(|| arabic_number(&text[width..]))?;
            let at = width + len;
            let (unit, w) = first(&text[at..])?;
            let family = match unit {
                '部' if text[at..].starts_with("部分") => {
                    return found(Family::Part, number, at + "部分".len());
                }
                '编' | '篇' => Family::Part,
                '章' => Family::Chapter,
                '节' => Family::Article,
                '，' | ',' | '、' | '：' | ':' => Family::Ordinal,
                _ => return None,
            };
            found(family, number, at + w)
        }
        '首' | '其' | '再' | '最' => {
            let number =
                1 + ["首先", "其次", "再次", "最后"].iter().position(|w| text.starts_with(w))? as u32;
            let at = "首先".len();
            let (c, w) = first(&text[at..])?;
            matches!(c, '，' | ',').then_some(Marker { family: Family::Adverb, number, len: at + w })
        }
        _ => {
            if let Some((number, len)) = han_number(text) {
                let (c, w) = first(&text[len..])?;
                return match c {
                    '、' | '．' | '.' => found(Family::Han, number, len + w),
                    '是' if !text[len + w..].starts_with(['否', '，', ',', '：', ':']) => {
                        found(Family::Clause, number, len + w)
                    }
                    '要' => found(Family::Clause, number, len + w),
                    _ => None,
                };
            }
            let (number, len) = arabic_number(text)?;
            let (c, w) = first(&text[len..])?;
            if len == 2 && ('一'..='龥').contains(&c) && !COUNTED.contains(c) {
                return found(Family::Padded, number, len);
            }
            let next = text[len + w..].chars().next();
            match c {
                '、' | '.' | '．'
                    if !next.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) =>
                {
                    found(Family::Arabic, number, len + w)
                }
                '）' | ')' => found(Family::ArabicBracket, number, len + w),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Family, u32, &str)> {
        marker(text).map(|m| (m.family, m.number, &text[..m.len]))
    }

    #[test]
    fn every_family_is_read() {
        for (text, family, number, mark) in [
            ("第一部分 回顾", Family::Part, 1, "第一部分"),
            ("第十二章 附则", Family::Chapter, 12, "第十二章"),
            ("二、主要工作", Family::Han, 2, "二、"),
            ("二十一、其他", Family::Han, 21, "二十一、"),
            ("（三）抓好落实", Family::HanBracket, 3, "（三）"),
            ("(十)抓好落实", Family::HanBracket, 10, "(十)"),
            ("1.强化学习", Family::Arabic, 1, "1."),
            ("１２、强化学习", Family::Arabic, 12, "１２、"),
            ("03工业和建筑业", Family::Padded, 3, "03"),
            ("(2)强化学习", Family::ArabicBracket, 2, "(2)"),
            ("③强化学习", Family::Circled, 3, "③"),
            ("第一，强化学习", Family::Ordinal, 1, "第一，"),
            ("四是强化学习", Family::Clause, 4, "四是"),
            ("五要强化学习", Family::Clause, 5, "五要"),
            ("其次，强化学习", Family::Adverb, 2, "其次，"),
            ("——强化学习", Family::Dash, 0, "——"),
        ] {
            assert_eq!(read(text), Some((family, number, mark)), "{text}");
        }
    }

    #[test]
    fn what_only_begins_like_a_marker_is_none() {
        for text in [
            "1.5亿元",
            "2023年",
            "第一次会议",
            "第一产业",
            "一是否可行",
            "二是，这个问题",
            "一批项目",
            "（草案）",
            "-3.5%",
            "十四五",
            "首先要",
            "123.节",
            "12项指标",
            "1综合",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
