// Under the matrix: where the values of a cell stand in their report.
import { button, h } from "../../dom.ts";
import { normalised, period, isUnsure } from "../../format.ts";
import { t } from "../../i18n.ts";
import { type Column, type Row, rowName, valueText } from "./matrix.ts";
import type { CellValue, Report, Span } from "gangmu";

export interface SentenceHooks {
  open(report: number): Promise<Report>;
  show(report: number, metric: number): void;
  close(): void;
}

export class SentenceView {
  readonly element = h("section", { class: "sentence-strip", "aria-label": t.compare.sentence, hidden: true });
  private asked = 0;

  constructor(private readonly hooks: SentenceHooks) {
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      hooks.close();
    });
  }

  hide(): void {
    this.asked++;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  async show(row: Row, column: Column): Promise<void> {
    const asked = ++this.asked;
    const values = row.values(column.report);
    const { head } = column;
    const title = head.title || head.name;
    const top = h(
      "div",
      { class: "strip-head" },
      h("b", {}, rowName(row, t)),
      h("span", {}, [column.place, column.time, column.note].filter(Boolean).join(" ")),
      h("span", { class: "strip-title", title: head.name }, title),
      button("×", () => this.hooks.close(), { class: "close", "aria-label": t.close }),
    );
    this.element.hidden = false;
    if (!values.length) {
      this.element.replaceChildren(top, h("p", { class: "soft" }, t.compare.noValue));
      return;
    }
    let report: Report;
    try {
      const opened = this.hooks.open(column.report);
      // What is there at once does not flicker.
      const waiting = setTimeout(() => {
        if (asked === this.asked) this.element.replaceChildren(top, h("p", { class: "soft" }, t.compare.opening));
      }, 120);
      report = await opened.finally(() => clearTimeout(waiting));
    } catch {
      if (asked === this.asked) this.element.replaceChildren(top, h("p", { class: "warning" }, t.compare.notOpened));
      return;
    }
    if (asked !== this.asked) return;
    const list = h("ul", { class: "scroll", tabindex: 0, role: "list" });
    for (const value of values) list.append(this.item(report, row, value, column.report));
    this.element.replaceChildren(top, list);
  }

  private item(report: Report, row: Row, value: CellValue, at: number): HTMLElement {
    const metric = report.metrics[value.metric];
    if (!metric) return h("li", {}, valueText(value, row, t));
    const facts = [
      value.part && t.compare.part,
      period(value.period),
      value.status === "plan" && t.plan,
      value.counter,
      isUnsure(metric) && t.unsure,
    ];
    return h(
      "li",
      { class: `kind-${metric.kind}` },
      h(
        "div",
        { class: "strip-facts" },
        h("span", { class: "normal" }, normalised(metric, t)),
        ...facts.filter((fact): fact is string => !!fact).map((fact) => h("span", { class: "tag" }, fact)),
      ),
      h("blockquote", { lang: "zh-Hans" }, ...marked(report.text, metric.sentence, metric.span)),
      button(t.compare.openReport, () => this.hooks.show(at, value.metric), { class: "link" }),
    );
  }
}

/** A sentence with its quantity marked. */
function marked(text: string, sentence: Span, span: Span): (string | HTMLElement)[] {
  const line = (from: number, to: number) => text.slice(from, to).replace(/\s*\n\s*/g, " ");
  return [
    line(sentence.start, span.start).trimStart(),
    h("mark", { class: "mark" }, line(span.start, span.end)),
    line(span.end, sentence.end).trimEnd(),
  ];
}
