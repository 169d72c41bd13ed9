//! Small files written here, with what must come out of them.

use super::*;
use crate::read::Line;
use crate::report::RemovedKind;
use encoding_rs::{BIG5, GBK};
use std::fmt::Write;

/// What stands at a place: from the left and from the bottom, in which size.
type Shown<'a> = (f32, f32, f32, &'a str);

/// A file whose only font has the encoding, with entries for each page and for the font.
struct Made<'a> {
    encoding: &'a str,
    ordering: &'a str,
    page: &'a str,
    font: &'a str,
}

const GB: Made = Made { encoding: "UniGB-UCS2-H", ordering: "GB1", page: "", font: "" };

impl Made<'_> {
    fn bytes(&self, text: &str) -> Vec<u8> {
        let legacy = match self.encoding {
            name if name.starts_with("GB") => Some(GBK),
            name if name.contains("B5") => Some(BIG5),
            _ => None,
        };
        match legacy {
            Some(encoding) => encoding.encode(text).0.into_owned(),
            None => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    fn pdf(&self, pages: &[&[Shown]]) -> Vec<u8> {
        let contents = pages.iter().map(|shown| {
            let mut content = String::from("BT\n");
            for (x, y, size, text) in *shown {
                let hex: String = self.bytes(text).iter().map(|byte| format!("{byte:02x}")).collect();
                writeln!(content, "/F {size} Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj").unwrap();
            }
            content + "ET"
        });
        self.drawn(&contents.collect::<Vec<_>>())
    }

    fn drawn(&self, contents: &[String]) -> Vec<u8> {
        let kids: String = (0..contents.len()).map(|i| format!("{} 0 R ", 6 + i * 2)).collect();
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            format!("<</Type/Pages/Kids[{kids}]/Count {}>>", contents.len()),
            format!(
                "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{}/DescendantFonts[4 0 R]{}>>",
                self.encoding, self.font
            ),
            format!(
                "<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/DW 1000/W[1 95 500 814 939 500]
                /CIDSystemInfo<</Registry(Adobe)/Ordering({})/Supplement 0>>>>",
                self.ordering
            ),
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>
            stream\n0\nendstream"
                .to_owned(),
        ];
        for (i, content) in contents.iter().enumerate() {
            objects.push(format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 560]/Contents {} 0 R{}
                /Resources<</Font<</F 3 0 R>>/XObject<</I 5 0 R>>>>>>",
                7 + i * 2,
                self.page
            ));
            objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
        }
        let mut file = String::from("%PDF-1.4\n");
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for (i, object) in objects.iter().enumerate() {
            writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
            write!(file, "{} 0 obj\n{object}\nendobj\n", i + 1).unwrap();
        }
        let start = file.len();
        write!(file, "{table}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .unwrap();
        file.into_bytes()
    }
}

fn read(bytes: &[u8]) -> Result<Draft, Error> {
    draft(bytes, &Budget::new(0))
}

fn words(draft: &Draft) -> Vec<&str> {
    draft.lines.iter().filter(|line| line.removed.is_none()).map(|line| line.text.as_str()).collect()
}

fn removed(draft: &Draft) -> Vec<&str> {
    let removed = |line: &&Line| line.removed == Some(RemovedKind::Chrome);
    draft.lines.iter().filter(removed).map(|line| line.text.as_str()).collect()
}

/// Two pages of a report: 20 characters of 16 points to a row.
const REPORT: [&[Shown]; 2] = [
    &[
        (120.0, 520.0, 9.0, "某某市政协常委会工作报告"),
        (134.0, 470.0, 22.0, "工作报告要点"),
        (72.0, 430.0, 16.0, "一、过去一年的工作"),
        (72.0, 402.0, 16.0, "全年召开各类协商会议十二次，走访委员，"),
        (40.0, 374.0, 16.0, "收到提案300件，办复率为100%，委员们对办"),
        (185.0, 30.0, 10.0, "— 1 —"),
    ],
    &[
        (120.0, 520.0, 9.0, "某某市政协常委会工作报告"),
        (40.0, 470.0, 16.0, "理情况表示满意。"),
        (72.0, 442.0, 16.0, "二、今后的任务"),
        (185.0, 30.0, 10.0, "— 2 —"),
    ],
];

