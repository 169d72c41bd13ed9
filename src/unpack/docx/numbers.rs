//! `numbering.xml`: lists, what uses them, and how far they have counted.

use super::styles::{Number, Styles, on};
use crate::unpack::numbering::{Counters, Figures, LEVELS, Level};
use crate::unpack::xml::Element;
use std::collections::HashMap;

/// The most uses of lists; Word itself allows fewer.
const USERS: usize = 1 << 15;

#[derive(Debug, Default)]
pub struct Numbers {
    /// By `numId`.
    users: HashMap<u32, User>,
    counters: Counters,
}

/// A `w:num`: a use of a list.
#[derive(Debug)]
struct User {
    list: u32,
    levels: Vec<Level>,
    /// The styles whose paragraphs are of a level.
    styles: HashMap<String, usize>,
    /// Levels that begin anew with the first paragraph of this use.
    starts: [Option<u32>; LEVELS],
}

impl Numbers {
    pub fn parse(root: &Element, styles: &Styles) -> Self {
        let lists: HashMap<u32, &Element> =
            root.all("abstractNum").filter_map(|list| Some((number(list, "abstractNumId")?, list))).collect();
        let uses: HashMap<u32, &Element> =
            root.all("num").filter_map(|user| Some((number(user, "numId")?, user))).collect();
        let list_of = |user: &Element| user.val("abstractNumId")?.parse::<u32>().ok();
        let users = uses
            .iter()
            .take(USERS)
            .filter_map(|(&id, &user)| {
                let mut list = list_of(user)?;
                // A list may be only the name of a style that holds another one.
                if let Some(style) = lists.get(&list).and_then(|l| l.val("numStyleLink")) {
                    list = styles.lists.get(style).and_then(|id| list_of(uses.get(id)?)).unwrap_or(list);
                }
                let mut levels = vec![Level::default(); LEVELS];
                let of = lists.get(&list)?;
                read_levels(of, &mut levels);
                let linked = of
                    .all("lvl")
                    .filter_map(|l| Some((l.val("pStyle")?.to_owned(), number(l, "ilvl")? as usize)));
                let mut starts = [None; LEVELS];
                for over in user.all("lvlOverride") {
                    read_levels(over, &mut levels);
                    let level = number(over, "ilvl").map(|l| l as usize).filter(|l| *l < LEVELS);
                    if let (Some(level), Some(start)) = (level, over.val("startOverride")) {
                        starts[level] = start.parse().ok();
                    }
                }
                Some((id, User { list, levels, styles: linked.collect(), starts }))
            })
            .collect();
        Self { users, counters: Counters::default() }
    }

    /// Counts a paragraph and gives the words in front of it.
    pub fn words(&mut self, number: &Number) -> String {
        let Some(user) = self.users.get(&number.list) else { return String::new() };
        let linked = number.style.as_ref().and_then(|style| user.styles.get(style));
        let level = linked.copied().unwrap_or(number.level);
        let Some(start) = user.starts.get(level) else { return String::new() };
        self.counters.words(user.list, &user.levels, level, number.list, *start)
    }
}

fn number(element: &Element, name: &str) -> Option<u32> {
    element.get(name)?.parse().ok()
}

fn read_levels(parent: &Element, levels: &mut [Level]) {
    for level in parent.all("lvl") {
        let Some(place) = number(level, "ilvl").and_then(|l| levels.get_mut(l as usize)) else { continue };
        *place = Level {
            start: level.val("start").and_then(|n| n.parse().ok()).unwrap_or(0),
            figures: level.val("numFmt").map(figures).unwrap_or_default(),
            text: level.val("lvlText").unwrap_or("").to_owned(),
            gap: level.val("suff") != Some("nothing"),
            legal: on(level, "isLgl").unwrap_or(false),
            restart: level.val("lvlRestart").and_then(|n| n.parse().ok()),
        };
    }
}

/// Figures by their name in the standard.
fn figures(name: &str) -> Figures {
    match name {
        "none" => Figures::None,
        "bullet" => Figures::Bullet,
        "decimalZero" => Figures::Padded,
        "decimalFullWidth" | "decimalFullWidth2" => Figures::FullWidth,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Figures::Circled,
        "decimalEnclosedParen" => Figures::Bracketed,
        "decimalEnclosedFullstop" => Figures::Dotted,
        "upperRoman" => Figures::UpperRoman,
        "lowerRoman" => Figures::LowerRoman,
        "upperLetter" => Figures::UpperLetter,
        "lowerLetter" => Figures::LowerLetter,
        "chineseCounting" | "taiwaneseCounting" => Figures::COUNTING,
        "chineseCountingThousand" | "taiwaneseCountingThousand" => Figures::THOUSANDS,
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" | "koreanDigital2" => {
            Figures::DIGITS
        }
        "japaneseCounting" => Figures::Kanji,
        "chineseLegalSimplified" => Figures::Legal,
        "ideographLegalTraditional" => Figures::LegalTraditional,
        "ideographEnclosedCircle" => Figures::HanCircled,
        "ideographTraditional" => Figures::Stem,
        "ideographZodiac" => Figures::Branch,
        "numberInDash" => Figures::Dashed,
        _ => Figures::Decimal,
    }
}
