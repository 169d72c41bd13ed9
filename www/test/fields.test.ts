import { describe, expect, it } from "vitest";
import { asWritten, fieldText, parsePeriod, readField } from "../src/fields.ts";
import { metric, report } from "./report.ts";

const TEXT = "投入帮扶资金800余万元，下降5%，增长6%，收到提案412件。";
const amount = metric(TEXT, "800余万元", TEXT, { value: 8e6, unit: "元", hedge: "over", kind: "amount" });
const fall = metric(TEXT, "5%", TEXT, { value: -5, unit: "%", kind: "change" });
const count = metric(TEXT, "412件", TEXT, { value: 412, unit: "件", canonical: "proposals-filed" });
const sample = report(TEXT, { metrics: [amount, fall, count] });

describe("a value", () => {
  const read = (words: string, of = amount) => readField(sample, of, "value", words);

  it("is read as people type it", () => {
    expect(read("900余万元")).toEqual({ value: 9e6, max: null, unit: "元", hedge: "over" });
    expect(read("3.2亿")).toEqual({ value: 3.2e8, max: null, hedge: "exact" }); // A bare number keeps the unit.
    expect(read("1,200", count)).toEqual({ value: 1200, max: null, hedge: "exact" });
    expect(read("５—６万元")).toMatchObject({ value: 5e4, max: 6e4, hedge: "range" });
  });

  it("brings its kind where the unit is another", () => {
    expect(read("12.5%", count)).toMatchObject({ value: 12.5, unit: "%", kind: "share" });
    expect(read("500万元", count)).toMatchObject({ value: 5e6, unit: "元", kind: "amount" });
    expect(read("413件", count)).not.toHaveProperty("kind");
  });

  it("that falls goes on falling, unless a sign says otherwise", () => {
    expect(read("6%", fall)).toMatchObject({ value: -6, unit: "%" });
    expect(read("6%", fall)).not.toHaveProperty("kind");
    expect(read("+6%", fall)).toMatchObject({ value: 6 });
    expect(read("-7", fall)).toMatchObject({ value: -7 });
  });

  it("that says what is known changes nothing, and no value is none", () => {
    expect(read("800余万元")).toEqual({});
    expect(read("许多")).toBeNull();
    expect(read("")).toBeNull();
  });

  it("can be typed again as the editor shows it", () => {
    for (const value of [
      { value: 8.2e6, max: null, unit: "元", hedge: "over" as const },
      { value: 5, max: 6, unit: "%", hedge: "range" as const, kind: "share" as const },
      { value: 2, max: null, unit: "名", hedge: "exact" as const, kind: "rank" as const },
      { value: -3.5, max: null, unit: "%", hedge: "exact" as const, kind: "change" as const },
      { value: 4, max: null, unit: "%", hedge: "exact" as const, kind: "change" as const },
    ]) {
      const corrected = { ...amount, ...value, corrected: true };
      expect(asWritten(sample, corrected)).toBe(false);
      const typed = fieldText(sample, corrected, "value");
      expect(readField(sample, corrected, "value", typed)).toEqual({});
      // Typed over another value it says the same; whether a share is a change the row knows.
      const { kind: _, ...rest } = { kind: "", ...value };
      expect(readField(sample, amount, "value", typed)).toMatchObject(rest);
    }
  });
});

describe("other fields", () => {
  it("are choices, names or words", () => {
    expect(readField(sample, count, "status", "plan")).toEqual({ status: "plan" });
    expect(readField(sample, count, "kind", "nonsense")).toBeNull();
    expect(readField(sample, count, "indicator", " 立案提案 ")).toEqual({ indicator: "立案提案" });
    expect(fieldText(sample, count, "canonical")).toBe("提案立案数");
    expect(readField(sample, count, "canonical", "提案办复率")).toEqual({ canonical: "proposal-reply-rate" });
    expect(readField(sample, count, "canonical", "")).toEqual({ canonical: null });
    expect(readField(sample, count, "canonical", "不存在的指标")).toBeNull();
  });
});

describe("a period", () => {
  const read = (words: string) => {
    const period = parsePeriod(words);
    return period && [period.start, period.end];
  };

  it.each([
    ["2024", "2024", "2024"],
    ["２０２４年度", "2024", "2024"],
    ["2020–2024", "2020", "2024"],
    ["2020-2024", "2020", "2024"],
    ["2020年至2024年", "2020", "2024"],
    ["2024-06", "2024-06", "2024-06"],
    ["2024年6月", "2024-06", "2024-06"],
    ["2024.6.5", "2024-06-05", "2024-06-05"],
    ["2024年1-10月", "2024-01", "2024-10"],
    ["2023年11月至2024年10月", "2023-11", "2024-10"],
    ["2023-11–2024-10", "2023-11", "2024-10"],
  ])("%s", (words, start, end) => expect(read(words)).toEqual([start, end]));

  it("may be unknown", () => expect(read(" ")).toEqual(["", ""]));

  it.each(["去年", "2024-13", "2024-2020", "20245", "2020–2022–2024", "2024年0月"])("is not %s", (words) =>
    expect(read(words)).toBeNull(),
  );
});
