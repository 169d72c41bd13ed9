//! The id of the indicator that a metric counts, for comparing reports: given only where the words
//! around the number leave no doubt.
//!
//! `docs/indicators.md` tells how it is decided; `lexicon/indicators.tsv` holds the indicators.

use super::indicator::Reading;
use super::quantity::Quantity;
use crate::report::{Meta, MetricKind, ReportKind, Span};
use crate::table::Tables;
use crate::table::rows;
use std::collections::{HashMap, HashSet};

/// How far back from a metric, in bytes, its sentence is looked at.
const WINDOW: usize = 360;
/// The longest gap between indicator and number, in characters.
const GAP: usize = 48;
/// A reading less sure than this gets no id.
const SURE: f64 = 0.5;
/// The group of what a person added.
const OWN: &str = "own";

#[derive(Debug, Default)]
pub(super) struct Words {
    rows: Vec<Row>,
    /// By surface.
    forms: HashMap<String, Vec<Form>>,
    /// Verbs, adverbs and particles: what may stand between a name and its clause's border.
    light: HashSet<String>,
    verbs: HashSet<String>,
    /// The verbs of the forms.
    acts: HashSet<String>,
    lists: HashMap<String, Vec<String>>,
}

#[derive(Debug)]
struct Row {
    id: String,
    group: String,
    units: Vec<String>,
    kinds: Vec<MetricKind>,
}

/// One way to name an indicator: `near>surface+verbs`.
#[derive(Debug)]
struct Form {
    row: usize,
    /// Counts only in reports of the group's own kind.
    own: bool,
    /// One of these stands before it in the sentence.
    near: Vec<String>,
    /// None: any verb will do. `-` stands for no verb.
    verbs: Option<Vec<String>>,
}

/// What of a report decides whose indicators it counts.
pub(super) struct Home {
    group: &'static str,
    place: String,
}

impl Home {
    pub(super) fn new(meta: &Meta) -> Self {
        let group = match meta.kind {
            ReportKind::CppccStandingCommittee | ReportKind::CppccSummary | ReportKind::CppccProposals => {
                "cppcc"
            }
            ReportKind::Congress => "congress",
            ReportKind::Court => "court",
            ReportKind::Procuratorate => "procuratorate",
            _ => "",
        };
        Self { group, place: meta.place.clone() }
    }

    /// Whether `level` (省, 市, 自治区 …) is the level that the report speaks for; all are where it is
    /// not known.
    fn at(&self, level: &str) -> bool {
        match level {
            "国" => self.place.is_empty(),
            "区" => self.place.is_empty() || self.place.ends_with('区'),
            _ => self.place.is_empty() || self.place.ends_with(level),
        }
    }

    /// `text` without 全市, 我市 or the place's own name at its end.
    fn scope_end<'a>(&self, text: &'a str) -> Option<&'a str> {
        let level = text.chars().next_back().filter(|&c| LEVELS.contains(c))?;
        let front = &text[..text.len() - level.len_utf8()];
        if let Some(rest) = front.strip_suffix(['全', '我', '本']) {
            return self.at(level.encode_utf8(&mut [0; 4])).then_some(rest);
        }
        self.place
            .char_indices()
            .find_map(|(i, _)| {
                text.strip_suffix(&self.place[i..]).filter(|_| front.ends_with(|c| !LEVELS.contains(c)))
            })
            .filter(|rest| text.len() - rest.len() > 2 * level.len_utf8())
    }
}

impl Words {
    pub(super) fn parse(tables: &Tables) -> Self {
        let mut words = Self::default();
        for row in rows(tables.get("indicator-words.tsv")) {
            let class = row.get(1).copied().unwrap_or("");
            if class == "verb" {
                words.verbs.insert(row[0].to_owned());
            }
            let single = row[0].chars().nth(1).is_none();
            if !(matches!(class, "subject" | "noun") || single && class == "verb") {
                words.light.insert(row[0].to_owned());
            }
        }
        for row in rows(tables.get("indicators.tsv")) {
            words.row(&row);
        }
        words
    }

