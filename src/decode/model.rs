//! How likely bytes are as a Chinese report in an encoding: the logarithm of a probability, summed
//! over the decoded characters. Sums over the same bytes can be compared whatever the encoding.

use super::codec::Encoding;
use crate::table;
use crate::table::Tables;

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;
/// Of a character that is not among the common ones, in nats.
const RARE: f32 = -14.0;

#[derive(Debug)]
pub struct Model {
    /// For each unified Han character.
    han: Vec<f32>,
}

impl Model {
    pub fn parse(tables: &Tables) -> Self {
        // What is not among the common ones shares 2% of the text.
        let mut han = vec![RARE; (LAST - FIRST + 1) as usize];
        let common = table::rows(tables.get("common-characters.tsv"));
        for (rank, c) in common.flat_map(|row| row[0].chars()).enumerate() {
            han[(c as u32 - FIRST) as usize] = match rank {
                0..100 => -5.7,
                100..300 => -6.8,
                300..600 => -7.8,
                600..1000 => -9.0,
                _ => -10.3,
            };
        }
        for row in table::rows(tables.get("traditional.tsv")) {
            let mut pair =
                row[0].chars().chain(row[1].chars()).map(|c| (c as u32).wrapping_sub(FIRST) as usize);
            if let (Some(traditional), Some(simplified)) = (pair.next(), pair.next())
                && traditional < han.len()
                && simplified < han.len()
            {
                han[traditional] = f32::max(han[traditional], han[simplified] - 1.0);
            }
        }
        Self { han }
    }

    /// The likeliness of `bytes` in `encoding`, in nats.
    pub fn score(&self, encoding: Encoding, bytes: &[u8]) -> f32 {
        let text = encoding.decode(bytes);
        // The borders may cut a character in two.
        let trimmed = text.trim_matches('\u{fffd}');
        let cut = (text.len() - trimmed.len()) / '\u{fffd}'.len_utf8();
        let edges = if cut <= 4 { -4.0 * cut as f32 } else { -25.0 * cut as f32 };
        self.text(trimmed) + edges
    }

    /// The likeliness of a text, in nats.
    pub fn text(&self, text: &str) -> f32 {
        let mut before = ' ';
        text.chars()
            .map(|c| {
                // Latin letters and markup come in runs.
                let run = c.is_ascii_graphic() && before.is_ascii_graphic();
                before = c;
                if run { -4.5 } else { self.character(c) }
            })
            .sum()
    }

    /// Whether it is among the characters that make up nearly all of a report.
    pub fn is_common(&self, c: char) -> bool {
        (FIRST..=LAST).contains(&(c as u32)) && self.han[(c as u32 - FIRST) as usize] > RARE
    }

    fn character(&self, c: char) -> f32 {
        match c {
            '\u{4e00}'..='\u{9fff}' => self.han[(c as u32 - FIRST) as usize],
            '，' | '。' | '、' => -4.5,
            '“' | '”' | '；' | '：' | '（' | '）' | '《' | '》' | '「' | '」' => -6.5,
            '\u{3000}' | '\n' | '\r' | ' ' => -5.0,
            '0'..='9' | ',' | '.' | '%' | ':' | '(' | ')' | ';' | '-' => -6.5,
            '\t' | '\u{20}'..='\u{7e}' => -8.0,
            '０'..='９'
            | '％'
            | '．'
            | '—'
            | '‘'
            | '’'
            | '·'
            | '…'
            | '！'
            | '？'
            | '〔'
            | '〕'
            | '【'
            | '】' => -8.5,
            '\u{ff01}'..='\u{ff5e}' | '\u{3001}'..='\u{303f}' | '\u{2000}'..='\u{206f}' | '\u{a0}' => -11.0,
            '\u{fffd}' => -25.0,
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => -22.0,
            '\u{a1}'..='\u{24f}' | '\u{2100}'..='\u{26ff}' => -14.0,
            _ => -17.0,
        }
    }
}

/// Whether the decoded characters are those of a text: hardly any controls, broken or private ones,
/// and not the letters that a Word file gives when it is read as text.
pub fn is_text(text: &str) -> bool {
    let head: Vec<char> = text.chars().take(4096).collect();
    let odd = head
        .iter()
        .filter(|c| match c {
            '\t' | '\n' | '\r' | '\u{c}' => false,
            '\u{fffd}' => true,
            '\u{e000}'..='\u{f8ff}' => true,
            c => c.is_control(),
        })
        .count();
    // The first bytes of such a file, D0 CF 11 E0 A1 B1, as UTF-8 and as Windows-1252.
    let word = head.iter().take(16).any(|&c| c == '\u{871}') || text.starts_with("ÐÏ\u{11}à¡±");
    !word && odd * 12 <= head.len()
}
