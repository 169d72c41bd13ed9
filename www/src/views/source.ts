// The source as it was decoded: what was removed is struck through, with a word why.
import { button, h, scrollInto } from "../dom.ts";
import { t } from "../i18n.ts";
import { decodeSource, pieces, removedTotals, type Piece } from "../source.ts";
import { markElement, metricsAt, nextOf } from "./mark.ts";
import type { RemovedKind, Report } from "gangmu";
import type { Bench } from "../workbench.ts";

const ENCODINGS = ["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"];

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
  private readonly marks: HTMLElement[][];
  private selectedMarks: HTMLElement[] = [];
  private shown: Promise<void> | null = null;

  constructor(
    private readonly report: Report,
    private readonly origin: Origin,
    private readonly bench: Bench,
    reread: (encoding: string | null) => void,
  ) {
    this.marks = report.metrics.map(() => []);
    const { encoding, encoding_from } = report.source;
    const chosen = encoding_from === "option" ? encoding : null;
    const select = h(
      "select",
      { on: { change: () => reread(select.value || null) } },
      h("option", { value: "" }, chosen ? t.encodingAuto : `${t.encodingAuto} (${encoding ?? ""})`),
      ...ENCODINGS.map((name) => h("option", { value: name, selected: name === chosen }, name)),
    );
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
        !origin.decoded && h("label", {}, `${t.encoding} `, select),
      ),
    );
  }

  /** Builds the view on its first showing. */
  show(): Promise<void> {
    return (this.shown ??= this.build());
  }

  private async build(): Promise<void> {
    const waiting = h("p", { class: "empty" }, t.sourceLoading);
    this.element.append(waiting);
    let source: string | null = null;
    try {
      const { file, decoded } = this.origin;
      const encoding = decoded ? "utf-8" : this.report.source.encoding;
      source = decodeSource(await file.arrayBuffer(), this.report, encoding);
    } catch {
      // The file was moved or changed since; the same line says so.
    }
    waiting.remove();
    if (source === null) {
      this.element.append(h("p", { class: "empty" }, t.sourceUnavailable));
      return;
    }
    const body = h("div", { class: "source", lang: "zh" });
    body.append(...this.nodes(pieces(source, this.report)));
    this.element.append(body);
    this.select(this.bench.selected);
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
    for (const mark of this.element.querySelectorAll("mark.hover")) mark.classList.remove("hover");
    for (const i of metrics) for (const mark of this.marks[i]!) mark.classList.add("hover");
  }

  select(index: number | null): void {
    for (const mark of this.selectedMarks) mark.classList.remove("selected");
    this.selectedMarks = index === null ? [] : this.marks[index]!;
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
