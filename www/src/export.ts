// What is taken along: files, and cells for the clipboard. CSV and Markdown are written by the core.
import { h } from "./dom.ts";
import { headingOf, number, period, written } from "./format.ts";
import type { Report } from "gangmu";
import type { Messages } from "./locales/zh.ts";

export function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
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
