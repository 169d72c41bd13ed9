//! Characters one by one: what has no width or no meaning goes, radicals become characters, pinyin
//! behind a character goes, letter-spaced words and numbers are closed up.

use super::{Ledger, Line, place};
use crate::report::RemovedKind;
use crate::table;
use crate::table::Tables;
use crate::text::{Glyph, is_han};
use std::collections::HashMap;

#[derive(Debug)]
pub struct Words {
    radicals: HashMap<char, char>,
}

impl Words {
    pub fn parse(tables: &Tables) -> Self {
        let radicals = table::rows(tables.get("radicals.tsv"))
            .filter_map(|row| Some((row[0].chars().next()?, row.get(1)?.chars().next()?)))
            .collect();
        Self { radicals }
    }
}

/// Settles every line's characters; whether pinyin stood behind them.
pub fn settle(lines: &mut Vec<Line>, ledger: &mut Ledger, words: &Words) -> bool {
    let mut toned = 0;
    for line in lines.iter_mut() {
        line.glyphs.retain_mut(|g| {
            match g.c {
                // The private place of the ideographic space in GB 18030.
                '\u{e5e5}' => g.c = '\u{3000}',
                '\u{2e80}'..='\u{2fdf}' => g.c = words.radicals.get(&g.c).copied().unwrap_or(g.c),
                '\t' => {}
                c if weightless(c) => return false,
                _ => {}
            }
            true
        });
        toned += brackets(&line.glyphs).filter(|(_, tone)| *tone).count();
    }
    // Syllables without a tone (`了(le)`) tell nothing by themselves.
    let pinyin = toned >= 3;
    for line in lines.iter_mut() {
        if !line.glyphs.iter().any(|g| matches!(g.c, '(' | '（')) {
            continue;
        }
        let mut out = vec![false; line.glyphs.len()];
        for (range, _) in brackets(&line.glyphs).filter(|(_, tone)| *tone || pinyin) {
            ledger.push((RemovedKind::Pinyin, place(&line.glyphs[range.clone()])));
            out[range].fill(true);
        }
        line.drop(&out);
    }
    lines.iter_mut().for_each(Line::trim);
    lines.retain(|line| !line.glyphs.is_empty());
    pinyin
}

/// Characters without a width or a meaning: controls, marks of direction, private ones.
fn weightless(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Brackets behind a Han character that hold one syllable of pinyin, and whether it has a tone.
fn brackets(glyphs: &[Glyph]) -> impl Iterator<Item = (std::ops::Range<usize>, bool)> + '_ {
    (1..glyphs.len()).filter_map(|open| {
        if !matches!(glyphs[open].c, '(' | '（') || !is_han(glyphs[open - 1].c) {
            return None;
        }
        let length = glyphs[open + 1..].iter().take(9).position(|g| matches!(g.c, ')' | '）'))?;
        let syllable: String = glyphs[open + 1..open + 1 + length].iter().map(|g| g.c).collect();
        is_pinyin(&syllable).map(|tone| (open..open + length + 2, tone))
    })
}

/// Whether a word is a syllable of pinyin, and whether it has a tone.
fn is_pinyin(word: &str) -> Option<bool> {
    const TONED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
    const BASE: &str = "aaaaeeeeiiiioooouuuuvvvvnnnm";
    let mut toned = false;
    let mut plain = String::new();
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' => plain.push(c),
            'ü' => plain.push('v'),
            'ɡ' => plain.push('g'),
            'ê' => plain.push('e'),
            '\u{300}' | '\u{301}' | '\u{304}' | '\u{30c}' => toned = true,
            '\u{308}' => {}
            c => {
                let i = TONED.chars().position(|t| t == c)?;
                plain.push(BASE.as_bytes()[i] as char);
                toned = true;
            }
        }
    }
    if word.chars().any(char::is_uppercase) {
        return None;
    }
    let finals = plain.trim_start_matches(|c| !"aeiouv".contains(c));
    let initial = &plain[..plain.len() - finals.len()];
    const INITIALS: &str = " b p m f d t n l g k h j q x zh ch sh r z c s y w ";
    const FINALS: &str = " a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong \
        u ua uo uai ui uan un uang v ve van vn ue io ";
    let known = |list: &str, part: &str| list.contains(&format!(" {part} "));
    let right = (initial.is_empty() || known(INITIALS, initial)) && known(FINALS, finals);
    (right || (toned && matches!(plain.as_str(), "n" | "ng" | "m" | "hm" | "hng"))).then_some(toned)
}

