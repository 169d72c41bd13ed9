use super::*;
use crate::read::{Hint, Line};
use crate::unpack::package::tests::zip;

const RELATIONS: &str = r#"<Relationships>
<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
<Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/numbering" Target="/word/numbering.xml"/>
<Relationship Type="x/footnotes" Target="footnotes.xml"/>
<Relationship Type="x/header" Target="header1.xml"/>
<Relationship Type="x/hyperlink" Target="http://example.org" TargetMode="External"/>
</Relationships>"#;

const STYLES: &str = r#"<w:styles>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="my"><w:name w:val="我的标题"/><w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="2"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="cn"><w:name w:val="标题 1"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="hid"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="my"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf06c;"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>"#;

fn lines(body: &str) -> Vec<Line> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let footnotes = "<w:footnotes><w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/><w:t> 不含下属单位。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = zip(&[
        (b"word/document.xml", document.as_bytes()),
        (b"word/_rels/document.xml.rels", RELATIONS.as_bytes()),
        (b"word/styles.xml", STYLES.as_bytes()),
        (b"word/numbering.xml", NUMBERING.as_bytes()),
        (b"word/footnotes.xml", footnotes.as_bytes()),
        (b"word/header1.xml", "<w:hdr><w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:hdr>".as_bytes()),
    ]);
    let draft = read(&bytes, &Budget::new(0)).unwrap();
    let (furniture, lines): (Vec<_>, Vec<_>) =
        draft.lines.into_iter().partition(|l| l.removed == Some(RemovedKind::Chrome));
    assert_eq!(furniture.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["内部资料"]);
    lines
}

fn texts(body: &str) -> Vec<String> {
    lines(body).into_iter().map(|l| l.text).collect()
}

fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn numbered(list: u32, level: u32, text: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

#[test]
fn numbers_are_the_words_that_word_shows() {
    let body = [
        numbered(3, 0, "主要工作"),
        numbered(3, 1, "协商议政"),
        p("<w:pStyle w:val=\"my\"/>", "调研"),
        numbered(3, 1, "民主监督"),
        numbered(5, 0, "没有字的点"),
        p("<w:pStyle w:val=\"my\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "不编号"),
        numbered(4, 0, "从五起"),
        numbered(3, 0, "接着数"),
    ];
    assert_eq!(
        texts(&body.concat()),
        [
            "一、主要工作",
            "（一）协商议政",
            "1. 调研",
            "（二）民主监督",
            "没有字的点",
            "不编号",
            "五、从五起",
            "六、接着数"
        ]
    );
}

#[test]
fn styles_give_hints() {
    let of = |properties: &str| lines(&p(properties, "总体要求")).remove(0).hint;
    let bold = Hint { bold: 4, ..Hint::default() };
    assert_eq!(of("<w:pStyle w:val=\"2\"/>"), Hint { heading: Some(2), centred: true, ..bold });
    assert_eq!(of("<w:pStyle w:val=\"my\"/><w:jc w:val=\"both\"/>").heading, Some(3));
    assert_eq!(of("<w:pStyle w:val=\"cn\"/>"), Hint { heading: Some(1), ..Hint::default() });
    assert_eq!(of("<w:outlineLvl w:val=\"9\"/>"), Hint::default());
    // A lead in a heading's face stands out as one in bold does.
    let lead = r#"<w:p><w:r><w:rPr><w:rFonts w:eastAsia="楷体_GB2312"/></w:rPr><w:t>强化学习。</w:t></w:r><w:r><w:t>全年集中学习六次。</w:t></w:r></w:p>"#;
    assert_eq!(lines(lead)[0].hint.bold, 5);
    assert!(
        lines("<w:p><w:pPr><w:ind w:firstLineChars=\"200\"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>")[0]
            .indent
    );
}

#[test]
fn changes_are_taken_as_accepted() {
    let body = r#"<w:p><w:r><w:t>全年</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:ins><w:r><w:t>开会</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>六次</w:t></w:r></w:moveTo></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>两段</w:t></w:r></w:p><w:p><w:r><w:t>成一段。</w:t></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删去的行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    assert_eq!(texts(body), ["全年开会六次", "两段成一段。"]);
}

#[test]
fn fields_show_their_result_and_hidden_words_nothing() {
    let body = r#"<w:p><w:r><w:t>见第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r><w:r><w:t>码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>三</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:rStyle w:val="hid"/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>页</w:t><w:softHyphen/><w:sym w:font="Symbol" w:char="F0B4"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:br/><w:t>二</w:t><w:noBreakHyphen/><w:t>三</w:t></w:r></w:p>"#;
    assert_eq!(texts(body), ["见第三页×", "二-三"]);
}

#[test]
fn contents_are_told_as_a_repeat() {
    let body = p("<w:pStyle w:val=\"toc\"/>", "一、主要工作 1") + &p("", "一、主要工作");
    let lines = lines(&body);
    assert_eq!(lines.iter().map(|l| l.removed).collect::<Vec<_>>(), [Some(RemovedKind::Repeat), None]);
}

#[test]
fn text_boxes_come_once_and_notes_behind_their_paragraph() {
    let text_box = "<w:txbxContent><w:p><w:r><w:t>框中字</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        r#"<w:p><w:r><w:t>提案三件</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{text_box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{text_box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>。</w:t></w:r></w:p>{}"#,
        p("", "末段。")
    );
    assert_eq!(texts(&body), ["提案三件。", "不含下属单位。", "框中字", "末段。"]);
}

#[test]
fn cells_know_their_place() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl><w:tbl><w:tr>{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/><w:vMerge w:val=\"restart\"/>", "指标"),
        cell("", "数量"),
        cell("<w:gridSpan w:val=\"2\"/><w:vMerge/>", "影子"),
        cell("", "三件"),
        cell("", ""),
        cell("", "一格是框"),
    );
    let cells: Vec<_> =
        lines(&body).into_iter().map(|l| (l.text, l.cell.map(|c| (c.table, c.row, c.column)))).collect();
    let cells: Vec<_> = cells.iter().map(|(text, cell)| (text.as_str(), *cell)).collect();
    assert_eq!(
        cells,
        [("指标", Some((0, 0, 0))), ("数量", Some((0, 0, 2))), ("三件", Some((0, 1, 2))), ("一格是框", None)]
    );
}

#[test]
fn what_is_no_document_is_damaged() {
    let budget = Budget::new(0);
    assert_eq!(read(&zip(&[(b"word/other.xml", b"")]), &budget), Err(Error::Damaged));
    assert_eq!(
        read(&zip(&[(b"word/document.xml", b"<w:document><w:body><w:p")]), &budget),
        Err(Error::Damaged)
    );
}
