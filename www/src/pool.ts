// The page's side of the workers: as many as there are cores, a queue before them. A crash costs one file and its worker.
import type { Answers, FailureFacts, Reply, Task } from "./tasks.ts";

export class Failure extends Error {
  constructor(readonly facts: FailureFacts) {
    super(facts.message);
  }
}

/** A failure of the page itself; its words are in the locales. */
function own(code: string, message = code): FailureFacts {
  return { code, message, messageZh: message };
}

interface Job {
  id: number;
  task: Task;
  /** Belongs to a batch that `cancel` ends. */
  reading: boolean;
  started(): void;
  resolve(answer: unknown): void;
  reject(failure: Failure): void;
}

/** A worker's place; the worker comes with the first job and goes with a crash. */
interface Seat {
  worker: Worker | null;
  job: Job | null;
}

export interface Asking {
  /** Called when a worker takes the task up. */
  started?: () => void;
  /** Ends the task, and its worker where one is at it; rejects with `cancelled`. */
  signal?: AbortSignal;
}

export class Pool {
  private readonly seats: Seat[];
  private waiting: Job[] = [];
  private ids = 0;

  constructor(
    private readonly spawn: () => Worker,
    size: number,
  ) {
    this.seats = Array.from({ length: Math.max(1, size) }, () => ({ worker: null, job: null }));
  }

  /** Loads the program, so that it is there also when the network is gone. */
  warm(): void {
    const seat = this.seats[0]!;
    seat.worker ??= this.start(seat);
  }

  /** Files are read in the order asked; all other tasks go before what waits to be read. */
  ask<T extends Task>(task: T, { started = () => {}, signal }: Asking = {}): Promise<Answers[T["do"]]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Failure(own("cancelled")));
      const reading = task.do === "read" || task.do === "part";
      const job: Job = { id: ++this.ids, task, reading, started, resolve: resolve as Job["resolve"], reject };
      if (reading) this.waiting.push(job);
      else this.waiting.splice(this.waiting.findIndex((other) => other.reading) >>> 0, 0, job);
      signal?.addEventListener("abort", () => this.drop((other) => other === job), { once: true });
      this.next();
    });
  }

  /** Moves what waits to the front of the queue. */
  prefer(fits: (task: Task) => boolean): void {
    this.waiting = [...this.waiting.filter(({ task }) => fits(task)), ...this.waiting.filter(({ task }) => !fits(task))];
  }

  /** Ends all reading, under way or waiting; each is rejected with `cancelled`. */
  cancel(): void {
    this.drop((job) => job.reading);
  }

  private drop(fits: (job: Job) => boolean): void {
    const dropped: Job[] = [];
    for (const seat of this.seats) {
      if (!seat.job || !fits(seat.job)) continue;
      dropped.push(seat.job);
      seat.job = null;
      this.stop(seat);
    }
    dropped.push(...this.waiting.filter(fits));
    this.waiting = this.waiting.filter((job) => !fits(job));
    for (const job of dropped) job.reject(new Failure(own("cancelled")));
    this.next();
  }

  private start(seat: Seat): Worker {
    const worker = this.spawn();
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.answered(seat, data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (seat.worker !== worker) return;
      this.stop(seat);
      if (seat.job) this.answered(seat, { id: seat.job.id, failure: own("load", event.message) });
    });
    return worker;
  }

  private stop(seat: Seat): void {
    seat.worker?.terminate();
    seat.worker = null;
  }

  private next(): void {
    while (this.waiting.length) {
      // A worker that is there goes before one that has yet to load.
      const free = this.seats.filter(({ job }) => !job);
      const seat = free.find(({ worker }) => worker) ?? free[0];
      if (!seat) return;
      const job = this.waiting.shift()!;
      seat.job = job;
      seat.worker ??= this.start(seat);
      job.started();
      seat.worker.postMessage({ id: job.id, task: job.task });
    }
  }

  private answered(seat: Seat, { id, answer, failure, dead }: Reply): void {
    if (dead) this.stop(seat);
    const { job } = seat;
    if (job?.id !== id) return;
    seat.job = null;
    if (failure) job.reject(new Failure(failure));
    else job.resolve(answer);
    this.next();
  }
}
