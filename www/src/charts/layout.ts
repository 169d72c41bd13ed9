// The charts: where their marks stand. Pure; scales and paths come from d3.
import { extent, max, min } from "d3-array";
import { scaleBand, scaleLinear, type ScaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { type Drawing, fit, type Shape, widthOf } from "./shapes.ts";
import type { Point } from "./series.ts";

/** A chart's words. */
export interface Look {
  width: number;
  /** On the axis. */
  unit: string;
  /** How a point's value is written. */
  label(point: Point): string;
  /** Small is good: the first place stands on top. */
  ranks: boolean;
  /** The column that the reader is in. */
  active: number | null;
}

/** What a drawing says of itself when it stands alone. */
export interface Frame {
  title: string;
  subtitle: string;
  notes: string[];
}

const SMALL = 11;
const PLAIN = 12;

/** Nice ends for the values, with zero where it is not far. */
function domain(points: Point[], fromZero: boolean): [number, number] {
  const low = min(points, ({ value }) => value) ?? 0;
  const high = max(points, ({ value, max }) => Math.max(value, max ?? value)) ?? 1;
  if (low >= 0 && (fromZero || low < high * 0.6)) return [0, high || 1];
  if (high <= 0 && fromZero) return [low, 0];
  if (low < 0) return [low, Math.max(high, 0)];
  const room = (high - low) * 0.25 || Math.abs(high) * 0.1 || 1;
  return [low - room, high + room * 0.2];
}

function vertical(points: Point[], { ranks }: Look, top: number, bottom: number): ScaleLinear<number, number> {
  if (ranks) {
    const [first = 1, last = 1] = extent(points, ({ value }) => value);
    return scaleLinear([first, Math.max(last, first + 1)], [top, bottom]);
  }
  return scaleLinear(domain(points, false), [bottom, top]).nice(4);
}

/** A line through the points of one place; planned parts dotted, years without a value thin. */
function curve(points: Point[], x: (point: Point) => number, y: (point: Point) => number, active: number | null): Shape[] {
  const shapes: Shape[] = [];
  const path = line<Point>(x, y);
  let run: Point[] = [];
  const flush = () => {
    if (run.length > 1) shapes.push({ as: "path", d: path(run)!, tone: "mark", width: 2 });
    run = [];
  };
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    if (before && (point.plan || before.plan || point.year - before.year > 1)) {
      flush();
      const dash = point.plan || before.plan ? "1.5 4" : "5 4";
      shapes.push({ as: "path", d: path([before, point])!, tone: "mark", width: point.plan ? 2 : 1, dash });
    }
    run.push(point);
  }
  flush();
  for (const point of points) shapes.push(...dot(point, x(point), y, active));
  return shapes;
}

function dot(point: Point, x: number, y: (point: Point) => number, active: number | null): Shape[] {
  const at = y(point);
  const r = point.column === active ? 5 : 3.5;
  const shapes: Shape[] = [];
  if (point.max !== null) {
    const far = y({ ...point, value: point.max });
    shapes.push({ as: "line", x1: x, y1: at, x2: x, y2: far, tone: "mark", width: 2 });
  }
  const fill = point.plan ? "ground" : "mark";
  shapes.push({ as: "circle", x, y: at, r, fill, stroke: "mark", point: point.column });
  return shapes;
}

/** The points to label: as many as have room, ends and extremes first. */
export function labelled(points: Point[], xs: number[], widths: number[]): Set<number> {
  const last = points.length - 1;
  const by = (pick: (a: number, b: number) => boolean) =>
    points.reduce((best, p, i) => (pick(p.value, points[best]!.value) ? i : best), 0);
  const order = [last, 0, by((a, b) => a > b), by((a, b) => a < b), ...points.keys()];
  const chosen = new Set<number>();
  const free = (i: number) =>
    [...chosen].every((j) => Math.abs(xs[i]! - xs[j]!) >= (widths[i]! + widths[j]!) / 2 + 4);
  for (const i of order) if (i >= 0 && !chosen.has(i) && free(i)) chosen.add(i);
  return chosen;
}

interface Label {
  x: number;
  y: number;
  half: number;
}

