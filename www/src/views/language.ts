// The switch between the page's languages.
import { button, h, settings } from "../dom.ts";
import { locale, LOCALES, speak, t, type Locale } from "../i18n.ts";
import { keep } from "../link.ts";

/** Each by its own name, short and in full, and its tag. */
const NAMES: Record<Locale, [string, string, string]> = {
  zh: ["简", "简体中文", "zh-Hans"],
  "zh-Hant": ["繁", "繁體中文", "zh-Hant"],
  en: ["EN", "EN English", "en"],
};

export function languageSwitch(changed: () => void): HTMLElement {
  const one = (chosen: Locale) => {
    const [short, name, lang] = NAMES[chosen];
    return button(
      short,
      () => {
        speak(chosen);
        settings.set("language", chosen);
        keep({ lang: chosen });
        changed();
        document.querySelector<HTMLElement>(`.languages [lang="${lang}"]`)?.focus();
      },
      { class: "quiet", lang, "aria-label": name, "aria-pressed": String(chosen === locale) },
    );
  };
  return h("div", { class: "languages", role: "group", "aria-label": t.languageSwitch }, ...LOCALES.map(one));
}
