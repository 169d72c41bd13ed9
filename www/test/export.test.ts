import { describe, expect, it } from "vitest";
import { cells, csv } from "../src/export.ts";
import { en } from "../src/locales/en.ts";
import { zh } from "../src/locales/zh.ts";
import { metric, report } from "./report.ts";

const TEXT = '投入"帮扶"资金3200余万元,惠及=A1村。';
const one = report(TEXT, {
  metrics: [
    metric(TEXT, "3200余万元", TEXT, {
      value: 32e6,
      unit: "元",
      hedge: "over",
      kind: "amount",
      indicator: '"帮扶"资金',
      subject: "=A1村",
      action: "投入",
      confidence: 0.93,
    }),
    metric(TEXT, "3200", TEXT, { value: -3.2, unit: "%", kind: "change", indicator: "-增速" }),
  ],
});

describe("csv", () => {
  it("starts with a byte order mark and ends lines as spreadsheets do", () => {
    const text = csv([one], zh);
    expect(text.startsWith("\ufeff序号,指标,数值,")).toBe(true);
    expect(text.split("\r\n")).toHaveLength(4);
  });

  it("quotes, keeps numbers plain, and defuses formulas", () => {
    const [, first, second] = csv([one], zh).split("\r\n");
    expect(first).toContain('1,"""帮扶""资金",32000000,,元,以上,3200余万元,金额,2024,2024,完成,\'=A1村,投入');
    expect(first).toContain('"投入""帮扶""资金3200余万元,惠及=A1村。",0.93');
    expect(second).toContain("2,'-增速,-3.2,,%");
  });

  it("names the report in each row where there are several", () => {
    const titled = { ...one, meta: { ...one.meta, title: "甲" } };
    const placed = { ...one, meta: { ...one.meta, place: "乙市" } };
    const rows = csv([titled, placed], en).split("\r\n");
    expect(rows[0]!.startsWith("\ufeffReport,Place,No.")).toBe(true);
    expect(rows[1]!.startsWith("甲,,1,")).toBe(true);
    expect(rows[3]!.startsWith("report.txt,乙市,1,")).toBe(true);
  });
});

it("cells have a head and plain numbers", () => {
  const [head, row] = cells(one, [0], zh);
  expect(head!.slice(0, 3)).toEqual(["指标", "数值", "单位"]);
  expect(row!.slice(0, 4)).toEqual(['"帮扶"资金', "32000000", "元", "3200余万元"]);
});
