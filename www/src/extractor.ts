// The page's side of the worker: a queue of one, a new worker after a panic or a cancellation.
import type { Language } from "./i18n.ts";
import type { Format, Report } from "gangmu";

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

export type Task =
  | { do: "read"; file: File; encoding: string | null }
  | { do: "part"; part: Part; encoding: string | null }
  | { do: "csv"; reports: Report[]; language: Language }
  | { do: "md"; report: Report; language: Language };

export interface Ask {
  id: number;
  task: Task;
}

/** Why a file gave no report; `code` is stable. */
export interface FailureFacts {
  code: string;
  message: string;
  messageZh: string;
}

export interface Answer {
  id: number;
  report?: Report;
  /** The file has to be read in parts. */
  parts?: Part[];
  text?: string;
  failure?: FailureFacts;
  /** The worker cannot go on. */
  dead?: boolean;
}

export class Failure extends Error {
  constructor(readonly facts: FailureFacts) {
    super(facts.message);
  }
}

/** A failure of the page itself; its words are in the locales. */
function own(code: string, message = code): FailureFacts {
  return { code, message, messageZh: message };
}

interface Job extends Ask {
  resolve(answer: Answer): void;
  reject(failure: Failure): void;
  started(): void;
}

export class Extractor {
  private worker: Worker | null = null;
  private waiting: Job[] = [];
  private current: Job | null = null;
  private ids = 0;

  constructor(private readonly spawn: () => Worker) {}

  /** Loads the program, so that it is there also when the network is gone. */
  warm(): void {
    this.worker ??= this.start();
  }

  /** A file's report, or the parts that it has to be read in. */
  async extract(file: File, encoding: string | null, started: () => void): Promise<Report | Part[]> {
    const { report, parts } = await this.ask({ do: "read", file, encoding }, started);
    return parts ?? report!;
  }

  async extractPart(part: Part, encoding: string | null, started: () => void): Promise<Report> {
    const { report } = await this.ask({ do: "part", part, encoding }, started);
    return report!;
  }

  /** The text of a file to be saved; it does not wait for files that wait to be read. */
  async write(task: Extract<Task, { do: "csv" | "md" }>): Promise<string> {
    const { text } = await this.ask(task);
    return text!;
  }

  private ask(task: Task, started: () => void = () => {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const job = { id: ++this.ids, task, resolve, reject, started };
      if (task.do === "read" || task.do === "part") this.waiting.push(job);
      else this.waiting.unshift(job);
      this.next();
    });
  }

  /** Ends what is under way and what waits; each is rejected with `cancelled`. */
  cancel(): void {
    const jobs = this.current ? [this.current, ...this.waiting] : this.waiting;
    this.waiting = [];
    this.current = null;
    this.stop();
    for (const job of jobs) job.reject(new Failure(own("cancelled")));
  }

  private start(): Worker {
    const worker = this.spawn();
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.answered(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (this.worker !== worker) return;
      this.stop();
      if (this.current) {
        this.answered({ id: this.current.id, failure: own("load", event.message) });
      }
    });
    return worker;
  }

  private stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }

  private next(): void {
    if (this.current) return;
    const job = this.waiting.shift();
    if (!job) return;
    this.current = job;
    job.started();
    this.warm();
    this.worker?.postMessage({ id: job.id, task: job.task } satisfies Ask);
  }

  private answered(answer: Answer): void {
    if (answer.dead) this.stop();
    const job = this.current;
    if (job?.id !== answer.id) return;
    this.current = null;
    if (answer.failure) job.reject(new Failure(answer.failure));
    else job.resolve(answer);
    this.next();
  }
}
