//! The weights of the model in `score`: the readable table `indicator-weights.tsv`, and the small one that it is packed
//! into. `build.rs` packs with this very file, so it knows nothing of the crate.

/// The kinds of features, as they are named in the file of weights. Each has two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Chars,
    Numbers,
    /// A pattern of symbols, four bits each.
    Pattern,
    /// A number and a character.
    Mixed,
}

macro_rules! templates {
    ($($id:ident $name:literal $form:ident,)*) => {
        #[derive(Clone, Copy)]
        #[repr(u8)]
        pub enum T { $($id),* }
        pub const TEMPLATES: &[(&str, Form)] = &[$(($name, Form::$form)),*];
    };
}

templates! {
    StartLeft "start-left" Chars,
    StartRight "start-right" Chars,
    StartLeft2 "start-left2" Chars,
    StartAcross "start-across" Chars,
    StartRight2 "start-right2" Chars,
    StartWords "start-words" Numbers,
    StartDistance "start-distance" Numbers,
    StartKind "start-kind" Numbers,
    StartGap "start-gap" Pattern,
    StartSpeech "start-speech" Numbers,
    EndLeft "end-left" Chars,
    EndRight "end-right" Chars,
    EndLeft2 "end-left2" Chars,
    EndAcross "end-across" Chars,
    EndRight2 "end-right2" Chars,
    EndWords "end-words" Numbers,
    EndGap "end-gap" Pattern,
    EndGapTail "end-gap-tail" Pattern,
    EndKind "end-kind" Mixed,
    EndUnit "end-unit" Chars,
    EndSpeech "end-speech" Numbers,
    StartRest "start-rest" Pattern,
    EndRest "end-rest" Pattern,
    Joint "joint" Pattern,
    Length "length" Numbers,
    Inside "inside" Numbers,
    SpanSpeech "span-speech" Numbers,
    Frame "frame" Chars,
    SideLeft "side-left" Chars,
    SideRight "side-right" Chars,
    SideUnit "side-unit" Chars,
    SideWords "side-words" Numbers,
    SideKind "side-kind" Mixed,
    CarryGap "carry-gap" Pattern,
    CarryKind "carry-kind" Numbers,
    CarryUnit "carry-unit" Numbers,
    CarryLeft "carry-left" Numbers,
}

/// A feature as one number: template and side, then two values of 28 bits.
pub fn key(template: usize, side: usize, a: u32, b: u32) -> u64 {
    (((template * 3 + side) as u64) << 56) | (u64::from(a & 0xfff_ffff) << 28) | u64::from(b & 0xfff_ffff)
}

/// The parts of a feature: template, side, values.
#[cfg(feature = "train")]
pub fn unkey(key: u64) -> (usize, usize, u32, u32) {
    let head = (key >> 56) as usize;
    (head / 3, head % 3, (key >> 28) as u32 & 0xfff_ffff, key as u32 & 0xfff_ffff)
}

/// The symbols of a gap: `Q` quantity, `V` verb, `T` time word or adverb, `P` preposition, `D` particle,
/// `,` `、` brackets, `x` a character and `X` a run of other text.
pub const SYMBOLS: &str = "·QVvTtPD,、(:xXy+";

pub fn symbol(name: char) -> u32 {
    SYMBOLS.chars().position(|c| c == name).unwrap_or(0) as u32
}

/// What a weight is counted in.
pub const STEP: f32 = 0.05;

/// Bits of a feature's slot. Of features that have no weight, one in 170 meets that of another.
const BITS: u32 = 22;

/// Weights by slots; the features themselves are not kept.
#[derive(Debug)]
pub struct Weights {
    /// Which slots have a weight, a bit each.
    pub taken: Vec<u64>,
    /// How many have one before each word of `taken`.
    before: Vec<u32>,
    /// The weights, in steps.
    pub steps: Vec<i8>,
}

impl Weights {
    /// Of features and their weights in steps; where two features meet, the stronger one counts.
    pub fn new(features: &[(u64, i8)]) -> Self {
        let slots: Vec<(usize, i8)> = features.iter().map(|&(key, steps)| (slot(key), steps)).collect();
        Self::of_slots(&slots)
    }

    fn of_slots(slots: &[(usize, i8)]) -> Self {
        let mut taken = vec![0u64; 1 << (BITS - 6)];
        for &(slot, _) in slots {
            taken[slot >> 6] |= 1 << (slot & 63);
        }
        let count = |sum: &mut u32, word: &u64| Some(std::mem::replace(sum, *sum + word.count_ones()));
        let before = taken.iter().scan(0, count).collect();
        let all = taken.iter().map(|word| word.count_ones() as usize).sum();
        let mut weights = Self { taken, before, steps: vec![0; all] };
        for &(slot, steps) in slots {
            if let Some(place) = weights.place(slot) {
                let old = &mut weights.steps[place];
                // The positive one of two that are as strong, so that their order says nothing.
                if (steps.unsigned_abs(), steps) > (old.unsigned_abs(), *old) {
                    *old = steps;
                }
            }
        }
        weights
    }

