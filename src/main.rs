//! The command line.

use clap::{Parser, Subcommand, ValueEnum};
use gangmu::export::{ComparisonForm, ExportOptions, Form, Language, Workbook, docx, export_comparison};
use gangmu::lexicon::Lexicon;
use gangmu::report::Offsets;
use gangmu::{Error, Options, Report, extract_all, own};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Reads Chinese work reports: their section outline and their table of metrics.
#[derive(Parser)]
#[command(name = "gangmu", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what reports say of themselves, their outline and their metrics.
    ///
    /// Files that cannot be read are named on standard error and make the exit status 1; the others go on.
    Extract(Extract),
    /// Put reports side by side: indicators down, reports across, and their outlines.
    ///
    /// Files that cannot be read are named on standard error and make the exit status 1; the others go on.
    Compare(Compare),
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gangmu compare reports/*.txt > comparison.json
  gangmu compare --format xlsx -o comparison.xlsx reports/*.docx")]
struct Compare {
    /// What to print.
    #[arg(long, value_enum, default_value = "json")]
    format: ComparisonFormat,
    /// The language of heads and names in tables.
    #[arg(long, value_enum, default_value = "zh")]
    lang: Lang,
    /// Write to this file in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The files' encoding (gbk, big5, utf-16le …), overruling what would be found.
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// A file of your own indicators, counters, verbs and page lines (docs/lexicon.md).
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Texts, pages, office files and archives of them; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  gangmu extract report.html > report.json
  gangmu extract --format csv reports/*.txt > metrics.csv
  gangmu extract --format xlsx -o metrics.xlsx reports/*.docx
  curl -s https://example.org/report | gangmu extract --format md -")]
struct Extract {
    /// What to print. `json` prints one document, or an array where several files are named or a file holds
    /// several reports.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The files' encoding (gbk, big5, utf-16le …), overruling what would be found.
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// What the offsets of spans count: UTF-16 code units, bytes of UTF-8, or characters.
    #[arg(long, value_enum, default_value = "utf-16")]
    offsets: Unit,
    /// The language of headers and labels in tables and documents.
    #[arg(long, value_enum, default_value = "zh")]
    lang: Lang,
    /// Write to this file in place of standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A file of your own indicators, counters, verbs and page lines (docs/lexicon.md).
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Texts, pages, office files and archives of them; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The report as one JSON document.
    Json,
    /// A JSON document a line, a line a file.
    Jsonl,
    /// A row a metric; UTF-8 with a byte order mark.
    Csv,
    /// The same cells divided by tabs.
    Tsv,
    /// A row a metric for R and Python, with machine names and codes.
    Tidy,
    /// Metadata, outline and metrics as Markdown.
    Md,
    /// The same as one HTML page, metrics under their headings.
    Html,
    /// A workbook of metrics, outlines and sources.
    Xlsx,
    /// A Word document, metrics under their headings.
    Docx,
}

impl Format {
    fn form(self) -> Option<Form> {
        Some(match self {
            Self::Csv => Form::Csv,
            Self::Tsv => Form::Tsv,
            Self::Tidy => Form::Tidy,
            Self::Md => Form::Md,
            Self::Html => Form::Html,
            Self::Json | Self::Jsonl | Self::Xlsx | Self::Docx => return None,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ComparisonFormat {
    /// Indicators and outlines as one JSON document.
    Json,
    /// A row an indicator, a column a report; UTF-8 with a byte order mark.
    Csv,
    /// The same cells divided by tabs.
    Tsv,
    /// A Markdown table.
    Md,
    /// A page with one table.
    Html,
    /// A workbook of the metrics, their comparison, outlines and sources.
    Xlsx,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unit {
    #[value(name = "utf-16")]
    Utf16,
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "utf-32")]
    Utf32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    Zh,
    En,
}

impl Lang {
    fn language(self) -> Language {
        match self {
            Self::Zh => Language::Zh,
            Self::En => Language::En,
        }
    }
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let (binary, output) = match &command {
        Command::Extract(extract) => {
            (matches!(extract.format, Format::Xlsx | Format::Docx), extract.output.as_deref())
        }
        Command::Compare(compare) => (compare.format == ComparisonFormat::Xlsx, compare.output.as_deref()),
    };
    if binary && output.is_none() && io::stdout().is_terminal() {
        eprintln!("gangmu: this is no text for a terminal; name a file with --output");
        return ExitCode::from(2);
    }
    let shown = output.map_or("standard output".into(), |path| path.display().to_string());
    let out: io::Result<Box<dyn Write>> = match output {
        Some(path) => File::create(path).map(|file| Box::new(file) as _),
        None => Ok(Box::new(io::stdout().lock())),
    };
    let done = out.map(BufWriter::new).and_then(|mut out| match &command {
        Command::Extract(arguments) => extract(arguments, &mut out),
        Command::Compare(arguments) => compare(arguments, &mut out),
    });
    match done {
        Ok(status) => status,
        // Whoever read from us has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gangmu: {shown}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints all reports; errors are those of writing.
fn extract(arguments: &Extract, out: &mut impl Write) -> io::Result<ExitCode> {
    let offsets = match arguments.offsets {
        Unit::Utf16 => Offsets::Utf16,
        Unit::Utf8 => Offsets::Utf8,
        Unit::Utf32 => Offsets::Utf32,
    };
    let language = arguments.lang.language();
    let reading = match Reading::new(arguments.encoding.as_deref(), offsets, arguments.lexicon.as_deref()) {
        Ok(reading) => reading,
        Err(status) => return Ok(status),
    };
    let options = ExportOptions { offsets, language, ..ExportOptions::default() };
    let form = arguments.format.form();
    let mut workbook = (arguments.format == Format::Xlsx).then(|| Workbook::new(options.clone()));
    let mut documents = Vec::new();
    let json = arguments.format == Format::Json;
    let mut array = json && arguments.files.len() > 1;
    if array {
        write!(out, "[")?;
    } else if let Some(form) = form {
        write!(out, "{}", form.head(&options))?;
    }
    let mut status = ExitCode::SUCCESS;
    let mut printed = 0;
    for file in &arguments.files {
        let reports = read(file, &reading);
        if json && !array && reports.len() > 1 {
            array = true;
            write!(out, "[")?;
        }
        for report in reports {
            let report = match report {
                Ok(report) => report,
                Err(failure) => {
                    eprintln!("gangmu: {}: {}", failure.name, failure.message);
                    if failure.usage {
                        return Ok(ExitCode::from(2));
                    }
                    status = ExitCode::FAILURE;
                    continue;
                }
            };
            if printed > 0 && array {
                writeln!(out, ",")?;
            }
            if let Some(workbook) = &mut workbook {
                workbook.add(&report);
                continue;
            }
            if arguments.format == Format::Docx {
                documents.push(report);
                continue;
            }
            if let Some(form) = form {
                write!(out, "{}", form.report(&report, printed == 0, &options))?;
            } else if json {
                serde_json::to_writer_pretty(&mut *out, &report)?;
                if !array {
                    writeln!(out)?;
                }
            } else {
                serde_json::to_writer(&mut *out, &report)?;
                writeln!(out)?;
            }
            printed += 1;
        }
    }
    if array {
        writeln!(out, "]")?;
    }
    if let Some(form) = form {
        write!(out, "{}", form.tail())?;
    }
    if let Some(workbook) = workbook {
        out.write_all(&workbook.finish())?;
    } else if arguments.format == Format::Docx {
        out.write_all(&docx(&documents, &options))?;
    }
    out.flush()?;
    Ok(status)
}

/// Prints the comparison of all reports; errors are those of writing.
fn compare(arguments: &Compare, out: &mut impl Write) -> io::Result<ExitCode> {
    let encoding = arguments.encoding.as_deref();
    let reading = match Reading::new(encoding, Offsets::Utf8, arguments.lexicon.as_deref()) {
        Ok(reading) => reading,
        Err(status) => return Ok(status),
    };
    let mut reports = Vec::new();
    let mut status = ExitCode::SUCCESS;
    for file in &arguments.files {
        for report in read(file, &reading) {
            match report {
                Ok(report) => reports.push(report),
                Err(failure) => {
                    eprintln!("gangmu: {}: {}", failure.name, failure.message);
                    if failure.usage {
                        return Ok(ExitCode::from(2));
                    }
                    status = ExitCode::FAILURE;
                }
            }
        }
    }
    let comparison = gangmu::compare::compare(&reports);
    let language = arguments.lang.language();
    let form = match arguments.format {
        ComparisonFormat::Json => None,
        ComparisonFormat::Csv => Some(ComparisonForm::Csv),
        ComparisonFormat::Tsv => Some(ComparisonForm::Tsv),
        ComparisonFormat::Md => Some(ComparisonForm::Md),
        ComparisonFormat::Html => Some(ComparisonForm::Html),
        ComparisonFormat::Xlsx => {
            let mut workbook = Workbook::new(ExportOptions { language, ..ExportOptions::default() });
            reports.iter().for_each(|report| workbook.add(report));
            workbook.compare(&comparison);
            out.write_all(&workbook.finish())?;
            out.flush()?;
            return Ok(status);
        }
    };
    match form {
        Some(form) => write!(out, "{}", export_comparison(&comparison, form, language))?,
        None => {
            serde_json::to_writer_pretty(&mut *out, &comparison)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(status)
}

struct Failure {
    /// The file, and where it holds several, which of them.
    name: String,
    message: String,
    /// The command was wrong, not the file.
    usage: bool,
}

/// One's own lexicon; none where a line of it is not understood.
fn own_lexicon(file: &Path) -> io::Result<Option<Arc<Lexicon>>> {
    let (lexicon, faults) = own::lexicon(&fs::read_to_string(file)?);
    for fault in &faults {
        eprintln!("gangmu: {}:{}: {}", file.display(), fault.line, fault.message);
    }
    Ok(faults.is_empty().then(|| Arc::new(lexicon)))
}

/// What the files are read with.
struct Reading<'a> {
    encoding: Option<&'a str>,
    offsets: Offsets,
    lexicon: Option<Arc<Lexicon>>,
}

impl<'a> Reading<'a> {
    /// An exit status where the lexicon cannot be used.
    fn new(encoding: Option<&'a str>, offsets: Offsets, lexicon: Option<&Path>) -> Result<Self, ExitCode> {
        let lexicon = match lexicon.map(|file| (file, own_lexicon(file))) {
            None => None,
            Some((_, Ok(Some(lexicon)))) => Some(lexicon),
            Some((_, Ok(None))) => return Err(ExitCode::from(2)),
            Some((file, Err(error))) => {
                eprintln!("gangmu: {}: {error}", file.display());
                return Err(ExitCode::from(2));
            }
        };
        Ok(Self { encoding, offsets, lexicon })
    }
}

/// Every report of a file.
fn read(file: &Path, reading: &Reading) -> Vec<Result<Report, Failure>> {
    let shown = file.display().to_string();
    let (name, bytes) = if file == Path::new("-") {
        let mut bytes = Vec::new();
        (String::new(), io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (file.file_name().unwrap_or_default().to_string_lossy().into_owned(), fs::read(file))
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return vec![Err(Failure { name: shown, message: error.to_string(), usage: false })],
    };
    let failure = |name: String, error: Error| Failure {
        name,
        message: error.to_string(),
        usage: matches!(error, Error::UnknownEncoding(_)),
    };
    let options = Options {
        name,
        encoding: reading.encoding.map(str::to_owned),
        offsets: reading.offsets,
        lexicon: reading.lexicon.clone(),
        ..Options::default()
    };
    let reports = match extract_all(&bytes, &options) {
        Ok(reports) => reports,
        Err(error) => return vec![Err(failure(shown, error))],
    };
    let named = |name: String| if name == options.name { shown.clone() } else { format!("{shown}: {name}") };
    reports.into_iter().map(|(name, report)| report.map_err(|error| failure(named(name), error))).collect()
}
