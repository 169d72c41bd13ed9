// Reads one file after another, away from the page's own thread, and writes reports as files.
import init, { csv, extractFile, md } from "gangmu";
import type { Answer, Ask, FailureFacts, Task } from "./extractor.ts";

const ready = init();
// Each task that asks is told; before that it is nobody's error.
ready.catch(() => {});

async function answer(task: Task): Promise<Omit<Answer, "id">> {
  switch (task.do) {
    case "read":
      return { report: await extractFile(task.file, task.encoding ? { encoding: task.encoding } : {}) };
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
