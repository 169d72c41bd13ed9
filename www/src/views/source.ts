// The source as it was decoded: what was removed is struck through, with a word why.
import { h, scrollInto } from "../dom.ts";
import { t } from "../i18n.ts";
import { decodeSource, pieces, removedTotals, type Piece } from "../source.ts";
import { markElement, metricsAt, nextOf } from "./mark.ts";
import type { Report } from "gangmu";
import type { Bench } from "../workbench.ts";

const ENCODINGS = ["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"];

/** Longer code than this is folded into one word. */
const FOLD_ABOVE = 40;

export class SourceView {
  readonly element: HTMLElement;
  private readonly marks: HTMLElement[][];
  private selectedMarks: HTMLElement[] = [];
  private shown: Promise<void> | null = null;

  constructor(
    private readonly report: Report,
    private readonly file: File,
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
        h("label", {}, `${t.encoding} `, select),
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
      source = decodeSource(await this.file.arrayBuffer(), this.report);
    } catch {
      // The file was moved or changed since; the same line says so.
    }
    waiting.remove();
    if (source === null) {
      this.element.append(h("p", { class: "empty" }, t.sourceUnavailable));
      return;
    }
    const body = h("div", { class: "source", lang: "zh" });
    for (const piece of pieces(source, this.report)) body.append(this.piece(piece));
    this.element.append(body);
    this.select(this.bench.selected);
  }

  private piece({ text, removed, metrics }: Piece): Node {
    if (removed === null) {
      if (!metrics.length) return document.createTextNode(text);
      const mark = markElement(this.report, metrics, text);
      for (const i of metrics) this.marks[i]!.push(mark);
      return mark;
    }
    if (!text.trim()) return document.createTextNode(text);
    if (removed === "markup" && text.length > FOLD_ABOVE) {
      const fold = h(
        "button",
        {
          class: "fold",
          type: "button",
          "aria-expanded": "false",
          on: {
            click: () => fold.replaceWith(h("del", { class: "removed markup" }, text)),
          },
        },
        `${t.removed.markup} ${text.length.toLocaleString("en-US")}`,
      );
      return fold;
    }
    const why = t.removed[removed];
    const loud = removed !== "markup" && removed !== "pinyin";
    return h("del", { class: `removed ${removed}`, title: why }, text, loud && h("small", {}, why));
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
