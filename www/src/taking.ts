// What can be taken along, and as what. Pure.

export type What = "metrics" | "outline" | "all" | "comparison" | "tidy";
export type As = "xlsx" | "csv" | "tsv" | "docx" | "md" | "html" | "json";
export type Scope = "one" | "many";

export interface Taking {
  what: What;
  as: As;
}

export const FORMS: Record<What, As[]> = {
  metrics: ["xlsx", "csv", "tsv", "docx", "md", "html"],
  outline: ["docx", "md", "html"],
  all: ["docx", "xlsx", "md", "html", "json"],
  comparison: ["xlsx", "csv", "tsv", "md", "html"],
  tidy: ["csv"],
};

export const TYPES: Record<As, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv;charset=utf-8",
  tsv: "text/tab-separated-values;charset=utf-8",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  md: "text/markdown;charset=utf-8",
  html: "text/html;charset=utf-8",
  json: "application/json",
};

/** What fits what is there: a comparison wants two reports, what was chosen last wants to be possible still. */
export function possible(wanted: { what: string; as: string; scope: string }, one: boolean, read: number): Taking & { scope: Scope } {
  const what = (Object.keys(FORMS) as What[]).find((what) => what === wanted.what && (what !== "comparison" || read > 1)) ?? "metrics";
  const as = FORMS[what].find((as) => as === wanted.as) ?? FORMS[what][0]!;
  const scope: Scope = what === "comparison" || !one || (wanted.scope === "many" && read > 1) ? "many" : "one";
  return { what, as, scope };
}
