// Checked by tsc, never run: what a caller may write and what the compiler must refuse.
import { docx, xlsx } from "../../pkg/formats.js";
import init, { compare, exportComparison, exportReport, extract, extractFile } from "../../pkg/gangmu.js";
import type { ExtractOptions, GangmuError, Metric, Report, Section, Span } from "../../pkg/gangmu.js";

await init();
const report: Report = extract(new Uint8Array());
const later: Promise<Report> = extractFile(new File([], "报告.txt"), { encoding: "gbk", offsets: "utf-32" });
const options: ExtractOptions = {};
extract(new Uint8Array(), options);
const table: string = exportReport([report, await later], { as: "csv", language: "en" });
const matrix: string = exportComparison(compare([report]), { as: "md" });
const files: Uint8Array[] = [xlsx([report], { comparison: compare([report]) }), docx([report], { part: "outline" })];
console.log(table, matrix, files);

const words = (span: Span): string => report.text.slice(span.start, span.end);
const rows = report.metrics.map((m: Metric) => [words(m.span), m.value.toFixed(), m.unit, m.max ?? ""]);
const above = (s: Section): Section | undefined => (s.parent === null ? undefined : report.outline[s.parent]);
try {
  await later;
} catch (e) {
  const { code, messageZh } = e as GangmuError;
  console.log(code.length, messageZh.length, rows, above);
}

// @ts-expect-error: a unit that does not exist
extract(new Uint8Array(), { offsets: "bytes" });
// @ts-expect-error: an option that does not exist
extract(new Uint8Array(), { charset: "gbk" });
// @ts-expect-error: a language that does not exist
exportReport([report], { as: "csv", language: "fr" });
// @ts-expect-error: a form that does not exist
exportReport([report], { as: "xls" });
// @ts-expect-error: text is not bytes
extract("报告");
// @ts-expect-error: a section may be missing
report.outline[report.metrics[0]!.section];
// @ts-expect-error: a kind that does not exist
report.metrics[0]!.kind === "number";
