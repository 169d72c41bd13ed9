// The files of this sitting: what was read of each, what was corrected, what is still to come. Knows nothing of the screen.
import { corrected, Edits, type Edit } from "./edits.ts";
import { written } from "./format.ts";
import { Failure, type Pool } from "./pool.ts";
import { Slices } from "./slices.ts";
import { summarise, type Kept, type Part, type Saved, type Session, type Summary } from "./tasks.ts";
import type { Trial } from "./views/lexicon.ts";
import type { Memory } from "./workbench.ts";
import type { Report } from "gangmu";

export type State = "waiting" | "working" | "done" | "failed";

export interface Entry {
  readonly file: File;
  /** What it was unpacked to. */
  readonly part: Part | null;
  /** Chosen by the reader; null where the program finds it. */
  encoding: string | null;
  state: State;
  /** As it was read; the edits are not in it. */
  kept: Kept | null;
  readonly edits: Edits;
  /** With the edits. */
  summary: Summary | null;
  failure: Failure | null;
  memory: Memory | null;
  /** Ends its reading. */
  stop: AbortController | null;
}

export type Order = "place" | "time" | "kind" | "name" | "state";

/** How far the reading of this round is; bytes tell the rest time better than files do. */
export interface Progress {
  total: number;
  done: number;
  failed: number;
  /** Of the files that are through. */
  bytesDone: number;
  bytesTotal: number;
  /** When the first file was taken up, as `performance.now` counts. */
  began: number;
  /** The file that was taken up last. */
  name: string;
}

interface Heard {
  /** Entries came, went, were read or corrected. */
  changed(entries: ReadonlySet<Entry>): void;
  progress(): void;
  /** A file was unpacked: these stand in its place. */
  opened(packed: Entry, entries: Entry[]): void;
}

const NOTHING: Progress = { total: 0, done: 0, failed: 0, bytesDone: 0, bytesTotal: 0, began: 0, name: "" };

/** Reports that were opened last stay open. */
const OPEN = 6;

function entry(file: File, part: Part | null = null, encoding: string | null = null): Entry {
  return {
    file,
    part,
    encoding,
    state: "waiting",
    kept: null,
    edits: new Edits(),
    summary: null,
    failure: null,
    memory: null,
    stop: null,
  };
}

export class Store {
  entries: Entry[] = [];
  round: Progress = { ...NOTHING };
  /** One's own entries, in the core's line form. */
  lexicon = "";
  private readonly opened = new Map<Entry, Report>();
  private pending = new Set<Entry>();

  constructor(
    private readonly pool: Pool,
    private readonly heard: Heard,
  ) {}

  get busy(): boolean {
    return this.round.done < this.round.total;
  }

  get read(): Entry[] {
    return this.entries.filter(({ summary }) => summary);
  }

  add(files: File[]): Entry[] {
    const added = files.map((file) => entry(file));
    this.entries.push(...added);
    this.extract(added);
    return added;
  }

  /** Takes entries out; what is being read of them is given up. */
  remove(entries: Iterable<Entry>): void {
    const gone = new Set(entries);
    this.entries = this.entries.filter((one) => !gone.has(one));
    for (const one of gone) {
      this.giveUp(one);
      this.opened.delete(one);
      this.tell(one);
    }
  }

  /** Reads again: after a failure, in another encoding, with another lexicon. Edits stay where they still find their place. */
  reread(entries: Iterable<Entry>): void {
    const again = [...entries];
    for (const one of again) {
      this.giveUp(one);
      one.memory = null;
    }
    this.extract(again);
  }

  cancel(): void {
    this.pool.cancel();
    // What no worker was asked for yet.
    for (const { state, stop } of this.entries) if (state === "waiting") stop?.abort();
  }

  /** What is looked at is read first. */
  prefer(one: Entry): void {
    this.pool.prefer((task) => (task.do === "read" && task.file === one.file) || (task.do === "part" && task.part === one.part));
  }

  /** The report with its edits. */
  async open(one: Entry): Promise<Report> {
    const known = this.opened.get(one);
    if (known) return known;
    const { kept } = one;
    if (!kept) throw new Error("nothing was read");
    const report = corrected(JSON.parse(await kept.report.text()) as Report, one.edits.list);
    if (one.kept !== kept) return this.open(one);
    this.opened.set(one, report);
    for (const old of this.opened.keys()) {
      if (this.opened.size <= OPEN) break;
      this.opened.delete(old);
    }
    return report;
  }

  /** Reports as JSON, with their edits, as workers take them. */
  blobs(entries: Entry[]): Promise<Blob[]> {
    return Promise.all(
      entries
        .filter(({ kept }) => kept)
        .map(async (one) => (one.edits.list.length ? new Blob([JSON.stringify(await this.open(one))]) : one.kept!.report)),
    );
  }

  edit(one: Entry, edit: Edit): Promise<Report> {
    one.edits.add(edit);
    return this.edited(one);
  }

  async undo(one: Entry): Promise<Report | null> {
    return one.edits.undo() ? this.edited(one) : null;
  }

  async redo(one: Entry): Promise<Report | null> {
    return one.edits.redo() ? this.edited(one) : null;
  }

  private async edited(one: Entry): Promise<Report> {
    this.opened.delete(one);
    const report = await this.open(one);
    one.summary = summarise(report);
    this.tell(one);
    return report;
  }

  /** `compare` puts two entries in order; those that are equal stay as they are. */
  sort(compare: (a: Entry, b: Entry) => number): void {
    this.entries.sort(compare);
    this.tell(...this.entries.slice(0, 1));
  }