/** Where a point's label covers least of the line and of other labels: above it, to the left of that, below it, or to the right of that. */
function beside(
  point: { x: number; top: number; bottom: number },
  half: number,
  xs: number[],
  ys: number[],
  width: number,
  bottom: number,
  others: Label[],
): { x: number; y: number } {
  const inside = (x: number) => Math.min(Math.max(x, half + 2), width - half - 2);
  const aside = Math.max(half - 4, 4);
  const choices = [
    { x: inside(point.x), y: point.top - 9 },
    { x: inside(point.x - aside), y: point.top - 9 },
    { x: inside(point.x + aside), y: point.bottom + 19 },
    { x: inside(point.x), y: point.bottom + 19 },
  ].filter(({ y }) => y < bottom);
  const covered = ({ x, y }: { x: number; y: number }) => {
    let n = 0;
    for (const other of others) if (Math.abs(other.x - x) < other.half + half + 2 && Math.abs(other.y - y) < 13) n += 20;
    for (let i = 1; i < xs.length; i++) {
      for (let step = 0; step <= 16; step++) {
        const px = xs[i - 1]! + ((xs[i]! - xs[i - 1]!) * step) / 16;
        const py = ys[i - 1]! + ((ys[i]! - ys[i - 1]!) * step) / 16;
        if (Math.abs(px - x) < half + 2 && py > y - 12 && py < y + 3) n++;
      }
    }
    return n;
  };
  return choices.reduce((best, choice) => (covered(choice) < covered(best) ? choice : best), choices[0]!);
}

/** One indicator over the years of one place. */
export function lineChart(points: Point[], look: Look): Drawing {
  const height = 260;
  const top = 44;
  const bottom = height - 28;
  const y = vertical(points, look, top, bottom);
  const ticks = look.ranks ? y.ticks(4).filter(Number.isInteger) : y.ticks(4);
  const format = y.tickFormat(4);
  const written = (tick: number) => format(tick).replace("-", "−");
  const left = 10 + Math.max(...ticks.map((tick) => widthOf(written(tick), SMALL)), 16);
  const shapes: Shape[] = [{ as: "text", x: 4, y: 14, words: look.unit, tone: "soft", size: SMALL }];
  for (const tick of ticks) {
    shapes.push({ as: "line", x1: left, y1: y(tick), x2: look.width - 8, y2: y(tick), tone: "rule" });
    shapes.push({ as: "text", x: left - 6, y: y(tick) + 4, words: written(tick), tone: "soft", size: SMALL, anchor: "end" });
  }
  const [from = 0, to = 0] = extent(points, ({ year }) => year);
  const inset = Math.min(40, look.width / 10);
  const scale = scaleLinear([from, from === to ? from + 1 : to], [left + inset, look.width - 8 - inset]);
  const x = from === to ? () => (left + look.width) / 2 : (point: Point) => scale(point.year);
  const xs = points.map(x);
  const times = labelled(points, xs, points.map(({ time }) => widthOf(time, SMALL)));
  for (const i of times) {
    shapes.push({ as: "text", x: xs[i]!, y: height - 10, words: points[i]!.time, tone: "soft", size: SMALL, anchor: "middle" });
  }
  const at = (point: Point) => y(point.value);
  shapes.push(...curve(points, x, at, look.active));
  const labels = points.map((point) => look.label(point));
  const ys = points.map(at);
  const placed: Label[] = [];
  for (const i of labelled(points, xs, labels.map((label) => widthOf(label, PLAIN)))) {
    const point = points[i]!;
    const top = point.max === null ? ys[i]! : Math.min(ys[i]!, y(point.max));
    const middle = { x: xs[i]!, top, bottom: ys[i]! };
    const half = widthOf(labels[i]!, PLAIN) / 2;
    const place = beside(middle, half, xs, ys, look.width, bottom, placed);
    placed.push({ ...place, half });
    const bold = point.column === look.active;
    shapes.push({ as: "text", ...place, words: labels[i]!, tone: "ink", size: PLAIN, anchor: "middle", bold });
  }
  return { width: look.width, height, shapes };
}

/** One indicator over places in one year, in the order given. */
export function barChart(points: Point[], look: Look): Drawing {
  const step = 24;
  const top = 24;
  const height = top + points.length * step + 8;
  const names = Math.min(Math.max(...points.map(({ place }) => widthOf(place, PLAIN)), 24), look.width * 0.36);
  const labels = points.map((point) => look.label(point));
  const room = Math.max(...labels.map((label) => widthOf(label, PLAIN)), 0) + 8;
  const [low, high] = domain(points, true);
  const negative = low < 0;
  const x = scaleLinear([low, high], [names + 14 + (negative ? room : 0), look.width - 8 - (high > 0 ? room : 0)]);
  const y = scaleBand(
    points.map((_, i) => i),
    [top, top + points.length * step],
  ).paddingInner(0.3).paddingOuter(0.15);
  const shapes: Shape[] = [{ as: "text", x: x(0), y: 14, words: look.unit, tone: "soft", size: SMALL }];
  for (const [i, point] of points.entries()) {
    const active = point.column === look.active;
    const at = y(i)!;
    const thick = y.bandwidth();
    const middle = at + thick / 2 + 4;
    const from = Math.min(x(0), x(point.value));
    const width = Math.max(Math.abs(x(point.value) - x(0)), 1);
    shapes.push({
      as: "text",
      x: names + 6,
      y: middle,
      words: fit(point.place, PLAIN, names),
      tone: "ink",
      size: PLAIN,
      anchor: "end",
      bold: active,
      point: point.column,
    });
    const style = point.plan
      ? ({ fill: "ground", stroke: "mark", dash: "3 2" } as const)
      : ({ fill: "mark", stroke: "none" } as const);
    shapes.push({ as: "rect", x: from, y: at, width, height: thick, ...style, point: point.column });
    let end = point.value < 0 ? from : from + width;
    if (point.max !== null) {
      const far = x(point.max);
      shapes.push({ as: "rect", x: end, y: at, width: Math.max(far - end, 0), height: thick, fill: "mark", stroke: "none", opacity: 0.4 });
      end = Math.max(far, end);
    }
    const anchor = point.value < 0 ? "end" : "start";
    const beside = point.value < 0 ? end - 5 : end + 5;
    shapes.push({ as: "text", x: beside, y: middle, words: labels[i]!, tone: "ink", size: PLAIN, anchor, bold: active });
  }
  shapes.push({ as: "line", x1: x(0), y1: top, x2: x(0), y2: height - 8, tone: "soft" });
  return { width: look.width, height, shapes };
}

