// What the page asks of a worker, and what it answers.
import type { Edit } from "./edits.ts";
import type { What, Taking } from "./taking.ts";
import type { Language } from "./i18n.ts";
import type { FoldedComparison } from "./views/compare/fold.ts";
import type { Format, LexiconFault, Meta, Report, Source, Warning } from "gangmu";

/** One of the reports that a file holds, or why it cannot be read. */
export interface Part {
  /** Its bytes, or of a draft its text; named by its place in the file. */
  file: File;
  /** What the core reads in place of bytes. */
  draft?: unknown;
  encoding?: string;
  format?: Format;
  failure?: FailureFacts;
}

/** Why a file gave no report; `code` is stable. */
export interface FailureFacts {
  code: string;
  message: string;
  messageZh: string;
}

/** What a list shows of a report. */
export interface Summary {
  meta: Meta;
  source: Source;
  sections: number;
  metrics: number;
  unsure: number;
  /** Rows, headings and facts that were corrected by hand. */
  corrected: number;
  warnings: Warning[];
}

/** A report as JSON, kept by the browser outside the page's own memory until it is opened. */
export interface Kept {
  report: Blob;
  summary: Summary;
}

/** An entry of the list as a session keeps it. */
export interface Saved {
  file: File;
  part: Omit<Part, "file"> | null;
  encoding: string | null;
  /** As it was read, without the edits. */
  kept: Kept | null;
  edits: readonly Edit[];
}

export interface Session {
  lexicon: string;
  entries: Saved[];
}

export type Task =
  | { do: "read"; file: File; encoding: string | null; lexicon: string }
  | { do: "part"; part: Part; encoding: string | null; lexicon: string }
  /** As a file. */
  | { do: "take"; taking: Taking; reports: Blob[]; language: Language }
  /** For the clipboard: cells or Markdown, and the same as HTML. */
  | { do: "copy"; what: What; reports: Blob[]; language: Language }
  | { do: "compare"; reports: Blob[] }
  | { do: "check"; lexicon: string }
  | { do: "save"; session: Session };

export interface Answers {
  /** A file's report, the parts that it has to be read in, or a saved session. */
  read: Kept | { parts: Part[] } | { session: Session };
  part: Kept;
  take: Blob;
  copy: { plain: string; html: string };
  compare: FoldedComparison;
  check: LexiconFault[];
  save: Blob;
}

export interface Reply {
  id: number;
  answer?: Answers[Task["do"]];
  failure?: FailureFacts;
  /** The worker cannot go on. */
  dead?: boolean;
}

/** Below this a row is shown as unsure. */
export const UNSURE_BELOW = 0.6;

export function keep(report: Report): Kept {
  return { report: new Blob([JSON.stringify(report)], { type: "application/json" }), summary: summarise(report) };
}

export function summarise({ meta, source, outline, metrics, warnings }: Report): Summary {
  return {
    meta,
    source,
    sections: outline.length,
    metrics: metrics.length,
    unsure: metrics.filter(({ confidence }) => confidence !== null && confidence < UNSURE_BELOW).length,
    corrected: [meta, ...outline, ...metrics].filter(({ corrected }) => corrected).length,
    warnings,
  };
}
