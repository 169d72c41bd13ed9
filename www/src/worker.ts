// Does one task after another, away from the page's own thread.
import init, { checkLexicon, compare, exportComparison, exportReport, extract, extractDraft, extractFile } from "gangmu";
import { fold } from "./views/compare/fold.ts";
import * as modules from "./modules.ts";
import { isSession, openSession, saveSession } from "./session.ts";
import { keep, type Answers, type FailureFacts, type Part, type Reply, type Task } from "./tasks.ts";
import { type As, TYPES, type Taking, type What } from "./taking.ts";
import type { Language } from "./i18n.ts";
import type { ExtractOptions, Report } from "gangmu";

const ready = init({ module_or_path: modules.core() });
// Each task that asks is told; before that it is nobody's error.
ready.catch(() => {});

/** The module for office files and archives could not be loaded. */
class NotLoaded extends Error {
  readonly code = "formats";
}

/** A text's report, what an office file, an archive or a collection holds, or a session that was saved. */
async function read(file: File, encoding: string | null, lexicon: string): Promise<Answers["read"]> {
  if (await isSession(file)) return { session: await openSession(file) };
  try {
    return keep(await extractFile(file, { encoding: encoding ?? undefined, lexicon }));
  } catch (error) {
    if ((error as Partial<FailureFacts>).code !== "packed") throw error;
  }
  return { parts: await unpack(file, encoding) };
}

/** What only office files and archives need is loaded with the first of them. */
async function office(): Promise<typeof import("gangmu/formats")> {
  const formats = await import("gangmu/formats").catch((error: unknown) => Promise.reject(new NotLoaded(String(error))));
  const loaded = formats.default({ module_or_path: modules.formats() });
  await loaded.catch((error: unknown) => Promise.reject(new NotLoaded(String(error))));
  return formats;
}

async function unpack(file: File, encoding: string | null): Promise<Part[]> {
  const formats = await office();
  const entries = formats.unpack(new Uint8Array(await file.arrayBuffer()), file.name, encoding ?? undefined);
  return entries.map(({ name, draft, source, bytes, encoding, format, error }) => ({
    file: new File([source ?? bytes ?? ""] as BlobPart[], name),
    draft,
    encoding,
    format: format as Part["format"],
    failure: error && facts(error),
  }));
}

async function readPart(part: Part, encoding: string | null, lexicon: string): Promise<Report> {
  const { file, draft, format, failure } = part;
  if (failure) throw Object.assign(new Error(failure.message), failure);
  if (draft) return extractDraft(draft, { name: file.name, lexicon });
  const options = { name: file.name, encoding: encoding ?? part.encoding, format, lexicon };
  return extract(new Uint8Array(await file.arrayBuffer()), options as ExtractOptions);
}

async function opened(reports: Blob[]): Promise<Report[]> {
  const all: Report[] = [];
  for (const report of reports) all.push(JSON.parse(await report.text()) as Report);
  return all;
}

async function taken(taking: Taking, reports: Report[], language: Language): Promise<string | Uint8Array> {
  const { what, as } = taking;
  if (as === "docx") return (await office()).docx(reports, { language, part: part(what) });
  if (as !== "xlsx") return text(taking, reports, language);
  const comparison = what === "comparison" ? compare(reports) : undefined;
  return (await office()).xlsx(reports, { language, comparison });
}

function text({ what, as }: Taking, reports: Report[], language: Language): string {
  if (what === "comparison") {
    return exportComparison(compare(reports), { as, language } as Parameters<typeof exportComparison>[1]);
  }
  const form = what === "tidy" && as === "csv" ? "tidy" : as;
  return exportReport(reports, { as: form, language, part: part(what) } as Parameters<typeof exportReport>[1]);
}

function part(what: What): "all" | "outline" | "metrics" {
  return what === "outline" || what === "all" ? what : "metrics";
}

async function answer(task: Task): Promise<Answers[Task["do"]]> {
  switch (task.do) {
    case "read":
      return read(task.file, task.encoding, task.lexicon);
    case "part":
      return keep(await readPart(task.part, task.encoding, task.lexicon));
    case "take": {
      const reports = await opened(task.reports);
      return new Blob([(await taken(task.taking, reports, task.language)) as BlobPart], { type: TYPES[task.taking.as] });
    }
    case "copy": {
      const { what, language } = task;
      const reports = await opened(task.reports);
      const form = (as: As) => text({ what, as }, reports, language);
      return { plain: form(part(what) === "metrics" ? "tsv" : "md"), html: form("html") };
    }
    case "compare":
      return fold(compare(await opened(task.reports)));
    case "check":
      return checkLexicon(task.lexicon);
    case "save":
      return saveSession(task.session);
  }
}

function facts(error: unknown): FailureFacts {
  const { code = "panic", message = String(error), messageZh = message } = error as Partial<FailureFacts>;
  return { code, message, messageZh };
}

self.addEventListener("message", async ({ data: { id, task } }: MessageEvent<{ id: number; task: Task }>) => {
  const send = (rest: Omit<Reply, "id">) => self.postMessage({ id, ...rest } satisfies Reply);
  try {
    await ready;
  } catch (error) {
    send({ failure: { code: "load", message: String(error), messageZh: "" }, dead: true });
    return;
  }
  try {
    send({ answer: await answer(task) });
  } catch (error) {
    // A panic ends the instance: whatever it says afterwards is worth nothing. A module that did not load is
    // not asked for again by the same worker.
    send({ failure: facts(error), dead: error instanceof WebAssembly.RuntimeError || error instanceof NotLoaded });
  }
});
