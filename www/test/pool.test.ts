import { expect, it } from "vitest";
import { Pool, type Failure } from "../src/pool.ts";
import { keep, type Reply, type Task } from "../src/tasks.ts";
import { report } from "./report.ts";

/** A worker that answers when told to. */
class FakeWorker extends EventTarget {
  asked: { id: number; task: Task }[] = [];
  ended = false;
  postMessage(ask: { id: number; task: Task }) {
    this.asked.push(ask);
  }
  terminate() {
    this.ended = true;
  }
  answer(rest: Omit<Reply, "id">) {
    this.dispatchEvent(new MessageEvent("message", { data: { id: this.asked.at(-1)!.id, ...rest } }));
  }
}

const READ = { answer: keep(report("文")) };

function setUp(size = 1) {
  const workers: FakeWorker[] = [];
  const pool = new Pool(() => {
    workers.push(new FakeWorker());
    return workers.at(-1) as unknown as Worker;
  }, size);
  const names = (worker: FakeWorker) => worker.asked.map(({ task }) => (task.do === "read" ? task.file.name : task.do));
  const codes: string[] = [];
  const ask = (name: string, signal?: AbortSignal) =>
    pool.ask({ do: "read", file: new File(["文"], name), encoding: null, lexicon: "" }, { signal }).then(
      () => codes.push(`${name} read`),
      (failure: Failure) => codes.push(`${name} ${failure.facts.code}`),
    );
  return { workers, pool, ask, codes, names };
}

const settled = () => new Promise((done) => setTimeout(done));
const failure = (code: string) => ({ code, message: code, messageZh: code });

it("asks a worker for one file at a time, in order", async () => {
  const { workers, ask, codes, names } = setUp();
  void ask("a");
  void ask("b");
  expect(names(workers[0]!)).toEqual(["a"]);
  workers[0]!.answer(READ);
  expect(names(workers[0]!)).toEqual(["a", "b"]);
  workers[0]!.answer({ failure: failure("empty") });
  await settled();
  expect(codes).toEqual(["a read", "b empty"]);
  expect(workers).toHaveLength(1);
});

it("writes before it reads what still waits", async () => {
  const { workers, pool, ask, names } = setUp();
  void ask("a");
  void ask("b");
  const text = pool.ask({ do: "copy", what: "metrics", reports: [], language: "zh" });
  workers[0]!.answer(READ);
  expect(names(workers[0]!)).toEqual(["a", "copy"]);
  workers[0]!.answer({ answer: { plain: "表", html: "" } });
  expect((await text).plain).toBe("表");
  expect(names(workers[0]!)).toEqual(["a", "copy", "b"]);
});

it("starts a new worker after a panic, and the others go on", async () => {
  const { workers, ask, codes } = setUp();
  void ask("a");
  void ask("b");
  workers[0]!.answer({ failure: failure("panic"), dead: true });
  expect(workers[0]!.ended).toBe(true);
  workers[1]!.answer(READ);
  await settled();
  expect(codes).toEqual(["a panic", "b read"]);
});

it("goes on with a new worker where one does not load", async () => {
  const { workers, ask, codes } = setUp();
  void ask("a");
  void ask("b");
  workers[0]!.dispatchEvent(new Event("error"));
  workers[1]!.answer(READ);
  await settled();
  expect(codes).toEqual(["a load", "b read"]);
});

it("cancels all that is under way, hears nothing of it later, and reads on", async () => {
  const { workers, pool, ask, codes } = setUp();
  void ask("a");
  void ask("b");
  pool.cancel();
  workers[0]!.answer(READ);
  void ask("c");
  workers[1]!.answer(READ);
  await settled();
  expect(codes).toEqual(["a cancelled", "b cancelled", "c read"]);
  expect(workers[0]!.ended).toBe(true);
});

it("keeps as many workers at work as it has places, and starts no more than are needed", async () => {
  const { workers, ask, names } = setUp(3);
  void ask("a");
  expect(workers).toHaveLength(1);
  for (const name of ["b", "c", "d"]) void ask(name);
  expect(workers.map(names)).toEqual([["a"], ["b"], ["c"]]);
  workers[1]!.answer(READ);
  expect(names(workers[1]!)).toEqual(["b", "d"]);
});

it("leaves the other workers alone when one panics", async () => {
  const { workers, ask, codes } = setUp(2);
  for (const name of ["a", "b", "c"]) void ask(name);
  workers[0]!.answer({ failure: failure("panic"), dead: true });
  workers[1]!.answer(READ);
  expect(workers.map(({ ended }) => ended)).toEqual([true, false, false]);
  await settled();
  expect(codes).toEqual(["a panic", "b read"]);
});

it("gives up one task alone, under way or waiting", async () => {
  const { workers, ask, codes, names } = setUp();
  const [first, second] = [new AbortController(), new AbortController()];
  void ask("a", first.signal);
  void ask("b", second.signal);
  void ask("c");
  second.abort();
  first.abort();
  expect(workers[0]!.ended).toBe(true);
  expect(names(workers[1]!)).toEqual(["c"]);
  workers[1]!.answer(READ);
  await settled();
  expect(codes).toEqual(["b cancelled", "a cancelled", "c read"]);
});

it("reads first what is preferred", () => {
  const { workers, pool, ask, names } = setUp();
  for (const name of ["a", "b", "c"]) void ask(name);
  pool.prefer((task) => task.do === "read" && task.file.name === "c");
  workers[0]!.answer(READ);
  expect(names(workers[0]!)).toEqual(["a", "c"]);
});

it("asks no worker for what was cancelled before", async () => {
  const { workers, ask, codes } = setUp();
  await ask("a", AbortSignal.abort());
  expect(codes).toEqual(["a cancelled"]);
  expect(workers).toHaveLength(0);
});
