//! A gazetteer of provinces, cities and counties, and the place that a report speaks for.

use crate::table::rows;
use crate::text::sort_by_key;
use std::collections::HashMap;
use std::ops::Range;

/// Endings that a place's short name takes when its rank changed (a county that became a district).
const RANKS: [&str; 9] = ["自治州", "自治县", "地区", "市", "县", "区", "旗", "盟", "州"];
/// Behind `区`, these make another word of it: 大连区域.
const NOT_BEHIND: [char; 6] = ['域', '间', '位', '块', '划', '别'];

/// These stand before a place's name and are no part of it.
const BEFORE: &str = "年月日届在受对由向经给为是和与及或跟同的于自原按据到至往赴来从请将让了等以我省市州县区盟旗府协第一二三四五六七八九十";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Province,
    City,
    County,
}

#[derive(Debug)]
struct Place {
    name: String,
    /// Bytes of `name` that make the short name: 大连 of 大连市, 延边 of 延边朝鲜族自治州.
    stem: usize,
    up: Option<usize>,
    level: Level,
}

#[derive(Debug)]
pub struct Gazetteer {
    places: Vec<Place>,
    by_first: HashMap<char, Vec<usize>>,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub at: Range<usize>,
    /// All places that go by it.
    places: Vec<usize>,
    /// With its ending (大连市), not the short name alone (大连).
    pub full: bool,
}

/// How often each place is named in a text, and how often in full.
pub struct Counts(Vec<(u32, u32)>);

impl Gazetteer {
    pub fn parse(table: &str) -> Self {
        let mut places: Vec<Place> = Vec::new();
        let mut add = |name: &str, up: Option<usize>, level: Level| {
            let stem = name.find('|').unwrap_or_else(|| {
                let last = name.chars().next_back().map_or(0, char::len_utf8);
                // One character is no name of its own: 忠县.
                let stem = name.len() - last;
                if name[..stem].chars().count() < 2 { name.len() } else { stem }
            });
            places.push(Place { name: name.replace('|', ""), stem, up, level });
            places.len() - 1
        };
        let (mut province, mut city);
        province = None;
        for row in rows(table) {
            let column = |i: usize| row.get(i).copied().filter(|c| !c.is_empty());
            if let Some(name) = column(0) {
                province = Some(add(name, None, Level::Province));
            }
            city = column(1).map(|name| add(name, province, Level::City));
            for name in column(2).into_iter().flat_map(str::split_whitespace) {
                add(name, city.or(province), Level::County);
            }
        }
        let mut by_first: HashMap<char, Vec<usize>> = HashMap::new();
        for (i, place) in places.iter().enumerate() {
            by_first.entry(place.name.chars().next().unwrap_or(' ')).or_default().push(i);
        }
        Self { places, by_first }
    }

    /// The longest name that `text` starts with.
    fn starts(&self, text: &str) -> Option<Mention> {
        let bucket = self.by_first.get(&text.chars().next()?)?;
        let mut best: Option<Mention> = None;
        for &i in bucket {
            let place = &self.places[i];
            let Some(rest) = text.strip_prefix(&place.name[..place.stem]) else { continue };
            let (len, full) = if rest.starts_with(&place.name[place.stem..]) {
                (place.name.len(), true)
            } else if let Some(rank) = place.renamed(rest) {
                (place.stem + rank.len(), true)
            } else {
                (place.stem, false)
            };
            match &mut best {
                Some(found) if found.at.end == len => {
                    // A place of just that name comes before one that changed its rank to it.
                    let exact = |i: usize| text.starts_with(self.places[i].name.as_str());
                    if full && exact(i) && !exact(found.places[0]) {
                        found.places = vec![i];
                    } else if !full || exact(i) == exact(found.places[0]) {
                        found.places.push(i);
                    }
                }
                Some(found) if found.at.end > len => {}
                _ => best = Some(Mention { at: 0..len, places: vec![i], full }),
            }
        }
        best
    }