    fn row(&mut self, row: &[&str]) {
        let [id, group, rest @ ..] = row else { return };
        if id.starts_with('@') {
            self.lists.insert((*id).to_owned(), group.split(' ').map(str::to_owned).collect());
            return;
        }
        let [_zh, _en, units, kinds, forms, more @ ..] = rest else { return };
        let number = self.rows.len();
        self.rows.push(Row {
            id: (*id).to_owned(),
            group: (*group).to_owned(),
            units: units.split(' ').flat_map(|u| self.expand(u)).collect(),
            kinds: kinds.split(' ').filter_map(kind).collect(),
        });
        let own = more.first().copied().unwrap_or("");
        for (own, form) in forms.split(' ').map(|f| (false, f)).chain(own.split(' ').map(|f| (true, f))) {
            let (near, form) = form.split_once('>').unwrap_or(("", form));
            let (surfaces, verbs) = form.split_once('+').map_or((form, None), |(s, v)| (s, Some(v)));
            let verbs: Option<Vec<_>> = verbs.map(|v| v.split('/').flat_map(|v| self.expand(v)).collect());
            for verb in verbs.iter().flatten().filter(|v| v.chars().nth(1).is_some()) {
                self.acts.insert(verb.clone());
                self.verbs.insert(verb.clone());
                self.light.insert(verb.clone());
            }
            let near: Vec<_> = near.split('/').filter(|n| !n.is_empty()).map(str::to_owned).collect();
            for surface in surfaces.split('|').filter(|s| !s.is_empty()) {
                let form = Form { row: number, own, near: near.clone(), verbs: verbs.clone() };
                self.forms.entry(self.same(surface)).or_default().push(form);
            }
        }
    }

    /// The words of a list, or the word itself.
    fn expand(&self, word: &str) -> Vec<String> {
        match self.lists.get(word) {
            Some(list) => list.iter().flat_map(|w| self.expand(w)).collect(),
            None => vec![word.to_owned()],
        }
    }

    /// A name with synonyms made one: 规上工业 is 规模以上工业.
    fn same(&self, name: &str) -> String {
        self.list("@same").iter().filter_map(|s| s.split_once('=')).fold(
            name.to_owned(),
            |name, (from, to)| {
                if name.contains(from) { name.replace(from, to) } else { name }
            },
        )
    }

    fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }
}

fn kind(name: &str) -> Option<MetricKind> {
    Some(match name {
        "count" => MetricKind::Count,
        "amount" => MetricKind::Amount,
        "measure" => MetricKind::Measure,
        "share" => MetricKind::Share,
        "duration" => MetricKind::Duration,
        _ => return None,
    })
}

/// The id of what `quantity` counts by `reading`, if it is certain.
pub(super) fn canonical<'a>(
    text: &str,
    sentence: Span,
    quantity: &Quantity,
    reading: &Reading,
    home: &Home,
    words: &'a Words,
) -> Option<&'a str> {
    let named = reading.indicator?;
    if reading.confidence.is_some_and(|c| c < SURE) {
        return None;
    }
    // 工业增加值增速: what grows is named in front of it.
    let paced = |named: Span| {
        let name = &text[named.range()];
        let rest = words.list("@pace").iter().find_map(|pace| name.strip_suffix(pace.as_str()));
        let rest = rest.filter(|rest| quantity.kind == MetricKind::Change && !rest.is_empty())?;
        words.trim(text, Span::new(named.start, named.start + rest.len()), home)
    };
    let (named, names) = words.trim(text, named, home).or_else(|| paced(named))?;
    let name = &names[0];
    let known = names.iter().filter_map(|n| words.forms.get(n)).map(Vec::as_slice);
    let place = Place::new(text, sentence, quantity, named, home);
    let lead = place.lead(quantity.kind, home, words);
    let action = reading.action.map(|a| words.verb(text, sentence, a, home)).unwrap_or_default();
    if !place.gap_is_clear(quantity.kind, words)
        || (quantity.kind == MetricKind::Change && !grows(name, &action, &place, words))
    {
        return None;
    }
    // Growth is told of what the name's own verb says: 提交提案424件,增长8%.
    let verb = match quantity.kind {
        MetricKind::Change | MetricKind::Rank => &lead.verb,
        // 制定、修改、废止规章: all of them.
        _ if action.chars().nth(1).is_some() && !lead.verb.ends_with(&action) => &action,
        _ => &lead.verb,
    };
    let claim = Claim { quantity, place: &place, lead: &lead, verb, action: &action, home };
    let mut known = known;
    known.find_map(|forms| words.decide(forms, &claim))?
}

/// A metric whose name is known.
struct Claim<'a> {
    quantity: &'a Quantity,
    place: &'a Place,
    lead: &'a Lead,
    verb: &'a str,
    action: &'a str,
    home: &'a Home,
}

