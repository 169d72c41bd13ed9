// A comparison as the page holds it: which rows and columns are shown, and how a cell reads. Pure.
import { bisectLeft } from "d3-array";
import { type Folded, type FoldedComparison, type FoldedRow, type FoldedTopic, TOGETHER } from "./fold.ts";
import { number, period } from "../../format.ts";
import { UNSURE_BELOW } from "../../tasks.ts";
import type { Language } from "../../i18n.ts";
import type { Messages } from "../../locales/zh.ts";
import type { CellValue, CompareHead, MetricKind } from "gangmu";

/** The cells of a line, opened when first asked for. */
class Line<C extends { report: number }> {
  readonly has: Uint32Array;
  private readonly open: C[][] = [];

  constructor(private readonly folded: Folded) {
    this.has = folded.has;
  }

  at(report: number): C | undefined {
    const place = bisectLeft(this.has, report);
    if (this.has[place] !== report) return undefined;
    const part = Math.floor(place / TOGETHER);
    this.open[part] ??= JSON.parse(this.folded.cells[part]!) as C[];
    return this.open[part][place % TOGETHER];
  }
}

/** A row: one indicator, of one kind, in one unit. */
export class Row extends Line<{ report: number; values: CellValue[] }> {
  constructor(
    readonly about: FoldedRow,
    readonly group: string,
  ) {
    super(about);
  }

  values(report: number): CellValue[] {
    return this.at(report)?.values ?? [];
  }
}

/** Sections of several reports that are about the same. */
export class TopicLine extends Line<{ report: number; sections: number[] }> {
  constructor(readonly about: FoldedTopic) {
    super(about);
  }

  sections(report: number): number[] {
    return this.at(report)?.sections ?? [];
  }
}

export interface Group {
  id: string;
  name: string;
  rows: Row[];
}

/** A report as a line of its own: under its place, with its time. */
export interface Column {
  /** Index in the comparison. */
  report: number;
  head: CompareHead;
  place: string;
  time: string;
  /** What tells it from others of its place and time. */
  note: string;
}

/** Neighbours with a head in common. */
export interface Band {
  name: string;
  title: string;
  start: number;
  count: number;
}

export class Matrix {
  readonly groups: Group[];
  readonly topics: TopicLine[];
  readonly columns: Column[];

  constructor({ reports, groups, sections }: FoldedComparison, language: Language, t: Messages) {
    const named = (zh: string, en: string) => (language === "en" && en ? en : zh);
    this.groups = groups.map(({ id, name, name_en, rows }) => ({
      id,
      name: named(name, name_en),
      rows: rows.map((row) => new Row({ ...row, indicator: named(row.indicator, row.indicator_en) }, id)),
    }));
    this.topics = sections.map((topic) => new TopicLine({ ...topic, title: named(topic.title, topic.title_en ?? "") }));
    this.columns = columnsOf(reports, t);
  }
}

export function columnsOf(reports: CompareHead[], t: Messages): Column[] {
  const short = shortPlaces(reports.map(({ place }) => place));
  const kinds = new Set(reports.map(({ kind }) => kind));
  return reports.map((head, report) => ({
    report,
    head,
    place: short.get(head.place) || nameless(head, reports, t),
    time: period(head.period) || "—",
    note: kinds.size > 1 ? t.compare.reportKinds[head.kind] : "",
  }));
}

/** Reports of one kind without a place are of one place, if no two are of one time. */
function nameless(head: CompareHead, reports: CompareHead[], t: Messages): string {
  const alike = reports.filter(({ place, kind }) => !place && kind === head.kind);
  const times = new Set(alike.map(({ period: time }) => period(time)));
  const together = times.size === alike.length && t.reportKinds[head.kind];
  return together || head.title || head.name;
}

const ABOVE = /^.+?(?:自治区|自治州|地区|省|市|盟|州(?![省市县区]))(?=..)/;

/** Places by the last of their names, where that tells them apart: 大洼区 for 辽宁省盘锦市大洼区. */
export function shortPlaces(places: string[]): Map<string, string> {
  const short = new Map<string, string>();
  for (const place of places) {
    let rest = place;
    for (let above = ABOVE.exec(rest); above; above = ABOVE.exec(rest)) rest = rest.slice(above[0].length);
    short.set(place, rest);
  }
  const seen = new Map<string, number>();
  for (const name of short.values()) seen.set(name, (seen.get(name) ?? 0) + 1);
  for (const [place, name] of short) if (seen.get(name)! > 1) short.set(place, place);
  return short;
}

/** Neighbouring columns of one place. */
export function bands(columns: Column[]): Band[] {
  const found: Band[] = [];
  for (const [i, { place, head }] of columns.entries()) {
    const last = found.at(-1);
    if (last?.name === place) last.count++;
    else found.push({ name: place, title: head.place || head.title || head.name, start: i, count: 1 });
  }
  return found;
}

export interface Filter {
  query: string;
  /** Id of a group, or empty for all. */
  group: string;
  kind: MetricKind | "";
  /** How many of the reports that are shown must have a value. */
  least: number;
}

export const noFilter = (): Filter => ({ query: "", group: "", kind: "", least: 1 });

/** The groups with the rows that pass; groups without any are left out. */
export function filtered(groups: Group[], filter: Filter, columns: Column[], all: number): Group[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = new Uint8Array(all);
  for (const { report } of columns) shown[report] = 1;
  const passes = ({ about: { indicator, kind, scale }, has }: Row) => {
    if (filter.kind && kind !== filter.kind) return false;
    const hay = `${indicator} ${scale.unit}`.toLowerCase();
    if (!words.every((word) => hay.includes(word))) return false;
    let n = 0;
    for (const report of has) n += shown[report]!;
    return n >= filter.least;
  };
  return groups
    .filter(({ id }) => !filter.group || id === filter.group)
    .map((group) => ({ ...group, rows: group.rows.filter(passes) }))
    .filter(({ rows }) => rows.length);
}

