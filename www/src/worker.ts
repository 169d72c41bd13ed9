// Reads one file after another, away from the page's own thread.
import init, { extractFile } from "gangmu";
import type { Answer, Ask, FailureFacts } from "./extractor.ts";

const ready = init();
// Each file that asks is told; before that it is nobody's error.
ready.catch(() => {});

self.addEventListener("message", async ({ data }: MessageEvent<Ask>) => {
  const { id, file, encoding } = data;
  const answer = (rest: Omit<Answer, "id">) => self.postMessage({ id, ...rest } satisfies Answer);
  try {
    await ready;
  } catch (error) {
    answer({ failure: { code: "load", message: String(error), messageZh: "" }, dead: true });
    return;
  }
  try {
    answer({ report: await extractFile(file, encoding ? { encoding } : {}) });
  } catch (error) {
    // A panic ends the instance: whatever it says afterwards is worth nothing.
    const dead = error instanceof WebAssembly.RuntimeError;
    const { code = "panic", message = String(error), messageZh = message } = error as Partial<FailureFacts>;
    answer({ failure: { code, message, messageZh }, dead });
  }
});