const PARAGRAPHS: [&str; 4] = [
    "工作报告要点",
    "一、过去一年的工作",
    "全年召开各类协商会议十二次，走访委员，收到提案300件，办复率为100%，委员们对办理情况表示满意。",
    "二、今后的任务",
];

#[test]
fn fonts_without_maps_of_their_own() {
    for encoding in ["UniGB-UCS2-H", "UniGB-UTF16-H", "GBK-EUC-H", "GBKp-EUC-H", "GB-EUC-H", "GBK2K-H"] {
        let draft = read(&Made { encoding, ..GB }.pdf(&REPORT)).unwrap();
        assert_eq!(words(&draft), PARAGRAPHS, "{encoding}");
        assert_eq!(draft.warnings, [], "{encoding}");
    }
    let traditional: &[Shown] = &[(72.0, 470.0, 16.0, "全年召開會議十二次，辦復率為100%。")];
    for encoding in ["ETen-B5-H", "ETenms-B5-H", "HKscs-B5-H", "UniCNS-UCS2-H", "UniCNS-UTF16-H"] {
        let draft = read(&Made { encoding, ordering: "CNS1", ..GB }.pdf(&[traditional])).unwrap();
        assert_eq!(words(&draft), [traditional[0].3], "{encoding}");
    }
}

#[test]
fn furniture_titles_and_indents_are_told() {
    let draft = read(&GB.pdf(&REPORT)).unwrap();
    assert_eq!(removed(&draft), ["某某市政协常委会工作报告", "—1—", "某某市政协常委会工作报告", "—2—"]);
    let lines: Vec<&Line> = draft.lines.iter().filter(|line| line.removed.is_none()).collect();
    assert_eq!(lines.iter().map(|line| line.hint.centred).collect::<Vec<_>>(), [true, false, false, false]);
    assert_eq!(lines.iter().map(|line| line.indent).collect::<Vec<_>>(), [false, true, true, true]);
}

#[test]
fn pages_that_lie_and_writing_that_stands() {
    // The page is shown turned to the right, and so are its rows.
    let turned = Made { page: "/Rotate 90", ..GB };
    let content =
        "BT /F 16 Tf 0 1 -1 0 100 60 Tm <4e00> Tj 0 1 -1 0 130 60 Tm <4e8c4e004e8c4e004e8c> Tj ET".to_owned();
    let draft = read(&turned.drawn(&[content])).unwrap();
    assert_eq!(words(&draft), ["一", "二一二一二"]);
    // Columns from right to left.
    let standing = Made { encoding: "UniGB-UCS2-V", ..GB };
    let columns: &[Shown] = &[
        (300.0, 468.0, 16.0, "全年召开会议十二次，收到提案三百件（份），"),
        (272.0, 500.0, 16.0, "都已办复。"),
        (244.0, 468.0, 16.0, "新年开局良好。"),
    ];
    let draft = read(&standing.pdf(&[columns])).unwrap();
    assert_eq!(words(&draft), ["全年召开会议十二次，收到提案三百件（份），都已办复。", "新年开局良好。"]);
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = "左栏文字每行十个字整。";
    let right = "右栏文字每行十个字整。";
    let mut shown: Vec<Shown> = vec![(60.0, 500.0, 16.0, "横贯两栏的题目在最上面一行排得很长很长")];
    for i in 0..10 {
        shown.push((20.0, 460.0 - i as f32 * 24.0, 16.0, left));
        shown.push((210.0, 460.0 - i as f32 * 24.0, 16.0, right));
    }
    let whole = words(&read(&GB.pdf(&[&shown])).unwrap()).concat();
    assert_eq!(whole, format!("{}{}{}", shown[0].3, left.repeat(10), right.repeat(10)));
    // Cells of a table are no columns.
    let mut table: Vec<Shown> = Vec::new();
    for i in 0..10 {
        table.push((20.0, 460.0 - i as f32 * 24.0, 16.0, "某区"));
        table.push((250.0, 460.0 - i as f32 * 24.0, 16.0, "12.5"));
    }
    assert_eq!(words(&read(&GB.pdf(&[&table])).unwrap()), ["某区 12.5"; 10]);
}

