//! Archives: what in them may be a report, each by its path.

use super::package::Package;
use super::{Entry, Within, open};
use crate::decode::{self, magic};
use crate::{Error, Options};

/// How deep archives may lie in archives.
const MAX_DEPTH: usize = 4;
/// A path keeps so many characters, its last.
const MAX_NAME: usize = 200;

/// Endings of files that people mean to be read: what cannot be read of them is told.
const REPORTS: &[&str] = &[
    "7z", "caj", "csv", "doc", "docm", "docx", "et", "htm", "html", "jsonl", "md", "mht", "mhtml", "ndjson",
    "odt", "ofd", "pdf", "rar", "rtf", "shtml", "tmx", "tsv", "txt", "wps", "xhtml", "xls", "xlsx", "zip",
];
/// Endings of files that stand beside saved pages and are text, and never a report.
const PARTS_OF_PAGES: &[&str] = &["css", "js", "map", "mjs", "svg", "xml"];

/// The reports of a zip, in the order of its directory.
pub fn entries(bytes: &[u8], within: &Within) -> Result<Vec<Entry>, Error> {
    let within = &within.deeper()?;
    let package = Package::open(bytes, within.budget)?;
    let raw: Vec<&[u8]> = package.parts().iter().map(|part| part.raw_name.as_slice()).collect();
    let guessed = decode_names(&raw, within.options);
    let mut entries = Vec::new();
    for (part, guessed) in package.parts().iter().zip(guessed) {
        let name = harmless(part.name.as_ref().unwrap_or(&guessed));
        if !is_hidden(&name) {
            let named = is_named_report(&name);
            match package.read(part) {
                Ok(bytes) => entries.extend(file(&bytes, name, within)),
                // What cannot be looked into is judged by its name.
                Err(error) if named => entries.push(Entry { name, content: Err(error) }),
                Err(_) => {}
            }
        }
    }
    if entries.is_empty() { Err(Error::NoText) } else { Ok(entries) }
}

/// What a file in an archive gives: nothing where nobody would expect a report in it.
pub fn file(bytes: &[u8], name: String, within: &Within) -> Vec<Entry> {
    let readable = || match magic::container(bytes) {
        Some(magic::Container::Archive(_) | magic::Container::Unreadable(_)) => false,
        Some(_) => true,
        None => !PARTS_OF_PAGES.contains(&ending(&name).as_str()) && is_chinese(bytes, within.options),
    };
    if !is_named_report(&name) && !readable() {
        return Vec::new();
    }
    match open(bytes, &name, within) {
        Ok(entries) => entries,
        Err(error) => vec![Entry { name, content: Err(error) }],
    }
}

impl Within<'_> {
    /// The same, one archive further in.
    fn deeper(&self) -> Result<Self, Error> {
        if self.depth == MAX_DEPTH {
            Err(Error::TooLarge)
        } else {
            Ok(Self { depth: self.depth + 1, ..*self })
        }
    }
}

/// Names that are stored without their encoding; archives are written by one program, so all speak for each.
fn decode_names(names: &[&[u8]], options: &Options) -> Vec<String> {
    let strange: Vec<&[u8]> =
        names.iter().filter(|name| std::str::from_utf8(name).is_err()).copied().collect();
    let sample = strange.join(&b'\n');
    let encoding = match decode::decode(&sample, &Options::default(), &options.lexicon().decode) {
        Ok(decoded) if decoded.encoding == "Big5" => encoding_rs::BIG5,
        _ => encoding_rs::GB18030,
    };
    let decode = |name: &&[u8]| match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(name).0.into_owned(),
    };
    names.iter().map(decode).collect()
}

/// A path that leads nowhere but down.
pub fn harmless(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let steps: Vec<&str> = name
        .split(['/', '\\'])
        .map(str::trim)
        .filter(|step| !(matches!(*step, "" | "." | "..") || step.len() == 2 && step.ends_with(':')))
        .collect();
    let path = steps.join("/");
    let length = path.chars().count();
    path.chars().skip(length.saturating_sub(MAX_NAME)).collect()
}

/// What systems and office programs leave in folders.
pub fn is_hidden(name: &str) -> bool {
    name.is_empty()
        || name.split('/').any(|step| {
            step.starts_with(['.', '~'])
                || ["__MACOSX", "Thumbs.db", "desktop.ini"]
                    .iter()
                    .any(|hidden| step.eq_ignore_ascii_case(hidden))
        })
}

pub fn is_named_report(name: &str) -> bool {
    REPORTS.contains(&ending(name).as_str())
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase()
}

