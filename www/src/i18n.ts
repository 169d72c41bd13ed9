import { settings } from "./dom.ts";
import { en } from "./locales/en.ts";
import { core, zhHant } from "./locales/zh-Hant.ts";
import { zh, type Messages } from "./locales/zh.ts";

/** The languages that the core speaks. */
export type Language = "zh" | "en";
/** The page's; `zh` is Simplified Chinese. */
export type Locale = "zh" | "zh-Hant" | "en";

const messages: Record<Locale, Messages> = { zh, "zh-Hant": zhHant as Messages, en };
export const LOCALES = Object.keys(messages) as Locale[];

/** The first of the reader's languages that the page speaks; English where it speaks none. */
export function preferred(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (/^zh-(hant|tw|hk|mo)\b/i.test(language)) return "zh-Hant";
    if (/^zh\b/i.test(language)) return "zh";
    if (/^en\b/i.test(language)) return "en";
  }
  return "en";
}

export const isLocale = (word: unknown): word is Locale => LOCALES.includes(word as Locale);

/** The messages in the page's language, and what it is; they change only through `speak`. */
export let t: Messages = zh;
export let locale: Locale = "zh";
export let language: Language = "zh";

export function speak(chosen: Locale): void {
  locale = chosen;
  language = chosen === "en" ? "en" : "zh";
  t = messages[chosen];
  document.documentElement.lang = t.lang;
}

export function rememberedLocale(): Locale {
  const chosen = settings.get("language");
  return isLocale(chosen) ? chosen : preferred(navigator.languages);
}

/** The core's words for people, which it has in Simplified Chinese and English. */
export function fromCore(chinese: string, english: string): string {
  if (locale === "en") return english;
  if (locale === "zh") return chinese;
  return core.reduce((text, [simplified, traditional]) => text.replaceAll(simplified, traditional), chinese);
}
