// What selected words are, and what a form about them is filled with. Pure.
import { findQuantity, type Quantity } from "./quantity.ts";
import type { Metric, Report, Span } from "gangmu";

/** The span without the white space and the punctuation around its words, or null where nothing is left. */
export function trimmed(text: string, { start, end }: Span): Span | null {
  const words = text.slice(start, end);
  const from = /^[\s，。、；：！？,;:!?.“”‘’"')）】》]*/.exec(words)![0].length;
  const to = /[\s，。、；：！？,;:!?.“”‘’"'(（【《]*$/.exec(words)!.index;
  return from < to ? { start: start + from, end: start + to } : null;
}

/** The sentence around a place, its closing punctuation included. */
export function sentenceAt(text: string, { start, end }: Span): Span {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const ends = /[。！？!?；;\n]/g;
  let from = line;
  ends.lastIndex = line;
  for (let found = ends.exec(text); found && found.index < start; found = ends.exec(text)) from = found.index + 1;
  while (from < start && /[\s”’"）)》」』]/.test(text[from]!)) from++;
  ends.lastIndex = end;
  const found = ends.exec(text);
  return { start: from, end: !found ? text.length : text[found.index] === "\n" ? found.index : found.index + 1 };
}

/** The section whose heading the span touches, or null. */
export function headingAt(report: Report, { start, end }: Span): number | null {
  const found = report.outline.findIndex(({ heading }) => heading.start < Math.max(end, start + 1) && start < heading.end);
  return found < 0 ? null : found;
}

/** The innermost section around a place. */
export function sectionAt(report: Report, place: number): number | null {
  let found: number | null = null;
  for (const [i, { body }] of report.outline.entries()) {
    if (body.start > place) break;
    if (place < body.end) found = i;
  }
  return found;
}

/** How deep a heading made of these words stands: beside the one before it, or below it where text goes on behind it. */
export function depthFor(report: Report, { start, end }: Span): number {
  const before = report.outline.filter(({ heading }) => heading.start < start).at(-1);
  if (!before) return 1;
  const runIn = end < report.text.length && report.text[end] !== "\n" && !/^.?\n/.test(report.text.slice(end, end + 2));
  return runIn && before.kind === "heading" ? Math.min(before.depth + 1, 6) : before.depth;
}

export interface Draft {
  /** The quantity's words. */
  span: Span;
  quantity: Quantity | null;
  indicator: string;
  period: Metric["period"];
  status: Metric["status"];
}

/** Adverbs and verbs that no indicator begins with. */
const LEADING =
  /^(?:(?:全年|年内|一年来|五年来|今年|去年|目前|现在|其中|累计|累积|共计|总计|合计|先后|已经|分别|同时|并|共|已|均|各|仅|达到|达|为|至|计|有|了|约|近|超过|新增|完成|开展|组织|召开|举办|提出|收到|形成|实现)+)/;

/** How the form for a new metric begins; everything in it is the reader's to change. */
export function draftOf(report: Report, selected: Span): Draft {
  const { text, metrics, meta } = report;
  const words = text.slice(selected.start, selected.end);
  const found = findQuantity(words, text.slice(Math.max(0, selected.start - 12), selected.start));
  const span = { start: selected.start + (found?.start ?? 0), end: selected.end };
  const sentence = sentenceAt(text, span);
  // What the neighbour in the sentence, or the one before it in the section, says of time.
  const section = sectionAt(report, span.start);
  const near = metrics.filter((metric) => metric.section === section);
  const sibling =
    near.find((metric) => metric.sentence.start < sentence.end && sentence.start < metric.sentence.end) ??
    near.filter((metric) => metric.span.start < span.start).at(-1) ??
    near[0];
  return {
    span,
    quantity: found?.quantity ?? null,
    indicator: indicatorAt(text, span, sentence, metrics, selected),
    period: { ...(sibling?.period ?? meta.period) },
    status: sibling?.status ?? "done",
  };
}

/** The words before the quantity in its clause; behind a bare verb those that follow it. */
function indicatorAt(text: string, span: Span, sentence: Span, metrics: Metric[], selected: Span): string {
  const chosen = named(text.slice(selected.start, span.start));
  if (chosen.length > 1) return chosen;
  const last = metrics.filter((metric) => metric.span.end <= span.start).at(-1);
  const from = Math.max(sentence.start, last?.span.end ?? 0);
  const before = named(/[^，。、；：！？,;:!?\s（）()]*$/.exec(text.slice(from, span.start))![0]);
  if (before.length > 1) return before;
  const behind = /^[^，。、；：！？,;:!?\s（）()]{0,16}/.exec(text.slice(span.end, sentence.end))![0].replace(/^[的余多]/, "");
  return behind.length > 1 ? behind : before;
}

function named(words: string): string {
  const bare = words.replace(/[，。、；：,;:\s]+$/, "");
  return bare.replace(LEADING, "").replace(/(?:达到|超过|突破|增长到?|增加到?|下降到?|提高到?|总?计|达|为|至|到|共|了|约|近|逾)+$/, "") || bare;
}
