import { describe, expect, it } from "vitest";
import { invented } from "../e2e/compare/invented.ts";
import { barChart, framed, labelled, lineChart, type Look, smallMultiples } from "../src/charts/layout.ts";
import { fitting, fullestYear, type Point, seriesOf } from "../src/charts/series.ts";
import { fit, type Shape, widthOf } from "../src/charts/shapes.ts";
import { zh } from "../src/locales/zh.ts";
import { fold } from "../src/views/compare/fold.ts";
import { Matrix } from "../src/views/compare/matrix.ts";
import type { CellValue, Comparison } from "gangmu";

/** A comparison of one row: of each report its place, its year, and its values. */
function one(reports: [string, string, Partial<CellValue>[]][], factor = 1) {
  const comparison: Comparison = invented(1, 1, 0, 0);
  comparison.reports = reports.map(([place, year], index) => ({
    index,
    name: "",
    title: "",
    place,
    kind: "government",
    period: { start: year, end: year },
  }));
  const cells = reports.map(([, year, values], report) => ({
    report,
    values: values.map((rest, metric) => ({
      metric,
      value: 1,
      max: null,
      hedge: "exact" as const,
      period: { start: year, end: year },
      when: "own" as const,
      status: "done" as const,
      confidence: 1,
      ...rest,
    })),
  }));
  comparison.groups = [
    {
      id: "g",
      name: "g",
      name_en: "",
      rows: [
        {
          canonical: "x",
          indicator: "粮食总产量",
          indicator_en: "",
          kind: "measure",
          growth: null,
          among: "",
          unit: "吨",
          scale: { factor, unit: "万吨" },
          cells,
        },
      ],
    },
  ];
  const matrix = new Matrix(fold(comparison), "zh", zh);
  return seriesOf(matrix.groups[0]!.rows[0]!, matrix.columns);
}

const year = (year: string) => ({ start: year, end: year });
const look = (rest: Partial<Look> = {}): Look => ({
  width: 600,
  unit: "单位：万吨",
  label: ({ value }) => String(value),
  ranks: false,
  active: null,
  ...rest,
});
const words = (shapes: Shape[]): string[] =>
  shapes.flatMap((shape) => (shape.as === "text" ? [shape.words] : shape.as === "group" ? words(shape.shapes) : []));

describe("a series", () => {
  it("has one value for a place and year: done before planned, the report's own before others", () => {
    const { points, years } = one([
      ["云泽市", "2020", [{ value: 20 }, { value: 22, period: year("2021"), when: "after", status: "plan" }]],
      ["云泽市", "2021", [{ value: 21 }, { value: 19, period: year("2020"), when: "before" }]],
      ["云泽市", "2022", [{ value: 30, period: year("2023"), when: "after", status: "plan" }]],
    ]);
    expect(years).toEqual([2020, 2021, 2023]);
    expect(points.map(({ value, plan, column }) => [value, plan, column])).toEqual([
      [20, false, 0],
      [21, false, 1],
      [30, true, 2],
    ]);
  });

  it("leaves out values of a longer time than most, and parts of a whole", () => {
    const { points, apart } = one([
      ["云泽市", "2020", [{ value: 20 }, { value: 7, part: true }]],
      ["云泽市", "2021", [{ value: 21 }]],
      ["云泽市", "2022", [{ value: 99, period: { start: "2018", end: "2022" }, when: "around" }]],
    ]);
    expect(points.map(({ value }) => value)).toEqual([20, 21]);
    expect(apart).toBe(1);
  });

  it("takes a whole year in months for a year, and eleven months for something else", () => {
    const months = (end: string) => [{ period: { start: "2022-01", end: `2022-${end}` } }];
    expect(one([["云泽市", "2021", [{}]], ["云泽市", "2022", months("12")]]).apart).toBe(0);
    expect(one([["云泽市", "2020", [{}]], ["云泽市", "2021", [{}]], ["云泽市", "2022", months("11")]]).apart).toBe(1);
  });

  it("is in the row's unit", () => {
    expect(one([["云泽市", "2020", [{ value: 3e4, max: 5e4 }]]], 1e4).points[0]).toMatchObject({ value: 3, max: 5 });
  });
});

describe("the kind of chart", () => {
  it("follows what there is: years of a place, places in a year, or both", () => {
    const years = one([["云泽市", "2020", [{}]], ["云泽市", "2021", [{}]]]);
    const places = one([["云泽市", "2021", [{}]], ["青屏区", "2021", [{}]], ["禾川县", "2021", [{}]]]);
    const both = one(["云泽市", "青屏区"].flatMap((place) => ["2020", "2021"].map((y): [string, string, object[]] => [place, y, [{}]])));
    expect(fitting(years)).toBe("line");
    expect(fitting(places)).toBe("bars");
    expect(fitting(both)).toBe("multiples");
    // What is planned for the next year makes no line.
    const planned = one([
      ["云泽市", "2021", [{}, { period: year("2022"), when: "after", status: "plan" }]],
      ["青屏区", "2021", [{}, { period: year("2022"), when: "after", status: "plan" }]],
    ]);
    expect(fitting(planned)).toBe("bars");
    expect(fullestYear(planned)).toBe(2021);
  });
});

