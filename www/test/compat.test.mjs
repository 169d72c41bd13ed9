import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { newerInScript, newerInStyle } from "../build/compat.mjs";

it("knows scripts that are too new from those that are not", () => {
  expect(newerInScript("list.toSorted(); Object.groupBy(list, by)")).toEqual([".toSorted", ".groupBy"]);
  expect(newerInScript("[...list].sort(); list.at(-1); list.findLast(by); box.inert = true")).toEqual([]);
  expect(newerInScript("box.showPopover(); new CloseWatcher(); new Worker(url)")).toEqual([".showPopover", "CloseWatcher"]);
  expect(newerInScript("const a = { take() {}, memory: 1 }; a.take(); a.memory; a.unit", { own: ["unit"] })).toEqual([]);
  expect(newerInScript('h("div", { popover: "auto" }); h("div", { hidden: true }); on("x", f, { capture: true })')).toEqual(["popover="]);
  expect(newerInScript('box.setAttribute("popover", ""); box.setAttribute("hidden", "")')).toEqual(["popover="]);
  expect(newerInScript("a ??= b?.c; class A { #b = 1; static {} }")).toEqual([]);
  expect(newerInScript("using a = b;")[0]).toMatch(/^grammar/);
});

it("knows styles that are too new from those that are not", () => {
  expect(newerInStyle("a:has(b) { color: red } a:focus-visible, a:is(b, c) { color: red }")).toEqual([":has"]);
  expect(newerInStyle("a { color: color-mix(in srgb, red, blue); width: min(1px, 2%) }")).toEqual(["color-mix()"]);
  expect(newerInStyle("a { & b { color: red } }")).toEqual(["nesting"]);
  expect(newerInStyle("a { field-sizing: content; inset: 0; display: grid; overflow: clip }")).toEqual(["field-sizing:", "field-sizing: content"]);
  expect(newerInStyle("@scope (a) { b { color: red } } @container (width > 1px) { b { color: red } }")).toEqual(["@scope"]);
  expect(newerInStyle("a { -webkit-box-decoration-break: clone; box-decoration-break: clone }")).toEqual([]);
  expect(newerInStyle("a { grid-template-rows: subgrid; text-wrap: balance }")).toEqual([
    "grid-template-rows: subgrid",
    "text-wrap:",
    "text-wrap: balance",
  ]);
});

it("says what is wrong in words that any browser reads", () => {
  const boot = readFileSync(new URL("../build/boot.js", import.meta.url), "utf8");
  expect(newerInScript(boot, { ecmaVersion: 5 })).toEqual([]);
  expect(newerInScript("let a = 1;", { ecmaVersion: 5 })[0]).toMatch(/^grammar/);
});
