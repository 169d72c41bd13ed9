// The names of the lexicon's indicators. Of its file only these columns come into the page (vite.config.ts).
import list from "../../lexicon/indicators.tsv";
import { language } from "./i18n.ts";

export interface Indicator {
  id: string;
  group: string;
  zh: string;
  en: string;
}

export const INDICATORS: readonly Indicator[] = list;

const byId = new Map(INDICATORS.map((indicator) => [indicator.id, indicator]));

/** The name in the page's language; an id that this page does not know stands for itself. */
export function indicatorName(id: string | null): string {
  if (!id) return "";
  const indicator = byId.get(id);
  return indicator ? (language === "en" ? indicator.en : indicator.zh) : id;
}

/** The id of what a reader typed or chose: a name in either language, or an id. */
export function indicatorId(words: string): string | undefined {
  const sought = words.trim().toLowerCase();
  return INDICATORS.find(({ id, zh, en }) => [id, zh, en].some((name) => name.toLowerCase() === sought))?.id;
}
