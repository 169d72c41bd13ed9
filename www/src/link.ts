// Settings and position in the address, behind its #, which no server ever gets: `#lang=en&view=source&metric=12`.
// Never anything of a document.
import { isLocale, type Locale } from "./i18n.ts";
import { isTheme, type Theme } from "./theme.ts";

const VIEWS = ["text", "source", "table", "compare", "chart", "outlines"] as const;
export type View = (typeof VIEWS)[number];

export interface Link {
  lang?: Locale;
  theme?: Theme;
  view?: View;
  /** Its place in the list of reports, from 0. */
  report?: number;
  /** Indexes into the report's outline and metrics. */
  section?: number;
  metric?: number;
}

const NUMBERS = ["report", "section", "metric"] as const;

/** What an address says; what it says wrongly is left out. */
export function parse(hash: string): Link {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const link: Link = {};
  const lang = words.get("lang");
  const theme = words.get("theme");
  const view = VIEWS.find((view) => view === words.get("view"));
  if (isLocale(lang)) link.lang = lang;
  if (isTheme(theme)) link.theme = theme;
  if (view) link.view = view;
  for (const name of NUMBERS) {
    const number = words.get(name);
    if (number && /^\d{1,6}$/.test(number)) link[name] = Number(number);
  }
  return link;
}

/** The address's end, with its #; nothing where there is nothing to say. */
export function format(link: Link): string {
  const words = new URLSearchParams();
  for (const name of ["lang", "theme", "view", ...NUMBERS] as const) {
    const value = link[name];
    if (value !== undefined) words.set(name, String(value));
  }
  const text = words.toString();
  return text && `#${text}`;
}

/** Puts something into the address; what is `undefined` goes out of it. */
export function keep(part: Link): void {
  const end = format({ ...parse(location.hash), ...part });
  if (end === location.hash) return;
  try {
    history.replaceState(history.state, "", end || location.pathname + location.search);
  } catch {
    // Some browsers let no page of a disk change its address.
  }
}
