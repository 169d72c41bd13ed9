// A report on paper: its outline, and its metrics under the sentences that they come from.
import { h } from "../dom.ts";
import { headingOf, isUnsure, normalised, period, saysMore, written } from "../format.ts";
import { t } from "../i18n.ts";
import { sectionTotals } from "../sections.ts";
import type { Sheet } from "./compare/matrix.ts";
import type { Metric, Report } from "gangmu";

/** Puts `page()` on paper in place of the window, as often as the reader prints. */
export function onPrint(page: () => HTMLElement | null): void {
  let printed: HTMLElement | null = null;
  const tidy = () => {
    printed?.remove();
    printed = null;
    document.documentElement.classList.remove("printing");
  };
  addEventListener("beforeprint", () => {
    tidy();
    printed = page();
    if (!printed) return;
    document.body.append(printed);
    document.documentElement.classList.add("printing");
  });
  addEventListener("afterprint", tidy);
}

export function printedReport(report: Report): HTMLElement {
  const { meta, source } = report;
  const facts = [t.reportKinds[meta.kind], meta.place, period(meta.period), meta.session, meta.date, source.name];
  return h(
    "article",
    { class: "print", lang: "zh-Hans" },
    h("h1", {}, meta.title || source.name),
    h("p", { class: "facts" }, facts.filter((fact) => fact).join(" · ")),
    h("h2", { lang: t.lang }, t.outline),
    report.outline.length > 0 ? outline(report) : h("p", { lang: t.lang }, t.noOutline),
    h("h2", { lang: t.lang }, t.metrics),
    report.metrics.length > 0 ? metrics(report) : h("p", { lang: t.lang }, t.noMetrics),
  );
}

function outline(report: Report): HTMLElement {
  const totals = sectionTotals(report);
  return h(
    "ol",
    { class: "print-outline" },
    ...report.outline.map((section, i) =>
      h(
        "li",
        { class: `d${Math.min(section.depth, 6)}` },
        h("span", {}, headingOf(section)),
        h("span", { class: "number", lang: t.lang }, totals[i]!.metrics > 0 && t.items(totals[i]!.metrics)),
      ),
    ),
  );
}

function metrics(report: Report): HTMLElement {
  const body = h("tbody");
  let section: number | null = null;
  let sentence = -1;
  for (const metric of report.metrics) {
    if (metric.section !== section && metric.section !== null) {
      body.append(wide("section-row", headingOf(report.outline[metric.section]!)));
    }
    section = metric.section;
    if (metric.sentence.start !== sentence) {
      const { start, end } = metric.sentence;
      body.append(wide("sentence-row", report.text.slice(start, end).replace(/\s+/g, " ").trim()));
    }
    sentence = metric.sentence.start;
    body.append(row(report, metric));
  }
  const head = [t.value, t.normalised, t.indicator, t.period].map((name) => h("th", {}, name));
  return h("table", { class: "print-metrics" }, h("thead", { lang: t.lang }, h("tr", {}, ...head)), body);
}

const wide = (css: string, words: string, cells = 4) => h("tr", { class: css }, h("td", { colspan: cells }, words));

function row(report: Report, metric: Metric): HTMLElement {
  const tag = (words: string) => h("small", { lang: t.lang }, ` (${words})`);
  return h(
    "tr",
    {},
    h("td", { class: "c-value" }, written(report, metric)),
    h("td", { class: "c-normal" }, saysMore(report, metric) && normalised(metric, t)),
    h(
      "td",
      {},
      metric.action && `${metric.action} `,
      h("b", {}, metric.indicator),
      metric.status === "plan" && tag(t.plan),
      isUnsure(metric) && tag(t.unsure),
    ),
    h("td", { class: "c-period" }, period(metric.period)),
  );
}

/** So many reports stand beside one another on a page. */
const ABREAST = 6;

/** The rows and columns that are on the screen. */
export function printedComparison(sheet: Sheet): HTMLElement {
  const tables: HTMLElement[] = [];
  for (let from = 0; from < sheet.reports.length; from += ABREAST) tables.push(comparison(sheet, from, from + ABREAST));
  return h("article", { class: "print", lang: t.lang }, h("h1", {}, t.compare.name), ...tables);
}

function comparison(sheet: Sheet, from: number, to: number): HTMLElement {
  const reports = sheet.reports.slice(from, to);
  const body = h("tbody");
  let group = "";
  for (const row of sheet.rows) {
    const cells = row.cells.slice(from, to);
    if (!cells.some((cell) => cell)) continue;
    if (row.group !== group) body.append(wide("section-row", row.group, reports.length + 1));
    group = row.group;
    const name = h("th", { scope: "row" }, row.indicator, row.unit && h("small", {}, ` ${row.unit}`));
    body.append(h("tr", {}, name, ...cells.map((cell) => h("td", { class: "number" }, cell?.text ?? ""))));
  }
  const heads = reports.map(({ place, time }) => h("th", { scope: "col" }, place, h("br"), time));
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t.indicator), ...heads));
  return h("table", { class: "print-comparison" }, head, body);
}
