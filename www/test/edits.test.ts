import { expect, it } from "vitest";
import { corrected, Edits, indexOf, keyOf, type Edit } from "../src/edits.ts";
import { at, metric, report, section } from "./report.ts";

const TEXT = "望海市报告\n一、协商\n开展调研3次，报告5篇。\n（一）监督\n视察7次。\n二、委员\n走访9人。";
const whole = (from: string, to?: string) => ({ start: TEXT.indexOf(from), end: to ? TEXT.indexOf(to) : TEXT.length });
const given = report(TEXT, {
  outline: [
    section(TEXT, "一、协商", whole("一、", "二、")),
    section(TEXT, "（一）监督", whole("（一）", "二、"), { depth: 2, parent: 0 }),
    section(TEXT, "二、委员", whole("二、")),
  ],
  metrics: [
    metric(TEXT, "3次", "开展调研3次，报告5篇。", { section: 0, value: 3 }),
    metric(TEXT, "5篇", "开展调研3次，报告5篇。", { section: 0, value: 5 }),
    metric(TEXT, "5篇", "开展调研3次，报告5篇。", { section: 0, value: 6 }),
    metric(TEXT, "7次", "视察7次。", { section: 1, value: 7 }),
  ],
});
const values = (edits: Edit[]) => corrected(given, edits).metrics.map(({ value }) => value);
const shape = (edits: Edit[]) =>
  corrected(given, edits).outline.map(({ title, depth, parent, body }) => [title, depth, parent, TEXT.slice(body.end - 1, body.end)]);

it("leaves the report that is given as it is", () => {
  const before = structuredClone(given);
  corrected(given, [
    { do: "delete", key: keyOf(given, 0) },
    { do: "depth", heading: given.outline[1]!.heading, depth: 1 },
    { do: "meta", set: { place: "望海市" } },
  ]);
  expect(given).toEqual(before);
});

it("tells two metrics of one quantity apart", () => {
  expect(values([{ do: "set", key: keyOf(given, 2), set: { value: 60 } }])).toEqual([3, 5, 60, 7]);
  expect(values([{ do: "delete", key: keyOf(given, 1) }])).toEqual([3, 6, 7]);
});

it("marks what was corrected, and a row that was only said to be right", () => {
  const { metrics } = corrected(given, [{ do: "set", key: keyOf(given, 3), set: {} }]);
  expect(metrics.map(({ corrected, confidence }) => [corrected ?? false, confidence])).toEqual([
    [false, null],
    [false, null],
    [false, null],
    [true, 1],
  ]);
});

it("puts a new metric in its place and its section", () => {
  const added = metric(TEXT, "9人", "走访9人。", { value: 9 });
  const out = corrected(given, [{ do: "add", metric: added }]);
  expect(out.metrics.at(-1)).toMatchObject({ value: 9, section: 2, corrected: true });
});

it("passes over edits that find nothing", () => {
  expect(values([{ do: "delete", key: { span: at(TEXT, "走访"), nth: 0 } }])).toEqual([3, 5, 6, 7]);
  expect(indexOf(given, { span: at(TEXT, "5篇"), nth: 2 })).toBe(-1);
});

it("raises, lowers and drops headings, and puts sections together anew", () => {
  const [, inner, last] = given.outline;
  expect(shape([{ do: "depth", heading: inner!.heading, depth: 1 }])).toEqual([
    ["一、协商", 1, null, "\n"],
    ["（一）监督", 1, null, "\n"],
    ["二、委员", 1, null, "。"],
  ]);
  expect(shape([{ do: "depth", heading: last!.heading, depth: 2 }])).toEqual([
    ["一、协商", 1, null, "。"],
    ["（一）监督", 2, 0, "\n"],
    ["二、委员", 2, 0, "。"],
  ]);
  const dropped = corrected(given, [{ do: "depth", heading: inner!.heading, depth: 0 }]);
  expect(dropped.outline).toHaveLength(2);
  expect(dropped.metrics.at(-1)!.section).toBe(0);
});

it("makes words a heading", () => {
  const heading = at(TEXT, "走访9人");
  const out = corrected(given, [{ do: "add-heading", heading, depth: 2, title: "走访9人" }]);
  expect(out.outline.at(-1)).toMatchObject({ depth: 2, parent: 2, kind: "run-in", corrected: true });
});

it("takes edits back and does them again, until another is made", () => {
  const edits = new Edits();
  const [a, b]: Edit[] = [
    { do: "delete", key: keyOf(given, 0) },
    { do: "meta", set: { place: "望海市" } },
  ];
  edits.add(a!);
  edits.add(b!);
  expect(edits.undo()).toBe(b);
  expect(edits.list).toEqual([a]);
  expect(edits.redo()).toBe(b);
  edits.undo();
  edits.add(b!);
  expect(edits.canRedo).toBe(false);
});

it("a row goes back to what was read, and one that was added goes", () => {
  const set: Edit = { do: "set", key: keyOf(given, 0), set: { value: 30 } };
  const { metrics } = corrected(given, [set, { do: "revert", key: keyOf(given, 0) }]);
  expect(metrics[0]).toEqual(given.metrics[0]);
  const added = metric(TEXT, "9人", "走访9人。", { value: 9 });
  const add: Edit = { do: "add", metric: added };
  expect(values([add])).toEqual([3, 5, 6, 7, 9]);
  expect(values([add, { do: "revert", key: { span: added.span, nth: 0 } }])).toEqual([3, 5, 6, 7]);
});
