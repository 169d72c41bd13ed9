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

export function cutLines(report: Report): Line[] {
  const { text, outline, metrics } = report;
  const indicators = metrics.map((metric) => indicatorSpan(text, metric));
  const headings = new Map<number, number>();
  const runIns: [number, Span][] = [];
  outline.forEach((section, i) => {
    if (section.kind === "heading") headings.set(section.heading.start, i);
    else runIns.push([i, section.heading]);
  });
  const lines: Line[] = [];
  const isTitle = titleTest(report);
  let start = 0;
  let from = 0;
  let runInFrom = 0;
  for (const words of text.split("\n")) {
    const end = start + words.length;
    const own: number[] = [];
    while (from < metrics.length && metrics[from]!.span.start < end) own.push(from++);
    const ownRunIns: [number, Span][] = [];
    while (runInFrom < runIns.length && runIns[runInFrom]![1].start < end) ownRunIns.push(runIns[runInFrom++]!);
    const section = headings.get(start) ?? null;
    const role = section !== null ? "heading" : isTitle(words, start);
    if (words) lines.push({ start, end, role, section, segments: cut(start, end, own, ownRunIns) });
    start = end + 1;
  }
  return lines;

  function cut(start: number, end: number, own: number[], ownRunIns: [number, Span][]): Segment[] {
    const borders = new Set([start, end]);
    const add = (span: Span | null | undefined) => {
      if (!span) return;
      if (span.start > start && span.start < end) borders.add(span.start);
      if (span.end > start && span.end < end) borders.add(span.end);
    };
    for (const i of own) {
      const metric = metrics[i]!;
      add(metric.span);
      add(metric.sentence);
      add(indicators[i]);
    }
    for (const [, span] of ownRunIns) add(span);
    const sorted = [...borders].sort((a, b) => a - b);
    return sorted.slice(1).map((to, i) => {
      const at = sorted[i]!;
      return {
        start: at,
        end: to,
        metrics: own.filter((m) => metrics[m]!.span.start <= at && metrics[m]!.span.end >= to),
        runIn: ownRunIns.find(([, span]) => span.start <= at && span.end >= to)?.[0] ?? null,
      };
    });
  }
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

/** For each section how many metrics and how much text it contains, subsections included. */
export function sectionTotals(report: Report): { metrics: number; characters: number }[] {
  return report.outline.map(({ body }) => ({
    metrics: report.metrics.filter(({ span }) => span.start >= body.start && span.end <= body.end).length,
    characters: body.end - body.start,
  }));
}
