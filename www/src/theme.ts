// Light, dark, or as the system is.
import { settings } from "./dom.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const isTheme = (word: unknown): word is Theme => THEMES.includes(word as Theme);

/** As an address wants it for this visit. */
let linked: Theme | undefined;

export function currentTheme(): Theme {
  const chosen = settings.get("theme");
  return linked ?? (isTheme(chosen) ? chosen : "system");
}

/** As the reader chose it. */
export function setTheme(theme: Theme): void {
  linked = undefined;
  settings.set("theme", theme === "system" ? null : theme);
  applyTheme();
}

export function linkTheme(theme: Theme | undefined): void {
  linked = theme;
  applyTheme();
}

const systemDark = () => matchMedia("(prefers-color-scheme: dark)");

/** Puts the theme on the root element. */
export function applyTheme(): void {
  const theme = currentTheme();
  document.documentElement.dataset.theme = theme === "system" ? (systemDark().matches ? "dark" : "light") : theme;
}

export function followSystem(): void {
  systemDark().addEventListener("change", applyTheme);
}