    /// In steps; 0 for what has none.
    pub fn get(&self, key: u64) -> i8 {
        self.place(slot(key)).map_or(0, |place| self.steps[place])
    }

    fn place(&self, slot: usize) -> Option<usize> {
        let (word, bit) = (self.taken[slot >> 6], 1 << (slot & 63));
        let before = || self.before[slot >> 6] + (word & (bit - 1)).count_ones();
        (word & bit != 0).then(|| before() as usize)
    }

    /// From the readable table.
    pub fn parse(text: &str) -> Self {
        let mut features = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [name, side, weight, values] = columns[..] else { continue };
            let Some(template) = TEMPLATES.iter().position(|t| t.0 == name) else { continue };
            let side = "bac".find(side).unwrap_or(0);
            let hundredths: i32 = weight.parse().unwrap_or(0);
            let steps = (hundredths / 5).clamp(-127, 127) as i8;
            features.extend(values.split(' ').map(|value| {
                let (a, b) = value_of(TEMPLATES[template].1, value);
                (key(template, side, a, b), steps)
            }));
        }
        Self::new(&features)
    }

    /// From its packed form: how many slots have a weight, how many lie empty before each (seven bits a byte), and
    /// the weights.
    pub fn unpack(packed: &[u8]) -> Self {
        let (count, rest) = packed.split_first_chunk().unwrap_or((&[0; 4], &[]));
        let (gaps, steps) = rest.split_at(rest.len().saturating_sub(u32::from_le_bytes(*count) as usize));
        let (mut slot, mut shift, mut slots) = (0, 0, Vec::with_capacity(steps.len()));
        for byte in gaps {
            slot += usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                slots.push(slot);
                (slot, shift) = (slot + 1, 0);
            }
        }
        let slots: Vec<(usize, i8)> = slots.into_iter().zip(steps.iter().map(|&step| step as i8)).collect();
        Self::of_slots(&slots)
    }
}

/// Where a feature's weight stands.
fn slot(key: u64) -> usize {
    let mixed = (key ^ key >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> (64 - BITS)) as usize
}

fn value_of(form: Form, text: &str) -> (u32, u32) {
    let number = |t: &str| t.parse().unwrap_or(0);
    let mut chars = text.chars();
    match form {
        Form::Chars => (chars.next().map_or(0, |c| c as u32), chars.next().map_or(0, |c| c as u32)),
        Form::Numbers => {
            let (a, b) = text.split_once('|').unwrap_or((text, "0"));
            (number(a), number(b))
        }
        Form::Pattern => {
            let (a, b) = text.split_once('|').unwrap_or((text, "0"));
            (a.chars().fold(0, |packed, c| packed << 4 | symbol(c)), number(b))
        }
        Form::Mixed => {
            let (a, b) = text.split_once('|').unwrap_or((text, ""));
            (number(a), b.chars().next().map_or(0, |c| c as u32))
        }
    }
}

/// A feature's first columns and its value as they are written in the file of weights, or none where it
/// cannot be.
#[cfg(feature = "train")]
pub fn written(key: u64) -> Option<(String, String)> {
    let (template, side, a, b) = unkey(key);
    let (name, form) = TEMPLATES[template];
    let side = ["b", "a", "c"][side];
    let letter = |n: u32| char::from_u32(n).filter(|c| !c.is_whitespace() && !c.is_control());
    let value = match form {
        Form::Chars => format!("{}{}", letter(a)?, letter(b)?),
        Form::Numbers => format!("{a}|{b}"),
        Form::Pattern => {
            let symbols: String = (0..7)
                .rev()
                .map(|i| SYMBOLS.chars().nth((a >> (4 * i) & 15) as usize).unwrap_or('·'))
                .skip_while(|c| *c == '·')
                .collect();
            format!("{}|{b}", if symbols.is_empty() { "·" } else { &symbols })
        }
        Form::Mixed => format!("{a}|{}", letter(b)?),
    };
    Some((format!("{name}\t{side}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let table = "# comment\nstart-left\tb\t-25\t的^ 了^\nend-speech\ta\t110\t0|17 2|256\njoint\tb\t-215\t,VyV|0\n";
        let weights = Weights::parse(table);
        assert_eq!(weights.steps.len(), 5);
        let speech = TEMPLATES.iter().position(|t| t.0 == "end-speech").unwrap();
        assert_eq!(weights.get(key(speech, 1, 2, 256)), 22);
        assert_eq!(weights.get(key(speech, 0, 2, 256)), 0);
    }

    #[test]
    fn what_is_packed_is_the_table() {
        let table = Weights::parse(include_str!("../../../lexicon/indicator-weights.tsv"));
        let packed = Weights::unpack(crate::table::WEIGHTS);
        assert!(packed.taken == table.taken && packed.steps == table.steps && packed.before == table.before);
    }

    #[test]
    fn the_stronger_of_two_counts_in_any_order() {
        for features in [[(7, 3), (7, -4)], [(7, -4), (7, 3)]] {
            assert_eq!(Weights::new(&features).get(7), -4);
        }
    }
}
