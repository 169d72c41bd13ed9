// The clean text with its metrics marked.
import { h, perFrame, scrollInto } from "../dom.ts";
import { bytes, extension, period } from "../format.ts";
import { fromCore, t } from "../i18n.ts";
import { cutLines, indicatorSpan } from "../segments.ts";
import { removedTotals } from "../source.ts";
import { markElement, metricsAt, nextOf } from "./mark.ts";
import type { Report, Span } from "gangmu";
import type { Bench } from "../workbench.ts";

interface Run extends Span {
  element: HTMLElement;
}

export class TextView {
  readonly element: HTMLElement;
  private readonly runs: Run[] = [];
  /** The marks of each metric. */
  private readonly marks: HTMLElement[][];
  /** Every mark once, in reading order, with the first of its metrics. */
  private readonly order: { element: HTMLElement; metrics: number[] }[] = [];
  private readonly headings: HTMLElement[] = [];
  private lit: HTMLElement[] = [];
  private chosen: [HTMLElement, string][] = [];

  constructor(
    private readonly report: Report,
    private readonly bench: Bench,
  ) {
    this.marks = report.metrics.map(() => []);
    const article = h("article", { class: "report", lang: "zh-Hans" }, ...this.lines());
    this.element = h(
      "div",
      {
        class: "scroll text-scroll",
        id: "view-text",
        role: "tabpanel",
        tabindex: 0,
        "aria-label": t.text,
        on: {
          scroll: perFrame(() => this.read()),
          mouseover: (event) => bench.hover(metricsAt(event)),
          mouseleave: () => bench.hover([]),
          focusin: (event) => {
            const metrics = metricsAt(event);
            if (metrics.length && !metrics.includes(bench.selected ?? -1)) bench.select(metrics[0]!, "text");
          },
          mousedown: (event) => {
            // Which of several comes next is decided here, before the focus selects the first.
            const metrics = metricsAt(event);
            if (metrics.length) bench.select(nextOf(metrics, bench.selected), "text");
          },
        },
      },
      this.facts(),
      article,
    );
  }

  private *lines(): Iterable<HTMLElement> {
    for (const line of cutLines(this.report)) {
      const depth = line.section === null ? 0 : Math.min(this.report.outline[line.section]!.depth, 4);
      const element =
        line.role === "heading"
          ? h("p", { class: `heading d${depth}`, role: "heading", "aria-level": depth + 1 })
          : line.role === "title"
            ? h("p", { class: "title", role: "heading", "aria-level": 1 })
            : h("p", { class: line.role });
      if (line.section !== null) this.headings[line.section] = element;
      let runIn: number | null = null;
      for (const segment of line.segments) {
        const words = this.report.text.slice(segment.start, segment.end);
        const run = segment.metrics.length ? markElement(this.report, segment.metrics, words) : h("span", {}, words);
        this.runs.push({ start: segment.start, end: segment.end, element: run });
        if (segment.metrics.length) {
          this.order.push({ element: run, metrics: segment.metrics });
          for (const i of segment.metrics) this.marks[i]!.push(run);
        }
        if (segment.runIn === null) element.append(run);
        else {
          if (runIn !== segment.runIn) {
            runIn = segment.runIn;
            const level = this.report.outline[runIn]!.depth + 1;
            const heading = h("span", { class: "run-in", role: "heading", "aria-level": level });
            this.headings[runIn] = heading;
            element.append(heading);
          }
          this.headings[segment.runIn]!.append(run);
        }
      }
      yield element;
    }
  }