impl Words {
    /// None: no form fits. `Some(None)`: two do, of different indicators.
    fn decide(&self, forms: &[Form], claim: &Claim) -> Option<Option<&str>> {
        let place = claim.place;
        let among = |list: &str| self.list(list).iter().any(|w| place.before.contains(w.as_str()));
        let others = among("@others") && !among("@whole");
        let narrow = among("@narrow");
        let mut found: Option<(usize, (bool, bool))> = None;
        for form in forms {
            let row = &self.rows[form.row];
            let foreign = form.near.iter().any(|n| self.list("@others").contains(n));
            let near = form.near.iter().any(|n| place.before.contains(n.as_str()));
            if (form.own && row.group != claim.home.group)
                || !row.takes(claim.quantity)
                || !(near || form.near.is_empty() && claim.lead.clear)
                || foreign != (others && (!form.near.is_empty() || row.is_of_a_body()))
                || (narrow && !row.is_of_a_body() && !row.is_own())
                || !form.takes(claim, self.list("@never"))
            {
                continue;
            }
            let strength = (row.is_own(), near);
            match found {
                Some((other, strong)) if other != form.row && strong == strength => return Some(None),
                Some((_, strong)) if strong >= strength => {}
                _ => found = Some((form.row, strength)),
            }
        }
        found.map(|(row, _)| Some(self.rows[row].id.as_str()))
    }
}

impl Form {
    /// Whether the verb is right: the one given, else one that stands in the clause.
    fn takes(&self, claim: &Claim, never: &[String]) -> bool {
        let Some(verbs) = &self.verbs else {
            let free = matches!(claim.quantity.kind, MetricKind::Change | MetricKind::Share);
            return free || never.iter().all(|v| v != claim.verb);
        };
        if claim.quantity.kind == MetricKind::Change && compound(claim.action, verbs) {
            return true;
        }
        if !claim.verb.is_empty() {
            return compound(claim.verb, verbs);
        }
        let place = claim.place;
        let stands = |v: &String| v != "-" && place.clause.contains(v.as_str());
        let level = !matches!(claim.quantity.kind, MetricKind::Rank | MetricKind::Change);
        verbs.iter().any(|v| v == "-") && !claim.lead.listed || level && verbs.iter().any(stands)
    }
}

impl Words {
    /// A name that has forms, without verbs and light words in front, and its readings.
    fn trim(&self, text: &str, named: Span, home: &Home) -> Option<(Span, Vec<String>)> {
        let name = &text[named.range()];
        name.char_indices().take(6).find_map(|(i, _)| {
            if !self.is_light(&fold(&name[..i], home)) {
                return None;
            }
            let names = self.names(&fold(&name[i..], home), home);
            let known = names.iter().any(|n| self.forms.contains_key(n));
            known.then(|| (Span::new(named.start + i, named.end), names))
        })
    }

    /// A verb in full: 审执结, where only 执结 was taken.
    fn verb(&self, text: &str, sentence: Span, action: Span, home: &Home) -> String {
        let short = fold(&text[action.range()], home);
        let from = back(text, action.start, 24).max(sentence.start.min(action.start));
        let upto = fold(&text[from..action.end], home);
        let ends = upto.char_indices().rev().take(8).map(|(i, _)| &upto[i..]);
        let longest = ends.filter(|w| self.verbs.contains(*w)).last();
        longest.filter(|w| w.len() > short.len()).map_or(short, str::to_owned)
    }

    /// Whether a text is only words that may stand between a name and its clause's border.
    fn is_light(&self, text: &str) -> bool {
        text.is_empty() || self.light_end(text).is_some_and(|w| self.is_light(&text[..text.len() - w.len()]))
    }

    /// A name as it stands, then without words that only say of how many and of where, then each tail
    /// of it as `~tail`.
    fn names(&self, name: &str, home: &Home) -> Vec<String> {
        // 生产总值(GDP)
        let name = match name.split_once('(') {
            Some((front, back)) if back.trim_end_matches(')').chars().all(|c| c.is_ascii_alphanumeric()) => {
                front
            }
            _ => name,
        };
        let whole = self.same(name);
        let mut name = whole.as_str();
        let mut names = Vec::new();
        loop {
            names.push(name.to_owned());
            names.extend(
                self.list("@suffix").iter().filter_map(|s| name.strip_suffix(s.as_str())).map(str::to_owned),
            );
            let prefix = self.list("@prefix").iter().find_map(|p| name.strip_prefix(p.as_str()));
            match prefix.or_else(|| scope(name, home)) {
                Some(rest) => name = rest,
                None => break,
            }
        }
        names.extend(name.char_indices().map(|(i, _)| format!("~{}", &name[i..])));
        names
    }
}

/// `name` without 全市, 我市 or the like in front, where that is the report's own.
fn scope<'a>(name: &'a str, home: &Home) -> Option<&'a str> {
    let mut chars = name.chars();
    let first = chars.next()?;
    if first == '*' {
        return Some(chars.as_str());
    }
    let rest = matches!(first, '全' | '我' | '本').then_some(chars.as_str())?;
    let level = rest.chars().next()?;
    (LEVELS.contains(level) && home.at(level.encode_utf8(&mut [0; 4]))).then(|| &rest[level.len_utf8()..])
}

