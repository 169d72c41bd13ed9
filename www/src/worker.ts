// Reads one file after another, away from the page's own thread, and writes reports as files.
import init, { csv, extract, extractDraft, extractFile, md } from "gangmu";
import type { ExtractOptions, Report } from "gangmu";
import type { Answer, Ask, FailureFacts, Task } from "./extractor.ts";

const ready = init();
// Each task that asks is told; before that it is nobody's error.
ready.catch(() => {});

async function read(file: File, encoding: string | null): Promise<Report> {
  const chosen = encoding ? { encoding } : {};
  try {
    return await extractFile(file, chosen);
  } catch (error) {
    if ((error as Partial<FailureFacts>).code !== "packed") throw error;
  }
  // What only office files and archives need is loaded with the first of them.
  const formats = await import("gangmu/formats");
  await formats.default();
  const [entry] = formats.unpack(new Uint8Array(await file.arrayBuffer()), file.name);
  if (!entry || entry.error) throw entry?.error ?? new Error("nothing in the file");
  if (entry.draft) return extractDraft(entry.draft, file.size, { name: entry.name });
  const { name, bytes, encoding: said, format } = entry;
  return extract(bytes!, { name, encoding: encoding ?? said, format } as ExtractOptions);
}

async function answer(task: Task): Promise<Omit<Answer, "id">> {
  switch (task.do) {
    case "read":
      return { report: await read(task.file, task.encoding) };
    case "csv":
      return { text: csv(task.reports, { language: task.language }) };
    case "md":
      return { text: md(task.report, { language: task.language }) };
  }
}

self.addEventListener("message", async ({ data: { id, task } }: MessageEvent<Ask>) => {
  const send = (rest: Omit<Answer, "id">) => self.postMessage({ id, ...rest } satisfies Answer);
  try {
    await ready;
  } catch (error) {
    send({ failure: { code: "load", message: String(error), messageZh: "" }, dead: true });
    return;
  }
  try {
    send(await answer(task));
  } catch (error) {
    // A panic ends the instance: whatever it says afterwards is worth nothing.
    const dead = error instanceof WebAssembly.RuntimeError;
    const { code = "panic", message = String(error), messageZh = message } = error as Partial<FailureFacts>;
    send({ failure: { code, message, messageZh }, dead });
  }
});
