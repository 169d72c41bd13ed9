// Which metrics the table shows, in which order. Pure.
import { headingOf, isUnsure, period, sectionPath, written } from "./format.ts";
import { indicatorName } from "./indicators.ts";
import type { Metric, MetricKind, Report, Status } from "gangmu";

export const COLUMNS = [
  "value",
  "normal",
  "indicator",
  "canonical",
  "subject",
  "action",
  "kind",
  "period",
  "status",
  "hedge",
  "section",
  "confidence",
  "sentence",
] as const;
export type Column = (typeof COLUMNS)[number];
export type SortKey = "reading" | Column;

/** How sure the program is of a row, in steps. */
export const BANDS = ["low", "middle", "high"] as const;
export type Band = (typeof BANDS)[number];
/** Where the highest band begins; the lowest ends where rows are shown as unsure. */
export const SURE_FROM = 0.8;

export const KINDS: readonly MetricKind[] = ["count", "amount", "measure", "share", "change", "rank", "duration"];
export const STATUSES: readonly Status[] = ["done", "plan"];
export const HEDGES: readonly Metric["hedge"][] = ["exact", "over", "under", "about", "range"];

export interface Sort {
  key: SortKey;
  descending: boolean;
}

/** Nothing chosen of a kind: all of it. */
export interface Filter {
  query: string;
  kinds: MetricKind[];
  statuses: Status[];
  /** As they are shown: `2024`, `2020–2024`; empty for rows without one. */
  periods: string[];
  bands: Band[];
  /** Where the section's heading starts in the text; its subsections belong to it. */
  section: number | null;
  corrected: boolean;
}

/** All that decides which rows are shown, as plain data. */
export interface TableState {
  filter: Filter;
  sort: Sort;
}

export const READING: Sort = { key: "reading", descending: false };

export function noFilter(): Filter {
  return { query: "", kinds: [], statuses: [], periods: [], bands: [], section: null, corrected: false };
}

export function isFiltering({ query, kinds, statuses, periods, bands, section, corrected }: Filter): boolean {
  const chosen = [kinds, statuses, periods, bands].some((list) => list.length > 0);
  return chosen || query.trim() !== "" || section !== null || corrected;
}

/** A state that came from elsewhere, such as an address: what is not understood is left out. */
export function readState(data: unknown): TableState {
  const { filter, sort } = record(data);
  const given = record(filter);
  const by = record(sort);
  const some = <T extends string>(list: unknown, known: readonly T[]): T[] =>
    Array.isArray(list) ? known.filter((one) => list.includes(one)) : [];
  const key = ["reading", ...COLUMNS].find((one) => one === by.key) as SortKey | undefined;
  return {
    filter: {
      query: typeof given.query === "string" ? given.query : "",
      kinds: some(given.kinds, KINDS),
      statuses: some(given.statuses, STATUSES),
      periods: Array.isArray(given.periods) ? given.periods.filter((one) => typeof one === "string") : [],
      bands: some(given.bands, BANDS),
      section: typeof given.section === "number" ? given.section : null,
      corrected: given.corrected === true,
    },
    sort: { key: key ?? "reading", descending: key !== undefined && by.descending === true },
  };
}

function record(data: unknown): Record<string, unknown> {
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
}

export function bandOf(metric: Metric): Band {
  if (isUnsure(metric)) return "low";
  return metric.confidence !== null && metric.confidence < SURE_FROM ? "middle" : "high";
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
      indicatorName(metric.canonical),
      metric.action,
      metric.subject,
      period(metric.period),
      section ? headingOf(section) : "",
    ]
      .join("\n")
      .toLowerCase();
  });
}

const collator = new Intl.Collator("zh");

/** Indices into `report.metrics`. Every word of the query must be found. */
export function arrange(report: Report, hay: () => string[], filter: Filter, sort: Sort): number[] {
  const { metrics, outline } = report;
  const { kinds, statuses, periods, bands, corrected } = filter;
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const within = sectionAt(report, filter.section);
  const fits = (metric: Metric, i: number) =>
    (!kinds.length || kinds.includes(metric.kind)) &&
    (!statuses.length || statuses.includes(metric.status)) &&
    (!periods.length || periods.includes(period(metric.period))) &&
    (!bands.length || bands.includes(bandOf(metric))) &&
    (!corrected || metric.corrected === true) &&
    (within === null || sectionPath(report, metric.section).includes(within)) &&
    words.every((word) => hay()[i]!.includes(word));
  const chosen: number[] = [];
  metrics.forEach((metric, i) => fits(metric, i) && chosen.push(i));
  const { key } = sort;
  if (key === "reading") return sort.descending ? chosen.reverse() : chosen;
  const by = <T extends string | number>(read: (metric: Metric) => T) => {
    const keys = metrics.map(read);
    return (a: number, b: number) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : 0);
  };
  /** In the order of the Chinese dictionary, empty words last. */
  const byWords = (read: (metric: Metric) => string) => {
    const keys = metrics.map(read);
    return (a: number, b: number) => Number(!keys[a]) - Number(!keys[b]) || collator.compare(keys[a]!, keys[b]!);
  };
  const byValue = () => {
    // Only values of one unit can be held against each other.
    const unit = byWords(({ unit }) => unit);
    const value = by(({ value }) => value);
    return (a: number, b: number) => unit(a, b) || value(a, b);
  };
  const orders: Record<Column, () => (a: number, b: number) => number> = {
    value: byValue,
    normal: byValue,
    indicator: () => byWords(({ indicator }) => indicator),
    canonical: () => byWords(({ canonical }) => indicatorName(canonical)),
    subject: () => byWords(({ subject }) => subject),
    action: () => byWords(({ action }) => action),
    kind: () => by(({ kind }) => KINDS.indexOf(kind)),
    period: () => by((metric) => period(metric.period)),
    status: () => by(({ status }) => STATUSES.indexOf(status)),
    hedge: () => by(({ hedge }) => HEDGES.indexOf(hedge)),
    section: () => by(({ section }) => (section === null ? -1 : outline[section]!.heading.start)),
    confidence: () => by(({ confidence }) => confidence ?? 1),
    sentence: () => by(({ sentence }) => sentence.start),
  };
  const compare = orders[key]();
  const direction = sort.descending ? -1 : 1;
  return chosen.sort((a, b) => direction * compare(a, b) || a - b);
}

/** Index of the section whose heading starts there; none where headings have changed since. */
export function sectionAt(report: Report, start: number | null): number | null {
  const at = start === null ? -1 : report.outline.findIndex(({ heading }) => heading.start === start);
  return at < 0 ? null : at;
}
