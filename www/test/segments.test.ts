import { describe, expect, it } from "vitest";
import type { Report } from "gangmu";
import { cutLines as lines, indicatorSpan } from "../src/segments.ts";
import { sectionTotals } from "../src/sections.ts";
import { at, metric, report, section } from "./report.ts";

const cutLines = (given: Report) => [...lines(given)];

const TEXT = [
  "政协某市委员会工作报告",
  "（2025年1月8日）",
  "各位委员：",
  "一、服务大局",
  "抓实调研。走访企业210家，提出建议57条。答复率、满意率均达到100%。",
].join("\n");
const first = "走访企业210家，提出建议57条。";
const second = "答复率、满意率均达到100%。";

function sample() {
  const body = { start: at(TEXT, "一、服务大局").start, end: TEXT.length };
  const inner = { start: at(TEXT, "抓实调研").start, end: TEXT.length };
  return report(TEXT, {
    meta: { ...report("").meta, title: "政协某市委员会工作报告" },
    outline: [
      section(TEXT, "一、服务大局", body, { marker: "一、", title: "服务大局" }),
      section(TEXT, "抓实调研", inner, { kind: "run-in", depth: 2, parent: 0 }),
    ],
    metrics: [
      metric(TEXT, "210家", first, { indicator: "企业", section: 1 }),
      metric(TEXT, "57条", first, { indicator: "建议", section: 1 }),
      metric(TEXT, "100%", second, { indicator: "答复率", section: 1 }),
      metric(TEXT, "100%", second, { indicator: "满意率", section: 1 }),
    ],
  });
}

describe("cutLines", () => {
  it("gives back the whole text", () => {
    const lines = cutLines(sample());
    const words = lines.map((line) => line.segments.map(({ start, end }) => TEXT.slice(start, end)).join(""));
    expect(words.join("\n")).toBe(TEXT);
  });

  it("tells title, subtitle, heading and body", () => {
    expect(cutLines(sample()).map(({ role }) => role)).toEqual(["title", "subtitle", "body", "heading", "body"]);
  });

  it("takes no line behind the salutation for a title", () => {
    const lines = cutLines(
      report("某市报告\n各位委员：\n某市报告", { meta: { ...report("").meta, title: "某市报告" } }),
    );
    expect(lines.map(({ role }) => role)).toEqual(["title", "body", "body"]);
  });

  it("puts metrics of one quantity on one run", () => {
    const marked = cutLines(sample()).flatMap(({ segments }) => segments.filter(({ metrics }) => metrics.length));
    expect(marked.map((run) => [TEXT.slice(run.start, run.end), run.metrics])).toEqual([
      ["210家", [0]],
      ["57条", [1]],
      ["100%", [2, 3]],
    ]);
  });

  it("cuts overlapping quantities into runs that belong to both", () => {
    const text = "增长5%至6%。";
    const whole = metric(text, "5%至6%", text);
    const upper = metric(text, "6%", text);
    const [line] = cutLines(report(text, { metrics: [whole, upper] }));
    expect(line!.segments.filter(({ metrics }) => metrics.length).map(({ metrics }) => metrics)).toEqual([[0], [0, 1]]);
  });

  it("marks the run-in heading", () => {
    const runIn = cutLines(sample())
      .at(-1)!
      .segments.filter((run) => run.runIn === 1);
    expect(runIn.map(({ start, end }) => TEXT.slice(start, end)).join("")).toBe("抓实调研");
  });
});

describe("indicatorSpan", () => {
  it("finds the words nearest to the quantity", () => {
    const text = "提案办理好，提案365件，提案质量高。";
    expect(indicatorSpan(text, metric(text, "365件", text, { indicator: "提案" }))).toEqual(at(text, "提案", 5));
  });

  it("finds nothing where the sentence does not have the words", () => {
    const text = "经审查立案365件。";
    expect(indicatorSpan(text, metric(text, "365件", text, { indicator: "提案" }))).toBeNull();
    expect(indicatorSpan(text, metric(text, "365件", text))).toBeNull();
  });
});

it("sectionTotals counts what subsections contain too", () => {
  const totals = sectionTotals(sample());
  expect(totals.map(({ metrics }) => metrics)).toEqual([4, 4]);
  expect(totals[0]!.characters).toBe(TEXT.length - TEXT.indexOf("一、"));
});