#[test]
fn simple_tables_become_cells() {
    let mut table: Vec<Shown> = vec![(90.0, 530.0, 12.0, "表1 各区提案")];
    table.extend([(150.0, 500.0, 12.0, "立案数"), (250.0, 500.0, 12.0, "办复率")]);
    table.extend([
        (40.0, 490.0, 12.0, "地区"),
        (150.0, 480.0, 12.0, "（件）"),
        (250.0, 480.0, 12.0, "（%）"),
    ]);
    for (i, (name, count, share)) in
        [("东区", "120", "98.5"), ("西区", "80", "100"), ("北区", "9", "—")].iter().enumerate()
    {
        let y = 460.0 - i as f32 * 20.0;
        table.extend([(40.0, y, 12.0, *name), (155.0, y, 12.0, *count), (255.0, y, 12.0, *share)]);
    }
    table.push((64.0, 380.0, 12.0, "以上各区提案都已办理完毕，委员表示满意。"));
    let draft = read(&GB.pdf(&[&table])).unwrap();
    let mut cells: Vec<_> = draft
        .lines
        .iter()
        .filter_map(|line| line.cell.map(|cell| ((cell.table, cell.row, cell.column), line.text.as_str())))
        .collect();
    cells.sort_unstable();
    let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
    let head = ["地区", "立案数（件）", "办复率（%）"];
    assert_eq!(texts, [&head[..], &["东区", "120", "98.5", "西区", "80", "100", "北区", "9", "—"]].concat());
    assert_eq!(cells.iter().map(|(at, _)| *at).collect::<Vec<_>>()[2..4], [(0, 0, 2), (0, 1, 0)]);
    let others = draft.lines.iter().filter(|line| line.cell.is_none()).count();
    assert_eq!(others, 2);
    // A name of two rows is no simple table; neither is a head that spans columns, or one that is missing.
    let long = [&table[..6], &[(40.0, 470.0, 12.0, "新城")], &table[6..]].concat();
    let spanned = [
        &table[..1],
        &[(60.0, 515.0, 12.0, "合计"), (150.0, 515.0, 12.0, "二〇二三年全年各区累计")],
        &table[1..],
    ]
    .concat();
    let late = [&table[..9], &[(40.0, 450.0, 12.0, "新城")], &table[9..]].concat();
    for rows in [&long[..], &late, &spanned, &table[6..]] {
        let draft = read(&GB.pdf(&[rows])).unwrap();
        assert!(draft.lines.iter().all(|line| line.cell.is_none()), "{:?}", words(&draft));
    }
}

#[test]
fn numbers_of_notes_do_not_join_numbers() {
    let shown: &[Shown] = &[
        (72.0, 470.0, 16.0, "常住人口"),
        (136.0, 476.0, 8.0, "1"),
        (140.0, 470.0, 16.0, "176.48万人，面积20km"),
        (300.0, 476.0, 8.0, "2"),
        (304.0, 470.0, 16.0, "，增长。"),
        (72.0, 60.0, 10.0, "1 注：不含流动人口。"),
    ];
    let draft = read(&GB.pdf(&[shown])).unwrap();
    assert_eq!(words(&draft), ["常住人口176.48万人，面积20km²，增长。", "注：不含流动人口。"]);
    assert_eq!(removed(&draft), ["1", "1"]);
}

#[test]
fn pictures_and_shapes_without_characters() {
    let picture = "q 400 0 0 560 0 0 cm /I Do Q".to_owned();
    assert_eq!(read(&GB.drawn(std::slice::from_ref(&picture))), Err(Error::Scanned));
    let words = "BT /F 16 Tf 20 500 Td <4e004e8c4e094e00> Tj ET".to_owned();
    let some = read(&GB.drawn(&[words.clone(), picture.clone(), picture.clone()])).unwrap();
    assert_eq!(some.warnings[0].code, "pages-scanned");
    let laid_over = read(&GB.drawn(&[format!("{picture} 3 Tr {words}")])).unwrap();
    assert_eq!(laid_over.warnings[0].code, "recognised-text");
    // A font whose numbers mean nothing to others.
    let own = Made { encoding: "Identity-H", ordering: "Identity", ..GB };
    assert_eq!(read(&own.drawn(std::slice::from_ref(&words))), Err(Error::Garbled));
    // By the numbers of a known collection.
    let known = Made { encoding: "Identity-H", ..GB };
    let draft = read(&known.drawn(&["BT /F 16 Tf 20 500 Td <10111012> Tj ET".to_owned()])).unwrap();
    assert_eq!(super::tests::words(&draft).concat().chars().count(), 2);
}