    /// The names in a text, from left to right.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let mention = self.starts(&text[at..]).filter(|mention| {
                // 津市 is short for 津市市, but in 岚津市 the end of another name.
                let ranked = text[at..at + mention.at.end].ends_with(['市', '县', '区', '旗']);
                let known = found.last().is_some_and(|before: &Mention| before.at.end == at);
                mention.full || !ranked || known || !text[..at].ends_with(is_of_name)
            });
            match mention {
                Some(mention) => {
                    let end = at + mention.at.end;
                    found.push(Mention { at: at..end, ..mention });
                    at = end;
                }
                None => at += c.len_utf8(),
            }
        }
        found
    }

    pub fn count(&self, text: &str) -> Counts {
        let mut counts = vec![(0, 0); self.places.len()];
        for mention in self.mentions(text) {
            for &i in &mention.places {
                counts[i].0 += 1;
                counts[i].1 += u32::from(mention.full);
            }
        }
        Counts(counts)
    }

    /// The full name, from the province down, of what is named in `phrase`: 盘锦市大洼区 →
    /// 辽宁省盘锦市大洼区. A name that several places share goes to the one whose city or province
    /// the report speaks of; where that is open, it stands alone.
    pub fn resolve(&self, phrase: &str, counts: &Counts) -> Chain {
        let mut chain: Option<usize> = None;
        let mut own = String::new();
        let mut at = 0;
        while let Some(mention) = self.starts(&phrase[at..]) {
            let below: Vec<usize> = mention
                .places
                .iter()
                .copied()
                .filter(|&i| chain.is_none_or(|c| self.is_within(i, c)))
                .collect();
            let of = if below.is_empty() { &mention.places } else { &below };
            // 大连 alone is the city; 长春朝阳 the district.
            let Some(place) = self.likeliest(of, counts) else { break };
            let name = &phrase[at..at + mention.at.end];
            // 凉山州 is short for 凉山彝族自治州; 松河区 was 松河县 before.
            let short = !mention.full || self.places[place].is_autonomous() && !name.contains("自治");
            own = if short { self.places[place].name.clone() } else { name.to_owned() };
            chain = Some(place);
            at += mention.at.end;
        }
        let rest = &phrase[at..];
        match chain {
            None => Chain { above: Vec::new(), own: phrase.to_owned(), level: Level::of(phrase) },
            Some(place) if rest.is_empty() => {
                Chain { above: self.above(place), own, level: self.places[place].level }
            }
            Some(place) => {
                let mut above = self.above(place);
                above.push(own);
                Chain { above, own: rest.to_owned(), level: Level::County }
            }
        }
    }

    /// The place most spoken of among those of a rank (`市`, `区` …), if one stands out. A county must
    /// be named in full at least once: short names of counties are often words.
    pub fn foremost(&self, rank: char, counts: &Counts) -> Option<Chain> {
        let mut ranked: Vec<(u32, usize)> = (0..self.places.len())
            .filter(|&i| {
                let (all, full) = counts.0[i];
                let city = self.places[i].level == Level::City;
                self.places[i].name.ends_with(rank) && (full > 0 || city && all > 0)
            })
            .map(|i| (counts.0[i].0, i))
            .collect();
        sort_by_key(&mut ranked, |r| std::cmp::Reverse(*r));
        let &(first, place) = ranked.first()?;
        let second = ranked.get(1).map_or(0, |r| r.0);
        (first >= 3 && 2 * first >= 3 * second).then(|| Chain {
            above: self.above(place),
            own: self.places[place].name.clone(),
            level: self.places[place].level,
        })
    }

    fn above(&self, place: usize) -> Vec<String> {
        let mut names: Vec<String> = std::iter::successors(self.places[place].up, |&i| self.places[i].up)
            .map(|i| self.places[i].name.clone())
            .collect();
        names.reverse();
        names
    }

    fn is_within(&self, place: usize, region: usize) -> bool {
        std::iter::successors(self.places[place].up, |&i| self.places[i].up).any(|i| i == region)
    }

    fn likeliest(&self, places: &[usize], counts: &Counts) -> Option<usize> {
        if let [only] = places {
            return Some(*only);
        }
        let weight = |i: usize| -> u32 {
            std::iter::successors(self.places[i].up, |&u| self.places[u].up).map(|u| counts.0[u].0).sum()
        };
        let highest = places.iter().map(|&i| self.places[i].level).min()?;
        let mut ranked: Vec<(u32, usize)> = places.iter().map(|&i| (weight(i), i)).collect();
        sort_by_key(&mut ranked, |r| std::cmp::Reverse(*r));
        if ranked[0].0 > ranked[1].0 {
            return Some(ranked[0].1);
        }
        let mut top = places.iter().copied().filter(|&i| self.places[i].level == highest);
        top.next().filter(|_| top.next().is_none())
    }
}

/// Whether a character before a name may belong to a longer name.
pub fn is_of_name(c: char) -> bool {
    ('一'..='龥').contains(&c) && !BEFORE.contains(c)
}

impl Place {
    fn is_autonomous(&self) -> bool {
        self.name.contains("自治")
    }

    /// The ending in `rest` that makes this place's short name a full name of another rank.
    fn renamed<'a>(&self, rest: &'a str) -> Option<&'a str> {
        if self.level == Level::Province || self.stem == self.name.len() {
            return None;
        }
        let rank = RANKS.into_iter().find(|rank| rest.starts_with(rank))?;
        if rank == "州" && !self.is_autonomous() {
            return None;
        }
        let behind = rest[rank.len()..].chars().next();
        (!behind.is_some_and(|c| NOT_BEHIND.contains(&c))).then(|| &rest[..rank.len()])
    }
}

