// The page's side of the worker: a queue of one, a new worker after a panic or a cancellation.
import type { Report } from "gangmu";

export interface Ask {
  id: number;
  file: File;
  encoding: string | null;
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
  resolve(report: Report): void;
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

  extract(file: File, encoding: string | null, started: () => void): Promise<Report> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ id: ++this.ids, file, encoding, resolve, reject, started });
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
    this.worker?.postMessage({ id: job.id, file: job.file, encoding: job.encoding } satisfies Ask);
  }

  private answered({ id, report, failure, dead }: Answer): void {
    if (dead) this.stop();
    const job = this.current;
    if (job?.id !== id) return;
    this.current = null;
    if (report) job.resolve(report);
    else job.reject(new Failure(failure ?? own("panic")));
    this.next();
  }
}
