//! Rich Text Format (`.rtf`), and what is saved in it under another name.

use super::docx::symbol;
use super::lines::{Lines, Look, Open, Rows, named_heading};
use super::numbering::tidy_number;
use crate::Error;
use crate::read::{Cell, Draft, Line};
use crate::report::{Format, RemovedKind};
use encoding_rs::{BIG5, Decoder, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, WINDOWS_1252};
use std::collections::HashMap;

/// Groups within groups beyond this are no document.
const DEPTH: usize = 1000;

/// # Errors
/// [`Error::Damaged`] where groups nest without end.
pub fn read(bytes: &[u8]) -> Result<Draft, Error> {
    let mut reader = Reader { state: State { unicode_skip: 1, ..State::default() }, ..Reader::default() };
    let mut tokens = Tokens { bytes, at: 0 };
    while let Some(token) = tokens.next() {
        match token {
            Token::Open => {
                if reader.stack.len() >= DEPTH {
                    return Err(Error::Damaged);
                }
                reader.open();
            }
            Token::Close => reader.close(),
            Token::Star => reader.star = true,
            Token::Word(word, value) => {
                if word == b"bin" {
                    tokens.at = tokens.at.saturating_add(value.unwrap_or(0).max(0) as usize);
                }
                reader.word(word, value);
            }
            Token::Byte(byte) => reader.byte(byte),
        }
    }
    while !reader.stack.is_empty() {
        reader.close();
    }
    reader.finish();
    Ok(Draft { format: Format::Rtf, lines: reader.lines.done, ..Draft::default() })
}

enum Token<'a> {
    Open,
    Close,
    /// `\*`: what follows may be skipped by who does not know it.
    Star,
    Word(&'a [u8], Option<i32>),
    Byte(u8),
}

struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => self.control()?,
                byte => Token::Byte(byte),
            });
        }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.bytes.get(self.at)?;
        let start = self.at;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'*' => Token::Star,
                b'\'' => {
                    let hex = self.bytes.get(self.at..self.at + 2).and_then(|h| std::str::from_utf8(h).ok());
                    let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                    self.at += if byte.is_some() { 2 } else { 0 };
                    Token::Byte(byte.unwrap_or(b'?'))
                }
                b'\\' | b'{' | b'}' => Token::Byte(first),
                b'~' => Token::Byte(b' '),
                b'_' => Token::Byte(b'-'),
                b'\r' | b'\n' => Token::Word(b"par", None),
                _ => Token::Word(b"", None),
            });
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let word = &self.bytes[start..self.at];
        let digits = self.at;
        if self.bytes.get(self.at) == Some(&b'-')
            && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)
        {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let value = std::str::from_utf8(&self.bytes[digits..self.at]).ok().and_then(|d| d.parse().ok());
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        Some(Token::Word(word, value))
    }
}

/// What words of a group are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Destination {
    #[default]
    Text,
    Skip,
    Fonts,
    Styles,
    /// A field's instruction.
    Instruction,
}

/// What a group does with what stands in it, when it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Aside {
    Number,
    TextBox,
    Note,
    Header,
    Footer,
}

/// What stands open around a group of words of their own.
struct Outer {
    aside: Aside,
    open: Open,
    rows: Option<Rows>,
    column: usize,
    boxes: Vec<Line>,
    number: String,
}

#[derive(Debug, Clone, Default)]
struct State {
    destination: Destination,
    /// Characters that follow `\u` for programs that know no Unicode.
    unicode_skip: usize,
    font: i32,
    style: i32,
    look: Look,
    heading: Option<u8>,
    deleted: bool,
    in_table: bool,
    contents: bool,
}

#[derive(Debug, Clone, Default)]
struct Font {
    /// Of its bytes; none where that of the document holds.
    encoding: Option<&'static Encoding>,
    symbols: bool,
    name: String,
}

