//! Reports as a Word document: headings in Word's own styles, and metrics in tables under them.

use super::super::ExportOptions;
use super::super::document::{Block, blocks};
use super::{Part, content_types, push_escaped, relations, zip};
use crate::report::Report;

/// Word knows nine levels.
const LEVELS: u32 = 9;

/// One document, each report on pages of its own.
pub fn docx(reports: &[Report], options: &ExportOptions) -> Vec<u8> {
    let mut body = Part::new("word/document.xml");
    body.push(&format!("<w:document xmlns:w=\"{MAIN}\"><w:body>"));
    for (i, report) in reports.iter().enumerate() {
        for block in blocks(report, options) {
            push_block(&mut body, block, i > 0);
        }
    }
    // A4, with the margins of Word.
    body.push(
        "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/>\
         </w:sectPr></w:body></w:document>",
    );
    zip(vec![
        content_types(&[
            ("word/document.xml".into(), "wordprocessingml.document.main"),
            ("word/styles.xml".into(), "wordprocessingml.styles"),
        ]),
        relations("_rels/.rels", &[("r1".into(), "officeDocument", "word/document.xml".into())]),
        body,
        relations("word/_rels/document.xml.rels", &[("r1".into(), "styles", "styles.xml".into())]),
        Part::whole("word/styles.xml", &styles()),
    ])
}

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn push_block(body: &mut Part, block: Block, break_before: bool) {
    match block {
        Block::Title(words) => {
            let more = if break_before { "<w:pageBreakBefore/>" } else { "" };
            body.push(&paragraph("Title", more, words));
        }
        Block::Facts(facts) => {
            for (label, value) in facts {
                body.push(&paragraph("Normal", "", &format!("{label}: {value}")));
            }
        }
        Block::Heading { level, text } => {
            body.push(&paragraph(&format!("Heading{}", level.min(LEVELS)), "", &text));
        }
        Block::Table { heads, rows } => {
            body.push("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>");
            body.push(&"<w:gridCol/>".repeat(heads.len()));
            body.push("</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
            for head in heads {
                body.push(&cell("TableHead", head));
            }
            body.push("</w:tr>");
            for row in rows {
                body.push("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
                for field in row {
                    body.push(&cell("TableText", &field.text()));
                }
                body.push("</w:tr>");
            }
            // Two tables without a paragraph between them would be one.
            body.push("</w:tbl><w:p/>");
        }
    }
}

fn cell(style: &str, words: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>{}</w:tc>", paragraph(style, "", words))
}

/// A paragraph; a line's end within it becomes a space.
fn paragraph(style: &str, more: &str, words: &str) -> String {
    let mut xml =
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr><w:r><w:t xml:space=\"preserve\">");
    push_escaped(&mut xml, &words.replace(['\n', '\r', '\t'], " "));
    xml + "</w:t></w:r></w:p>"
}

/// Named as Word names its own, so that it shows and numbers them as such in every language.
fn styles() -> String {
    let mut xml = format!(
        "<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblCellMar>\
         <w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    let mut style = |id: &str, name: &str, paragraph: &str, size: u32, bold: bool| {
        let (font, bold) = if bold { ("<w:rFonts w:eastAsia=\"黑体\"/>", "<w:b/>") } else { ("", "") };
        xml += &format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{font}{bold}<w:sz w:val=\"{size}\"/></w:rPr></w:style>"
        );
    };
    style(
        "Title",
        "Title",
        "<w:spacing w:before=\"240\" w:after=\"240\"/><w:jc w:val=\"center\"/>",
        44,
        true,
    );
    for level in 1..=LEVELS {
        let spacing = format!(
            "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"100\"/><w:outlineLvl w:val=\"{}\"/>",
            level - 1
        );
        let size = [32, 30, 28].get(level as usize - 1).copied().unwrap_or(24);
        style(&format!("Heading{level}"), &format!("heading {level}"), &spacing, size, true);
    }
    style("TableHead", "Table Head", "", 18, true);
    style("TableText", "Table Text", "", 18, false);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .iter()
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
        .collect();
    xml + &format!(
        "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/><w:basedOn w:val=\"TableNormal\"/>\
         <w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )
}
