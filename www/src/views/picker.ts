// Selected words: a small bar that makes them a metric or a heading, and the form for the metric.
import { button, h } from "../dom.ts";
import { parsePeriod } from "../fields.ts";
import { normalised, period } from "../format.ts";
import { t } from "../i18n.ts";
import { kindOf, parseQuantity } from "../quantity.ts";
import { depthFor, draftOf, headingAt, sectionAt, sentenceAt, trimmed, type Draft } from "../selection.ts";
import { beside } from "./float.ts";
import type { Metric, MetricKind, Report, Span } from "gangmu";
import type { Bench } from "../workbench.ts";

export class Picker {
  readonly element = h("div", { class: "float picker", role: "toolbar", "aria-label": t.picker.name, hidden: true });
  private readonly form = h("div", { class: "float add-metric", role: "dialog", "aria-label": t.picker.metric, hidden: true });
  /** Over the words that the form is about; the selection itself goes where the focus goes. */
  private readonly boxes = h("div", { class: "picked", "aria-hidden": "true" });
  /** The mouse is drawing over the text. */
  private drawing = false;
  private timer = 0;
  private span: Span | null = null;
  private range: Range | null = null;

  constructor(
    private readonly report: Report,
    private readonly bench: Bench,
    /** The text's article. */
    private readonly article: HTMLElement,
    /** The place of a border of the selection in the text. */
    private readonly placeOf: (node: Node, offset: number) => number | null,
    /** Where a span of the text stands in the source. */
    private readonly sourceOf: (span: Span) => Promise<Span>,
  ) {
    article.addEventListener("pointerdown", this.pressed);
    addEventListener("pointerup", this.released);
    article.parentElement?.addEventListener("scroll", this.put, { passive: true });
    document.addEventListener("selectionchange", this.changed);
    addEventListener("keydown", this.key, true);
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
  }

  get nodes(): HTMLElement[] {
    return [this.boxes, this.element, this.form];
  }

  dispose(): void {
    clearTimeout(this.timer);
    removeEventListener("pointerup", this.released);
    document.removeEventListener("selectionchange", this.changed);
    removeEventListener("keydown", this.key, true);
    this.close();
  }

  // The bar

  private readonly pressed = (event: PointerEvent) => {
    this.drawing = event.pointerType === "mouse";
  };

  private readonly released = (event: PointerEvent) => {
    this.drawing = false;
    // The browser settles the selection after the event that ends it.
    if (this.article.contains(event.target as Node)) this.later(0);
  };

