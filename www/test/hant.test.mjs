import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hant, LOCALE } from "../build/hant.mjs";

it("has every message in Traditional Chinese as it is made of the Simplified", () => {
  expect(readFileSync(LOCALE, "utf8") === hant(), "run `npm run locales`").toBe(true);
});

it("leaves no word of Simplified Chinese", () => {
  const words = [...hant().split("export const core")[0].matchAll(/["`]([^"`]*\p{Script=Han}[^"`]*)["`]/gu)].map(([, text]) => text);
  expect(words.length).toBeGreaterThan(150);
  for (const [simplified, traditional] of [["导出", "匯出"], ["打开", "開啟"], ["粘贴", "貼上"], ["设置", "設定"], ["打印", "列印"]]) {
    expect(words.filter((text) => text.includes(simplified))).toEqual([]);
    if (traditional !== "設定") expect(words.some((text) => text.includes(traditional)), traditional).toBe(true);
  }
});
