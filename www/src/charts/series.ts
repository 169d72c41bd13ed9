// What a chart of a row draws: a value for each place and time. Pure.
import { period } from "../format.ts";
import type { Column, Row } from "../views/compare/matrix.ts";
import type { CellValue, Hedge, Period } from "gangmu";

export type ChartKind = "line" | "bars" | "multiples";

export interface Point {
  /** Index of the column among those shown. */
  column: number;
  metric: number;
  place: string;
  /** The year that the time ends in. */
  year: number;
  /** As it is written on the axis: `2022`, `2017–2021`. */
  time: string;
  /** In the row's unit. */
  value: number;
  max: number | null;
  hedge: Hedge;
  plan: boolean;
}

export interface Series {
  /** One for each place and year. */
  points: Point[];
  /** In the order of the columns. */
  places: string[];
  /** Rising. */
  years: number[];
  /** Values whose time is longer or shorter than that of most: they cannot stand beside the others. */
  apart: number;
}

/** What values have in common that may be compared: the length of their time. */
function length({ start, end }: Period): string {
  const [from, to] = [start || end, end || start];
  if (from === to) return "1";
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1;
  if (from.length === 4 && to.length === 4) return String(years);
  const month = (time: string, otherwise: number) => Number(time.slice(5, 7)) || otherwise;
  const months = years * 12 - month(from, 1) + 1 - (12 - month(to, 12));
  return months % 12 ? `${months}m` : String(months / 12);
}

const WHENS = ["own", "within", "unknown", "around", "before", "after"];

export function seriesOf(row: Row, columns: Column[]): Series {
  interface Candidate {
    point: Point;
    length: string;
    rank: number;
  }
  const { factor } = row.about.scale;
  const found: Candidate[] = [];
  for (const [column, { report, head, place }] of columns.entries()) {
    for (const [nth, value] of row.values(report).entries()) {
      if (value.part) continue;
      const time = value.period.start || value.period.end ? value.period : head.period;
      const year = Number((time.end || time.start).slice(0, 4));
      if (!year) continue;
      found.push({
        point: {
          column,
          metric: value.metric,
          place,
          year,
          time: period(time),
          value: value.value / factor,
          max: value.max === null ? null : value.max / factor,
          hedge: value.hedge,
          plan: value.status === "plan",
        },
        length: length(time),
        rank: rank(value, nth),
      });
    }
  }
  const counts = new Map<string, number>();
  for (const { length } of found) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual] = [...counts].sort((a, b) => b[1] - a[1] || Number.parseInt(a[0]) - Number.parseInt(b[0]))[0] ?? [];
  const best = new Map<string, Candidate>();
  let apart = 0;
  for (const one of found) {
    if (one.length !== usual) {
      apart++;
      continue;
    }
    const key = `${one.point.place}\n${one.point.year}`;
    const other = best.get(key);
    if (!other || one.rank < other.rank) best.set(key, one);
  }
  const points = [...best.values()].map(({ point }) => point).sort((a, b) => a.year - b.year);
  return {
    points,
    places: [...new Set(columns.map(({ place }) => place))].filter((place) => points.some((p) => p.place === place)),
    years: [...new Set(points.map(({ year }) => year))],
    apart,
  };
}

/** What was done goes before what was planned, the report's own time before others, the first of a cell before the rest. */
function rank({ status, when, corrected }: CellValue, nth: number): number {
  return (status === "plan" ? 1000 : 0) + (corrected ? 0 : 100) + WHENS.indexOf(when) * 10 + Math.min(nth, 9);
}

/** More small charts than this say less than bars. */
const MANY = 40;

/** The chart that shows most of a series: years where most places have several, places otherwise. */
export function fitting({ points, places }: Series): ChartKind {
  const done = points.filter(({ plan }) => !plan);
  if (places.length < 2) return points.length > 1 ? "line" : "bars";
  return done.length >= places.length * 1.5 && places.length <= MANY ? "multiples" : "bars";
}

/** The year that most places have a value of; of equals the last. */
export function fullestYear({ points, years }: Series): number {
  const counts = new Map(years.map((year) => [year, 0]));
  for (const { year, plan } of points) counts.set(year, counts.get(year)! + (plan ? 0.5 : 1));
  return years.reduce((best, year) => (counts.get(year)! >= counts.get(best)! ? year : best), years[0] ?? 0);
}