#[derive(Default)]
struct Reader {
    state: State,
    stack: Vec<(State, Option<Outer>)>,
    /// Set at the beginning of a group, where `\*` and destinations stand.
    star: bool,
    aside: Option<Outer>,
    encoding: Option<&'static Encoding>,
    /// Keeps the first half of a character, also where a group or a run ends between its halves.
    decoder: Option<(&'static Encoding, Decoder)>,
    fonts: HashMap<i32, Font>,
    headings: HashMap<i32, u8>,
    /// Styles of lines of a table of contents.
    contents: Vec<i32>,
    /// A font's or a style's name while it is read; a field's instruction.
    name: String,
    instruction: String,
    /// Characters still to skip behind `\u`.
    skip: usize,
    surrogate: Option<u16>,
    number: String,
    contents_line: bool,
    lines: Lines,
    headers: Vec<Line>,
    boxes: Vec<Line>,
    footers: Vec<Line>,
    rows: Option<Rows>,
    /// The row that is being described: its left edge and the cells' right edges.
    row: Vec<i32>,
    /// Cells of the open row.
    column: usize,
}

impl Reader {
    fn open(&mut self) {
        self.skip = 0;
        self.stack.push((self.state.clone(), self.aside.take()));
        self.star = false;
    }

    fn close(&mut self) {
        self.skip = 0;
        self.star = false;
        if let Some(outer) = self.aside.take() {
            self.leave(outer);
        }
        if let Some((state, aside)) = self.stack.pop() {
            self.state = state;
            self.aside = aside;
        }
    }

    /// Puts the open paragraph aside for words of their own.
    fn enter(&mut self, aside: Aside) {
        self.settle();
        // Cells of a text box or a note are not those of the table around it.
        self.state.in_table = false;
        self.aside = Some(Outer {
            aside,
            open: self.lines.suspend(),
            rows: self.rows.take(),
            column: std::mem::take(&mut self.column),
            boxes: std::mem::take(&mut self.boxes),
            number: std::mem::take(&mut self.number),
        });
    }

    fn leave(&mut self, outer: Outer) {
        self.settle();
        let aside = outer.aside;
        if aside == Aside::Number {
            self.number = tidy_number(&self.lines.words());
        } else {
            self.end();
            self.end_table();
            self.number = outer.number;
        }
        (self.rows, self.column, self.boxes) = (outer.rows, outer.column, outer.boxes);
        let lines = self.lines.resume(outer.open);
        let to = match aside {
            Aside::Note => return self.lines.note(lines),
            Aside::Header => &mut self.headers,
            Aside::Footer => &mut self.footers,
            _ => &mut self.boxes,
        };
        let furniture = matches!(aside, Aside::Header | Aside::Footer);
        to.extend(lines.into_iter().map(|mut line| {
            if furniture {
                line.removed = Some(RemovedKind::Chrome);
            }
            line
        }));
    }

    fn finish(&mut self) {
        self.settle();
        self.end();
        self.end_table();
        let headers = std::mem::take(&mut self.headers);
        self.lines.done.splice(0..0, headers);
        self.lines.finish();
        self.lines.done.append(&mut self.footers);
    }

    fn word(&mut self, word: &[u8], value: Option<i32>) {
        let on = value != Some(0);
        let star = std::mem::take(&mut self.star);
        if self.state.destination == Destination::Skip {
            return;
        }
        match word {
            b"u" => {
                self.settle();
                if let Some(code) = value {
                    self.unit(code as u16);
                }
                self.skip = self.state.unicode_skip;
                return;
            }
            b"uc" => self.state.unicode_skip = value.unwrap_or(1).clamp(0, 16) as usize,
            b"ansicpg" => self.encoding = value.and_then(by_code_page),
            b"f" | b"af" => {
                let font = value.unwrap_or(0);
                if self.state.destination == Destination::Fonts {
                    self.state.font = font;
                    self.fonts.entry(font).or_default();
                } else {
                    self.state.font = font;
                    self.state.look.face = self.fonts.get(&font).map(|font| font.name.clone());
                }
            }
            b"fcharset" | b"cpg" if self.state.destination == Destination::Fonts => {
                let font = self.fonts.entry(self.state.font).or_default();
                match value {
                    Some(2) if word == b"fcharset" => font.symbols = true,
                    Some(value) if word == b"fcharset" => font.encoding = by_charset(value).or(font.encoding),
                    value => font.encoding = value.and_then(by_code_page).or(font.encoding),
                }
            }
            b"fonttbl" => self.state.destination = Destination::Fonts,
            b"stylesheet" => self.state.destination = Destination::Styles,
            b"fldinst" => {
                self.instruction.clear();
                self.state.destination = Destination::Instruction;
            }
            b"fldrslt" => {
                self.state.destination = Destination::Text;
                self.state.contents |= self.instruction.trim_start().starts_with("TOC");
            }
            b"listtext" | b"pntext" => self.enter(Aside::Number),
            b"shptxt" | b"dptxbxtext" => self.enter(Aside::TextBox),
            b"footnote" => self.enter(Aside::Note),
            b"header" | b"headerl" | b"headerr" | b"headerf" => self.enter(Aside::Header),
            b"footer" | b"footerl" | b"footerr" | b"footerf" => self.enter(Aside::Footer),
            // Known, and read.
            b"shpinst" | b"shp" => {}
            _ if star || skipped(word) => self.state.destination = Destination::Skip,
            _ => self.property(word, value, on),
        }
        self.skip = 0;
    }

