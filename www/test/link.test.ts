import { expect, it } from "vitest";
import { format, parse, type Link } from "../src/link.ts";

it("says settings and position, and reads what it says", () => {
  const link: Link = { lang: "zh-Hant", theme: "dark", view: "source", report: 2, section: 0, metric: 12 };
  expect(format(link)).toBe("#lang=zh-Hant&theme=dark&view=source&report=2&section=0&metric=12");
  expect(parse(format(link))).toEqual(link);
  expect(format({})).toBe("");
  expect(parse("")).toEqual({});
});

it("leaves out what it does not know", () => {
  expect(parse("#lang=fr&theme=red&view=admin&metric=-1&section=1e9&report=x&file=a.txt")).toEqual({});
  expect(parse("#metric=7&lang=en")).toEqual({ lang: "en", metric: 7 });
  expect(parse("#%E0%A4%A")).toEqual({});
});
