import { describe, expect, it } from "vitest";
import { decodeSource, pieces, removedTotals, sourceSpan } from "../src/source.ts";
import { at, metric, report } from "./report.ts";
import type { RemovedKind } from "gangmu";

const SOURCE = "首页 | 提案<b></b>\n收到提案412件(jiàn)。";

function sample() {
  const text = "收到提案412件。";
  const gone = (kind: RemovedKind, words: string) => ({ kind, text: words, source: at(SOURCE, words) });
  return report(text, {
    removed: [gone("chrome", "首页 | "), gone("chrome", "提案"), gone("markup", "<b></b>\n"), gone("pinyin", "(jiàn)")],
    metrics: [{ ...metric(text, "412件", text), source: at(SOURCE, "412件") }],
  });
}

describe("pieces", () => {
  it("are the source, in order", () => {
    const words = pieces(SOURCE, sample()).map(({ text }) => text);
    expect(words.join("")).toBe(SOURCE);
  });

  it("say why a part is gone, and join neighbours of one kind", () => {
    const gone = pieces(SOURCE, sample()).filter(({ removed }) => removed);
    expect(gone.map(({ removed, text }) => [removed, text])).toEqual([
      ["chrome", "首页 | 提案"],
      ["markup", "<b></b>\n"],
      ["pinyin", "(jiàn)"],
    ]);
  });

  it("mark the metrics at their place in the source", () => {
    const marked = pieces(SOURCE, sample()).filter(({ metrics }) => metrics.length);
    expect(marked.map(({ text, metrics }) => [text, metrics])).toEqual([["412件", [0]]]);
  });
});

describe("decodeSource", () => {
  const encode = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;

  it("gives the source where it agrees with the report", () => {
    expect(decodeSource(encode(SOURCE), sample())).toBe(SOURCE);
  });

  it("gives nothing where it does not", () => {
    expect(decodeSource(encode(`x${SOURCE}`), sample())).toBeNull();
    const unknown = { ...sample(), source: { ...sample().source, encoding: "no-such" } };
    expect(decodeSource(encode(SOURCE), unknown)).toBeNull();
  });
});

it("removedTotals leaves white space out", () => {
  expect([...removedTotals(sample())]).toEqual([
    ["chrome", 5],
    ["markup", 7],
    ["pinyin", 6],
  ]);
});

describe("sourceSpan", () => {
  const text = "收到提案210件，\n办复提案198件，满意率99%。";
  const source = "收到提案(tí àn)210件，<br>办复(bàn fù)提案 198件，满意率99%。";
  const removed = (words: string, kind: "pinyin" | "markup") => ({ kind, text: words, source: at(source, words) });
  const sample = () =>
    report(text, {
      metrics: [metric(text, "210件", text, { source: at(source, "210件") })],
      removed: [removed("(tí àn)", "pinyin"), removed("<br>", "markup"), removed("(bàn fù)", "pinyin")],
    });

  it("counts characters between the places that are known", () => {
    expect(sourceSpan(source, sample(), at(text, "198件"))).toEqual(at(source, "198件"));
    expect(sourceSpan(source, sample(), at(text, "办复提案198件"))).toEqual(at(source, "办复(bàn fù)提案 198件"));
  });

  it("goes by the words where both have not as many characters, if they stand there once", () => {
    const longer = source.replace("满意率", "滿滿意率");
    expect(sourceSpan(longer, sample(), at(text, "198件"))).toEqual(at(longer, "198件"));
    expect(sourceSpan(longer.replace("99%", "198件"), sample(), at(text, "198件"))).toBeNull();
  });
});
