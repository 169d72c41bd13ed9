// What a reader corrects by hand: a list of edits over the report as it was read. Pure.
import type { Meta, Metric, Report, Section, Span } from "gangmu";

/** The metrics of a span are told apart by their order: two may speak of one quantity. */
export interface MetricKey {
  span: Span;
  nth: number;
}

export type MetricFields = Partial<
  Pick<
    Metric,
    "value" | "max" | "unit" | "hedge" | "kind" | "subject" | "action" | "indicator" | "canonical" | "period" | "status"
  >
>;
export type MetaFields = Partial<Pick<Meta, "title" | "organization" | "place" | "kind" | "period" | "session" | "date">>;

export type Edit =
  /** With no fields: the reader says that the row is right as it is. */
  | { do: "set"; key: MetricKey; set: MetricFields }
  | { do: "add"; metric: Metric }
  | { do: "delete"; key: MetricKey }
  /** A metric as it was read; one that was added goes. */
  | { do: "revert"; key: MetricKey }
  /** A section by its heading; depth 0: it is no heading. */
  | { do: "depth"; heading: Span; depth: number }
  | { do: "add-heading"; heading: Span; depth: number; title: string }
  | { do: "meta"; set: MetaFields };

/** The edits of one report, with those that were taken back. */
export class Edits {
  private taken: Edit[] = [];

  constructor(private made: Edit[] = []) {}

  get list(): readonly Edit[] {
    return this.made;
  }

  get canUndo(): boolean {
    return this.made.length > 0;
  }

  get canRedo(): boolean {
    return this.taken.length > 0;
  }

  add(edit: Edit): void {
    this.made.push(edit);
    this.taken = [];
  }

  /** The edit that was taken back, or none. */
  undo(): Edit | undefined {
    const edit = this.made.pop();
    if (edit) this.taken.push(edit);
    return edit;
  }

  redo(): Edit | undefined {
    const edit = this.taken.pop();
    if (edit) this.made.push(edit);
    return edit;
  }
}

export function keyOf(report: Report, index: number): MetricKey {
  const { span } = report.metrics[index]!;
  let nth = 0;
  for (let i = index - 1; i >= 0 && same(report.metrics[i]!.span, span); i--) nth++;
  return { span, nth };
}

/** The metric's index, or -1: after another reading it may be gone. */
export function indexOf(report: Report, { span, nth }: MetricKey): number {
  const first = report.metrics.findIndex((metric) => same(metric.span, span));
  return first >= 0 && report.metrics[first + nth] && same(report.metrics[first + nth]!.span, span) ? first + nth : -1;
}

/** The report with the edits done; the one that is given stays as it is. Edits that find nothing are passed over. */
export function corrected(report: Report, edits: readonly Edit[]): Report {
  if (!edits.length) return report;
  const out = { ...report, outline: [...report.outline], metrics: [...report.metrics] };
  let moved = false;
  for (const edit of edits) moved = apply(out, edit, report) || moved;
  if (moved) enclose(out);
  return out;
}

/** Whether sections have to be put together anew. */
function apply(report: Report, edit: Edit, read: Report): boolean {
  const { metrics, outline } = report;
  switch (edit.do) {
    case "set": {
      const at = indexOf(report, edit.key);
      if (at >= 0) metrics[at] = { ...metrics[at]!, ...edit.set, confidence: 1, corrected: true };
      return false;
    }
    case "add": {
      const { span } = edit.metric;
      const behind = metrics.findIndex((metric) => order(metric.span, span) > 0);
      metrics.splice(behind < 0 ? metrics.length : behind, 0, { ...edit.metric, confidence: 1, corrected: true });
      return true;
    }
    case "delete": {
      const at = indexOf(report, edit.key);
      if (at >= 0) metrics.splice(at, 1);
      return false;
    }
    case "revert": {
      const at = indexOf(report, edit.key);
      const was = read.metrics[indexOf(read, edit.key)];
      if (at >= 0) metrics.splice(at, 1, ...(was ? [{ ...was, section: metrics[at]!.section }] : []));
      return false;
    }
    case "depth": {
      const at = outline.findIndex(({ heading }) => same(heading, edit.heading));
      if (at < 0) return false;
      if (edit.depth < 1) outline.splice(at, 1);
      else outline[at] = { ...outline[at]!, depth: edit.depth, corrected: true };
      return true;
    }
    case "add-heading": {
      const { heading, depth, title } = edit;
      const behind = outline.findIndex((section) => order(section.heading, heading) > 0);
      const next = behind < 0 ? report.text.length : outline[behind]!.heading.start;
      const body = { start: heading.start, end: Math.max(next, heading.end) };
      const ends = report.text[heading.end];
      const kind = ends === undefined || ends === "\n" ? "heading" : "run-in";
      const section: Section = { depth, parent: null, kind, marker: "", title, heading, body, corrected: true };
      outline.splice(behind < 0 ? outline.length : behind, 0, section);
      return true;
    }
    case "meta":
      report.meta = { ...report.meta, ...edit.set, corrected: true };
      return false;
  }
}

/** Parents, bodies and the sections of metrics, as depths and places say. */
function enclose(report: Report): void {
  const open: number[] = [];
  const outline = report.outline.map((section) => ({ ...section, body: { ...section.body } }));
  for (const [i, section] of outline.entries()) {
    while (open.length && outline[open.at(-1)!]!.depth >= section.depth) open.pop();
    section.parent = open.at(-1) ?? null;
    open.push(i);
  }
  for (let i = outline.length - 1; i >= 0; i--) {
    const { depth, body, parent } = outline[i]!;
    const next = outline.findIndex((section, j) => j > i && section.depth <= depth);
    if (next >= 0) body.end = Math.min(body.end, outline[next]!.heading.start);
    if (parent !== null) outline[parent]!.body.end = Math.max(outline[parent]!.body.end, body.end);
  }
  report.outline = outline;
  report.metrics = report.metrics.map((metric) => {
    const section = innermost(outline, metric.span.start);
    return section === metric.section ? metric : { ...metric, section };
  });
}

/** The last section that begins before a place and has not ended there. */
function innermost(outline: Section[], place: number): number | null {
  let found: number | null = null;
  for (const [i, { body }] of outline.entries()) {
    if (body.start > place) break;
    if (place < body.end) found = i;
  }
  return found;
}

function same(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function order(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}