  /** A selection also comes from a finger's long press or from the keyboard, which tell nothing else. */
  private readonly changed = () => {
    if (!this.form.hidden) return;
    if (getSelection()?.isCollapsed !== false) this.element.hidden = true;
    else if (!this.drawing) this.later(250);
  };

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.offer(), wait);
  }

  private offer(): void {
    const selection = getSelection();
    if (!selection?.rangeCount || !this.form.hidden) return;
    const range = selection.getRangeAt(0);
    const span = this.spanOf(range);
    if (!span) {
      this.element.hidden = true;
      return;
    }
    const { text } = this.report;
    const section = headingAt(this.report, span);
    if (selection.isCollapsed && section === null) return;
    this.span = span;
    this.range = range.cloneRange();
    const oneLine = !text.slice(span.start, span.end).includes("\n");
    const words = t.picker;
    const act = (label: string, key: string, work: () => void, can = true) =>
      can && h("button", { type: "button", on: { click: work } }, label, key && h("kbd", {}, key));
    this.element.replaceChildren(
      ...[
        act(words.metric, "m", () => this.openForm(), !selection.isCollapsed && oneLine),
        act(words.heading, "h", () => this.makeHeading(), section === null && oneLine && span.end - span.start <= 120),
        ...(section === null
          ? []
          : [
              act(t.outlineView.raise, "", () => this.level(section, -1), this.report.outline[section]!.depth > 1),
              act(t.outlineView.lower, "", () => this.level(section, 1), this.report.outline[section]!.depth < 6),
              act(t.outlineView.noHeading, "", () => this.level(section, 0)),
            ]),
      ].filter((node): node is HTMLButtonElement => !!node),
    );
    this.element.hidden = !this.element.childElementCount;
    this.put();
  }

  private readonly put = () => {
    if (!this.range) return;
    const rects = this.rects();
    for (const element of [this.element, this.form]) {
      if (!element.hidden) beside(element, rects);
    }
    if (this.form.hidden) return;
    this.boxes.replaceChildren(
      ...rects.map(({ left, top, width, height }) => {
        const box = h("i");
        Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
        return box;
      }),
    );
  };

  private rects(): DOMRect[] {
    const rects = [...this.range!.getClientRects()].filter(({ width, height }) => width + height > 0);
    return rects.length ? rects : [this.range!.getBoundingClientRect()];
  }

  private spanOf(range: Range): Span | null {
    if (!this.article.contains(range.commonAncestorContainer)) return null;
    const start = this.placeOf(range.startContainer, range.startOffset);
    const end = this.placeOf(range.endContainer, range.endOffset);
    if (start === null || end === null) return null;
    return start === end ? { start, end } : trimmed(this.report.text, { start, end });
  }

  private readonly key = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.form.hidden) {
      if (event.key !== "Escape") return;
      this.close();
    } else if (this.element.hidden) return;
    else if (event.key === "Escape") this.close();
    else if ((event.target as Element).matches?.("input, textarea, select")) return;
    else if (event.key === "m" || event.key === "h") {
      const at = [...this.element.children].find((child) => child.querySelector("kbd")?.textContent === event.key);
      if (!at) return;
      (at as HTMLElement).click();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private close(): void {
    const within = this.form.contains(document.activeElement);
    this.element.hidden = true;
    this.form.hidden = true;
    this.range = null;
    this.boxes.replaceChildren();
    if (within) this.article.parentElement?.focus({ preventScroll: true });
  }

  // Headings

  private makeHeading(): void {
    const heading = this.span!;
    const { text } = this.report;
    this.close();
    getSelection()?.removeAllRanges();
    const depth = depthFor(this.report, heading);
    void this.bench.edit({ do: "add-heading", heading, depth, title: text.slice(heading.start, heading.end) });
  }

  private level(section: number, by: -1 | 0 | 1): void {
    const { heading, depth } = this.report.outline[section]!;
    this.close();
    void this.bench.edit({ do: "depth", heading, depth: by && depth + by });
  }

  // Metrics

  private openForm(): void {
    const draft = draftOf(this.report, this.span!);
    this.element.hidden = true;
    this.form.replaceChildren(this.fields(draft));
    this.form.hidden = false;
    this.put();
    const first = this.form.querySelector<HTMLInputElement>(draft.quantity ? "[name=indicator]" : "[name=value]")!;
    first.focus();
    first.select();
  }

  private fields(draft: Draft): HTMLFormElement {
    const words = t.picker;
    const input = (name: string, value: string, hint = "") => h("input", { name, value, placeholder: hint, autocomplete: "off" });
    const choice = (name: string, all: Record<string, string>, chosen: string) =>
      h("select", { name }, ...Object.entries(all).map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
    const row = (label: string, field: HTMLElement, css = "") => h("label", { class: css }, h("span", {}, label), field);
    const value = input("value", this.report.text.slice(draft.span.start, draft.span.end), "800余万元");
    const unit = input("unit", draft.quantity?.unit ?? "");
    const kind = choice("kind", t.kinds, draft.quantity?.kind ?? "count");
    const indicator = input("indicator", draft.indicator);
    const time = input("period", period(draft.period), "2024");
    const status = choice("status", { done: t.done, plan: t.plan }, draft.status);
    const means = h("output", { class: "means" });
    const before = this.report.text.slice(Math.max(0, draft.span.start - 12), draft.span.start);
    let kindTouched = false;
    let unitTouched = false;
    const read = () => {
      const quantity = parseQuantity(value.value, before);
      if (quantity && !unitTouched) unit.value = quantity.unit;
      if (quantity && !kindTouched) kind.value = unitTouched ? kindOf(unit.value) : quantity.kind;
      const shown = quantity && { ...quantity, unit: unit.value, kind: kind.value as MetricKind };
      means.textContent = shown ? normalised(shown as Metric, t) : words.unread;
      means.classList.toggle("unread", !shown);
      add.disabled = !shown || !parsePeriod(time.value);
      return shown;
    };
    const add = button(words.add, () => {}, { class: "main", type: "submit" });
    value.addEventListener("input", read);
    time.addEventListener("input", read);
    unit.addEventListener("input", () => {
      unitTouched = true;
      read();
    });
    kind.addEventListener("change", () => {
      kindTouched = true;
      read();
    });
    read();
    return h(
      "form",
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            const quantity = read();
            const when = parsePeriod(time.value);
            if (!quantity || !when) return;
            void this.add(draft, {
              ...quantity,
              indicator: indicator.value.trim(),
              period: when,
              status: status.value as Metric["status"],
            });
          },
        },
      },
      row(t.value, h("span", { class: "with-means" }, value, means)),
      row(t.indicator, indicator),
      row(t.unit, unit, "half"),
      row(t.kind, kind, "half"),
      row(t.period, time, "half"),
      row(t.status, status, "half"),
      h("p", { class: "acts" }, button(t.cancel, () => this.close()), add),
    );
  }

  private async add(
    { span }: Draft,
    given: Pick<Metric, "value" | "max" | "unit" | "hedge" | "kind" | "indicator" | "period" | "status">,
  ): Promise<void> {
    this.close();
    getSelection()?.removeAllRanges();
    const { report, bench } = this;
    const metric: Metric = {
      span,
      source: await this.sourceOf(span),
      sentence: sentenceAt(report.text, span),
      section: sectionAt(report, span.start),
      subject: "",
      action: "",
      canonical: null,
      confidence: 1,
      corrected: true,
      ...given,
    };
    await bench.add(metric);
  }
}