/// Closes up letter-spaced words (`工 作 报 告`) and numbers (`1 9 9 3 年`).
pub fn close_up(lines: &mut [Line]) {
    for line in lines {
        if !line.glyphs.iter().any(|g| g.c.is_whitespace()) {
            continue;
        }
        let mut out = vec![false; line.glyphs.len()];
        let mut at = 0;
        while at < line.glyphs.len() {
            let run = spaced_run(&line.glyphs, at);
            let (letters, end) = run;
            // Two lone characters are a name (`王 立`) or two things.
            let han = is_han(line.glyphs[at].c);
            if letters >= if han { 4 } else { 2 } {
                for (out, glyph) in out[at..end].iter_mut().zip(&line.glyphs[at..end]) {
                    *out = glyph.c.is_whitespace();
                }
                // The unit that follows a letter-spaced number stood off by the same space.
                let gap =
                    line.glyphs[end..].iter().take_while(|g| g.c.is_whitespace() && g.c != '\t').count();
                if !han && gap > 0 && line.glyphs.get(end + gap).is_some_and(|g| is_han(g.c) || g.c == '%') {
                    out[end..end + gap].fill(true);
                }
            }
            at = end.max(at + 1);
        }
        line.drop(&out);
    }
}

/// From `at` on: how many lone characters of one sort, divided by white space, stand there, and where
/// they end.
fn spaced_run(glyphs: &[Glyph], at: usize) -> (usize, usize) {
    let sort = |i: usize| match glyphs.get(i).map(|g| g.c) {
        Some(c) if c.is_ascii_digit() || matches!(c, '０'..='９') => 'd',
        Some('.' | '．') => '.',
        Some(c) if is_han(c) => 'h',
        _ => ' ',
    };
    let first = sort(at);
    // A run begins where a word begins.
    let lone =
        at == 0 || glyphs[at - 1].c.is_whitespace() || (first == 'd' && matches!(sort(at - 1), 'h' | ' '));
    if !lone || !matches!(first, 'd' | 'h') {
        return (0, at + 1);
    }
    let (mut letters, mut end) = (1, at + 1);
    loop {
        // Behind a tab stands another cell.
        let gap = glyphs[end..].iter().take(3).take_while(|g| g.c.is_whitespace() && g.c != '\t').count();
        let next = end + gap;
        let fits = sort(next) == first || (first == 'd' && sort(next) == '.' && sort(next + 1) != 'd');
        if !(1..=2).contains(&gap) || !fits {
            break;
        }
        // Longer words end the run before them.
        if sort(next + 1) == first {
            break;
        }
        letters += 1;
        end = next + 1;
    }
    (letters, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::glyphs;

    fn settled(text: &str) -> (String, bool) {
        let mut lines = vec![Line { glyphs: glyphs(text, 0, text.len()).collect(), ..Line::default() }];
        let pinyin = settle(&mut lines, &mut Vec::new(), &Lexicon::builtin().clean.characters);
        close_up(&mut lines);
        (lines.iter().map(Line::words).collect(), pinyin)
    }

    #[test]
    fn pinyin_goes_and_brackets_of_the_report_stay() {
        let (text, pinyin) = settled("政協(xié)建設(shè)了(le)村(社區(qū))綠（lǜ）道(GDP)項目(pm)");
        assert_eq!((text.as_str(), pinyin), ("政協建設了村(社區)綠道(GDP)項目(pm)", true));
        assert_eq!(settled("实施项目(an)三个,甲(a)乙(b)").0, "实施项目(an)三个,甲(a)乙(b)");
    }

    #[test]
    fn syllables_are_told_from_letters() {
        assert_eq!(is_pinyin("zhuāng"), Some(true));
        assert_eq!(is_pinyin("de"), Some(false));
        assert_eq!(is_pinyin("lǘ"), Some(true));
        for word in ["gdp", "app", "", "Xié", "xiéxié", "bq"] {
            assert_eq!(is_pinyin(word), None, "{word}");
        }
    }

    #[test]
    fn letter_spacing_is_closed_up_and_words_keep_their_spaces() {
        assert_eq!(settled("政 府 工 作 报 告").0, "政府工作报告");
        assert_eq!(settled("自1 9 9 3 年来产粮4 9 2 5 0 万吨").0, "自1993年来产粮49250万吨");
        assert_eq!(settled("区长　　王 立").0, "区长　　王 立");
        assert_eq!(settled("聚焦大局 砥砺奋进 2022 12 条").0, "聚焦大局 砥砺奋进 2022 12 条");
        assert_eq!(settled("比例为3.6 : 48 : 48.4").0, "比例为3.6 : 48 : 48.4");
    }

    #[test]
    fn radicals_and_weightless_characters() {
        assert_eq!(settled("⼤\u{200b}⽹\u{feff}络\u{e001}").0, "大网络");
    }
}