const LEVELS: &str = "国省市区县州旗盟镇乡";

impl Row {
    /// Whether a person added it: it goes before what is compiled in.
    fn is_own(&self) -> bool {
        self.group == OWN
    }

    /// Whether a body counts it of itself; else it is of the whole place.
    fn is_of_a_body(&self) -> bool {
        matches!(self.group.as_str(), "cppcc" | "congress" | "court" | "procuratorate" | "party")
    }

    fn takes(&self, quantity: &Quantity) -> bool {
        let unit = quantity.unit.as_str();
        if self.is_own() && self.units.iter().any(|u| u == "*") {
            return true;
        }
        let share = self.kinds.contains(&MetricKind::Share);
        match quantity.kind {
            MetricKind::Rank => true,
            MetricKind::Change if unit == "个百分点" => share,
            MetricKind::Change if matches!(unit, "%" | "倍" | "番" | "成") => !share,
            MetricKind::Change => self.units.iter().any(|u| u == unit),
            kind => self.kinds.contains(&kind) && self.units.iter().any(|u| u == unit),
        }
    }
}

/// Whether it is growth of the indicator, not a distance from another or its share in another's growth.
fn grows(name: &str, action: &str, place: &Place, words: &Words) -> bool {
    words.list("@grow").iter().any(|v| v == action || place.gap.ends_with(v.as_str()))
        || words.list("@pace").iter().any(|w| place.gap.contains(w.as_str()) || name.ends_with(w.as_str()))
}

/// Whether `verb` is one of `verbs` or put together from them: 组织开展.
fn compound(verb: &str, verbs: &[String]) -> bool {
    verbs
        .iter()
        .any(|v| verb.strip_prefix(v.as_str()).is_some_and(|rest| rest.is_empty() || compound(rest, verbs)))
}

/// What leads up to a name.
struct Lead {
    /// The verb in front of it.
    verb: String,
    /// Nothing else stands there: no other word of the name, nobody else who did it.
    clear: bool,
    /// It goes on a list of what was added: 新增科技型企业72家、|高新技术企业32家.
    listed: bool,
}

const CONJUNCTIONS: [char; 4] = ['、', '和', '与', '及'];

/// The words around a metric.
struct Place {
    /// The sentence up to name and number.
    before: String,
    /// What stands in front of the name, or of the number where the name follows it.
    left: String,
    /// Between name and number.
    gap: String,
    /// The name follows the number.
    behind: bool,
    /// What follows the name.
    right: String,
    /// What follows name and number.
    after: String,
    /// Around name and number, up to the next comma or figure.
    clause: String,
}

impl Place {
    fn new(text: &str, sentence: Span, quantity: &Quantity, name: Span, home: &Home) -> Self {
        let number = quantity.span;
        let (start, end) = (name.start.min(number.start), name.end.max(number.end));
        let behind = name.start >= number.end;
        let from = back(text, start, WINDOW).max(sentence.start.min(start));
        let to = (end + 60).min(sentence.end.max(end));
        let to = (end..=to).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(end);
        let cut = |a: usize, b: usize| fold(text.get(a..b).unwrap_or(""), home);
        let left = cut(from, start);
        let border = |c: char| (is_border(c) && c != '、') || c.is_ascii_digit();
        let after = cut(end, to);
        let (front, back) = (left.rsplit(border).next(), after.split(border).next());
        Self {
            before: cut(from, end),
            gap: if behind { cut(number.end, name.start) } else { cut(name.end, number.start) },
            right: if behind { after.clone() } else { cut(name.end, to) },
            clause: format!("{}{}{}", front.unwrap_or(""), cut(start, end), back.unwrap_or("")),
            left,
            behind,
            after,
        }
    }

