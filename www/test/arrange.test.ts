import { describe, expect, it } from "vitest";
import { arrange, type Column, COLUMNS, type Filter, haystacks, isFiltering, noFilter, READING, readState } from "../src/arrange.ts";
import { at, metric, report, section } from "./report.ts";

const TEXT = "一、提案。办理。收到提案412件，投入3200万元，办复率100%，力争建室20个。";
const sentence = TEXT.slice(8);
const whole = { start: 0, end: TEXT.length };
const inner = { start: at(TEXT, "办理。收到").start, end: TEXT.length };
const sample = report(TEXT, {
  outline: [
    section(TEXT, "一、提案", whole),
    section(TEXT, "办理。", inner, { parent: 0, depth: 2, kind: "run-in", title: "提案办理" }),
  ],
  metrics: [
    metric(TEXT, "412件", sentence, { value: 412, unit: "件", indicator: "提案", section: 1, confidence: 0.9 }),
    metric(TEXT, "3200万元", sentence, {
      value: 32e6,
      unit: "元",
      kind: "amount",
      indicator: "投入",
      section: 0,
      confidence: 0.4,
      hedge: "over",
      period: { start: "2020", end: "2024" },
    }),
    metric(TEXT, "100%", sentence, {
      value: 100,
      unit: "%",
      kind: "share",
      indicator: "办复率",
      canonical: "proposal-reply-rate",
      corrected: true,
    }),
    metric(TEXT, "20个", sentence, { value: 20, unit: "件", indicator: "室", status: "plan", confidence: 0.7 }),
  ],
});
const hay = haystacks(sample);
const shown = (filter: Partial<Filter> = {}, sort = READING) =>
  arrange(sample, () => hay, { ...noFilter(), ...filter }, sort);
const sorted = (key: Column, descending = false) => shown({}, { key, descending });

it("keeps reading order where nothing is asked", () => {
  expect(shown()).toEqual([0, 1, 2, 3]);
  expect(shown({}, { key: "reading", descending: true })).toEqual([3, 2, 1, 0]);
});

describe("filters", () => {
  it("find every word of the query, in whatever field", () => {
    expect(shown({ query: "提案" })).toEqual([0, 1, 2]);
    expect(shown({ query: "412 提案办理" })).toEqual([0]);
    expect(shown({ query: "412 办复率" })).toEqual([]);
    expect(shown({ query: "3200万" })).toEqual([1]);
  });

  it("go by kind, status, period, confidence and corrections, all together", () => {
    expect(shown({ kinds: ["amount", "share"] })).toEqual([1, 2]);
    expect(shown({ statuses: ["plan"] })).toEqual([3]);
    expect(shown({ statuses: ["plan", "done"] })).toEqual([0, 1, 2, 3]);
    expect(shown({ periods: ["2020–2024"] })).toEqual([1]);
    expect(shown({ bands: ["low"] })).toEqual([1]);
    expect(shown({ bands: ["low", "middle"] })).toEqual([1, 3]);
    expect(shown({ bands: ["high"] })).toEqual([0, 2]);
    expect(shown({ corrected: true })).toEqual([2]);
    expect(shown({ kinds: ["amount"], bands: ["high"] })).toEqual([]);
  });

  it("take a section with its subsections, and none that is no longer there", () => {
    expect(shown({ section: 0 })).toEqual([0, 1]);
    expect(shown({ section: inner.start })).toEqual([0]);
    expect(shown({ section: 3 })).toEqual([0, 1, 2, 3]);
  });
});

describe("sorting", () => {
  it("holds values against each other within their unit", () => {
    const order = sorted("value");
    expect(order.indexOf(3)).toBe(order.indexOf(0) - 1);
  });

  it("puts the unsure first by confidence, rows without one last", () => {
    expect(sorted("confidence")).toEqual([1, 3, 0, 2]);
  });

  it("goes by each column, both ways, with empty words last", () => {
    expect(sorted("canonical")[0]).toBe(2);
    expect(sorted("section")).toEqual([2, 3, 1, 0]);
    expect(sorted("period")[0]).toBe(1);
    expect(sorted("status", true)[0]).toBe(3);
    expect(sorted("hedge", true)[0]).toBe(1);
    for (const column of COLUMNS) expect([...sorted(column)].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe("a state", () => {
  const state = {
    filter: { ...noFilter(), kinds: ["amount" as const], periods: ["2024"], section: 0, corrected: true },
    sort: { key: "value" as const, descending: true },
  };

  it("survives being plain data", () => {
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
    expect(isFiltering(state.filter)).toBe(true);
  });

  it("from elsewhere loses what is not understood", () => {
    const nothing = { filter: noFilter(), sort: READING };
    for (const data of [null, 3, "x", {}, { filter: { kinds: "amount", section: "1" }, sort: { key: "__proto__" } }]) {
      expect(readState(data)).toEqual(nothing);
    }
    expect(readState({ filter: { kinds: ["amount", "<b>"], bands: ["low", 3] } }).filter).toEqual({
      ...noFilter(),
      kinds: ["amount"],
      bands: ["low"],
    });
  });
});
