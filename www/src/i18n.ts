import { settings } from "./dom.ts";
import { en } from "./locales/en.ts";
import { zh, type Messages } from "./locales/zh.ts";

export type Language = "zh" | "en";

const locales: Record<Language, Messages> = { zh, en };

/** The first of the reader's languages that is Chinese or English; English where none is. */
export function preferred(languages: readonly string[]): Language {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return "zh";
    if (/^en\b/i.test(language)) return "en";
  }
  return "en";
}

/** The messages in the page's language; `language` changes only through `speak`. */
export let t: Messages = zh;
export let language: Language = "zh";

export function speak(chosen: Language): void {
  language = chosen;
  t = locales[chosen];
  document.documentElement.lang = t.lang;
}

export function rememberedLanguage(): Language {
  const chosen = settings.get("language");
  return chosen === "zh" || chosen === "en" ? chosen : preferred(navigator.languages);
}
