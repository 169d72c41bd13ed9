// The outline as a tree: search, totals, and the list that goes to the clipboard. Pure.
import { headingOf } from "./format.ts";
import type { Report, Section, Span } from "gangmu";

/** The sections directly below each one; those at the top stand under -1. */
export function childrenOf(outline: readonly Section[]): Map<number, number[]> {
  const children = new Map<number, number[]>();
  outline.forEach(({ parent }, i) => {
    const list = children.get(parent ?? -1);
    if (list) list.push(i);
    else children.set(parent ?? -1, [i]);
  });
  return children;
}

export interface Totals {
  /** Metrics in the section, subsections included. */
  metrics: number;
  /** Characters of its text, subsections included. */
  characters: number;
  /** Its length beside that of the longest section, 0 to 1. */
  share: number;
}

export function sectionTotals({ outline, metrics }: Report): Totals[] {
  const before = (place: number) => {
    let low = 0;
    let high = metrics.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (metrics[middle]!.span.start < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const longest = Math.max(1, ...outline.map(({ body }) => body.end - body.start));
  return outline.map(({ body }) => ({
    metrics: before(body.end) - before(body.start),
    characters: body.end - body.start,
    share: (body.end - body.start) / longest,
  }));
}

export interface Found {
  /** The sections that stay: those that were found and all around them. */
  shown: Set<number>;
  /** Of each section that was found the places in its heading. */
  hits: Map<number, Span[]>;
}

/** Headings that hold every word of the query, or null where it has none. */
export function search(outline: readonly Section[], query: string): Found | null {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const found: Found = { shown: new Set(), hits: new Map() };
  outline.forEach((section, i) => {
    const heading = headingOf(section).toLowerCase();
    if (!words.every((word) => heading.includes(word))) return;
    found.hits.set(i, places(heading, words));
    for (let at: number | null = i; at !== null && !found.shown.has(at); at = outline[at]!.parent) found.shown.add(at);
  });
  return found;
}

/** Where the words stand; places that touch are one. */
function places(text: string, words: string[]): Span[] {
  const all: Span[] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      all.push({ start: at, end: at + word.length });
    }
  }
  const merged: Span[] = [];
  for (const span of all.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** The outline for a text field: a line a section, indented by tabs. */
export function outlineText(outline: readonly Section[]): string {
  const depths = depthsIn(outline);
  return outline.map((section, i) => "\t".repeat(depths[i]!) + headingOf(section)).join("\n");
}

/** The outline for Word and WPS: nested lists; the numbering stands in the headings. */
export function outlineHtml(outline: readonly Section[]): string {
  const children = childrenOf(outline);
  const list = (of: number): string => {
    const items = children.get(of);
    return items ? `<ul>${items.map((i) => `<li>${escape(headingOf(outline[i]!))}${list(i)}</li>`).join("")}</ul>` : "";
  };
  return list(-1);
}

/** How many sections are around each one. */
function depthsIn(outline: readonly Section[]): number[] {
  const depths: number[] = [];
  outline.forEach(({ parent }, i) => (depths[i] = parent === null ? 0 : depths[parent]! + 1));
  return depths;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
