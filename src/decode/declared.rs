//! What a file says about its encoding.

use super::codec::Encoding;
use crate::report::EncodingFrom;

/// The encoding that an XML declaration or an HTML `meta` element in the first bytes names.
pub fn encoding(bytes: &[u8]) -> Option<(Encoding, EncodingFrom)> {
    let head = &bytes[..bytes.len().min(4096)];
    // Files of UTF-16 that declare themselves do so in UTF-16; those are found by their content.
    let head: String = head.iter().map(|&b| b.to_ascii_lowercase() as char).collect();
    if head.trim_start().starts_with("<?xml") {
        let declaration = &head[..head.find("?>").unwrap_or(head.len())];
        if let Some(found) = label(declaration, "encoding") {
            return Some((found, EncodingFrom::Xml));
        }
    }
    head.match_indices("<meta").find_map(|(i, _)| {
        let tag = &head[i..];
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        label(tag, "charset").map(|found| (found, EncodingFrom::Meta))
    })
}

/// The encoding named behind `key` and `=`, in quotes or bare.
fn label(tag: &str, key: &str) -> Option<Encoding> {
    let rest = tag[tag.find(key)? + key.len()..].trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ';', ' ', '/', '?']).unwrap_or(rest.len());
    let encoding = Encoding::for_label(&rest.as_bytes()[..end])?;
    // A declaration that can be read byte by byte cannot mean UTF-16; so the HTML standard.
    Some(match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => Encoding::Utf8,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_every_form() {
        let name = |s: &str| encoding(s.as_bytes()).map(|(e, _)| e);
        assert_eq!(
            name("<META http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\" />"),
            Some(Encoding::Gb18030)
        );
        assert_eq!(name("<meta name=a content=b><meta charset = big5>"), Some(Encoding::Big5));
        assert_eq!(name("<meta charset='utf-16'>"), Some(Encoding::Utf8));
        assert_eq!(name("<p>charset=gbk</p>"), None);
        assert_eq!(name("<meta charset=klingon>"), None);
    }
}