  /** What is known of the report and of its file, and what to be careful about. */
  private facts(): HTMLElement {
    const { meta, source, warnings } = this.report;
    const about = [
      t.reportKinds[meta.kind],
      meta.place,
      period(meta.period),
      meta.session,
      meta.date && `${meta.date} ${t.delivered}`,
      meta.published && `${meta.published} ${t.published}`,
      meta.speaker && `${t.speaker} ${meta.speaker}`,
    ];
    const gone = [...removedTotals(this.report).values()].reduce((sum, n) => sum + n, 0);
    const from = source.encoding_from ? ` (${t.encodingFrom[source.encoding_from] ?? ""})` : "";
    const file = [
      extension(source.name) || source.format.toUpperCase(),
      source.encoding && source.encoding + from,
      bytes(source.bytes),
      t.characters(this.report.text.length.toLocaleString("en-US")),
      gone > 0 && t.removedTotal(gone.toLocaleString("en-US")),
    ];
    const notes = warnings.map(({ code, message }) =>
      h("p", { class: "warning" }, fromCore(message, t.warnings[code] ?? message)),
    );
    if (meta.truncated && !warnings.some(({ code }) => code === "truncated")) {
      notes.push(h("p", { class: "warning" }, t.truncated));
    }
    const line = (words: (string | false | null)[]) =>
      h("p", {}, ...words.filter((word): word is string => !!word).map((word) => h("span", {}, word)));
    return h("div", { class: "facts" }, line(about), line(file), ...notes);
  }

  /** The words that answer: the marks of these metrics. */
  hover(metrics: number[]): void {
    for (const mark of this.lit) mark.classList.remove("hover");
    this.lit = metrics.flatMap((i) => this.marks[i] ?? []);
    for (const mark of this.lit) mark.classList.add("hover");
  }

  select(index: number | null): void {
    for (const [element, name] of this.chosen) {
      element.classList.remove(name);
      if (name === "selected") element.tabIndex = -1;
    }
    this.chosen = [];
    if (index === null) return;
    const metric = this.report.metrics[index]!;
    const put = (span: Span, name: string) => {
      for (const run of this.within(span)) {
        run.element.classList.add(name);
        this.chosen.push([run.element, name]);
      }
    };
    put(metric.sentence, "in-sentence");
    const indicator = indicatorSpan(this.report.text, metric);
    if (indicator) put(indicator, "is-indicator");
    for (const mark of this.marks[index]!) {
      mark.classList.add("selected");
      mark.tabIndex = 0;
      this.chosen.push([mark, "selected"]);
    }
  }

  reveal(index: number): void {
    const mark = this.marks[index]?.[0];
    if (mark) scrollInto(this.element, mark, isInside(this.element, mark) ? "nearest" : 0.38, true);
  }

  focus(index: number): void {
    this.marks[index]?.[0]?.focus({ preventScroll: true });
    this.reveal(index);
  }

  goSection(index: number): void {
    const heading = this.headings[index];
    if (!heading) return;
    scrollInto(this.element, heading, 0.04, true);
    heading.classList.remove("arrived");
    requestAnimationFrame(() => heading.classList.add("arrived"));
  }

  /** Tells the bench which section is being read and which metrics are on the screen. */
  read(): void {
    const pane = this.element.getBoundingClientRect();
    if (pane.height === 0) return;
    const line = pane.top + 64;
    let section: number | null = null;
    for (let i = 0; i < this.headings.length; i++) {
      const heading = this.headings[i];
      if (!heading) continue;
      if (heading.getBoundingClientRect().top > line) break;
      section = i;
    }
    const first = firstBelow(this.order, pane.top);
    const last = firstBelow(this.order, pane.bottom);
    this.bench.reading(
      section,
      this.order.slice(first, last).flatMap(({ metrics }) => metrics),
    );
  }

  private *within(span: Span): Iterable<Run> {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.runs[middle]!.start < span.start) low = middle + 1;
      else high = middle;
    }
    for (; low < this.runs.length && this.runs[low]!.end <= span.end; low++) yield this.runs[low]!;
  }
}

function isInside(pane: HTMLElement, element: HTMLElement): boolean {
  const outer = pane.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  return inner.top >= outer.top + 24 && inner.bottom <= outer.bottom - 24;
}

/** The first mark whose top lies below `y`; marks stand in reading order. */
function firstBelow(order: { element: HTMLElement }[], y: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order[middle]!.element.getBoundingClientRect().top < y) low = middle + 1;
    else high = middle;
  }
  return low;
}