#[test]
fn passwords() {
    let open = include_bytes!("../../../tests/formats/encrypted-open.pdf");
    assert!(words(&read(open).unwrap()).concat().contains("全年召开会议"));
    let closed = include_bytes!("../../../tests/formats/encrypted-password.pdf");
    assert_eq!(read(closed), Err(Error::Encrypted));
}

#[test]
fn a_table_of_objects_that_is_wrong_or_missing_is_survived() {
    let file = GB.pdf(&REPORT);
    let at = file.windows(4).position(|w| w == b"xref").unwrap();
    assert_eq!(words(&read(&file[..at]).unwrap()), PARAGRAPHS);
    let mut wrong = file.clone();
    wrong[at + 30..at + 120].fill(b'7');
    assert_eq!(words(&read(&wrong).unwrap()), PARAGRAPHS);
    assert_eq!(read(b"%PDF-1.7\n"), Err(Error::Damaged));
}

/// Whatever is cut off or changed, there is an answer, and soon.
#[test]
fn damage_never_panics() {
    let file = GB.pdf(&REPORT);
    for cut in (0..file.len()).step_by(97) {
        let _ = read(&file[..cut]);
    }
    let mut seed = 20_240_115_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize
    };
    for _ in 0..300 {
        let mut bytes = file.clone();
        for _ in 0..1 + next() % 12 {
            let at = next() % bytes.len();
            bytes[at] = next() as u8;
        }
        let _ = read(&bytes);
    }
}

#[test]
fn forms_that_hold_themselves_end() {
    let content = "/X Do BT /F 16 Tf 20 500 Td <4e00> Tj ET";
    let file = String::from_utf8(GB.drawn(&[content.to_owned()])).unwrap();
    let form =
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R/I 5 0 R>>>>/Length 12>>
            stream\n/X Do /X Do \nendstream";
    let (before, rest) = file.split_once("5 0 obj\n").unwrap();
    let (_, after) = rest.split_once("\nendobj").unwrap();
    let file = format!("{before}5 0 obj\n{form}\nendobj{after}").replace("/XObject<</I 5", "/XObject<</X 5");
    assert_eq!(words(&read(file.as_bytes()).unwrap()), ["一"]);
}

#[test]
fn fonts_within_another_object_are_told_apart() {
    let content = "BT /F 16 Tf 20 500 Td <4e004e00> Tj /G 16 Tf 0 -100 Td <d2bbd2bb> Tj ET";
    let file = String::from_utf8(GB.drawn(&[content.to_owned()])).unwrap();
    let font = |encoding: &str| {
        format!("<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{encoding}/DescendantFonts[4 0 R]>>")
    };
    let fonts = format!("/F {} /G {}", font("UniGB-UCS2-H"), font("GBK-EUC-H"));
    let draft = read(file.replace("/F 3 0 R", &fonts).as_bytes()).unwrap();
    assert_eq!(words(&draft), ["一一", "一一"]);
}

#[test]
fn streams_beyond_the_limits_are_refused() {
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;
    let packed = |bytes: &[u8]| {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let bomb = packed(&vec![b' '; 70 << 20]);
    let file = |dictionary: &str, data: &[u8]| {
        let head = format!("%PDF-1.5\n1 0 obj\n<<{dictionary}/Length {}>>\nstream\n", data.len());
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    };
    let read = |bytes: &[u8]| draft(bytes, &Budget::new(bytes.len())).err();
    assert_eq!(read(&file("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &bomb)), Some(Error::TooLarge));
    assert_eq!(read(&file("/Type/XRef/Filter[/FlateDecode]", &bomb)), Some(Error::TooLarge));
    let twice = "/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]/DecodeParms[null null]";
    assert_eq!(read(&file(twice, &packed(&bomb))), Some(Error::Damaged));
    // An honest one passes, and there is no page in it.
    assert_eq!(
        read(&file("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &packed(b"9 0 <<>>"))),
        Some(Error::Damaged)
    );
    assert_eq!(
        object_streams(&file("/Type/ObjStm/Filter/FlateDecode", &packed(b"9 0 <<>>")), &Budget::new(0)),
        Ok(())
    );
}
