// Everything about the selected metric, and the form that corrects it.
import { button, h } from "../dom.ts";
import { type Field, FIELDS } from "../fields.ts";
import { keyOf, type MetricFields } from "../edits.ts";
import { asWritten } from "../fields.ts";
import { headingOf, isUnsure, normalised, period, saysMore, sectionPath, short, written } from "../format.ts";
import { t } from "../i18n.ts";
import { indicatorName } from "../indicators.ts";
import { Editor } from "./editor.ts";
import { columnName } from "./columns.ts";
import type { Metric, Report } from "gangmu";
import type { Bench } from "../workbench.ts";

export class DetailView {
  readonly element = h("aside", { class: "detail", "aria-label": t.detail, "aria-live": "polite", hidden: true });
  private index: number | null = null;

  constructor(
    private readonly report: Report,
    private readonly bench: Bench,
  ) {}

  select(index: number | null): void {
    this.index = index;
    this.element.hidden = index === null;
    this.element.classList.remove("correcting");
    this.element.replaceChildren();
    if (index === null) return;
    const { report, bench } = this;
    const metric = report.metrics[index]!;
    const path = sectionPath(report, metric.section).map((i) =>
      button(headingOf(report.outline[i]!), () => bench.goSection(i), { class: "link" }),
    );
    this.element.append(
      this.head(metric),
      isUnsure(metric) ? this.doubt(index) : "",
      h("blockquote", { lang: "zh-Hans" }, ...this.sentence(index)),
      this.facts(index, metric),
      h("p", { class: "path", lang: "zh-Hans" }, ...path),
      h(
        "p",
        { class: "acts" },
        button(t.toText, () => bench.show("text", index), { class: "to-text" }),
        button(t.toTable, () => bench.show("table", index), { class: "to-table" }),
        button(t.toSource, () => bench.show("source", index)),
        h("span", { class: "space" }),
        ...(isUnsure(metric) ? [] : this.corrections(index)),
        metric.corrected && act("revert", t.table.revert, () => bench.revert(index)),
      ),
    );
  }

  /** The form that corrects the selected metric, with the keyboard in a field. */
  edit(field: Field = "value"): void {
    const { index, report, bench } = this;
    if (index === null) return;
    const metric = report.metrics[index]!;
    const editors = FIELDS.map((name) => new Editor(report, metric, name, `detail-${name}`));
    const save = () => {
      // Every field says what is wrong with it.
      const read = editors.filter(({ changed }) => changed).map((editor) => ({ editor, fields: editor.read() }));
      const wrong = read.find(({ fields }) => !fields);
      if (wrong) wrong.editor.focus();
      else if (!read.length) this.leave(index);
      else {
        // Behind the value stand the fields that are chosen by themselves.
        const set: MetricFields = Object.assign({}, ...read.map(({ fields }) => fields));
        this.leave(index);
        void bench.edit({ do: "set", key: keyOf(report, index), set });
      }
    };
    const form = h(
      "form",
      {
        class: "correct",
        on: {
          submit: (event) => {
            event.preventDefault();
            save();
          },
          keydown: (event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            this.leave(index);
          },
        },
      },
      ...editors.map(({ field, control, hint }) =>
        h("div", { class: `field f-${field}` }, h("label", { for: control.id }, columnName(field)), control, hint),
      ),
      h(
        "p",
        { class: "acts" },
        h("button", { type: "submit", class: "main" }, t.table.save),
        button(t.cancel, () => this.leave(index)),
      ),
    );
    this.element.classList.add("correcting");
    this.element.replaceChildren(
      this.head(metric),
      h("blockquote", { lang: "zh-Hans" }, ...this.sentence(index)),
      form,
    );
    editors.find((editor) => editor.field === field)!.focus();
  }

  /** The act whose button has the keyboard. */
  memory(): string | null {
    const { activeElement } = document;
    return this.element.contains(activeElement) ? (activeElement?.getAttribute("data-act") ?? null) : null;
  }

  /** Puts the keyboard on the same act as before. */
  recall(act: string | null): void {
    if (act) this.element.querySelector<HTMLElement>(`[data-act="${act}"]`)?.focus();
  }

  private leave(index: number): void {
    this.select(index);
    this.recall("edit");
  }

  private head(metric: Metric): HTMLElement {
    const { report, bench } = this;
    const own = asWritten(report, metric);
    return h(
      "div",
      { class: `detail-head kind-${metric.kind}` },
      h("span", { class: "value", lang: "zh-Hans" }, own ? written(report, metric) : short(metric, t)),
      !own && h("s", { class: "was", lang: "zh-Hans" }, written(report, metric)),
      saysMore(report, metric) && h("span", { class: "normal" }, normalised(metric, t)),
      h("span", { class: "what", lang: "zh-Hans" }, metric.indicator),
      isUnsure(metric) && h("span", { class: "tag unsure-tag", title: t.unsureWhy }, t.unsure),
      metric.corrected && h("span", { class: "tag" }, t.corrected),
      button("×", () => bench.select(null, "detail"), { class: "close", "aria-label": t.close }),
    );
  }

  /** Which of the unsure rows this is, and what can be done about it. */
  private doubt(index: number): HTMLElement {
    const { bench } = this;
    const unsure = bench.table.unsure();
    const at = unsure.indexOf(index);
    return h(
      "div",
      { class: "doubt", role: "group", "aria-label": t.unsure },
      h("span", { class: "doubt-place" }, at < 0 ? t.unsure : t.table.unsureOf(at + 1, unsure.length)),
      act("confirm", t.table.right, () => bench.confirm(index), "y"),
      ...this.corrections(index),
      unsure.length > 1 && act("previous", t.table.previous, () => bench.walk(-1), "U"),
      unsure.length > 1 && act("next", t.table.next, () => bench.walk(1), "u"),
    );
  }

  private corrections(index: number): HTMLElement[] {
    return [
      act("edit", t.table.edit, () => this.edit(), "F2"),
      act("delete", t.table.delete, () => this.bench.delete(index), "Del"),
    ];
  }

  private facts(index: number, metric: Metric): HTMLElement {
    const facts: [string, Field | null, string][] = [
      [columnName("canonical"), "canonical", indicatorName(metric.canonical)],
      [t.subject, "subject", metric.subject],
      [t.action, "action", metric.action],
      [t.kind, "kind", t.kinds[metric.kind]],
      [t.period, "period", period(metric.period)],
      [t.status, "status", t[metric.status]],
      [t.confidence, null, metric.confidence === null ? "" : `${Math.round(metric.confidence * 100)}%`],
    ];
    return h(
      "dl",
      {},
      ...facts
        .filter(([, , value]) => value)
        .map(([name, field, value]) =>
          h(
            "div",
            { on: { dblclick: () => field && this.bench.correct(index, field) } },
            h("dt", {}, name),
            h("dd", {}, value),
          ),
        ),
    );
  }

  private sentence(index: number): (string | HTMLElement)[] {
    const { text } = this.report;
    const { span, sentence, kind } = this.report.metrics[index]!;
    return [
      text.slice(sentence.start, span.start),
      h("mark", { class: `mark kind-${kind}` }, text.slice(span.start, span.end)),
      text.slice(span.end, sentence.end),
    ];
  }
}

function act(name: string, label: string, work: () => void, key = ""): HTMLButtonElement {
  return button(label, work, { "data-act": name, title: key || null, "aria-keyshortcuts": key === "Del" ? "Delete" : key || null });
}
