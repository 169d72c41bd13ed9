// The clean text with its metrics marked.
import { h, perFrame, scrollInto } from "../dom.ts";
import { t } from "../i18n.ts";
import { cutLines, indicatorSpan, type Line } from "../segments.ts";
import { Slices } from "../slices.ts";
import { Card } from "./card.ts";
import { facts } from "./facts.ts";
import { markElement, metricsAt, nextOf } from "./mark.ts";
import { Picker } from "./picker.ts";
import type { Report, Span } from "gangmu";
import type { Bench } from "../workbench.ts";
import type { Origin } from "./source.ts";

/** From this many characters on, paragraphs off the screen are laid out only when they come near it. */
const LONG = 60_000;

/** Characters that fill any screen: only above so many can a place be scrolled to the top. */
const SCREENFUL = 6_000;

interface Run extends Span {
  element: HTMLElement;
}

/** Where the reader is: the place in the text at the pane's upper border, and by how much its line is scrolled out. */
export interface TextMemory {
  place: number;
  by: number;
}

export class TextView {
  readonly element: HTMLElement;
  /** What floats beside the text. */
  readonly floats: HTMLElement[];
  private readonly article: HTMLElement;
  private readonly slices: Slices;
  private readonly card: Card;
  private readonly picker: Picker;
  private readonly lines: Run[] = [];
  private readonly runs: Run[] = [];
  private readonly runOf = new WeakMap<Node, Run>();
  /** The marks of each metric. */
  private readonly marks: HTMLElement[][];
  /** Every mark once, in reading order, with its metrics. */
  private readonly order: { start: number; element: HTMLElement; metrics: number[] }[] = [];
  private readonly headings: HTMLElement[] = [];
  private lit: HTMLElement[] = [];
  private chosen: [HTMLElement, string][] = [];
  private goal: TextMemory | null = null;

