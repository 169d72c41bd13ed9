import { describe, expect, it } from "vitest";
import { outlineHtml, outlineText, search, sectionTotals } from "../src/sections.ts";
import { at, metric, report, section } from "./report.ts";

const TEXT = "一、服务大局\n建议9条。\n（一）助企\n走访210家。\n二、凝聚<共识>\n座谈6次。";
const outline = [
  section(TEXT, "一、服务大局", { start: 0, end: TEXT.indexOf("二、") }, { marker: "一、", title: "服务大局" }),
  section(TEXT, "（一）助企", at(TEXT, "（一）助企\n走访210家。\n"), { marker: "（一）", title: "助企", depth: 2, parent: 0 }),
  section(TEXT, "二、凝聚<共识>", at(TEXT, TEXT.slice(TEXT.indexOf("二、"))), { marker: "二、", title: "凝聚<共识>" }),
];

it("sectionTotals counts metrics, characters and the share, subsections included", () => {
  const metrics = ["9条", "210家", "6次"].map((words) => metric(TEXT, words, words));
  const totals = sectionTotals(report(TEXT, { outline, metrics }));
  expect(totals.map(({ metrics }) => metrics)).toEqual([2, 1, 1]);
  expect(totals[0]!.characters).toBe(TEXT.indexOf("二、"));
  const [whole, part, other] = totals.map(({ characters }) => characters) as [number, number, number];
  expect(part).toBe("（一）助企\n走访210家。\n".length);
  expect(totals.map(({ share }) => share)).toEqual([1, part / whole, other / whole]);
});

describe("search", () => {
  it("keeps what is around the headings that it finds", () => {
    const found = search(outline, "助企")!;
    expect([...found.shown].sort()).toEqual([0, 1]);
    expect([...found.hits]).toEqual([[1, [{ start: 3, end: 5 }]]]);
  });

  it("wants every word, and joins places that touch", () => {
    expect([...search(outline, "服务 大局")!.hits]).toEqual([[0, [{ start: 2, end: 6 }]]]);
    expect(search(outline, "服务 共识")!.hits.size).toBe(0);
  });

  it("is off without words", () => expect(search(outline, "  ")).toBeNull());
});

it("the outline is taken along as lists and as lines", () => {
  expect(outlineText(outline)).toBe("一、服务大局\n\t（一）助企\n二、凝聚<共识>");
  expect(outlineHtml(outline)).toBe(
    "<ul><li>一、服务大局<ul><li>（一）助企</li></ul></li><li>二、凝聚&#60;共识&#62;</li></ul>",
  );
});
