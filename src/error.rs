use std::fmt;

/// Why a file gave no report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The file has no bytes, or nothing but white space.
    Empty,
    /// The label given in the options names no encoding of the WHATWG standard.
    UnknownEncoding(String),
    /// The bytes are of a format that has to be unpacked first, by [`crate::unpack`]; the word names it.
    Packed(&'static str),
    /// The bytes are of a format that cannot be read; the word names it.
    UnsupportedFormat(&'static str),
    /// The bytes are an archive that cannot be opened here; the word names it.
    UnsupportedArchive(&'static str),
    /// A password protects the file.
    Encrypted,
    /// The file is cut off or broken.
    Damaged,
    /// The file unpacks to more than is read here.
    TooLarge,
    /// The file holds pictures of pages and no characters.
    Scanned,
    /// Its characters are not those that its pages show.
    Garbled,
    /// The bytes are not text in any encoding that reports come in.
    NotText,
    /// The file was read but holds no words of a report.
    NoText,
}

impl Error {
    /// A stable code for programs, in kebab case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownEncoding(_) => "unknown-encoding",
            Self::Packed(_) => "packed",
            Self::UnsupportedFormat(_) => "unsupported-format",
            Self::UnsupportedArchive(_) => "unsupported-archive",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::TooLarge => "too-large",
            Self::Scanned => "scanned",
            Self::Garbled => "garbled",
            Self::NotText => "not-text",
            Self::NoText => "no-text",
        }
    }

    /// What happened and what to do, in Simplified Chinese.
    pub fn message_zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的。请检查文件是否完整。".into(),
            Self::UnknownEncoding(label) => {
                format!("没有名为“{label}”的编码。可用:UTF-8、GB18030、GBK、Big5、UTF-16LE、UTF-16BE。")
            }
            Self::Packed(format) => format!("{format} 文件要先拆开,而这个程序没有带上拆它的部分。"),
            Self::UnsupportedFormat(format) => {
                format!("暂不能读取 {format} 文件。请另存为网页或纯文本(.html、.txt)再试。")
            }
            Self::UnsupportedArchive(format) => {
                format!("不能打开 {format} 压缩包。请解压后再试,或重新压缩为 zip。")
            }
            Self::Encrypted => "文件有密码。请用原来的软件打开,去掉密码另存后再试。".into(),
            Self::Damaged => "文件已损坏或不完整。请重新下载,或用原来的软件打开、另存后再试。".into(),
            Self::TooLarge => "文件展开后太大,无法读取。请分成几个文件再试。".into(),
            Self::Scanned => "文件里只有图片,没有文字。请先做文字识别(OCR),或找文字版再试。".into(),
            Self::Garbled => {
                "文件里的文字与页面上显示的不符,是乱码。请另找 Word、网页等版本,或先做文字识别(OCR)再试。"
                    .into()
            }
            Self::NotText => "没有读出文字,文件可能不是文本。请用原来的软件打开,另存为纯文本再试。".into(),
            Self::NoText => "文件里没有正文。请确认打开的是报告全文。".into(),
        }
    }
}

/// In English; [`Error::message_zh`] says the same in Chinese.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty; check that it is complete"),
            Self::UnknownEncoding(label) => write!(
                f,
                "no encoding is named '{label}'; use UTF-8, GB18030, GBK, Big5, UTF-16LE or UTF-16BE"
            ),
            Self::Packed(format) => {
                write!(f, "{format} files have to be unpacked first, and this build lacks that part")
            }
            Self::UnsupportedFormat(format) => write!(
                f,
                "{format} files cannot be read yet; save the report as a web page or plain text and try again"
            ),
            Self::UnsupportedArchive(format) => {
                write!(f, "{format} archives cannot be opened; unpack it first, or pack it anew as a zip")
            }
            Self::Encrypted => {
                write!(f, "the file needs a password; open it in its own program and save it without one")
            }
            Self::Damaged => write!(
                f,
                "the file is damaged or incomplete; download it again, or open it in its own program and save it anew"
            ),
            Self::TooLarge => write!(f, "the file unpacks to too much; split it into several files"),
            Self::Scanned => write!(
                f,
                "the file holds pictures of pages and no text; recognise the text (OCR) first, or find a version with text"
            ),
            Self::Garbled => write!(
                f,
                "the characters in the file are not those its pages show; find another version, or run text recognition (OCR) first"
            ),
            Self::NotText => write!(
                f,
                "no text could be decoded; open the file in its own program and save it as plain text"
            ),
            Self::NoText => write!(f, "the file holds no report text; check that it is the full report"),
        }
    }
}

impl std::error::Error for Error {}