    /// What leads up to the name, back to the border of its clause.
    fn lead(&self, kind: MetricKind, home: &Home, words: &Words) -> Lead {
        let mut left = self.left.as_str();
        let mut verb = String::new();
        let (mut of, mut near, mut clear) = (false, false, false);
        while let Some(last) = left.chars().next_back() {
            if CONJUNCTIONS.contains(&last) {
                let front = &left[..left.len() - last.len_utf8()];
                // 新建和改造农田
                if let Some(other) = words.light_end(front).filter(|w| words.verbs.contains(*w))
                    && !verb.is_empty()
                {
                    verb.insert_str(0, other);
                    left = &front[..front.len() - other.len()];
                    continue;
                }
                // A list of figures, or a total over both?
                clear = front.chars().rev().take(10).any(|c| c.is_ascii_digit()) || self.each(kind);
                break;
            }
            if last == ')'
                && let Some(open) = left.rfind('(')
            {
                left = &left[..open];
                continue;
            }
            if is_border(last) {
                clear = !of;
                break;
            }
            if let Some(rest) = home.scope_end(left) {
                left = rest;
                continue;
            }
            if !of && (self.behind || !verb.is_empty()) && words.clears(left) {
                clear = true;
                break;
            }
            let Some(word) = words.light_end(left) else { break };
            let is_verb = words.verbs.contains(word);
            // 提交的提案, but not 高质量的提案
            if of && !is_verb {
                break;
            }
            of = word == "的";
            // 制定修改废止规章: all three.
            if is_verb && (verb.is_empty() || near && words.acts.contains(word)) {
                verb.insert_str(0, word);
            }
            near = is_verb;
            left = &left[..left.len() - word.len()];
            if word == "等" && left.contains('、') && verb.is_empty() {
                clear = true;
                break;
            }
            clear = left.is_empty();
        }
        let head = self.left.rsplit(|c| is_border(c) && c != '、').next().unwrap_or("");
        let listed = verb.is_empty() && words.list("@add").iter().any(|w| head.contains(w.as_str()));
        Lead { verb, clear: clear || left.is_empty(), listed }
    }

    /// Whether names that are joined have the value one by one, not together.
    fn each(&self, kind: MetricKind) -> bool {
        matches!(kind, MetricKind::Rank | MetricKind::Change | MetricKind::Share)
            || ["均", "都", "分别"].iter().any(|w| self.gap.contains(w))
    }

    /// Whether nothing between name and number, or behind the name, makes it another indicator.
    fn gap_is_clear(&self, kind: MetricKind, words: &Words) -> bool {
        let pace = |w: &String| kind == MetricKind::Change && words.list("@pace").contains(w);
        // The other names of a list say nothing of this one.
        let list = self.right.starts_with(CONJUNCTIONS);
        let gap = self.gap.rsplit('等').next().filter(|_| list).unwrap_or(&self.gap);
        let heavy = words.list("@apart").iter().any(|w| gap.contains(w.as_str()) && !pace(w));
        let tail = self.gap.rsplit(is_border).next().unwrap_or("");
        let carried = tail.len() < self.gap.len() && !list;
        let grown = kind == MetricKind::Rank
            && words
                .list("@grow")
                .iter()
                .any(|w| self.gap[..self.gap.len() - tail.len()].contains(w.as_str()));
        if carried && !words.is_plain(tail) || grown || !self.in_turn() {
            return false;
        }
        let joined =
            list && !self.right.chars().skip(1).take(6).any(|c| c.is_ascii_digit()) && !self.each(kind);
        let ends = (!self.behind && self.gap.is_empty())
            || list
            || self.right.chars().next().is_none_or(|c| is_border(c) || c.is_ascii_digit() || c == '(')
            || words.light_start(&self.right).is_some_and(|w| w != "的")
            || ["@pace", "@suffix", "@have"]
                .iter()
                .flat_map(|l| words.list(l))
                .any(|w| self.right.starts_with(w.as_str()));
        !heavy
            && !joined
            && ends
            && (list || self.gap.chars().count() <= GAP)
            && (!self.behind || self.gap.is_empty())
    }

    /// Whether, where values are dealt out (A、B分别增长5%、6%), as many names as values follow.
    fn in_turn(&self) -> bool {
        let Some((names, _)) = self.gap.split_once("分别") else { return true };
        let after = self.after.split(|c| is_border(c) && c != '、').next().unwrap_or("");
        let values = after.split(CONJUNCTIONS).skip(1);
        let values = values.filter(|v| v.starts_with(|c: char| c.is_ascii_digit() || c == '第')).count();
        names.matches(CONJUNCTIONS).count() == values
    }
}

impl Words {
    /// Whether a text is only light words and verbs.
    fn is_plain(&self, text: &str) -> bool {
        let mut rest = text;
        while !rest.is_empty() {
            let ends = rest.char_indices().rev().take(8).map(|(i, _)| &rest[i..]);
            let known = |w: &&str| {
                self.light.contains(*w)
                    || self.verbs.contains(*w)
                    || is_date(w)
                    || ["@suffix", "@pace", "@have"].iter().any(|l| self.list(l).iter().any(|x| x == w))
            };
            let Some(word) = ends.filter(known).last() else { return false };
            rest = &rest[..rest.len() - word.len()];
        }
        true
    }

