// The source as it was decoded: what was removed is struck through, with a word why.
import { button, h, scrollInto } from "../dom.ts";
import { t } from "../i18n.ts";
import { Slices } from "../slices.ts";
import { decodeSource, pieces, removedTotals, sourceSpan, type Piece } from "../source.ts";
import { Card } from "./card.ts";
import { encodingChoice } from "./facts.ts";
import { markElement, metricsAt, nextOf } from "./mark.ts";
import type { RemovedKind, Report, Span } from "gangmu";
import type { Bench } from "../workbench.ts";

/** Reasons that are written out; tags and pinyin speak for themselves. */
const LOUD = new Set<RemovedKind>(["chrome", "promotion", "spam", "repeat"]);

/** Where the report was read from. */
export interface Origin {
  file: File;
  /** It holds the text as the core has it, in UTF-8, and not the bytes that were decoded. */
  decoded: boolean;
}

export class SourceView {
  readonly element: HTMLElement;
  readonly card: Card;
  private readonly marks: HTMLElement[][];
  private selectedMarks: HTMLElement[] = [];
  private lit: HTMLElement[] = [];
  private decoded: Promise<string | null> | null = null;
  private shown: Promise<void> | null = null;
  private slices: Slices | null = null;

  constructor(
    private readonly report: Report,
    private readonly origin: Origin,
    private readonly bench: Bench,
  ) {
    this.marks = report.metrics.map(() => []);
    const totals = [...removedTotals(report)].map(([kind, n]) =>
      h("span", {}, `${t.removed[kind]} `, h("b", {}, n.toLocaleString("en-US"))),
    );
    this.element = h(
      "div",
      {
        class: "scroll source-scroll",
        id: "view-source",
        role: "tabpanel",
        tabindex: 0,
        "aria-label": t.sourceText,
        on: {
          mouseover: (event) => bench.hover(metricsAt(event)),
          mouseleave: () => bench.hover([]),
          mousedown: (event) => {
            const metrics = metricsAt(event);
            if (metrics.length) bench.select(nextOf(metrics, bench.selected), "text");
          },
        },
      },
      h(
        "div",
        { class: "facts" },
        h("p", {}, h("span", {}, totals.length ? t.removedNote : t.removedNothing), ...totals),
        !origin.decoded &&
          report.source.encoding !== null &&
          h("p", { class: "file" }, `${t.encoding} `, encodingChoice(report, bench)),
      ),
    );
    this.card = new Card(report, this.element);
  }

  dispose(): void {
    this.slices?.stop();
    this.card.dispose();
  }

  /** Where a span of the text stands in the source; where that cannot be told, the stretch that it lies in. */
  async spanOf(span: Span): Promise<Span> {
    const source = await this.text();
    const found = source === null ? null : sourceSpan(source, this.report, span);
    if (found) return found;
    const { metrics } = this.report;
    const start = metrics.findLast((metric) => metric.span.end <= span.start)?.source.end ?? 0;
    const end = metrics.find((metric) => metric.span.start >= span.end)?.source.start ?? source?.length ?? start;
    return { start, end: Math.max(start, end) };
  }

  private text(): Promise<string | null> {
    const read = async () => {
      try {
        const { file, decoded } = this.origin;
        return decodeSource(await file.arrayBuffer(), this.report, decoded ? "utf-8" : this.report.source.encoding);
      } catch {
        // The file was moved or changed since.
        return null;
      }
    };
    return (this.decoded ??= read());
  }

  /** Builds the view on its first showing. */
  show(): Promise<void> {
    return (this.shown ??= this.build());
  }

  private async build(): Promise<void> {
    const waiting = h("p", { class: "empty" }, t.sourceLoading);
    this.element.append(waiting);
    const source = await this.text();
    waiting.remove();
    if (source === null) {
      this.element.append(h("p", { class: "empty" }, t.sourceUnavailable));
      return;
    }
    const body = h("div", { class: "source", lang: "zh" });
    this.element.append(body);
    await new Promise<void>((done) => {
      this.slices = new Slices(this.fill(body, source), done);
    });
    this.select(this.bench.selected);
  }

  private *fill(body: HTMLElement, source: string): Iterator<void> {
    for (const node of this.nodes(pieces(source, this.report))) {
      body.append(node);
      yield;
    }
  }

  private *nodes(all: Piece[]): Iterable<Node | string> {
    const ends = stretchEnds(all);
    const reasons = new Set<string>();
    for (const [i, { text, removed, metrics }] of all.entries()) {
      if (removed === null) yield metrics.length ? this.mark(metrics, text) : text;
      else if (!text.trim()) yield text.replace(/\s*\n\s*/g, "\n");
      else if (removed === "markup" && text.includes("<")) yield* folded(text);
      else yield h("del", { class: `removed ${removed}`, title: t.removed[removed] }, text);
      if (isLoud(all[i]!)) reasons.add(t.removed[removed!]);
      if (ends.has(i)) {
        for (const reason of reasons) yield h("small", { class: "why" }, reason);
        reasons.clear();
      }
    }
  }

  private mark(metrics: number[], text: string): HTMLElement {
    const mark = markElement(this.report, metrics, text);
    for (const i of metrics) this.marks[i]!.push(mark);
    return mark;
  }

  hover(metrics: number[]): void {
    for (const mark of this.lit) mark.classList.remove("hover");
    this.lit = metrics.flatMap((i) => this.marks[i] ?? []);
    for (const mark of this.lit) mark.classList.add("hover");
  }

  select(index: number | null): void {
    for (const mark of this.selectedMarks) mark.classList.remove("selected");
    this.selectedMarks = index === null ? [] : (this.marks[index] ?? []);
    for (const mark of this.selectedMarks) mark.classList.add("selected");
  }

  reveal(index: number): void {
    const mark = this.marks[index]?.[0];
    if (mark) scrollInto(this.element, mark, 0.38);
  }
}

function isLoud({ removed, text }: Piece): boolean {
  return removed !== null && LOUD.has(removed) && text.trim() !== "";
}

/** The last loud piece of each stretch of removed ones: the reasons are said there, once. */
function stretchEnds(all: Piece[]): Set<number> {
  const ends = new Set<number>();
  let said = false;
  for (let i = all.length - 1; i >= 0; i--) {
    if (all[i]!.removed === null) said = false;
    else if (!said && isLoud(all[i]!)) {
      ends.add(i);
      said = true;
    }
  }
  return ends;
}

/** A page's code as a small sign that a click unfolds; its line ends stay. */
function* folded(code: string): Iterable<Node | string> {
  const fold = button("‹›", () => fold.replaceWith(h("del", { class: "removed markup" }, code)), {
    class: "fold",
    title: `${t.removed.markup} ${code.length.toLocaleString("en-US")}`,
  });
  yield fold;
  if (code.includes("\n")) yield "\n";
}
