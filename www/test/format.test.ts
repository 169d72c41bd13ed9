import { describe, expect, it } from "vitest";
import { bytes, normalised, number, period, saysMore, sectionPath, short, stem } from "../src/format.ts";
import { en } from "../src/locales/en.ts";
import { zh } from "../src/locales/zh.ts";
import { metric, report, section } from "./report.ts";
import type { Metric } from "gangmu";

const TEXT = "投入800余万元，占56.2%，下降3.2%，增长5%—6%，居全省第二位，共12次。";
const of = (quantity: string, rest: Partial<Metric>) => metric(TEXT, quantity, TEXT, rest);
const show = (quantity: string, rest: Partial<Metric>) => normalised(of(quantity, rest), zh).replaceAll("\u00a0", " ");

it("a value is written as people would", () => {
  const write = (rest: Partial<Metric>) => short(of("12次", rest), zh);
  expect(write({ value: 3.5e8, unit: "元", hedge: "over", kind: "amount" })).toBe("≥3.5亿元");
  expect(write({ value: 1.2e6, unit: "人次" })).toBe("120万人次");
  expect(write({ value: 50_000, max: 60_000, unit: "元", hedge: "range" })).toBe("5–6万元");
  expect(write({ value: 123_456_789, unit: "元" })).toBe("12,345.6789万元");
  expect(write({ value: 123.5, unit: "吨" })).toBe("123.5吨");
  expect(write({ value: -3.2, unit: "%", kind: "change" })).toBe("−3.2%");
  expect(write({ value: 2, unit: "名", kind: "rank" })).toBe("第2");
});

describe("normalised", () => {
  it("shows base units, hedges, signs, ranges and ranks", () => {
    expect(show("800余万元", { value: 8e6, unit: "元", hedge: "over", kind: "amount" })).toBe("≥ 8,000,000 元");
    expect(show("下降3.2%", { value: -3.2, unit: "%", kind: "change" })).toBe("−3.2 %");
    expect(show("5%—6%", { value: 5, max: 6, unit: "%", hedge: "range", kind: "change" })).toBe("5–6 %");
    expect(show("全省第二位", { value: 2, unit: "名", kind: "rank" })).toBe("第 2");
    expect(normalised(of("全省第二位", { value: 2, unit: "名", kind: "rank" }), en)).toBe("No. 2");
  });

  it("is left out where it repeats the text", () => {
    const sample = report(TEXT);
    expect(saysMore(sample, of("12次", { value: 12, unit: "次" }))).toBe(false);
    expect(saysMore(sample, of("56.2%", { value: 56.2, unit: "%" }))).toBe(false);
    expect(saysMore(report("占72.0%"), metric("占72.0%", "72.0%", "占72.0%", { value: 72, unit: "%" }))).toBe(false);
    expect(saysMore(sample, of("下降3.2%", { value: -3.2, unit: "%" }))).toBe(true);
    expect(saysMore(sample, of("800余万元", { value: 8e6, unit: "元", hedge: "over" }))).toBe(true);
  });
});

it("number drops what binary fractions add", () => {
  expect(number(0.1 + 0.2)).toBe("0.3");
  expect(number(1.2e12)).toBe("1,200,000,000,000");
});

it("period shows one year, a range, or nothing", () => {
  expect(period({ start: "2022", end: "2022" })).toBe("2022");
  expect(period({ start: "2017", end: "2021" })).toBe("2017–2021");
  expect(period({ start: "", end: "" })).toBe("");
});

it("sectionPath goes from the outermost to the innermost", () => {
  const outline = [
    section("一二", "一", { start: 0, end: 2 }),
    section("一二", "二", { start: 1, end: 2 }, { parent: 0, depth: 2 }),
  ];
  expect(sectionPath(report("一二", { outline }), 1)).toEqual([0, 1]);
  expect(sectionPath(report("一二", { outline }), null)).toEqual([]);
});

it("bytes and stem", () => {
  expect([bytes(12), bytes(4100), bytes(48213), bytes(3.2e6)]).toEqual(["12 B", "4.0 KB", "47 KB", "3.1 MB"]);
  expect(stem("a/云泽市.政协.txt")).toBe("云泽市.政协");
});
