import { describe, expect, it } from "vitest";
import { depthFor, draftOf, headingAt, sentenceAt, trimmed } from "../src/selection.ts";
import { at, metric, report, section } from "./report.ts";

const TEXT =
  "一、服务大局\n抓实调研。全年走访企业210家，收到建议57条；“百日会战”帮扶资金近3.2亿元。\n二、明年打算\n计划新建基地8个。";
const whole = { start: 0, end: TEXT.length };
const sample = report(TEXT, {
  outline: [
    section(TEXT, "一、服务大局", { start: 0, end: TEXT.indexOf("二、") }),
    section(TEXT, "抓实调研", { start: TEXT.indexOf("抓实"), end: TEXT.indexOf("二、") }, { kind: "run-in", depth: 2, parent: 0 }),
    section(TEXT, "二、明年打算", { start: TEXT.indexOf("二、"), end: TEXT.length }),
  ],
  metrics: [metric(TEXT, "210家", "全年走访企业210家，收到建议57条；", { section: 1, period: { start: "2023", end: "2023" } })],
});

it("trimmed leaves out what stands around the words", () => {
  expect(trimmed(TEXT, at(TEXT, "，收到建议57条；“"))).toEqual(at(TEXT, "收到建议57条"));
  expect(trimmed(TEXT, at(TEXT, "。\n"))).toBeNull();
});

it("sentenceAt gives the sentence with its closing mark", () => {
  expect(sentenceAt(TEXT, at(TEXT, "57条"))).toEqual(at(TEXT, "全年走访企业210家，收到建议57条；"));
  expect(sentenceAt(TEXT, at(TEXT, "服务"))).toEqual(at(TEXT, "一、服务大局"));
  expect(sentenceAt(TEXT, at(TEXT, "8个"))).toEqual(at(TEXT, "计划新建基地8个。"));
});

it("headingAt finds the heading that is touched", () => {
  expect(headingAt(sample, at(TEXT, "调研"))).toBe(1);
  expect(headingAt(sample, { start: 1, end: 1 })).toBe(0);
  expect(headingAt(sample, at(TEXT, "走访"))).toBeNull();
});

describe("depthFor", () => {
  it("puts a line beside the heading before it", () => expect(depthFor(sample, at(TEXT, "计划新建基地8个。"))).toBe(1));
  it("puts an opener below the heading before it, beside its likes", () => {
    expect(depthFor(sample, at(TEXT, "计划新建"))).toBe(2);
    expect(depthFor(sample, at(TEXT, "百日会战"))).toBe(2);
  });
  it("begins at the top", () => expect(depthFor(report(TEXT), whole)).toBe(1));
});

describe("draftOf", () => {
  it("takes the words before the quantity for the indicator, and the neighbour's time", () => {
    expect(draftOf(sample, at(TEXT, "建议57条"))).toMatchObject({
      span: at(TEXT, "57条"),
      indicator: "建议",
      quantity: { value: 57, unit: "条", kind: "count" },
      period: { start: "2023", end: "2023" },
      status: "done",
    });
  });

  it("looks for the indicator where only the quantity is selected", () => {
    expect(draftOf(sample, at(TEXT, "近3.2亿元"))).toMatchObject({
      indicator: "“百日会战”帮扶资金",
      quantity: { value: 320000000, hedge: "under", kind: "amount" },
    });
    expect(draftOf(sample, at(TEXT, "57条")).indicator).toBe("建议");
    expect(draftOf(sample, at(TEXT, "金近3.2亿元")).indicator, "a piece of a word").toBe("“百日会战”帮扶资金");
  });

  it("leaves to the reader what it cannot read", () => {
    expect(draftOf(sample, at(TEXT, "百日会战"))).toMatchObject({ quantity: null, span: at(TEXT, "百日会战") });
  });
});
