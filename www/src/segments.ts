// Cuts the text into the pieces that the page shows: lines, and in a line the runs between the borders of
// metrics, sentences, indicators and run-in headings. Pure; offsets are UTF-16 code units of `report.text`.
import type { Metric, Report, Span } from "gangmu";

export interface Segment extends Span {
  /** Indices of the metrics whose quantity covers this run. */
  metrics: number[];
  /** Index of the run-in heading that covers this run. */
  runIn: number | null;
}

export interface Line extends Span {
  role: "title" | "subtitle" | "heading" | "body";
  /** The section that this line is the heading of. */
  section: number | null;
  segments: Segment[];
}

/** Where the metric's indicator stands in its sentence: the occurrence nearest to the quantity. */
export function indicatorSpan(text: string, metric: Metric): Span | null {
  const { indicator, sentence, span } = metric;
  if (!indicator) return null;
  let best: Span | null = null;
  let nearest = Infinity;
  const words = text.slice(sentence.start, sentence.end);
  for (let at = words.indexOf(indicator); at >= 0; at = words.indexOf(indicator, at + 1)) {
    const start = sentence.start + at;
    const end = start + indicator.length;
    const gap = Math.max(span.start - end, start - span.end, 0);
    if (gap < nearest) {
      nearest = gap;
      best = { start, end };
    }
  }
  return best;
}

/** The text's lines one after another, so that long texts can be put together in slices. */
export function* cutLines(report: Report): Generator<Line, void, void> {
  const { text, outline, metrics } = report;
  const headings = new Map<number, number>();
  const runIns: [number, Span][] = [];
  outline.forEach((section, i) => {
    if (section.kind === "heading") headings.set(section.heading.start, i);
    else runIns.push([i, section.heading]);
  });
  const isTitle = titleTest(report);
  let metric = 0;
  let runIn = 0;
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const words = text.slice(start, end);
    const own: number[] = [];
    while (metric < metrics.length && metrics[metric]!.span.start < end) own.push(metric++);
    const ownRunIns: [number, Span][] = [];
    while (runIn < runIns.length && runIns[runIn]![1].start < end) ownRunIns.push(runIns[runIn++]!);
    const section = headings.get(start) ?? null;
    const role = section !== null ? "heading" : isTitle(words, start);
    if (words) yield { start, end, role, section, segments: cut(report, { start, end }, own, ownRunIns) };
    start = end + 1;
  }
}

function cut({ text, metrics }: Report, { start, end }: Span, own: number[], runIns: [number, Span][]): Segment[] {
  const borders = new Set([start, end]);
  const add = (span: Span | null) => {
    if (!span) return;
    if (span.start > start && span.start < end) borders.add(span.start);
    if (span.end > start && span.end < end) borders.add(span.end);
  };
  for (const i of own) {
    const metric = metrics[i]!;
    add(metric.span);
    add(metric.sentence);
    add(indicatorSpan(text, metric));
  }
  for (const [, span] of runIns) add(span);
  const sorted = [...borders].sort((a, b) => a - b);
  let first = 0;
  let heading = 0;
  return sorted.slice(1).map((to, i) => {
    const at = sorted[i]!;
    // What ended before this run is behind for good: metrics and headings come in reading order.
    while (first < own.length && metrics[own[first]!]!.span.end <= at) first++;
    while (heading < runIns.length && runIns[heading]![1].end <= at) heading++;
    const covering: number[] = [];
    for (let m = first; m < own.length && metrics[own[m]!]!.span.start <= at; m++) {
      if (metrics[own[m]!]!.span.end >= to) covering.push(own[m]!);
    }
    const within = runIns[heading];
    return { start: at, end: to, metrics: covering, runIn: within && within[1].start <= at ? within[0] : null };
  });
}

/** Tells the report's own title lines, which stand before the first section and before the first long line. */
function titleTest(report: Report): (words: string, start: number) => "title" | "subtitle" | "body" {
  const squeeze = (words: string) => words.replace(/\s+/g, "");
  const title = squeeze(report.meta.title);
  const firstSection = report.outline[0]?.heading.start ?? Infinity;
  let open = true;
  return (words, start) => {
    const squeezed = squeeze(words);
    open &&= start < firstSection && squeezed.length <= 60;
    if (!open) return "body";
    if (title && (title.includes(squeezed) || squeezed.includes(title))) return "title";
    if (/^[(（—]/.test(squeezed) || (report.meta.speaker && squeezed.includes(report.meta.speaker))) return "subtitle";
    open = false;
    return "body";
  };
}