describe("layout", () => {
  const points = (values: number[], rest: Partial<Point> = {}): Point[] =>
    values.map((value, i) => ({
      column: i,
      metric: 0,
      place: "云泽市",
      year: 2018 + i,
      time: String(2018 + i),
      value,
      max: null,
      hedge: "exact",
      plan: false,
      ...rest,
    }));
  const circles = (shapes: Shape[]) => shapes.filter((shape) => shape.as === "circle");
  const rects = (shapes: Shape[]) => shapes.filter((shape) => shape.as === "rect");

  it("puts higher values higher, and better ranks too", () => {
    const [low, high] = circles(lineChart(points([10, 20]), look()).shapes);
    expect(low!.y).toBeGreaterThan(high!.y);
    expect(low!.x).toBeLessThan(high!.x);
    const [second, first] = circles(lineChart(points([2, 1]), look({ ranks: true })).shapes);
    expect(first!.y).toBeLessThan(second!.y);
  });

  it("draws plans hollow and dotted, and does not hide a year that is missing", () => {
    const three = points([10, 20, 30]);
    three[2]!.plan = true;
    const { shapes } = lineChart(three, look());
    expect(circles(shapes).map(({ fill }) => fill)).toEqual(["mark", "mark", "ground"]);
    const paths = shapes.filter((shape) => shape.as === "path");
    expect(paths.map(({ dash }) => !!dash).sort()).toEqual([false, true]);
    const gap = points([10, 20]);
    gap[1]!.year = 2024;
    expect(lineChart(gap, look()).shapes.filter((shape) => shape.as === "path").map(({ dash }) => dash)).toEqual(["5 4"]);
  });

  it("writes the values and the unit beside the marks", () => {
    const said = words(lineChart(points([10, 20]), look()).shapes);
    for (const word of ["单位：万吨", "10", "20", "2018", "2019"]) expect(said).toContain(word);
  });

  it("draws bars from zero, in proportion, also below it", () => {
    const [long, short, below] = rects(barChart(points([40, 20, -10]), look()).shapes);
    expect(long!.width / short!.width).toBeCloseTo(2, 3);
    expect(below!.x + below!.width).toBeCloseTo(long!.x, 3);
  });

  it("keeps all of a chart inside its width", () => {
    const wide = barChart(points([1e9, 2e9]), look({ width: 320, label: () => "≥1,234,567.89" }));
    for (const shape of wide.shapes) {
      if (shape.as === "rect") expect(shape.x + shape.width).toBeLessThanOrEqual(320);
      if (shape.as === "text" && shape.anchor !== "end") {
        expect(shape.x + widthOf(shape.words, shape.size)).toBeLessThanOrEqual(322);
      }
    }
  });

  it("gives small charts one scale, or each its own", () => {
    const places = [
      { place: "云泽市", points: points([100, 100]) },
      { place: "青屏区", points: points([1, 2]) },
    ];
    const rise = (shared: boolean) => {
      const [, , a, b] = circles(smallMultiples(places, look(), shared).shapes);
      return a!.y - b!.y;
    };
    expect(rise(true)).toBeLessThan(3);
    expect(rise(false)).toBeGreaterThan(10);
  });

  it("labels ends and extremes first, and nothing over another", () => {
    const many = points([5, 1, 4, 9, 4, 6]);
    const xs = many.map((_, i) => i * 20);
    const chosen = labelled(many, xs, many.map(() => 30));
    expect(chosen.has(0) && chosen.has(5)).toBe(true);
    const places = [...chosen].map((i) => xs[i]!).sort((a, b) => a - b);
    for (const [i, x] of places.entries()) if (i) expect(x - places[i - 1]!).toBeGreaterThanOrEqual(34);
  });

  it("writes a value beside the line, not over it", () => {
    const steep = points([1, 2, 40, 80]);
    const { shapes } = lineChart(steep, look({ width: 300, label: ({ value }) => `≥${value}.1234` }));
    const [, second] = circles(shapes);
    const label = shapes.find((shape) => shape.as === "text" && shape.words === "≥2.1234");
    expect(label).toBeDefined();
    // The line rises to the right: the label is to the left of it, or below.
    if (label?.as === "text") expect(label.x < second!.x || label.y > second!.y).toBe(true);
  });

  it("stands alone with title, unit and source", () => {
    const whole = framed(lineChart(points([1, 2]), look()), { title: "粮食总产量", subtitle: "云泽市", notes: ["来源：2 份报告"] });
    for (const word of ["粮食总产量", "云泽市", "单位：万吨", "来源：2 份报告"]) expect(words(whole.shapes)).toContain(word);
    expect(whole.shapes[0]).toMatchObject({ as: "rect", fill: "ground", width: whole.width, height: whole.height });
  });

  it("cuts words that are too long", () => {
    expect(fit("云泽市", 12, 40)).toBe("云泽市");
    expect(fit("一个很长的地方名字", 12, 40)).toBe("一个…");
  });
});
