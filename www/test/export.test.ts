import { expect, it } from "vitest";
import { cells } from "../src/export.ts";
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

it("cells have a head and plain numbers", () => {
  const [head, row] = cells(one, [0], zh);
  expect(head!.slice(0, 3)).toEqual(["指标", "数值", "单位"]);
  expect(row!.slice(0, 4)).toEqual(['"帮扶"资金', "32000000", "元", "3200余万元"]);
});
