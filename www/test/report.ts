// An invented report, built from its text: every span is found by its words.
import type { Metric, Report, Section, Span } from "gangmu";

export function at(text: string, words: string, from = 0): Span {
  const start = text.indexOf(words, from);
  if (start < 0) throw new Error(`not in the text: ${words}`);
  return { start, end: start + words.length };
}

export function metric(text: string, quantity: string, sentence: string, rest: Partial<Metric> = {}): Metric {
  const span = at(text, quantity);
  return {
    span,
    source: span,
    sentence: at(text, sentence),
    section: null,
    value: 0,
    max: null,
    unit: "",
    hedge: "exact",
    kind: "count",
    subject: "",
    action: "",
    indicator: "",
    canonical: null,
    period: { start: "2024", end: "2024" },
    status: "done",
    confidence: null,
    ...rest,
  };
}

export function section(text: string, heading: string, body: Span, rest: Partial<Section> = {}): Section {
  return {
    depth: 1,
    parent: null,
    kind: "heading",
    marker: "",
    title: heading,
    heading: at(text, heading),
    body,
    ...rest,
  };
}

export function report(text: string, rest: Partial<Report> = {}): Report {
  return {
    schema: 1,
    source: {
      name: "report.txt",
      bytes: 1,
      format: "text",
      encoding: "UTF-8",
      encoding_from: "detected",
      script: "hans",
    },
    meta: {
      title: "",
      organization: "",
      place: "",
      kind: "other",
      period: { start: "2024", end: "2024" },
      session: "",
      date: "",
      published: "",
      speaker: "",
      truncated: false,
    },
    text,
    removed: [],
    outline: [],
    metrics: [],
    warnings: [],
    ...rest,
  };
}
