/** One report. */
export type Report = {
  schema: number;
  source: Source;
  meta: Meta;
  /** The clean text: Simplified, a paragraph a line, nothing but the report. */
  text: string;
  /** All that was in the source and is not in `text`, in the order of the source. */
  removed: Array<Removed>;
  /** Sections in reading order, flat. */
  outline: Array<Section>;
  /** Metrics in reading order. */
  metrics: Array<Metric>;
  warnings: Array<Warning>;
};

/** The file as it was read. */
export type Source = {
  name: string;
  /** The file's size in bytes. */
  bytes: number;
  format: Format;
  /** The encoding's name in the WHATWG standard; none for formats that have none. */
  encoding: string | null;
  encoding_from: EncodingFrom | null;
  script: Script;
};

export type Format = "text" | "html" | "mhtml" | "markdown" | "docx" | "doc" | "wps" | "odt" | "rtf" | "pdf" | "ofd" | "xlsx" | "csv" | "tsv" | "jsonl" | "tmx";

/** Where the encoding was learned from. */
export type EncodingFrom = "bom" | "http" | "meta" | "xml" | "detected" | "option";

export type Script = "hans" | "hant" | "hant-pinyin";

/** What the report says of itself. Unknown fields are empty. */
export type Meta = {
  title: string;
  /** The body that reports, in its fullest form: `政协大连市委员会`. */
  organization: string;
  /** Province, city, county as far as known: `辽宁省大连市`. */
  place: string;
  kind: ReportKind;
  /** The time that the report speaks of. */
  period: Period;
  /** The meeting at which it was delivered: `十四届二次`. */
  session: string;
  /** When it was delivered, ISO. */
  date: string;
  /** When it was published, ISO. */
  published: string;
  speaker: string;
  /** The text breaks off before the report's end. */
  truncated: boolean;
};

export type ReportKind = "cppcc-standing-committee" | "cppcc-summary" | "cppcc-proposals" | "government" | "congress" | "court" | "procuratorate" | "statistics" | "other";

/** A time from `start` to `end`, both included, each `2022`, `2022-12` or `2022-12-05`; empty where the text does not say. */
export type Period = {
  start: string;
  end: string;
};

/** A piece of the source that is not in the text. */
export type Removed = {
  kind: RemovedKind;
  /** As it stands in the decoded source. */
  text: string;
  /** Its place in the decoded source. */
  source: Span;
};

export type RemovedKind = "chrome" | "promotion" | "spam" | "markup" | "pinyin" | "repeat";

/** A section of the outline. */
export type Section = {
  /** 1 at the top. */
  depth: number;
  /** Index of the section around this one. */
  parent: number | null;
  kind: HeadingKind;
  /** The numbering as written (`一、`, `（一）`, `一是`), or empty. */
  marker: string;
  /** The heading without marker and closing punctuation. */
  title: string;
  /** Marker and title in the text. */
  heading: Span;
  /** All that the section contains, its heading and its subsections included. */
  body: Span;
};

export type HeadingKind = "heading" | "run-in";

/** A quantity that says how much of something was done, exists, was reached or is planned. */
export type Metric = {
  /** The quantity in the text, with its hedge: `800余万元`. */
  span: Span;
  /** The same place in the decoded source. */
  source: Span;
  sentence: Span;
  /** Index of the innermost section around the span. */
  section: number | null;
  /** In the base unit: 800余万元 is 8000000. */
  value: number;
  /** The upper end of a range, in the base unit. */
  max: number | null;
  /** The base unit: `元`, `件`, `%`. */
  unit: string;
  hedge: Hedge;
  kind: MetricKind;
  /** Who; empty where the text does not say. */
  subject: string;
  /** The verb that the quantity completes; may be empty. */
  action: string;
  /** What is measured, as the text has it. */
  indicator: string;
  /** Id in the indicator lexicon. */
  canonical: string | null;
  period: Period;
  status: Status;
  /** 0 to 1. */
  confidence: number | null;
};

export type Hedge = "exact" | "over" | "under" | "about" | "range";

export type MetricKind = "count" | "amount" | "measure" | "share" | "change" | "rank" | "duration";

export type Status = "done" | "plan";

/** What a careful reader should know about this reading. */
export type Warning = {
  /** Stable, in kebab case. */
  code: string;
  /** In Simplified Chinese. */
  message: string;
  span: Span | null;
};

/** A half-open range. */
export type Span = {
  start: number;
  end: number;
};

/** What the numbers of a span count. */
export type Offsets = "utf-8" | "utf-16" | "utf-32";
