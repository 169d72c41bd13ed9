import { expect, it } from "vitest";
import { arrange, haystacks, noFilter, READING, type Filter } from "../src/arrange.ts";
import { metric, report, section } from "./report.ts";

const TEXT = "提案办理。收到提案412件，投入3200万元，办复率100%，力争建室20个。";
const sentence = TEXT.slice(5);
const sample = report(TEXT, {
  outline: [section(TEXT, "提案办理", { start: 0, end: TEXT.length }, { kind: "run-in" })],
  metrics: [
    metric(TEXT, "412件", sentence, { value: 412, unit: "件", indicator: "提案", section: 0, confidence: 0.9 }),
    metric(TEXT, "3200万元", sentence, { value: 32e6, unit: "元", kind: "amount", indicator: "投入", confidence: 0.4 }),
    metric(TEXT, "100%", sentence, { value: 100, unit: "%", kind: "share", indicator: "办复率" }),
    metric(TEXT, "20个", sentence, { value: 20, unit: "件", indicator: "室", status: "plan", confidence: 0.7 }),
  ],
});
const hay = haystacks(sample);
const shown = (filter: Partial<Filter> = {}, sort = READING) =>
  arrange(sample, hay, { ...noFilter(), ...filter }, sort);

it("keeps reading order where nothing is asked", () => {
  expect(shown()).toEqual([0, 1, 2, 3]);
});

it("finds every word of the query, in whatever field", () => {
  expect(shown({ query: "提案" })).toEqual([0]);
  expect(shown({ query: "412 提案办理" })).toEqual([0]);
  expect(shown({ query: "412 办复率" })).toEqual([]);
  expect(shown({ query: "3200万" })).toEqual([1]);
});

it("filters by kinds, plan and doubt together", () => {
  expect(shown({ kinds: new Set(["amount", "share"]) })).toEqual([1, 2]);
  expect(shown({ plan: true })).toEqual([3]);
  expect(shown({ unsure: true })).toEqual([1]);
  expect(shown({ plan: true, unsure: true })).toEqual([]);
});

it("sorts values within their unit", () => {
  const order = shown({}, { key: "value", descending: false });
  expect(order.indexOf(3)).toBe(order.indexOf(0) - 1);
});

it("puts the unsure first by confidence, rows without one last", () => {
  expect(shown({}, { key: "confidence", descending: false })).toEqual([1, 3, 0, 2]);
});