    /// Whether what stands in front of the verb may: the body itself, or what it was about. Another may
    /// have done it.
    fn clears(&self, left: &str) -> bool {
        let clause = left.rsplit(|c| is_border(c) && c != '、').next().unwrap_or("");
        let own = |s: &String| clause == s || s.starts_with('*') && clause.ends_with(s.as_str());
        self.list("@self").iter().any(own)
            || self.list("@whole").iter().any(|w| clause.contains(w.as_str()))
            || self.list("@about").iter().any(|w| clause.starts_with(w.as_str()))
    }

    /// The longest light word at the end of `text`.
    fn light_end<'a>(&self, text: &'a str) -> Option<&'a str> {
        let ends = text.char_indices().rev().take(8).map(|(i, _)| &text[i..]);
        let light = |w: &&str| self.light.contains(*w) && !self.list("@heavy").iter().any(|h| h == w);
        ends.filter(|w| light(w) || is_date(w)).last()
    }

    fn light_start<'a>(&self, text: &'a str) -> Option<&'a str> {
        let starts = text.char_indices().take(8).map(|(i, c)| &text[..i + c.len_utf8()]);
        starts.filter(|w| self.light.contains(*w) || self.verbs.contains(*w)).last()
    }
}

/// Some `bytes` before a place of the text.
fn back(text: &str, place: usize, bytes: usize) -> usize {
    (place.saturating_sub(bytes)..=place).find(|&i| text.is_char_boundary(i)).unwrap_or(place)
}

/// 2022年, 9月底
fn is_date(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && matches!(rest, "年" | "月" | "月底" | "月末" | "年底" | "年末" | "日")
}

fn is_border(c: char) -> bool {
    matches!(c, ',' | '。' | ';' | ':' | '!' | '?' | '、' | '(' | ')' | '—' | '…' | '\n' | '%')
}