    fn property(&mut self, word: &[u8], value: Option<i32>, on: bool) {
        let sign = match word {
            b"tab" | b"emspace" | b"enspace" | b"qmspace" => " ",
            b"line" | b"page" | b"column" | b"lbr" => "\n",
            b"emdash" => "—",
            b"endash" => "–",
            b"lquote" => "‘",
            b"rquote" => "’",
            b"ldblquote" => "“",
            b"rdblquote" => "”",
            b"bullet" => "•",
            _ => "",
        };
        if !sign.is_empty() {
            self.settle();
            return self.show(sign);
        }
        match word {
            b"par" | b"sect" => {
                self.settle();
                // A paragraph's end that was deleted joins it to the next one.
                if !self.state.deleted && self.state.destination == Destination::Text {
                    self.end();
                }
            }
            b"cell" | b"nestcell" => {
                self.settle();
                self.state.in_table = true;
                self.end();
                if word == b"cell" {
                    self.column += 1;
                }
            }
            b"row" => self.end_row(),
            b"trowd" => {
                self.row.clear();
                self.row.push(0);
            }
            b"trleft" => self.row = vec![value.unwrap_or(0)],
            b"cellx" => self.row.push(value.unwrap_or(0)),
            b"pard" => {
                let Look { bold, hidden, face, .. } = std::mem::take(&mut self.state.look);
                self.state.look = Look { bold, hidden, face, ..Look::default() };
                (self.state.heading, self.state.in_table, self.state.style) = (None, false, 0);
            }
            b"plain" => {
                let look = &mut self.state.look;
                (look.bold, look.hidden, look.face) = (None, None, None);
                self.state.deleted = false;
            }
            b"intbl" => self.state.in_table = true,
            b"s" => self.state.style = value.unwrap_or(0),
            b"outlinelevel" => {
                self.state.heading = value.filter(|l| (0..9).contains(l)).map(|l| (l as u8 + 1).min(6));
            }
            b"qc" => self.state.look.centred = Some(true),
            b"ql" | b"qr" | b"qj" | b"qd" => self.state.look.centred = Some(false),
            b"fi" => self.state.look.indent = value.map(|v| v > 0),
            b"b" => self.state.look.bold = Some(on),
            b"v" => self.state.look.hidden = Some(on),
            b"deleted" => self.state.deleted = on,
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        self.star = false;
        if self.state.destination == Destination::Skip {
            return;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        let font = self.fonts.get(&self.state.font);
        if font.is_some_and(|font| font.symbols) && self.state.destination == Destination::Text {
            let sign = symbol(0xf000 + u32::from(byte), font.map_or("", |font| font.name.as_str()));
            self.settle();
            return self.show(sign.map_or(String::new(), String::from).as_str());
        }
        // Bytes of a Latin font in a Chinese document are Chinese: programs write so.
        let document = self.encoding.unwrap_or(WINDOWS_1252);
        let encoding = font.and_then(|font| font.encoding).unwrap_or(document);
        if self.decoder.as_ref().is_some_and(|(of, _)| *of != encoding) {
            self.settle();
        }
        let (_, decoder) =
            self.decoder.get_or_insert_with(|| (encoding, encoding.new_decoder_without_bom_handling()));
        let mut text = String::with_capacity(16);
        let _ = decoder.decode_to_string(&[byte], &mut text, false);
        self.show(&text);
    }

    /// Ends what is open of a character.
    fn settle(&mut self) {
        if let Some((_, mut decoder)) = self.decoder.take() {
            let mut text = String::with_capacity(16);
            let _ = decoder.decode_to_string(&[], &mut text, true);
            self.show(&text);
        }
    }

    fn unit(&mut self, unit: u16) {
        let units = [self.surrogate.take().unwrap_or(unit), unit];
        let whole = if units[0] == unit { &units[1..] } else { &units[..] };
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(whole.iter().copied()).flatten().collect();
        // Signs of symbol fonts stand in the private area.
        let text: String = text.chars().filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)).collect();
        self.show(&text);
    }

