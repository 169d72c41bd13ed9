// Which metrics the table shows, in which order. Pure.
import { headingOf, isUnsure, period, written } from "./format.ts";
import type { MetricKind, Report } from "gangmu";

export type SortKey = "reading" | "value" | "indicator" | "kind" | "period" | "section" | "confidence";

export interface Sort {
  key: SortKey;
  descending: boolean;
}

export interface Filter {
  query: string;
  kinds: Set<MetricKind>;
  plan: boolean;
  unsure: boolean;
}

export const READING: Sort = { key: "reading", descending: false };

export function noFilter(): Filter {
  return { query: "", kinds: new Set(), plan: false, unsure: false };
}

export function isFiltering({ query, kinds, plan, unsure }: Filter): boolean {
  return query.trim() !== "" || kinds.size > 0 || plan || unsure;
}

/** What the filter's words are looked for in, one string a metric. */
export function haystacks(report: Report): string[] {
  return report.metrics.map((metric) => {
    const section = metric.section === null ? undefined : report.outline[metric.section];
    return [
      written(report, metric),
      String(metric.value),
      metric.unit,
      metric.indicator,
      metric.action,
      metric.subject,
      period(metric.period),
      section ? headingOf(section) : "",
    ]
      .join("\n")
      .toLowerCase();
  });
}

const KINDS: MetricKind[] = ["count", "amount", "measure", "share", "change", "rank", "duration"];

/** Indices into `report.metrics`. Every word of the query must be found. */
export function arrange(report: Report, hay: string[], filter: Filter, sort: Sort): number[] {
  const { metrics } = report;
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = metrics.flatMap((metric, i) => {
    const fits =
      (filter.kinds.size === 0 || filter.kinds.has(metric.kind)) &&
      (!filter.plan || metric.status === "plan") &&
      (!filter.unsure || isUnsure(metric)) &&
      words.every((word) => hay[i]!.includes(word));
    return fits ? [i] : [];
  });
  const words_ = (a: string, b: string) => a.localeCompare(b, "zh");
  const compare: Record<SortKey, (a: number, b: number) => number> = {
    reading: (a, b) => a - b,
    // Only values of one unit can be held against each other.
    value: (a, b) => words_(metrics[a]!.unit, metrics[b]!.unit) || metrics[a]!.value - metrics[b]!.value,
    indicator: (a, b) => words_(metrics[a]!.indicator, metrics[b]!.indicator),
    kind: (a, b) => KINDS.indexOf(metrics[a]!.kind) - KINDS.indexOf(metrics[b]!.kind),
    period: (a, b) => words_(period(metrics[a]!.period), period(metrics[b]!.period)),
    section: (a, b) => (metrics[a]!.section ?? -1) - (metrics[b]!.section ?? -1),
    confidence: (a, b) => (metrics[a]!.confidence ?? 1) - (metrics[b]!.confidence ?? 1),
  };
  const direction = sort.descending ? -1 : 1;
  return chosen.sort((a, b) => direction * compare[sort.key](a, b) || a - b);
}
