// How values are shown. Everything here is a pure function of the report and the language.
import { UNSURE_BELOW } from "./tasks.ts";
import type { Metric, Period, Report } from "gangmu";
import type { Messages } from "./locales/zh.ts";

export function isUnsure(metric: Metric): boolean {
  return metric.confidence !== null && metric.confidence < UNSURE_BELOW;
}

/** The quantity as people write it, on one line. */
export function written(report: Report, metric: Metric): string {
  return report.text.slice(metric.span.start, metric.span.end).replace(/\s+/g, " ");
}

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 10 });

/** 8000000 → 8,000,000; what binary fractions add (56.2 → 56.200000000000003) is dropped. */
export function number(value: number): string {
  return grouped.format(Number(value.toPrecision(14))).replace("-", "−");
}

const SIGNS: Record<Metric["hedge"], string> = { exact: "", over: "≥ ", under: "≤ ", about: "≈ ", range: "" };

/** The value in its base unit: `≥ 8,000,000 元`, `5–6 %`, `第 1`. */
export function normalised(metric: Metric, t: Messages): string {
  if (metric.kind === "rank") return t.rank(number(metric.value));
  const to = metric.max === null ? "" : `–${number(metric.max)}`;
  const sign = metric.kind === "change" && metric.value > 0 && metric.hedge === "exact" ? "+" : "";
  return `${SIGNS[metric.hedge]}${sign}${number(metric.value)}${to}\u00a0${metric.unit}`.trim();
}

/** As a person would write it: `≥3.5亿元`, `120万人次`; with all digits where few would not do. */
export function short(metric: Metric, t: Messages): string {
  const { value, max, kind } = metric;
  if (kind === "rank") return `第${number(value)}`;
  const few = (n: number, scale: number) => n % (scale / 1e4) === 0;
  const ends = max === null ? [value] : [value, max];
  const scale = [1e8, 1e4].find((scale) => ends.every((n) => Math.abs(n) >= scale && few(n, scale))) ?? 1;
  const of = { ...metric, value: value / scale, max: max === null ? null : max / scale };
  const sign = scale === 1e8 ? "亿" : scale === 1e4 ? "万" : "";
  return normalised({ ...of, unit: sign + metric.unit }, t).replace(/[\s\u00a0]/g, "");
}

/** Whether the normalised value says more than the words in the text do. */
export function saysMore(report: Report, metric: Metric): boolean {
  const bare = written(report, metric).replace(/[\s,，]/g, "");
  const { value, unit, hedge } = metric;
  return hedge !== "exact" || !bare.endsWith(unit) || Number(bare.slice(0, bare.length - unit.length)) !== value;
}

/** `2022`, `2017–2021`, `2022-12`, or nothing. */
export function period({ start, end }: Period): string {
  return start === end || !end ? start : !start ? end : `${start}–${end}`;
}

/** Marker and title as one line: `一、牢牢把握…`; the reader's `2022年工作回顾` has no marker. */
export function headingOf(section: { marker: string; title: string }): string {
  return section.marker + (/[.)\]]$/.test(section.marker) ? " " : "") + section.title;
}

/** The sections around a metric, outermost first. */
export function sectionPath(report: Report, index: number | null): number[] {
  const path: number[] = [];
  for (let at = index; at !== null; at = report.outline[at]?.parent ?? null) path.unshift(at);
  return path;
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  if (n < 1024 * 1024) return `${(n / 1024).toFixed(n < 10240 ? 1 : 0)} KB`;
  return `${(n / 1024 / 1024).toFixed(1)} MB`;
}

/** Name without folder and extension. */
export function stem(name: string): string {
  return name.replace(/^.*[\\/]/, "").replace(/\.[^.]{1,6}$/, "");
}

export function extension(name: string): string {
  return (/\.([a-z0-9]{1,6})$/i.exec(name)?.[1] ?? "").toUpperCase();
}