    fn show(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.state.destination {
            Destination::Skip => {}
            Destination::Instruction => self.instruction.push_str(text),
            Destination::Fonts | Destination::Styles => self.name(text),
            Destination::Text => {
                if !self.state.deleted && self.state.look.hidden != Some(true) {
                    self.contents_line |= self.state.contents;
                    self.lines.push(text, self.state.look.stands_out());
                }
            }
        }
    }

    fn name(&mut self, text: &str) {
        for c in text.chars() {
            if c != ';' {
                self.name.push(c);
                continue;
            }
            let name = std::mem::take(&mut self.name);
            let name = name.trim();
            if self.state.destination == Destination::Fonts {
                self.fonts.entry(self.state.font).or_default().name = name.to_owned();
            } else if let Some(level) = self.state.heading.or_else(|| named_heading(name)) {
                self.headings.insert(self.state.style, level);
            } else if name.to_ascii_lowercase().starts_with("toc ") {
                self.contents.push(self.state.style);
            }
        }
    }

    /// Ends the open paragraph.
    fn end(&mut self) {
        let state = &self.state;
        if state.in_table {
            let table = match &self.rows {
                Some(rows) => rows.table,
                None => {
                    let table = self.lines.table();
                    self.rows = Some(Rows::new(table, self.lines.done.len()));
                    table
                }
            };
            let row = self.rows.as_ref().map_or(0, Rows::len);
            self.lines.cell = Some(Cell { table, row, column: self.column, ..Cell::default() });
        } else {
            self.end_table();
        }
        let state = &self.state;
        let heading = state.heading.or_else(|| self.headings.get(&state.style).copied());
        let look = Look { heading, ..state.look.clone() };
        let contents = std::mem::take(&mut self.contents_line) || self.contents.contains(&state.style);
        self.lines.removed = contents.then_some(RemovedKind::Repeat);
        let number = std::mem::take(&mut self.number);
        self.lines.end(&number, look.hint(), look.indent == Some(true));
        self.lines.removed = None;
        self.lines.cell = None;
        self.lines.done.append(&mut self.boxes);
    }

    fn end_row(&mut self) {
        self.column = 0;
        if let Some(rows) = &mut self.rows {
            let cells = self.row.len().saturating_sub(1);
            rows.push(self.row[..cells].to_vec());
        }
    }

    fn end_table(&mut self) {
        if let Some(rows) = self.rows.take() {
            rows.settle(&mut self.lines.done);
        }
        self.column = 0;
    }
}

/// Groups without words of the text.
fn skipped(word: &[u8]) -> bool {
    matches!(
        word,
        b"colortbl"
            | b"info"
            | b"pict"
            | b"nonshppict"
            | b"shprslt"
            | b"objdata"
            | b"objclass"
            | b"objname"
            | b"ftnsep"
            | b"ftnsepc"
            | b"ftncn"
            | b"aftnsep"
            | b"aftnsepc"
            | b"aftncn"
            | b"annotation"
            | b"xe"
            | b"tc"
            | b"tcn"
            | b"rxe"
            | b"filetbl"
            | b"revtbl"
            | b"listtable"
            | b"listoverridetable"
            | b"pntxta"
            | b"pntxtb"
            | b"sp"
            | b"nesttableprops"
            | b"nonesttables"
    )
}

fn by_code_page(page: i32) -> Option<&'static Encoding> {
    match page {
        936 | 54936 => Some(GB18030),
        950 => Some(BIG5),
        932 => Some(SHIFT_JIS),
        949 => Some(EUC_KR),
        65001 => Some(UTF_8),
        1252 => Some(WINDOWS_1252),
        _ => None,
    }
}