const SIGNS = { exact: "", over: "≥", under: "≤", about: "≈", range: "" } as const;

/** A value in the row's unit: `≥800`, `5–6`, `第 2`. */
export function valueText(value: Pick<CellValue, "value" | "max" | "hedge">, row: Row, t: Messages): string {
  const { kind, scale } = row.about;
  if (kind === "rank") return t.rank(number(value.value));
  const scaled = (n: number) => {
    const small = n / scale.factor;
    // All that is written, but for what would be dust in this unit.
    return number(Math.abs(small) >= 0.01 ? Number(small.toFixed(4)) : Number(small.toPrecision(2)));
  };
  const plus = kind === "change" && value.value > 0 && value.hedge === "exact" ? "+" : "";
  const to = value.max === null ? "" : `–${scaled(value.max)}`;
  return SIGNS[value.hedge] + plus + scaled(value.value) + to;
}

/** How a cell reads. */
export interface Reading {
  value: string;
  /** What the value is beside the report's own and done: a plan, another time, a part. */
  note: string;
  /** How many other values the report has. */
  more: number;
  plan: boolean;
  /** Not of the report's own time. */
  other: boolean;
  unsure: boolean;
  corrected: boolean;
}

export function reading(values: CellValue[], row: Row, head: CompareHead, t: Messages): Reading | null {
  const [first] = values;
  if (!first) return null;
  const { status, when, confidence } = first;
  return {
    value: valueText(first, row, t),
    note: noteOf(first, head, t),
    more: values.length - 1,
    plan: status === "plan",
    other: when === "around" || when === "before" || when === "after",
    unsure: confidence !== null && confidence < UNSURE_BELOW,
    corrected: !!first.corrected,
  };
}

/** `计划`, `计划 2030`, `17–21`, `其中`, `篇` in a row of 条; the next year's plans need no year. */
export function noteOf({ part, status, when, period: time, counter }: CellValue, head: CompareHead, t: Messages): string {
  const next = String(Number(head.period.end.slice(0, 4)) + 1);
  const usual = when === "own" || (status === "plan" && time.start === next && time.end === next);
  const notes = [counter, part && t.compare.part, status === "plan" && t.plan, !usual && shortPeriod(period(time))];
  return notes.filter(Boolean).join(" ");
}

/** 2017–2021 is 17–21. */
export function shortPeriod(time: string): string {
  return time.replace(/^(?:19|20)(\d\d)–(?:19|20)(\d\d)$/, "$1–$2");
}

/** Level rows are named by the indicator alone; growth and rank say what they are. */
export function rowNote({ about: { kind, indicator, growth, among } }: Row, t: Messages): string {
  if (kind === "change") return growth === "plain" && /[涨增降]幅$|增速$|增长率$/.test(indicator) ? "" : t.compare.growth[growth ?? "plain"];
  if (kind === "rank") return among + t.kinds.rank;
  return kind === "share" && !/[率重比]$|rate|share/i.test(indicator) ? t.kinds.share : "";
}

// Taking it along

/** What is on the screen, as data. */
export interface Sheet {
  reports: { report: number; place: string; time: string; kind: string; title: string; name: string }[];
  rows: {
    group: string;
    indicator: string;
    canonical: string | null;
    kind: MetricKind;
    /** The unit that the cells are in. */
    unit: string;
    cells: (SheetCell | null)[];
  }[];
}

export interface SheetCell {
  /** In the row's unit, where it is done, exact, whole and of the report's own time: what may be added up. */
  number: number | null;
  /** The number without thousands, or words that say what it is: `≥15`, `12.5 (2020)`, `15 (2025 计划)`, `40 (户)`. */
  text: string;
  plan: boolean;
  period: string;
  more: number;
  /** Index in the report's metrics. */
  metric: number;
}

export function sheetCell(row: Row, report: number, t: Messages): SheetCell | null {
  const values = row.values(report);
  const [first] = values;
  if (!first) return null;
  const { counter, part, status, when, hedge, max } = first;
  const plain = valueText(first, row, t).replaceAll(",", "").replace("−", "-");
  const time = when !== "own" && period(first.period);
  const notes = [counter, part && t.compare.part, time, status === "plan" && t.plan].filter(Boolean).join(" ");
  const sure = !notes && hedge === "exact" && max === null;
  return {
    number: sure ? first.value / row.about.scale.factor : null,
    // A plus before a number makes a spreadsheet ask whether it is a formula.
    text: plain.replace(/^\+/, "") + (notes && ` (${notes})`),
    plan: status === "plan",
    period: period(first.period),
    more: values.length - 1,
    metric: first.metric,
  };
}

export function sheet(groups: Group[], columns: Column[], t: Messages): Sheet {
  return {
    reports: columns.map(({ report, head, place, time }) => ({
      report,
      place,
      time,
      kind: t.reportKinds[head.kind],
      title: head.title,
      name: head.name,
    })),
    rows: groups.flatMap(({ name, rows }) =>
      rows.map((row) => ({
        group: name,
        indicator: rowName(row, t),
        canonical: row.about.canonical,
        kind: row.about.kind,
        unit: row.about.scale.unit,
        cells: columns.map(({ report }) => sheetCell(row, report, t)),
      })),
    ),
  };
}

export function rowName(row: Row, t: Messages): string {
  const note = rowNote(row, t);
  return row.about.indicator + (note && t.compare.named(note));
}
