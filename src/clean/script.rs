//! Traditional characters to Simplified ones.

use super::Line;
use crate::table;
use crate::table::Tables;
use crate::text::sort_by_key;
use std::collections::HashMap;

#[derive(Debug)]
pub struct Words {
    /// The Simplified character, and whether the traditional one is Simplified too.
    characters: HashMap<char, (char, bool)>,
    /// Words that are not simplified character by character, by their first one.
    phrases: HashMap<char, Vec<Phrase>>,
}

/// A traditional word and the Simplified one, of the same length.
type Phrase = (Vec<char>, Vec<char>);

impl Words {
    pub fn parse(tables: &Tables) -> Self {
        let characters = table::rows(tables.get("traditional.tsv"))
            .filter_map(|row| {
                let simplified = row.get(1)?.chars().next()?;
                Some((row[0].chars().next()?, (simplified, row.get(2) == Some(&"hant"))))
            })
            .collect();
        let mut phrases: HashMap<char, Vec<_>> = HashMap::new();
        for row in table::rows(tables.get("traditional-phrases.tsv")) {
            let word: Vec<char> = row[0].chars().collect();
            let simple: Vec<char> = row.get(1).map_or(Vec::new(), |s| s.chars().collect());
            if word.len() == simple.len() && !word.is_empty() {
                phrases.entry(word[0]).or_default().push((word, simple));
            }
        }
        // The longest word wins.
        phrases.values_mut().for_each(|list| sort_by_key(list, |(word, _)| std::cmp::Reverse(word.len())));
        Self { characters, phrases }
    }
}

/// Simplifies all lines; whether the text was traditional.
///
/// A stray traditional character in Simplified text becomes Simplified too, if it is nothing else.
pub fn simplify(lines: &mut [Line], words: &Words) -> bool {
    let (mut traditional, mut han) = (0, 0);
    for glyph in lines.iter().flat_map(|line| &line.glyphs) {
        han += usize::from(crate::text::is_han(glyph.c));
        traditional += usize::from(words.characters.get(&glyph.c).is_some_and(|(_, both)| !both));
    }
    // In traditional text every third character differs, in Simplified text none.
    let is_traditional = traditional * 10 > han && traditional >= 2;
    if traditional == 0 {
        return false;
    }
    for line in lines {
        let glyphs = &mut line.glyphs;
        let mut at = 0;
        while at < glyphs.len() {
            let phrase = words.phrases.get(&glyphs[at].c).filter(|_| is_traditional).and_then(|list| {
                list.iter().find(|(word, _)| {
                    glyphs.len() >= at + word.len() && word.iter().zip(&glyphs[at..]).all(|(c, g)| *c == g.c)
                })
            });
            if let Some((word, simple)) = phrase {
                for (glyph, &c) in glyphs[at..].iter_mut().zip(simple) {
                    glyph.c = c;
                }
                at += word.len();
                continue;
            }
            if let Some(&(simple, both)) = words.characters.get(&glyphs[at].c)
                && (is_traditional || !both)
            {
                glyphs[at].c = simple;
            }
            at += 1;
        }
    }
    is_traditional
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::text::glyphs;

    fn simple(text: &str) -> (String, bool) {
        let mut lines = vec![Line { glyphs: glyphs(text, 0, text.len()).collect(), ..Line::default() }];
        let traditional = simplify(&mut lines, &Lexicon::builtin().clean.script);
        (lines[0].words(), traditional)
    }

    #[test]
    fn words_decide_before_characters() {
        assert_eq!(
            simple("後勤幹部瞭解到乾隆年間的乾果,沿著憲法開著名會議").0,
            "后勤干部了解到乾隆年间的干果,沿着宪法开著名会议"
        );
        assert_eq!(simple("産業綫教育羣衆").0, "产业线教育群众");
    }

    #[test]
    fn simplified_text_keeps_what_is_simplified() {
        let text = "瞭望塔旁於先生慰藉乾县群众,覆盖面广";
        assert_eq!(simple(text), (text.into(), false));
        assert_eq!(
            simple("第四次会議上提出的各项建议全部得到落实").0,
            "第四次会议上提出的各项建议全部得到落实"
        );
    }
}
