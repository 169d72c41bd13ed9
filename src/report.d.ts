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
  /** A person changed it. */
  corrected?: boolean;
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
  /** A person changed or added it. */
  corrected?: boolean;
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
  /** A person changed or added it. */
  corrected?: boolean;
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

/** Several reports side by side: what `compare` returns. */
export type Comparison = {
  schema: number;
  /** The columns: by place, then period. */
  reports: Array<CompareHead>;
  /** The rows: indicators in their groups. */
  groups: Array<IndicatorGroup>;
  /** The outlines side by side. */
  sections: Array<Topic>;
};

/** A report as the head of a column. */
export type CompareHead = {
  /** Index of the report among those given. */
  index: number;
  /** `source.name`. */
  name: string;
  title: string;
  place: string;
  kind: ReportKind;
  period: Period;
};

export type IndicatorGroup = {
  /** In kebab case; `other` holds what the indicator lexicon does not know. */
  id: string;
  /** In Simplified Chinese. */
  name: string;
  name_en: string;
  rows: Array<IndicatorRow>;
};

/** One indicator, of one kind, in one unit, in all reports that give it. Level, growth, share and rank are rows of their own, one after another. */
export type IndicatorRow = {
  /** Id in the indicator lexicon; none where only its words are the same in several reports. */
  canonical: string | null;
  /** In Simplified Chinese. */
  indicator: string;
  /** Empty where the lexicon does not know it. */
  indicator_en: string;
  kind: MetricKind;
  /** What growth is measured against; only for the kind `change`. */
  growth: Growth | null;
  /** Among whom (`全国`); only for the kind `rank`, and empty where the text does not say. */
  among: string;
  /** The unit of all values of the row. */
  unit: string;
  /** How the row's values are best shown. */
  scale: Scale;
  /** By report; reports without a value have no cell. */
  cells: Array<Cell>;
};

/** What growth is measured against. */
export type Growth = "plain" | "average" | "since";

/** A unit to show values in: the value divided by `factor`. */
export type Scale = {
  factor: number;
  /** `亿元`. */
  unit: string;
};

export type Cell = {
  /** Index in `Comparison.reports`. */
  report: number;
  /** At least one; the first is the one to show. */
  values: Array<CellValue>;
};

/** A metric in a cell. */
export type CellValue = {
  /** Index in that report's `metrics`. */
  metric: number;
  /** In the row's unit. */
  value: number;
  max: number | null;
  /** The counter that the report uses, where it is another than the row's: 户 beside 家. */
  counter?: string;
  hedge: Hedge;
  period: Period;
  /** How `period` lies to the report's own period. */
  when: When;
  status: Status;
  confidence: number | null;
  /** It may be a part of what the row says (其中 …), or of something else of the same name. */
  part?: boolean;
  corrected?: boolean;
};

/** How the time of a value lies to the time of its report. */
export type When = "own" | "within" | "around" | "before" | "after" | "unknown";

/** Sections of several reports that are about the same. */
export type Topic = {
  /** In Simplified Chinese: the subject's name, or one of the headings. */
  title: string;
  /** Empty where the title is a heading. */
  title_en: string;
  /** 1 for a whole part of the reports (回顾, 安排), 2 for a subject in it. */
  depth: number;
  /** Whether it tells what was done or what is planned. */
  status: Status;
  /** By report; reports that say nothing of it have no cell. */
  cells: Array<TopicCell>;
};

export type TopicCell = {
  /** Index in `Comparison.reports`. */
  report: number;
  /** Indices in that report's `outline`. */
  sections: Array<number>;
};
