// The source as it was decoded, with what was removed from it. Pure but for the browser's decoder.
import type { Removed, RemovedKind, Report, Span } from "gangmu";

export interface Piece {
  text: string;
  /** Why it is not in the clean text; null where it is. */
  removed: RemovedKind | null;
  metrics: number[];
}

/** The decoded source, or null where the browser does not decode as the core did: then no offset is to be trusted. */
export function decodeSource(
  bytes: ArrayBuffer,
  report: Report,
  encoding: string | null = report.source.encoding,
): string | null {
  let text: string;
  try {
    text = new TextDecoder(encoding ?? "utf-8").decode(bytes);
  } catch {
    return null;
  }
  const agrees = report.removed.every(({ source, text: words }) => text.slice(source.start, source.end) === words);
  return agrees ? text : null;
}

/** The source in order: runs that were kept and runs that were removed, cut at the metrics' borders. */
export function pieces(source: string, report: Report): Piece[] {
  const removed = merge(report.removed);
  const borders = new Set([0, source.length]);
  for (const { source: span } of removed) borders.add(span.start).add(span.end);
  for (const { source: span } of report.metrics) borders.add(span.start).add(span.end);
  const sorted = [...borders].filter((at) => at >= 0 && at <= source.length).sort((a, b) => a - b);
  const found: Piece[] = [];
  let gone = 0;
  let metric = 0;
  for (let i = 1; i < sorted.length; i++) {
    const start = sorted[i - 1]!;
    const end = sorted[i]!;
    while (gone < removed.length && removed[gone]!.source.end <= start) gone++;
    while (metric < report.metrics.length && report.metrics[metric]!.source.end <= start) metric++;
    const within = removed[gone];
    const own: number[] = [];
    for (let m = metric; m < report.metrics.length && report.metrics[m]!.source.start < end; m++) {
      if (report.metrics[m]!.source.start <= start && report.metrics[m]!.source.end >= end) own.push(m);
    }
    found.push({
      text: source.slice(start, end),
      removed: within && within.source.start <= start && within.source.end >= end ? within.kind : null,
      metrics: own,
    });
  }
  return found;
}

/** Neighbours of one kind become one piece. */
function merge(removed: Removed[]): Removed[] {
  const merged: Removed[] = [];
  for (const piece of [...removed].sort((a, b) => a.source.start - b.source.start)) {
    const last = merged.at(-1);
    if (last && last.kind === piece.kind && last.source.end === piece.source.start) {
      last.text += piece.text;
      last.source = { start: last.source.start, end: piece.source.end };
    } else merged.push({ ...piece });
  }
  return merged;
}

/** Characters removed for each reason, white space left out of account. */
export function removedTotals(report: Report): Map<RemovedKind, number> {
  const totals = new Map<RemovedKind, number>();
  for (const { kind, text } of report.removed) {
    const count = text.replace(/\s+/g, "").length;
    if (count) totals.set(kind, (totals.get(kind) ?? 0) + count);
  }
  return totals;
}

/**
 * Where a span of the text stands in the source. It is looked for between the metrics around it, whose places are
 * known: character by character where both have as many, else by its words; null where that leaves doubt.
 */
export function sourceSpan(source: string, report: Report, { start, end }: Span): Span | null {
  const { text, metrics } = report;
  const before = metrics.filter((metric) => metric.span.end <= start).at(-1);
  const after = metrics.find((metric) => metric.span.start >= end);
  const inText = { start: before?.span.end ?? 0, end: after?.span.start ?? text.length };
  const inSource = { start: before?.source.end ?? 0, end: after?.source.start ?? source.length };
  const kept = keptPlaces(source, report, inSource);
  const written = places(text, inText.start, inText.end);
  if (kept.length === written.length) {
    const from = kept[written.findIndex((at) => at >= start)];
    const to = kept[written.findLastIndex((at) => at < end)];
    if (from !== undefined && to !== undefined && from <= to) return { start: from, end: to + 1 };
  }
  const words = text.slice(start, end);
  const first = source.indexOf(words, inSource.start);
  if (first < 0 || first + words.length > inSource.end) return null;
  const second = source.indexOf(words, first + 1);
  if (second >= 0 && second < inSource.end) return null;
  return { start: first, end: first + words.length };
}

/** The places of all characters that are no white space. */
function places(text: string, start: number, end: number): number[] {
  const found: number[] = [];
  for (let at = start; at < end; at++) if (!/\s/.test(text[at]!)) found.push(at);
  return found;
}

function keptPlaces(source: string, report: Report, within: Span): number[] {
  const found: number[] = [];
  let at = within.start;
  for (const { source: gone } of report.removed) {
    if (gone.end <= at) continue;
    if (gone.start >= within.end) break;
    if (gone.start > at) found.push(...places(source, at, gone.start));
    at = Math.max(at, gone.end);
  }
  if (at < within.end) found.push(...places(source, at, within.end));
  return found;
}