  move(one: Entry, by: number): void {
    const at = this.entries.indexOf(one);
    const to = Math.min(Math.max(at + by, 0), this.entries.length - 1);
    this.entries.splice(to, 0, ...this.entries.splice(at, 1));
    this.tell(one);
  }

  // Sessions

  save(): Promise<Blob> {
    const entries = this.entries.map(({ file, part, encoding, kept, edits }): Saved => {
      const { file: _, ...rest } = part ?? { file };
      return { file, part: part && rest, encoding, kept, edits: edits.list };
    });
    return this.pool.ask({ do: "save", session: { lexicon: this.lexicon, entries } });
  }

  private restore({ lexicon, entries }: Session): Entry[] {
    if (lexicon) this.lexicon = lexicon;
    return entries.map(({ file, part, encoding, kept, edits }) => ({
      ...entry(file, part && { ...part, file }, encoding),
      kept,
      edits: new Edits([...edits]),
    }));
  }

  // One's own entries

  /** Every report is read with them. */
  use(lexicon: string): void {
    if (lexicon === this.lexicon) return;
    this.lexicon = lexicon;
    this.reread(this.entries);
  }

  /** What they would change in one report; nothing is kept of it. */
  async attempt(lexicon: string, one: Entry | null): Promise<Trial> {
    const problems = await this.pool.ask({ do: "check", lexicon });
    if (!one?.kept) return { problems, gained: [], lost: [] };
    const { part, file, encoding } = one;
    const answer = part
      ? await this.pool.ask({ do: "part", part, encoding, lexicon })
      : await this.pool.ask({ do: "read", file, encoding, lexicon });
    const [before, after] = await Promise.all([one.kept, answer].map(async (kept) => ("report" in kept ? rows(kept.report) : [])));
    const missing = (some: string[], from: string[]) => some.filter((row) => !from.includes(row));
    return { problems, gained: missing(after!, before!), lost: missing(before!, after!) };
  }

  // Reading

  /** Nothing is heard any more of a reading that goes on. */
  private giveUp(one: Entry): void {
    const { stop } = one;
    one.stop = null;
    stop?.abort();
  }

  /** Reads entries in their order. All count from the first moment; of many, workers are asked for a slice at a time. */
  private extract(entries: Entry[]): void {
    const begun = entries.map((one) => this.begin(one));
    new Slices(
      (function* () {
        for (const read of begun) yield void read();
      })(),
    );
  }

  private async readOne(one: Entry, stop: AbortController, round: Progress): Promise<void> {
    if (one.stop !== stop) return this.end(round, one);
    const asking = {
      signal: stop.signal,
      started: () => {
        round.began ||= performance.now();
        round.name = one.file.name;
        one.state = "working";
        this.tell(one);
      },
    };
    const { part, file, encoding } = one;
    const { lexicon } = this;
    try {
      const answer = part
        ? await this.pool.ask({ do: "part", part, encoding, lexicon }, asking)
        : await this.pool.ask({ do: "read", file, encoding, lexicon }, asking);
      if (one.stop !== stop) return this.end(round, one);
      if ("parts" in answer) await this.replace(one, answer.parts.map((part) => entry(part.file, part, encoding)));
      else if ("session" in answer) await this.replace(one, this.restore(answer.session));
      else await this.take(one, answer);
    } catch (failure) {
      if (one.stop !== stop) return this.end(round, one);
      one.failure = failure as Failure;
      one.state = "failed";
      round.failed++;
    }
    this.end(round, one);
  }

  private async take(one: Entry, kept: Kept): Promise<void> {
    one.kept = kept;
    one.summary = one.edits.list.length ? summarise(await this.open(one)) : kept.summary;
    one.state = "done";
  }

  /** Puts what a file holds in its place, and reads what is not read yet. */
  private async replace(packed: Entry, entries: Entry[]): Promise<void> {
    for (const one of entries) if (one.kept) await this.take(one, one.kept);
    const at = this.entries.indexOf(packed);
    if (at < 0) return;
    this.entries.splice(at, 1, ...entries);
    this.extract(entries.filter(({ kept }) => !kept));
    this.heard.opened(packed, entries);
  }

  /** Counts an entry as waiting; gives what reads it. */
  private begin(one: Entry): () => Promise<void> {
    if (!this.busy) this.round = { ...NOTHING };
    const { round } = this;
    round.total++;
    const stop = new AbortController();
    one.stop = stop;
    one.state = "waiting";
    one.kept = one.summary = one.failure = null;
    this.opened.delete(one);
    this.tell(one);
    return () => {
      // A browser may look at the disk for it.
      round.bytesTotal += one.file.size;
      return this.readOne(one, stop, round);
    };
  }

  private end(round: Progress, one: Entry): void {
    round.done++;
    round.bytesDone += one.file.size;
    this.tell(one);
  }

  /** Listeners hear of many changes at once. */
  private tell(...entries: Entry[]): void {
    if (!this.pending.size && entries.length) queueMicrotask(() => this.flush());
    for (const one of entries) this.pending.add(one);
  }

  private flush(): void {
    const changed = this.pending;
    this.pending = new Set();
    this.heard.changed(changed);
    this.heard.progress();
  }
}

/** A report's metrics as lines: `12次 走访委员`, and what they compare as. */
async function rows(kept: Blob): Promise<string[]> {
  const report = JSON.parse(await kept.text()) as Report;
  return report.metrics.map((metric) => {
    const { indicator, canonical } = metric;
    return [written(report, metric), indicator, canonical && canonical !== indicator && `（${canonical}）`].filter(Boolean).join(" ");
  });
}