fn by_charset(charset: i32) -> Option<&'static Encoding> {
    match charset {
        134 => Some(GB18030),
        136 => Some(BIG5),
        128 => Some(SHIFT_JIS),
        129 => Some(EUC_KR),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Hint;

    const HEAD: &str = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset0 Times{\*\falt Liberation};}{\f1\fcharset134 \'bf\'ac\'cc\'e5;}{\f2\fcharset136 MingLiU;}{\f3\fcharset2 Symbol;}{\f4\fcharset134 \'b7\'c2\'cb\'ce;}}{\stylesheet{\ql Normal;}{\s1\qc heading 1;}{\s2\outlinelevel1 My;}{\s9 toc 1;}}{\info{\title x}}";

    fn lines(body: &str) -> Vec<Line> {
        read(format!("{HEAD}{body}}}").as_bytes()).unwrap().lines
    }

    fn texts(body: &str) -> Vec<String> {
        lines(body).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn characters_come_by_code_page_font_and_unicode() {
        // The trail byte of 工 stands behind a change of the run, that of 昞 as a plain letter.
        assert_eq!(texts(r"\f4\'c8\'ab\'c4\'ea\'b9{\b0\'a4}\'d7\'f7\'95\'61\par"), ["全年工作昦"]);
        assert_eq!(texts(r"\f0\'c8\'ab{\f2\'a5\'fe\'a6\'7e}{\f3\'b4\'fc}\par"), ["全全年×"]);
        assert_eq!(texts(r"\uc2\u20840\'c8\'ab\uc1\u24180?x\u-10179?\u-8704?\par"), ["全年x😀"]);
        assert_eq!(texts(r"{\uc1{\u20840}\'3f}\emdash\ldblquote\rdblquote\~\_\-a\par"), ["全?—“” -a"]);
    }

    #[test]
    fn words_come_once_and_only_if_they_show() {
        let body = r"a{\*\unknown b}{\v c}{\deleted d}{\pict 00ff}{\field{\*\fldinst PAGE}{\fldrslt e}}{\footnote\pard n\par}{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt\pard box\par}}{\shprslt z}}{\header\pard h\par}{\bin3 }}}f.\par\pard g{\deleted\par}i\line k\par";
        assert_eq!(texts(body), ["h", "aef.", "n", "box", "gi", "k"]);
        // The number is the paragraph's, not the note's.
        let numbered = r"{\listtext 1.\tab}a{\footnote\pard n\par}b.\par";
        assert_eq!(texts(numbered), ["1. ab.", "n"]);
        assert_eq!(lines(body)[0].removed, Some(RemovedKind::Chrome));
        let contents = r"{\field{\*\fldinst TOC \\o}{\fldrslt \pard one\par two\par}}\pard\s9 three\par";
        assert!(lines(contents).iter().all(|l| l.removed == Some(RemovedKind::Repeat)));
    }

    #[test]
    fn numbers_stand_as_the_program_wrote_them() {
        let body = r"{\listtext\pard\f4\'d2\'bb\'a1\'a2\tab}\f4\'bb\'d8\'b9\'cb\par{\listtext\f3\'b7\tab}point\par{\pntext 1.\tab}one\par";
        assert_eq!(texts(body), ["一、回顾", "point", "1. one"]);
    }

    #[test]
    fn styles_give_hints() {
        let hints: Vec<_> =
            lines(r"\s1\qc a\par\pard\s2 b\par\pard\plain{\f1 cc}d\par\pard{\b e}\fi400 f\par")
                .into_iter()
                .map(|l| (l.hint, l.indent))
                .collect();
        assert_eq!(hints[0].0, Hint { heading: Some(1), centred: true, bold: 0 });
        assert_eq!(hints[1].0.heading, Some(2));
        assert_eq!(hints[2].0.bold, 2);
        assert_eq!(hints[3], (Hint { bold: 1, ..Hint::default() }, true));
    }

    #[test]
    fn cells_know_their_place() {
        let body = r"\trowd\cellx2000\cellx3000\pard\intbl a\cell b\cell\row\trowd\cellx1000\cellx2000\cellx3000\pard\intbl c\cell d\par dd\cell e\cell\row\pard f\par\trowd\cellx9000\pard\intbl g\cell\row\pard";
        let cells: Vec<_> =
            lines(body).into_iter().map(|l| (l.text, l.cell.map(|c| (c.table, c.row, c.column)))).collect();
        let cells: Vec<_> = cells.iter().map(|(text, cell)| (text.as_str(), *cell)).collect();
        assert_eq!(
            cells,
            [
                ("a", Some((0, 0, 0))),
                ("b", Some((0, 0, 2))),
                ("c", Some((0, 1, 0))),
                ("d", Some((0, 1, 1))),
                ("dd", Some((0, 1, 1))),
                ("e", Some((0, 1, 2))),
                ("f", None),
                ("g", None),
            ]
        );
    }

    #[test]
    fn what_nests_without_end_is_damaged_and_what_breaks_off_is_read() {
        assert_eq!(read("{".repeat(5000).as_bytes()), Err(Error::Damaged));
        assert_eq!(read(br"{\rtf1 a\par b").unwrap().lines.len(), 2);
        for cut in 0..HEAD.len() {
            let _ = read(&HEAD.as_bytes()[..cut]);
        }
    }
}
