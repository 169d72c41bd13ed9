//! Pages as browsers save them in one file (RFC 2557): the parts of a MIME message.

use super::{Content, Entry};
use crate::Error;
use crate::report::Format;

/// Parts within parts.
const MAX_DEPTH: usize = 8;

/// The page that was saved; its frames and pictures are left out.
pub fn entry(bytes: &[u8], name: &str) -> Result<Entry, Error> {
    let message = Part::parse(bytes);
    let page = message.page(0).ok_or(Error::Damaged)?;
    let content = Content::Bytes {
        bytes: page.decoded(),
        encoding: page.parameter("charset").filter(|label| {
            // A label that nobody knows says nothing.
            encoding_rs::Encoding::for_label(label.as_bytes()).is_some()
        }),
        format: Some(Format::Mhtml),
    };
    Ok(Entry { name: name.to_owned(), content: Ok(content) })
}

/// A part of the message.
struct Part<'a> {
    /// With folded lines made one, names in lower case.
    headers: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    fn parse(bytes: &'a [u8]) -> Self {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|&b| b == b'\n').map_or(rest.len(), |at| at + 1);
            let line = String::from_utf8_lossy(&rest[..end]);
            rest = &rest[end..];
            if line.trim().is_empty() {
                // Blank lines before the first header are a careless copy.
                if headers.is_empty() {
                    continue;
                }
                break;
            }
            match (line.starts_with([' ', '\t']), headers.last_mut(), line.split_once(':')) {
                (true, Some((_, value)), _) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                (_, _, Some((name, value))) => {
                    headers.push((name.trim().to_lowercase(), value.trim().to_owned()))
                }
                _ => {}
            }
        }
        Self { headers, body: rest }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    fn kind(&self) -> String {
        self.header("content-type").split(';').next().unwrap_or("").trim().to_lowercase()
    }

    /// Of the content type: `boundary`, `charset`, `start`.
    fn parameter(&self, name: &str) -> Option<String> {
        let value = self.header("content-type").split(';').skip(1).find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then_some(value)
        })?;
        Some(value.trim().trim_matches('"').to_owned())
    }

    /// The page of this part: the one that is called the start, or else the first.
    fn page(self, depth: usize) -> Option<Self> {
        if matches!(self.kind().as_str(), "text/html" | "application/xhtml+xml") {
            return Some(self);
        }
        if !self.kind().starts_with("multipart/") || depth == MAX_DEPTH {
            return None;
        }
        let mut parts = self.parts();
        let start = self.parameter("start").unwrap_or_default();
        let named = parts.iter().position(|part| !start.is_empty() && part.header("content-id") == start);
        if let Some(at) = named {
            parts.swap(0, at);
        }
        parts.into_iter().find_map(|part| part.page(depth + 1))
    }

    fn parts(&self) -> Vec<Part<'a>> {
        let Some(boundary) = self.parameter("boundary").filter(|b| !b.is_empty()) else { return Vec::new() };
        let mark = format!("--{boundary}");
        let mut parts = Vec::new();
        let (mut start, mut at) = (None, 0);
        for line in self.body.split_inclusive(|&b| b == b'\n') {
            let end = at + line.len();
            if let Some(rest) = line.strip_prefix(mark.as_bytes())
                && (rest.starts_with(b"--") || rest.trim_ascii().is_empty())
            {
                if let Some(start) = start {
                    parts.push(Part::parse(&self.body[start..at]));
                }
                start = (!rest.starts_with(b"--")).then_some(end);
            }
            at = end;
        }
        // A file that was cut off has no last mark.
        if let Some(start) = start {
            parts.push(Part::parse(&self.body[start..]));
        }
        parts
    }

    fn decoded(&self) -> Vec<u8> {
        match self.header("content-transfer-encoding").to_lowercase().as_str() {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// RFC 2045, 6.7; what is no escape stays.
fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let digit = |b: Option<&u8>| b.and_then(|&b| (b as char).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|&b| b == b'\n') {
        let body = line.trim_ascii_end();
        let soft = body.ends_with(b"=");
        let mut at = 0;
        while at < body.len() {
            match (body[at], digit(body.get(at + 1)), digit(body.get(at + 2))) {
                (b'=', Some(high), Some(low)) => {
                    bytes.push((high * 16 + low) as u8);
                    at += 3;
                }
                (b'=', ..) if at + 1 == body.len() => at += 1,
                (byte, ..) => {
                    bytes.push(byte);
                    at += 1;
                }
            }
        }
        if !soft && line.ends_with(b"\n") {
            bytes.push(b'\n');
        }
    }
    bytes
}

/// RFC 4648, 4; what is no digit is passed over.
fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for &byte in text {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::tests::unpacked;
    use super::*;

    fn page(mhtml: &[u8]) -> (Vec<u8>, Option<String>) {
        match unpacked(mhtml).unwrap().remove(0).content {
            Ok(Content::Bytes { bytes, encoding, format }) => {
                assert_eq!(format, Some(Format::Mhtml));
                (bytes, encoding)
            }
            other => panic!("{other:?}"),
        }
    }

    const HEAD: &str = "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?=E5=B7=A5?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Mark\"\r\n";

    #[test]
    fn the_page_is_found_among_its_parts() {
        let (html, charset) = page(
            format!(
                "{HEAD}\r\n------Mark\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
                ------Mark\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                <p class=3D\"a\">=CC=E1=\r\n=B0=B8</p>=\r\n\r\n------Mark\r\nContent-Type: text/html\r\n\r\n<p>frame</p>\r\n------Mark--\r\n"
            )
            .as_bytes(),
        );
        assert_eq!(html, b"<p class=\"a\">\xcc\xe1\xb0\xb8</p>\n");
        assert_eq!(charset.as_deref(), Some("gb2312"));
    }

    #[test]
    fn the_start_is_the_page_and_parts_nest() {
        let head = HEAD.replace("boundary", "start=\"<two>\";\r\n\tboundary");
        let (html, _) = page(
            format!(
                "{head}\r\n------Mark\r\nContent-Type: text/html\r\n\r\n<p>one</p>\r\n------Mark\r\nContent-ID: <two>\r\n\
                Content-Type: multipart/alternative; boundary=In\r\n\r\n--In\r\nContent-Type: text/plain\r\n\r\nplain\r\n--In\r\n\
                Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5o+Q5qGIPC9w\r\nPg==\r\n--In--\r\n------Mark--"
            )
            .as_bytes(),
        );
        assert_eq!(html, "<p>提案</p>".as_bytes());
    }

    #[test]
    fn what_is_cut_off_gives_what_is_there_and_else_says_so() {
        let (html, _) =
            page(format!("{HEAD}\r\n------Mark\r\nContent-Type: text/html\r\n\r\n<p>提案").as_bytes());
        assert_eq!(html, "<p>提案".as_bytes());
        assert_eq!(unpacked(HEAD.as_bytes()), Err(Error::Damaged));
    }
}