/// Text with some words of Chinese in it.
fn is_chinese(bytes: &[u8], options: &Options) -> bool {
    decode::decode(bytes, options, &options.lexicon().decode).is_ok_and(|decoded| {
        decoded.text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).nth(20).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::super::package::tests::zip;
    use super::super::{Content, unpack};
    use super::*;
    use rawzip::Header;

    const TEXT: &str = "全年召开常委会会议六次,组织委员视察十二次,收到提案二百三十八件。";

    fn read(bytes: &[u8]) -> Vec<(String, Result<Content, Error>)> {
        unpack(bytes, &Options { name: "一.zip".into(), ..Options::default() })
            .unwrap()
            .into_iter()
            .map(|entry| (entry.name, entry.content))
            .collect()
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        read(bytes).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn names_come_through_in_every_encoding() {
        let gbk = encoding_rs::GBK.encode("二〇二三年/政协工作报告.txt").0;
        let big5 = encoding_rs::BIG5.encode("二零二三年/政協工作報告.txt").0;
        let text = TEXT.as_bytes();
        assert_eq!(names(&zip(&[(&gbk, text), (b"a.txt", text)])), ["二〇二三年/政协工作报告.txt", "a.txt"]);
        assert_eq!(names(&zip(&[(&big5, text)])), ["二零二三年/政協工作報告.txt"]);
        assert_eq!(names(&zip(&[("工作报告.txt".as_bytes(), text)])), ["工作报告.txt"]);
    }

    #[test]
    fn a_name_told_in_unicode_counts_while_it_belongs_to_the_other() {
        let mut output = Vec::new();
        let mut archive = rawzip::ZipArchiveWriter::new(&mut output);
        for (name, of) in [(&b"\xb1\xa8.txt"[..], &b"\xb1\xa8.txt"[..]), (b"b.txt", b"a.txt")] {
            let mut field = vec![1];
            field.extend(rawzip::crc32(of).to_le_bytes());
            field.extend("报告.txt".as_bytes());
            let (mut entry, config) = archive
                .new_file(rawzip::path::EntryPath::verbatim(name))
                .extra_field(
                    rawzip::extra_fields::ExtraFieldId::INFO_ZIP_UNICODE_PATH,
                    &field,
                    Header::default(),
                )
                .unwrap()
                .start()
                .unwrap();
            let mut writer = config.wrap(&mut entry);
            std::io::Write::write_all(&mut writer, TEXT.as_bytes()).unwrap();
            let (_, descriptor) = writer.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        assert_eq!(names(&output), ["报告.txt", "b.txt"]);
    }

    #[test]
    fn what_is_no_report_is_passed_over() {
        let text = TEXT.as_bytes();
        let bytes = zip(&[
            (b"__MACOSX/._a.txt", text),
            (b".DS_Store", text),
            (b"x/Thumbs.db", text),
            (b"~$a.docx", text),
            (b"logo.png", b"\x89PNG\r\n\x1a\n"),
            (b"page_files/city.js", text),
            (b"LICENSE", b"all rights reserved"),
            (b"report", text),
            (b"a.docx", b"\x89PNG\r\n\x1a\n"),
        ]);
        let read = read(&bytes);
        assert_eq!(read.len(), 2, "{read:?}");
        assert_eq!(read[0].0, "report");
        assert_eq!(read[1], ("a.docx".into(), Err(Error::UnsupportedFormat("PNG"))));
        let nothing = unpack(&zip(&[(b".DS_Store", text)]), &Options::default());
        assert_eq!(nothing, Err(Error::NoText));
    }

    #[test]
    fn archives_in_archives_are_opened_to_a_depth() {
        let inner = zip(&[(b"c.txt", TEXT.as_bytes())]);
        assert_eq!(names(&zip(&[(b"b.zip", &inner)])), ["b.zip/c.txt"]);
        let mut deep = inner;
        for _ in 0..MAX_DEPTH {
            deep = zip(&[(b"d.zip", &deep)]);
        }
        assert_eq!(read(&deep)[0].1, Err(Error::TooLarge));
    }

    #[test]
    fn a_password_or_a_broken_entry_costs_only_itself() {
        let mut bytes = zip(&[(b"a.txt", TEXT.as_bytes()), (b"b.txt", TEXT.as_bytes()), (b"c.txt", b"\0")]);
        let entry = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        bytes[entry + 8] |= 1;
        let read = read(&bytes);
        assert_eq!(read[0], ("a.txt".into(), Err(Error::Encrypted)));
        assert!(read[1].1.is_ok());
    }

    #[test]
    fn paths_lead_only_down() {
        assert_eq!(harmless("../../etc/报告.txt"), "etc/报告.txt");
        assert_eq!(harmless("C:\\文件\\..\\报告.txt\0"), "文件/报告.txt");
        assert_eq!(harmless(&"长".repeat(70_000)).chars().count(), MAX_NAME);
        assert!(is_hidden(&harmless("../..")));
    }
}