  constructor(
    private readonly report: Report,
    origin: Origin,
    private readonly bench: Bench,
  ) {
    this.marks = report.metrics.map(() => []);
    const long = report.text.length > LONG;
    this.article = h("article", { class: long ? "report long" : "report", lang: "zh-Hans" });
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
      facts(report, origin, bench),
      this.article,
    );
    this.card = new Card(report, this.element);
    this.picker = new Picker(
      report,
      bench,
      this.article,
      (node, offset) => this.placeOf(node, offset),
      (span) => bench.sourceOf(span),
    );
    this.floats = [this.card.element, ...this.picker.nodes];
    this.article.setAttribute("aria-busy", "true");
    this.slices = new Slices(this.build(long), () => this.built());
  }

  dispose(): void {
    this.slices.stop();
    this.card.dispose();
    this.picker.dispose();
  }

  private *build(long: boolean): Iterator<void> {
    for (const line of cutLines(this.report)) {
      const element = this.line(line);
      if (long) {
        const rows = Math.ceil((line.end - line.start + 2) / 40);
        element.style.setProperty("contain-intrinsic-block-size", `auto ${rows * 1.95}em`);
      }
      this.lines.push({ start: line.start, end: line.end, element });
      this.article.append(element);
      if (this.goal && line.end >= this.goal.place + SCREENFUL) this.arrive();
      yield;
    }
  }

  private arrive(): void {
    const { goal } = this;
    this.goal = null;
    if (goal) this.goTo(goal);
  }

  private built(): void {
    this.article.removeAttribute("aria-busy");
    this.arrive();
    if (this.bench.selected !== null) this.select(this.bench.selected);
    this.read();
  }

  private line(line: Line): HTMLElement {
    const depth = line.section === null ? 0 : Math.min(this.report.outline[line.section]!.depth, 4);
    const element =
      line.role === "heading"
        ? h("p", { class: `heading d${depth}`, role: "heading", "aria-level": depth + 1 })
        : line.role === "title"
          ? h("p", { class: "title", role: "heading", "aria-level": 1 })
          : h("p", { class: line.role });
    if (line.section !== null) {
      this.headings[line.section] = element;
      if (this.report.outline[line.section]!.corrected) element.classList.add("corrected");
    }
    let runIn: number | null = null;
    for (const segment of line.segments) {
      const words = this.report.text.slice(segment.start, segment.end);
      const node = segment.metrics.length ? markElement(this.report, segment.metrics, words) : h("span", {}, words);
      const run = { start: segment.start, end: segment.end, element: node };
      this.runs.push(run);
      this.runOf.set(node, run);
      if (segment.metrics.length) {
        this.order.push({ start: segment.start, element: node, metrics: segment.metrics });
        for (const i of segment.metrics) this.marks[i]!.push(node);
      }
      if (segment.runIn === null) element.append(node);
      else {
        if (runIn !== segment.runIn) {
          runIn = segment.runIn;
          const { depth, corrected } = this.report.outline[runIn]!;
          const css = corrected ? "run-in corrected" : "run-in";
          const heading = h("span", { class: css, role: "heading", "aria-level": depth + 1 });
          this.headings[runIn] = heading;
          element.append(heading);
        }
        this.headings[segment.runIn]!.append(node);
      }
    }
    return element;
  }

  /** The place in the text of a border of a selection. */
  private placeOf(node: Node, offset: number): number | null {
    if (node.nodeType === Node.TEXT_NODE) {
      const run = this.runOf.get(node.parentNode!);
      return run ? run.start + offset : null;
    }
    const child = node.childNodes[offset];
    if (child) return this.borderOf(child, "start");
    return node.lastChild ? this.borderOf(node.lastChild, "end") : null;
  }

  private borderOf(node: Node, side: "start" | "end"): number | null {
    for (let at: Node | null = node; at; at = side === "start" ? at.firstChild : at.lastChild) {
      const run = this.runOf.get(at);
      if (run) return run[side];
    }
    return null;
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
    const metric = index === null ? undefined : this.report.metrics[index];
    if (!metric) return;
    const put = (span: Span, name: string) => {
      for (const run of this.within(span)) {
        run.element.classList.add(name);
        this.chosen.push([run.element, name]);
      }
    };
    put(metric.sentence, "in-sentence");
    const indicator = indicatorSpan(this.report.text, metric);
    if (indicator) put(indicator, "is-indicator");
    for (const mark of this.marks[index!]!) {
      mark.classList.add("selected");
      mark.tabIndex = 0;
      this.chosen.push([mark, "selected"]);
    }
  }

  reveal(index: number): void {
    const mark = this.markOf(index);
    if (mark) this.bring(mark, isInside(this.element, mark) ? "nearest" : 0.38);
  }

  focus(index: number): void {
    this.markOf(index)?.focus({ preventScroll: true });
    this.reveal(index);
  }

  goSection(index: number): void {
    if (!this.headings[index]) this.slices.finish();
    const heading = this.headings[index];
    if (!heading) return;
    this.bring(heading, 0.04);
    heading.classList.remove("arrived");
    requestAnimationFrame(() => heading.classList.add("arrived"));
  }

  private markOf(index: number): HTMLElement | undefined {
    if (!this.marks[index]?.length) this.slices.finish();
    return this.marks[index]?.[0];
  }

  /** Scrolls an element in; in a long text what was only estimated on the way is made good afterwards. */
  private bring(element: HTMLElement, at: number | "nearest"): void {
    scrollInto(this.element, element, at, true);
    if (!this.article.classList.contains("long") || at === "nearest") return;
    let rounds = 3;
    const again = () => {
      scrollInto(this.element, element, at);
      if (--rounds) requestAnimationFrame(again);
    };
    requestAnimationFrame(again);
  }

  // Where the reader is

  memory(): TextMemory | null {
    const top = this.element.getBoundingClientRect().top;
    if (this.goal || this.element.scrollTop === 0) return this.goal;
    const line = this.lines[firstBelow(this.lines, top) - 1] ?? this.lines[0];
    return line ? { place: line.start, by: top - line.element.getBoundingClientRect().top } : null;
  }

  recall(memory: TextMemory | null): void {
    if (!memory) return;
    const last = this.lines.at(-1);
    if (!this.slices.done && (!last || last.end < memory.place + SCREENFUL)) this.goal = memory;
    else this.goTo(memory);
  }

  private goTo({ place, by }: TextMemory): void {
    const line = this.lines.findLast(({ start }) => start <= place);
    if (!line) return;
    const pane = this.element;
    const put = () => {
      pane.scrollTop += line.element.getBoundingClientRect().top - pane.getBoundingClientRect().top + by;
    };
    put();
    if (this.article.classList.contains("long")) requestAnimationFrame(put);
  }

  /** Tells the bench which section is being read and which metrics are on the screen. */
  read(): void {
    const pane = this.element.getBoundingClientRect();
    if (pane.height === 0 || !this.lines.length) return;
    const mark = pane.top + 64;
    const { outline } = this.report;
    const first = Math.max(firstBelow(this.lines, pane.top) - 1, 0);
    const last = Math.max(firstBelow(this.lines, pane.bottom) - 1, first);
    const at = this.lines[Math.max(firstBelow(this.lines, mark) - 1, 0)]!;
    let section: number | null = null;
    for (let i = 0; i < outline.length && outline[i]!.heading.start < at.end; i++) {
      // Of a paragraph's own headings those that were passed count.
      const within = outline[i]!.heading.start >= at.start;
      if (within && (this.headings[i]?.getBoundingClientRect().top ?? Infinity) > mark) break;
      section = i;
    }
    const from = this.order.findIndex(({ start }) => start >= this.lines[first]!.start);
    const to = this.order.findIndex(({ start }) => start >= this.lines[last]!.end);
    const near = from < 0 ? [] : this.order.slice(from, to < 0 ? undefined : to);
    const seen = near.slice(firstBelow(near, pane.top), firstBelow(near, pane.bottom));
    this.bench.reading(
      section,
      seen.flatMap(({ metrics }) => metrics),
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

/** The first element whose top lies below `y`; they stand in reading order. */
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