/// Width, quotes, spaces and titles (《…》) gone; the level in the name of a body of the report's own level is `*`:
/// 市委、市政府 in a city's report are `*委、*政府`.
fn fold(text: &str, home: &Home) -> String {
    const BODIES: [&str; 8] = ["委", "政府", "政协", "人大", "党委", "法院", "检察院", "领导"];
    let mut out = String::with_capacity(text.len());
    let mut title = 0;
    for (i, c) in text.char_indices() {
        if i < title {
            continue;
        }
        let c = match c {
            '《' if text[i..].contains('》') => {
                title = i + text[i..].find('》').unwrap_or(0);
                continue;
            }
            '“' | '”' | '‘' | '’' | '"' | '》' | ' ' | '\u{3000}' => continue,
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        };
        if LEVELS.contains(c) && BODIES.iter().any(|b| text[i + c.len_utf8()..].starts_with(b)) {
            let whole = out.ends_with("自治");
            let own = if whole { home.at("自治区") } else { home.at(c.encode_utf8(&mut [0; 4])) };
            if own {
                if whole {
                    out.truncate(out.len() - "自治".len());
                }
                out.push('*');
                continue;
            }
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Hedge;

    const KIND: &[(&str, MetricKind)] = &[
        ("count", MetricKind::Count),
        ("amount", MetricKind::Amount),
        ("measure", MetricKind::Measure),
        ("share", MetricKind::Share),
        ("change", MetricKind::Change),
        ("rank", MetricKind::Rank),
    ];

    fn words() -> Words {
        Words::parse(&Tables::default())
    }

    /// The id in a report of `kind` of 望海市: the number stands in 【】, the name in {}, the verb in <>,
    /// each but the number's unit and kind as the other rooms would have found them.
    fn id_in(report: ReportKind, text: &str, unit: &str, kind: &str) -> Option<String> {
        let mut plain = String::new();
        let mut spans = [None; 3];
        for c in text.chars() {
            match "【{<".find(c).or_else(|| "】}>".find(c)) {
                Some(i) if "【{<".contains(c) => spans[i.div_ceil(3)] = Some(Span::new(plain.len(), 0)),
                Some(i) => spans[i.div_ceil(3)].as_mut().unwrap().end = plain.len(),
                None => plain.push(c),
            }
        }
        let quantity = Quantity {
            span: spans[0].expect("a number in 【】"),
            value: 1.0,
            max: None,
            unit: unit.to_owned(),
            hedge: Hedge::Exact,
            kind: KIND.iter().find(|(n, _)| *n == kind).unwrap().1,
        };
        let reading = Reading { subject: None, indicator: spans[1], action: spans[2], confidence: Some(1.0) };
        let meta = Meta { kind: report, place: "望海省望海市".to_owned(), ..Meta::default() };
        let sentence = Span::new(0, plain.len());
        let home = Home::new(&meta);
        canonical(&plain, sentence, &quantity, &reading, &home, &words()).map(str::to_owned)
    }

    #[track_caller]
    fn check(report: ReportKind, cases: &[(&str, &str, &str, &str)]) {
        for &(text, unit, kind, id) in cases {
            assert_eq!(id_in(report, text, unit, kind).as_deref().unwrap_or("-"), id, "{text}");
        }
    }

    #[test]
    fn the_verb_decides_what_happened_to_proposals() {
        check(
            ReportKind::CppccStandingCommittee,
            &[
                ("全年<收到>{提案}【412件】", "件", "count", "proposals-submitted"),
                ("全年收到{提案}412件,经<审查立案>【365件】", "件", "count", "proposals-filed"),
                ("全部<办复>【365件】{立案提案}", "件", "count", "proposals-resolved"),
                ("<督办>【12件】{重点提案}", "件", "count", "key-proposals-supervised"),
                ("<收到>{重点提案}【12件】", "件", "count", "-"),
                ("<撤销>{提案}【3件】", "件", "count", "-"),
                ("<收到>{提案}412件,比上年<增长>【8%】", "%", "change", "proposals-submitted"),
                ("<收到>{提案}【412人】", "人", "count", "-"),
            ],
        );
    }

    #[test]
    fn who_did_it_decides_too() {
        check(
            ReportKind::CppccStandingCommittee,
            &[
                ("各民主党派<提出>{提案}【74件】", "件", "count", "proposals-by-parties"),
                (
                    "各民主党派提出提案74件,<报送>{社情民意信息}【90条】",
                    "条",
                    "count",
                    "social-opinion-by-parties",
                ),
                ("各民主党派和广大政协委员<提交>{提案}【412件】", "件", "count", "proposals-submitted"),
                ("市委、市政府领导<作出>{批示}【63次】", "次", "count", "leader-comments"),
                ("副省长<作出>{批示}【3次】", "次", "count", "-"),
                ("专委会<开展>{协商活动}【9次】", "次", "count", "-"),
                ("市政协<开展>{协商活动}【9次】", "次", "count", "consultations"),
                ("云江县<收到>{提案}【81件】", "件", "count", "-"),
            ],
        );
    }

    #[test]
    fn a_modifier_makes_another_indicator() {
        check(
            ReportKind::Government,
            &[
                ("{居民人均可支配收入}<达到>【4.1万元】", "元", "amount", "disposable-income"),
                ("{农村居民人均可支配收入}<达到>【2.1万元】", "元", "amount", "rural-disposable-income"),
                ("渔民{居民人均可支配收入}<达到>【2.1万元】", "元", "amount", "-"),
                ("人均{地区生产总值}<达到>【9万元】", "元", "amount", "-"),
                ("{全市地区生产总值}<达到>【900亿元】", "元", "amount", "gdp"),
                ("望海市{生产总值(GDP)}<达到>【900亿元】", "元", "amount", "gdp"),
                ("{全省地区生产总值}<达到>【9万亿元】", "元", "amount", "-"),
                ("{全县地区生产总值}<达到>【90亿元】", "元", "amount", "-"),
                ("5个乡镇(街道){一般公共预算收入}<超过>【1亿元】", "元", "amount", "-"),
            ],
        );
    }

    #[test]
    fn level_growth_and_rank_share_the_id() {
        check(
            ReportKind::Government,
            &[
                ("{地区生产总值}<完成>【900亿元】", "元", "amount", "gdp"),
                ("{地区生产总值}完成900亿元,同比<增长>【6%】", "%", "change", "gdp"),
                ("{地区生产总值}总量<居>【全省第三】", "名", "rank", "gdp"),
                ("{地区生产总值}增速<居>【全省第三】", "名", "rank", "-"),
                ("{规模以上工业增加值增速}<完成>【6%】", "%", "change", "scale-industrial-value-added"),
                ("{规模以上工业增加值增速}<居>【全省第三】", "名", "rank", "-"),
                ("{地区生产总值}增长6%,<居>【全省第三】", "名", "rank", "-"),
                ("{规上工业增加值}增长6%,<高于>全省【1.2个百分点】", "个百分点", "change", "-"),
                ("{地区生产总值}达到900亿元,劳动生产率<提高>【5%】", "%", "change", "-"),
                ("{城镇登记失业率}<控制>在【3.5%】以内", "%", "share", "registered-unemployment-rate"),
                ("{优良天数比率}<提高>【2个百分点】", "个百分点", "change", "good-air-share"),
            ],
        );
    }

    #[test]
    fn what_is_there_is_not_what_was_added() {
        check(
            ReportKind::Government,
            &[
                ("<新增>{高新技术企业}【16家】", "家", "count", "high-tech-enterprises-new"),
                ("{高新技术企业}总数<达到>【310家】", "家", "count", "high-tech-enterprises"),
                ("新增上市公司2家、{高新技术企业}【16家】", "家", "count", "-"),
                ("<制定>、修改、<废止>{政府规章}【6件】", "件", "count", "-"),
                ("<制定>{政府规章}【6件】", "件", "count", "government-rules"),
            ],
        );
    }

    #[test]
    fn values_dealt_out_go_to_their_own_names() {
        check(
            ReportKind::Government,
            &[
                ("{财政总收入}、税收收入分别<增长>【6%】、5%", "%", "change", "total-fiscal-revenue"),
                ("财政总收入、{税收收入}分别<增长>【6%】、5%", "%", "change", "-"),
                ("教育、{农村公路}共<投入>【6亿元】", "元", "amount", "-"),
            ],
        );
    }

    #[test]
    fn some_names_count_only_in_their_own_kind_of_report() {
        let case = |id| [("<办结>{各类案件}【980件】", "件", "count", id)];
        check(ReportKind::Court, &case("cases-concluded"));
        check(
            ReportKind::Congress,
            &[("{满意率}【98%】", "%", "share", "deputy-suggestion-satisfaction-rate")],
        );
        check(ReportKind::Government, &[("{满意率}【98%】", "%", "share", "-")]);
        check(
            ReportKind::Court,
            &[
                ("全市法院<受理>{各类案件}【9800件】", "件", "count", "cases-accepted"),
                ("本院<受理>{各类案件}【980件】", "件", "count", "cases-accepted-own-court"),
                ("审<执结>{各类案件}【980件】", "件", "count", "cases-concluded"),
            ],
        );
    }

    #[test]
    fn an_unsure_reading_gets_no_id() {
        let text = "地区生产总值900亿元";
        let quantity = Quantity {
            span: Span::new(18, text.len()),
            value: 9e10,
            max: None,
            unit: "元".to_owned(),
            hedge: Hedge::Exact,
            kind: MetricKind::Amount,
        };
        let home = Home::new(&Meta::default());
        let ids = [0.9, 0.3].map(|confidence| {
            let reading = Reading {
                indicator: Some(Span::new(0, 18)),
                confidence: Some(confidence),
                ..Reading::default()
            };
            canonical(text, Span::new(0, text.len()), &quantity, &reading, &home, &words()).map(str::to_owned)
        });
        assert_eq!(ids, [Some("gdp".to_owned()), None]);
    }

    #[test]
    fn the_table_is_in_order() {
        let text = Tables::default().get("indicators.tsv");
        let mut ids = HashSet::new();
        for row in rows(text).filter(|row| !row[0].starts_with('@')) {
            let [id, group, zh, en, units, kinds, ..] = row[..] else { panic!("too few columns: {row:?}") };
            assert!(ids.insert(id.to_owned()), "{id} stands twice");
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
            assert!(group.chars().all(|c| c.is_ascii_lowercase()), "{id}: {group}");
            assert!(!zh.is_ascii() && !en.is_empty() && en.is_ascii(), "{id} wants both names");
            assert!(!units.is_empty(), "{id} wants units");
            assert!(kinds == "-" || kinds.split(' ').all(|k| kind(k).is_some()), "{id}: {kinds}");
            assert!(row.len() > 6 && row[6..].iter().any(|forms| !forms.is_empty()), "{id} wants forms");
            let lists = row.iter().flat_map(|c| c.split([' ', '/', '+', '|'])).filter(|w| w.starts_with('@'));
            for list in lists {
                assert!(words().lists.contains_key(list), "{id}: {list}");
            }
        }
        assert!(ids.len() >= 300, "{}", ids.len());
    }

    #[test]
    fn no_two_rows_claim_the_same() {
        let words = words();
        for (surface, forms) in &words.forms {
            for (i, a) in forms.iter().enumerate() {
                for b in forms[i + 1..].iter().filter(|b| b.row != a.row) {
                    let (x, y) = (&words.rows[a.row], &words.rows[b.row]);
                    let apart = a.near != b.near
                        || a.own && b.own && x.group != y.group
                        || !x.units.iter().any(|u| y.units.contains(u))
                        || !x.kinds.iter().any(|k| y.kinds.contains(k));
                    let same = match (&a.verbs, &b.verbs) {
                        (Some(v), Some(w)) => v.iter().find(|v| w.contains(v)).cloned(),
                        _ => Some("any verb".to_owned()),
                    };
                    assert!(apart || same.is_none(), "{surface}: {} and {} by {same:?}", x.id, y.id);
                }
            }
        }
    }
}
