// Everything about the selected metric.
import { button, h } from "../dom.ts";
import { headingOf, isUnsure, normalised, period, saysMore, sectionPath, written } from "../format.ts";
import { t } from "../i18n.ts";
import type { Report } from "gangmu";
import type { Bench } from "../workbench.ts";

export class DetailView {
  readonly element = h("aside", { class: "detail", "aria-label": t.detail, "aria-live": "polite", hidden: true });

  constructor(
    private readonly report: Report,
    private readonly bench: Bench,
  ) {}

  select(index: number | null): void {
    this.element.hidden = index === null;
    this.element.replaceChildren();
    if (index === null) return;
    const { report, bench } = this;
    const metric = report.metrics[index]!;
    const facts: [string, string | HTMLElement | null][] = [
      [t.subject, metric.subject],
      [t.action, metric.action],
      [t.kind, t.kinds[metric.kind]],
      [t.period, period(metric.period)],
      [t.status, t[metric.status]],
      [t.confidence, metric.confidence === null ? "" : `${Math.round(metric.confidence * 100)}%`],
    ];
    const path = sectionPath(report, metric.section).map((i) =>
      button(headingOf(report.outline[i]!), () => bench.goSection(i), { class: "link" }),
    );
    this.element.append(
      h(
        "div",
        { class: `detail-head kind-${metric.kind}` },
        h("span", { class: "value", lang: "zh-Hans" }, written(report, metric)),
        saysMore(report, metric) && h("span", { class: "normal" }, normalised(metric, t)),
        h("span", { class: "what", lang: "zh-Hans" }, metric.indicator),
        isUnsure(metric) && h("span", { class: "tag unsure-tag", title: t.unsureWhy }, t.unsure),
        button("×", () => bench.select(null, "detail"), { class: "close", "aria-label": t.close }),
      ),
      h("blockquote", { lang: "zh-Hans" }, ...this.sentence(index)),
      h(
        "dl",
        {},
        ...facts
          .filter(([, value]) => value)
          .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
      ),
      h("p", { class: "path", lang: "zh-Hans" }, ...path),
      h(
        "p",
        { class: "acts" },
        button(t.toText, () => bench.show("text", index), { class: "to-text" }),
        button(t.toTable, () => bench.show("table", index), { class: "to-table" }),
        button(t.toSource, () => bench.show("source", index)),
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
