import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fromCore, preferred, speak } from "../src/i18n.ts";
import { en } from "../src/locales/en.ts";
import { zh } from "../src/locales/zh.ts";

beforeEach(() => vi.stubGlobal("document", { documentElement: { lang: "" } }));
afterEach(() => vi.unstubAllGlobals());

/** The places of all messages: `list.orders.time`, `keys.3.1`. */
function places(messages: object, prefix = ""): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    value && typeof value === "object" ? places(value, `${prefix}${key}.`) : `${prefix}${key}`,
  );
}

it("prefers the first of the reader's languages that the page speaks", () => {
  expect(preferred(["zh-CN", "en"])).toBe("zh");
  expect(preferred(["fr-FR", "en-GB", "zh"])).toBe("en");
  expect(preferred(["ja", "zh-TW"])).toBe("zh-Hant");
  expect(preferred(["zh-Hant-HK"])).toBe("zh-Hant");
  expect(preferred(["zh-Hans-HK"])).toBe("zh");
  expect(preferred(["zh-SG"])).toBe("zh");
  expect(preferred(["fr"])).toBe("en");
});

it("has every message in English; what the core says in Chinese it says itself in English", () => {
  const own = (place: string) => !place.startsWith("warnings.");
  expect(places(en).filter(own).sort()).toEqual(places(zh).filter(own).sort());
});

it("turns the core's sentences into the page's language", () => {
  const chinese = "没有名为“GB-1”的编码。可用:UTF-8、GB18030、GBK、Big5、UTF-16LE、UTF-16BE。";
  speak("zh-Hant");
  expect(document.documentElement.lang).toBe("zh-Hant");
  expect(fromCore(chinese, "")).toBe("沒有名為「GB-1」的編碼。可用:UTF-8、GB18030、GBK、Big5、UTF-16LE、UTF-16BE。");
  speak("en");
  expect(fromCore(chinese, "no encoding")).toBe("no encoding");
  speak("zh");
  expect(fromCore(chinese, "")).toBe(chinese);
});
