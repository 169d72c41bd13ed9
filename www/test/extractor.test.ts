import { expect, it } from "vitest";
import { Extractor, type Answer, type Ask, type Failure } from "../src/extractor.ts";
import { report } from "./report.ts";

/** A worker that answers when told to. */
class FakeWorker extends EventTarget {
  asked: Ask[] = [];
  ended = false;
  postMessage(ask: Ask) {
    this.asked.push(ask);
  }
  terminate() {
    this.ended = true;
  }
  answer(rest: Omit<Answer, "id">) {
    this.dispatchEvent(new MessageEvent("message", { data: { id: this.asked.at(-1)!.id, ...rest } }));
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const extractor = new Extractor(() => {
    workers.push(new FakeWorker());
    return workers.at(-1) as unknown as Worker;
  });
  const names = (worker: FakeWorker) => worker.asked.map(({ task }) => (task.do === "read" ? task.file.name : task.do));
  const codes: string[] = [];
  const ask = (name: string) =>
    extractor
      .extract(new File(["文"], name), null, () => {})
      .then(
        () => codes.push(`${name} read`),
        (failure: Failure) => codes.push(`${name} ${failure.facts.code}`),
      );
  return { workers, extractor, ask, codes, names };
}

const settled = () => new Promise((done) => setTimeout(done));
const failure = (code: string) => ({ code, message: code, messageZh: code });

it("asks for one file at a time, in order", async () => {
  const { workers, ask, codes, names } = setUp();
  void ask("a");
  void ask("b");
  expect(names(workers[0]!)).toEqual(["a"]);
  workers[0]!.answer({ report: report("文") });
  expect(names(workers[0]!)).toEqual(["a", "b"]);
  workers[0]!.answer({ failure: failure("empty") });
  await settled();
  expect(codes).toEqual(["a read", "b empty"]);
  expect(workers).toHaveLength(1);
});

it("writes before it reads what still waits", async () => {
  const { workers, extractor, ask, names } = setUp();
  void ask("a");
  void ask("b");
  const text = extractor.write({ do: "csv", reports: [], language: "zh" });
  workers[0]!.answer({ report: report("文") });
  expect(names(workers[0]!)).toEqual(["a", "csv"]);
  workers[0]!.answer({ text: "表" });
  expect(await text).toBe("表");
  expect(names(workers[0]!)).toEqual(["a", "csv", "b"]);
});

it("starts a new worker after a panic, and the others go on", async () => {
  const { workers, ask, codes } = setUp();
  void ask("a");
  void ask("b");
  workers[0]!.answer({ failure: failure("panic"), dead: true });
  expect(workers[0]!.ended).toBe(true);
  workers[1]!.answer({ report: report("文") });
  await settled();
  expect(codes).toEqual(["a panic", "b read"]);
});

it("goes on with a new worker where one does not load", async () => {
  const { workers, ask, codes } = setUp();
  void ask("a");
  void ask("b");
  workers[0]!.dispatchEvent(new Event("error"));
  workers[1]!.answer({ report: report("文") });
  await settled();
  expect(codes).toEqual(["a load", "b read"]);
});

it("cancels all that is under way, hears nothing of it later, and reads on", async () => {
  const { workers, extractor, ask, codes } = setUp();
  void ask("a");
  void ask("b");
  extractor.cancel();
  workers[0]!.answer({ report: report("文") });
  void ask("c");
  workers[1]!.answer({ report: report("文") });
  await settled();
  expect(codes).toEqual(["a cancelled", "b cancelled", "c read"]);
  expect(workers[0]!.ended).toBe(true);
});
