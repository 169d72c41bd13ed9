// The fields of a metric that a reader may correct: what stands in their editors, and what is meant by what is typed. Pure.
import { HEDGES, KINDS, STATUSES, type Column } from "./arrange.ts";
import { period, short, written } from "./format.ts";
import { t } from "./i18n.ts";
import { indicatorId, indicatorName } from "./indicators.ts";
import { parseQuantity } from "./quantity.ts";
import type { MetricFields } from "./edits.ts";
import type { Metric, Period, Report } from "gangmu";

/** In the order of the form. */
export const FIELDS = [
  "value",
  "hedge",
  "indicator",
  "canonical",
  "subject",
  "action",
  "kind",
  "period",
  "status",
] as const;
export type Field = (typeof FIELDS)[number];

/** The field that a column's cells correct. */
export function fieldOf(column: Column): Field | null {
  return FIELDS.find((field) => field === column) ?? (column === "normal" ? "value" : null);
}

/** The choices of a field that has only so many, with their names. */
export function choicesOf(field: Field): [string, string][] | null {
  if (field === "kind") return KINDS.map((kind) => [kind, t.kinds[kind]]);
  if (field === "status") return STATUSES.map((status) => [status, t[status]]);
  if (field === "hedge") return HEDGES.map((hedge) => [hedge, t.table.hedges[hedge]]);
  return null;
}

/** What the field's editor begins with. */
export function fieldText(report: Report, metric: Metric, field: Field): string {
  switch (field) {
    case "value":
      return asWritten(report, metric) ? written(report, metric) : short(metric, t);
    case "canonical":
      return indicatorName(metric.canonical);
    case "period":
      return period(metric.period);
    default:
      return metric[field];
  }
}

/** What changes by these words; nothing where they say what is known, null where they are not understood. */
export function readField(report: Report, metric: Metric, field: Field, typed: string): MetricFields | null {
  const words = typed.trim();
  if (words === fieldText(report, metric, field)) return {};
  switch (field) {
    case "value":
      return readValue(metric, words);
    case "canonical": {
      const canonical = words ? indicatorId(words) : null;
      return canonical === undefined ? null : { canonical };
    }
    case "period": {
      const read = parsePeriod(words);
      return read && { period: read };
    }
    case "kind":
    case "status":
    case "hedge":
      return choicesOf(field)!.some(([choice]) => choice === words) ? { [field]: words } : null;
    default:
      return { [field]: words };
  }
}

/** Whether the value is the one that its words in the text say. */
export function asWritten(report: Report, metric: Metric): boolean {
  if (!metric.corrected) return true;
  const said = parseQuantity(written(report, metric));
  // What this page cannot read it cannot gainsay.
  return !said || (Math.abs(said.value) === Math.abs(metric.value) && said.max === metric.max && said.unit === metric.unit);
}

function readValue(metric: Metric, words: string): MetricFields | null {
  const read = parseQuantity(words.replace(/^\+/, ""));
  if (!read) return null;
  // `下降5%` is kept as -5: without a sign it goes on falling.
  if (metric.kind === "change" && metric.value < 0 && !/^[+\-−负]/.test(words)) {
    read.value = -read.value;
    if (read.max !== null) read.max = -read.max;
  }
  // A bare number keeps the unit, and with it what the row is of.
  if (!read.unit) {
    const { value, max, hedge } = read;
    return { value, max, hedge };
  }
  const { kind, ...rest } = read;
  const same = read.unit === metric.unit || (metric.kind === "change" && kind === "share");
  return same ? rest : read;
}

const YEAR = String.raw`((?:19|20)\d\d)`;
const DAY = new RegExp(String.raw`^${YEAR}(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?$`);
const YEARS = new RegExp(`^${YEAR}年?(?:[-–—―~至到]+)${YEAR}年?$`);
const MONTHS = new RegExp(String.raw`^${YEAR}年(\d{1,2})月?[-–—―~至到]+(\d{1,2})月$`);

/** `2024`, `2020–2024`, `2024-12`, `2024年3月至2025年2月`, `2024年1–10月`; empty words are no period. */
export function parsePeriod(typed: string): Period | null {
  const words = typed
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, "")
    .replace(/年度/g, "年");
  if (!words) return { start: "", end: "" };
  const years = YEARS.exec(words);
  const months = MONTHS.exec(words);
  let ends: (string | null)[];
  if (years) ends = [years[1]!, years[2]!];
  else if (months) ends = [date(months[1]!, months[2]), date(months[1]!, months[3])];
  else {
    const one = day(words);
    // A border between two days is a dash that the days do not have, or a word.
    ends = one ? [one, one] : words.split(/[–—―~至到]+|--/, 3).map(day);
  }
  const [start, end] = ends;
  return ends.length === 2 && start && end && start <= end ? { start, end } : null;
}

function day(words: string): string | null {
  const found = DAY.exec(words);
  return found && date(found[1]!, found[2], found[3]);
}

function date(year: string, month?: string, day?: string): string | null {
  if (!month) return year;
  const [m, d] = [Number(month), Number(day ?? 1)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return null;
  const two = (n: number) => String(n).padStart(2, "0");
  return day ? `${year}-${two(m)}-${two(d)}` : `${year}-${two(m)}`;
}