/** A small line for each place; `shared`: all of one scale. */
export function smallMultiples(places: { place: string; points: Point[] }[], look: Look, shared: boolean): Drawing {
  const gap = 18;
  const across = Math.max(1, Math.min(Math.floor((look.width + gap) / (150 + gap)), places.length));
  const width = (look.width - gap * (across - 1)) / across;
  const tall = 104;
  const top = 22;
  const all = places.flatMap(({ points }) => points);
  const [from = 0, to = 0] = extent(all, ({ year }) => year);
  const shapes: Shape[] = [{ as: "text", x: 0, y: 14, words: look.unit, tone: "soft", size: SMALL }];
  for (const [i, { place, points }] of places.entries()) {
    const left = (i % across) * (width + gap);
    const above = top + Math.floor(i / across) * (tall + 14);
    const [upper, lower] = [above + 42, above + tall - 20];
    const y = vertical(shared ? all : points, look, upper, lower);
    const scale = scaleLinear([from, to === from ? from + 1 : to], [left + 14, left + width - 14]);
    const x = (point: Point) => scale(point.year);
    const active = points.some(({ column }) => column === look.active);
    shapes.push({ as: "text", x: left, y: above + 14, words: fit(place, PLAIN, width), tone: "ink", size: PLAIN, bold: active });
    shapes.push({ as: "line", x1: left, y1: lower + 6, x2: left + width, y2: lower + 6, tone: "rule" });
    const at = (point: Point) => y(point.value);
    shapes.push(...curve(points, x, at, look.active));
    const placed = (x: number, label: string) => {
      const wide = widthOf(label, SMALL);
      const from = Math.min(Math.max(x - wide / 2, left), left + width - wide);
      return { from, to: from + wide };
    };
    const ends = points.length > 1 ? [0, points.length - 1] : [0];
    for (const end of ends) {
      const point = points[end]!;
      const label = look.label(point);
      const { from: begins, to: stops } = placed(x(point), label);
      if (end === 0 && points.length > 1) {
        // The first gives way where both would not fit.
        const last = points.at(-1)!;
        const beside = placed(x(last), look.label(last));
        if (stops > beside.from - 2 && Math.abs(at(last) - at(point)) < 13) continue;
      }
      const middle = (begins + stops) / 2;
      shapes.push({ as: "text", x: middle, y: at(point) - 8, words: label, tone: "ink", size: SMALL, anchor: "middle" });
    }
    for (const year of from === to ? [from] : [from, to]) {
      const anchor = year === from ? "start" : "end";
      const place = year === from ? left : left + width;
      shapes.push({ as: "text", x: place, y: lower + 19, words: String(year), tone: "soft", size: 10, anchor });
    }
  }
  return { width: look.width, height: top + Math.ceil(places.length / across) * (tall + 14), shapes };
}

/** A drawing with its title above and its notes below, on a ground of its own. */
export function framed({ width, height, shapes }: Drawing, { title, subtitle, notes }: Frame): Drawing {
  const edge = 20;
  const above = 62;
  const full = width + edge * 2;
  const below = 14 + notes.length * 18;
  const all: Shape[] = [
    { as: "rect", x: 0, y: 0, width: full, height: height + above + below + 6, fill: "ground", stroke: "none" },
    { as: "text", x: edge, y: 30, words: fit(title, 17, width), tone: "ink", size: 17, bold: true },
    { as: "text", x: edge, y: 50, words: fit(subtitle, PLAIN, width), tone: "soft", size: PLAIN },
    { as: "group", x: edge, y: above, shapes },
    ...notes.map(
      (words, i): Shape => ({
        as: "text",
        x: edge,
        y: above + height + 14 + i * 18,
        words: fit(words, SMALL, width),
        tone: "soft",
        size: SMALL,
      }),
    ),
  ];
  return { width: full, height: height + above + below + 6, shapes: all };
}