impl Level {
    /// By the name's ending alone.
    fn of(name: &str) -> Self {
        if name.ends_with("省") || name.ends_with("自治区") {
            Self::Province
        } else if name.ends_with(['市', '州', '盟']) || name.ends_with("地区") {
            Self::City
        } else {
            Self::County
        }
    }
}

/// A place with all that it lies in, the widest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    pub above: Vec<String>,
    pub own: String,
    pub level: Level,
}

impl Chain {
    pub fn full(&self) -> String {
        self.above.concat() + &self.own
    }

    /// Ways to write it, the fullest first.
    pub fn forms(&self) -> impl Iterator<Item = String> + '_ {
        (0..=self.above.len()).map(|i| self.above[i..].concat() + &self.own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        Gazetteer::parse(
            "东山省\n\t云岭市\t鼓台区 云岭县 松河县 青桥区\n\t海宁|苗族自治州\t忠县 鼓台区\n西川省\n\t西川市\t城中区\n北京市\n\t\t云台区\n",
        )
    }

    fn place(phrase: &str, context: &str) -> String {
        let gazetteer = gazetteer();
        gazetteer.resolve(phrase, &gazetteer.count(context)).full()
    }

    #[test]
    fn a_name_gets_what_it_lies_in() {
        assert_eq!(place("松河县", ""), "东山省云岭市松河县");
        assert_eq!(place("云岭市松河县", ""), "东山省云岭市松河县");
        assert_eq!(place("云岭", ""), "东山省云岭市");
        assert_eq!(place("云岭市", "云岭市的云岭县"), "东山省云岭市");
        assert_eq!(place("云岭县", ""), "东山省云岭市云岭县");
        assert_eq!(place("云台区", ""), "北京市云台区");
        assert_eq!(place("海宁州", ""), "东山省海宁苗族自治州");
        assert_eq!(place("忠县", ""), "东山省海宁苗族自治州忠县");
    }

    #[test]
    fn a_shared_name_goes_by_the_context_or_stands_alone() {
        assert_eq!(place("鼓台区", "云岭市委要求,云岭各界"), "东山省云岭市鼓台区");
        assert_eq!(place("鼓台区", "全区"), "鼓台区");
        assert_eq!(place("海宁苗族自治州鼓台区", ""), "东山省海宁苗族自治州鼓台区");
        assert_eq!(place("西川", ""), "西川省");
        assert_eq!(place("西川市", ""), "西川省西川市");
    }

    #[test]
    fn a_county_that_changed_its_rank_keeps_its_name_of_the_time() {
        assert_eq!(place("松河区", ""), "东山省云岭市松河区");
        let gazetteer = gazetteer();
        assert!(!gazetteer.mentions("松河区域发展")[0].full);
    }

    #[test]
    fn an_unknown_name_stands_as_it_is() {
        assert_eq!(place("望海县", ""), "望海县");
        assert_eq!(place("云岭市望海区", ""), "东山省云岭市望海区");
    }

    #[test]
    fn the_end_of_a_longer_name_is_no_name() {
        let gazetteer = Gazetteer::parse("东山省\n\t云岭市\t津市市 松河县\n");
        let found = |text: &str| {
            let names: Vec<_> = gazetteer.mentions(text).into_iter().map(|m| text[m.at].to_owned()).collect();
            names.join(" ")
        };
        assert_eq!(found("岚津市政协"), "");
        assert_eq!(found("津市政协,到津市,云岭津市,岚津市市"), "津市 津市 云岭 津市 津市市");
        assert_eq!(gazetteer.resolve("岚津市", &gazetteer.count("")).full(), "岚津市");
    }

    #[test]
    fn the_place_most_spoken_of_must_stand_out() {
        let gazetteer = gazetteer();
        let of = |text: &str| gazetteer.foremost('市', &gazetteer.count(text)).map(|c| c.full());
        assert_eq!(of("云岭市委。云岭各界,云岭精神。西川市来访。"), Some("东山省云岭市".into()));
        assert_eq!(of("云岭市委。云岭各界,云岭精神。西川市来访,西川市、西川市。"), None);
        assert_eq!(of("云岭各界,云岭精神,云岭"), Some("东山省云岭市".into()));
        let county = |text: &str| gazetteer.foremost('区', &gazetteer.count(text)).map(|c| c.full());
        assert_eq!(county("青桥各界,青桥精神,青桥"), None);
        assert_eq!(county("青桥区各界,青桥精神,青桥"), Some("东山省云岭市青桥区".into()));
    }
}
