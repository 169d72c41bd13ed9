// What is taken along: CSV, JSON, and cells for the clipboard.
import { h } from "./dom.ts";
import { headingOf, number, period, sectionPath, written } from "./format.ts";
import type { Metric, Report } from "gangmu";
import type { Messages } from "./locales/zh.ts";

type Column = [head: string, cell: (report: Report, metric: Metric, index: number) => string];

function columns(t: Messages): Column[] {
  return [
    [t.number, (_, __, i) => String(i + 1)],
    [t.indicator, (_, m) => m.indicator],
    [t.valueNumber, (_, m) => String(m.value)],
    [t.upper, (_, m) => (m.max === null ? "" : String(m.max))],
    [t.unit, (_, m) => m.unit],
    [t.hedge, (_, m) => t.hedges[m.hedge]],
    [t.valueRaw, (r, m) => written(r, m)],
    [t.kind, (_, m) => t.kinds[m.kind]],
    [t.periodStart, (_, m) => m.period.start],
    [t.periodEnd, (_, m) => m.period.end],
    [t.status, (_, m) => t[m.status]],
    [t.subject, (_, m) => m.subject],
    [t.action, (_, m) => m.action],
    [t.section, (r, m) => sectionPath(r, m.section).map((i) => headingOf(r.outline[i]!)).join(" / ")],
    [t.sentence, (r, m) => r.text.slice(m.sentence.start, m.sentence.end)],
    [t.confidence, (_, m) => (m.confidence === null ? "" : m.confidence.toFixed(2))],
  ];
}

/** Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers. */
function field(cell: string): string {
  const safe = /^[=+@\t\r]/.test(cell) || (/^-/.test(cell) && Number.isNaN(Number(cell))) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** All metrics of the reports as CSV with a byte order mark, without which Excel takes Chinese for something else. */
export function csv(reports: Report[], t: Messages): string {
  const all = columns(t);
  const many = reports.length > 1;
  const head = [...(many ? [t.report, t.place] : []), ...all.map(([name]) => name)];
  const rows = reports.flatMap((report) =>
    report.metrics.map((metric, i) => [
      ...(many ? [report.meta.title || report.source.name, report.meta.place] : []),
      ...all.map(([, cell]) => cell(report, metric, i)),
    ]),
  );
  return "\ufeff" + [head, ...rows].map((row) => row.map(field).join(",") + "\r\n").join("");
}

export function json(report: Report): string {
  return JSON.stringify(report, null, 2) + "\n";
}

export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The rows that a copied selection holds, as a spreadsheet takes them. */
export function cells(report: Report, rows: number[], t: Messages): string[][] {
  const head = [t.indicator, t.valueNumber, t.unit, t.valueRaw, t.kind, t.period, t.status, t.section];
  return [
    head,
    ...rows.map((i) => {
      const metric = report.metrics[i]!;
      const section = metric.section === null ? undefined : report.outline[metric.section];
      const value = number(metric.value).replaceAll(",", "").replace("−", "-");
      return [
        metric.indicator,
        metric.max === null ? value : `${value}–${number(metric.max).replaceAll(",", "")}`,
        metric.unit,
        written(report, metric),
        t.kinds[metric.kind],
        period(metric.period),
        t[metric.status],
        section ? headingOf(section) : "",
      ];
    }),
  ];
}

/** Puts rows on the clipboard as cells: tab-separated for spreadsheets, a table for word processors. */
export function fillClipboard(data: DataTransfer, rows: string[][]): void {
  const clean = (cell: string) => cell.replace(/[\t\r\n]+/g, " ");
  data.setData("text/plain", rows.map((row) => row.map(clean).join("\t")).join("\r\n"));
  const table = h("table", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell)))));
  data.setData("text/html", `<meta charset="utf-8">${table.outerHTML}`);
}
