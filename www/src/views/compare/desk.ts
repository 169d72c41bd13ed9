// The way into the comparison and back: its button, its place in the browser's history, and when it has to be made anew.
import { button } from "../../dom.ts";
import { t } from "../../i18n.ts";
import { keep } from "../../link.ts";
import { printedComparison } from "../print.ts";
import { reason } from "../reports.ts";
import type { Failure, Pool } from "../../pool.ts";
import type { Entry, Store } from "../../store.ts";
import type { Bench } from "../../workbench.ts";
import type { CompareView } from "./view.ts";

export interface DeskHooks {
  /** The element that holds the header and what is below it. */
  root: HTMLElement;
  store: Store;
  pool: Pool;
  /** Puts a report on the screen; gives its bench. */
  show(entry: Entry): Promise<Bench | null>;
  say(words: string): void;
}

const STATE = "compare";

export class CompareDesk {
  readonly button = button("", () => void this.open(), { class: "to-compare", hidden: true });
  private view: CompareView | null = null;
  /** What the view was made of: of each entry its summary, which is new with each reading and each correction. */
  private made: unknown[] = [];
  private asked = 0;

  constructor(private readonly hooks: DeskHooks) {
    addEventListener("popstate", () => {
      if (history.state === STATE) void this.open(false);
      else this.leave();
    });
  }

  private get shown(): boolean {
    return !!this.view?.element.isConnected;
  }

  private get stale(): boolean {
    const { read } = this.hooks.store;
    return read.length !== this.made.length || read.some(({ summary }, i) => summary !== this.made[i]);
  }

  /** After reports came, went or were corrected. */
  draw(): void {
    const { root, store } = this.hooks;
    const { read, busy } = store;
    this.button.hidden = read.length < 2;
    root.classList.toggle("several", read.length > 1);
    this.button.textContent = t.compare.open(read.length);
    if (this.shown && this.stale && !busy) void this.open(false);
  }

  /** The page for the printer, while the comparison is on the screen. */
  printed(): HTMLElement | null {
    return this.view && this.shown ? printedComparison(this.view.cells()) : null;
  }

  /** The page is drawn anew, maybe in another language. */
  drop(): void {
    this.leave();
    this.view?.dispose();
    this.view = null;
    this.made = [];
  }

  /** `step`: one step of the browser's history, so that its way back leads back. */
  async open(step = true): Promise<void> {
    const { root, store, pool, say } = this.hooks;
    const entries = store.read;
    if (entries.length < 2) return this.leave();
    const asked = ++this.asked;
    if (!this.view || this.stale) {
      const made = entries.map(({ summary }) => summary);
      this.button.disabled = true;
      root.setAttribute("aria-busy", "true");
      try {
        const reports = await store.blobs(entries);
        const [comparison, { CompareView }] = await Promise.all([pool.ask({ do: "compare", reports }), import("./view.ts")]);
        if (asked !== this.asked) return;
        this.leave();
        this.view?.dispose();
        this.view = new CompareView(comparison, {
          open: (report) => store.open(entries[comparison.reports[report]!.index]!),
          show: (report, at) => void this.show(entries[comparison.reports[report]!.index]!, at),
          close: () => (history.state === STATE ? history.back() : this.leave()),
          say,
        });
        this.made = made;
      } catch (failure) {
        say(reason(failure as Failure));
        return;
      } finally {
        this.button.disabled = false;
        root.setAttribute("aria-busy", String(store.busy));
      }
    }
    if (this.shown) return;
    if (step && history.state !== STATE) this.step(STATE);
    keep({ view: "compare" });
    root.classList.add("comparing");
    root.append(this.view.element);
    this.view.shown();
  }

  private step(state: string | null): void {
    try {
      history.pushState(state, "");
    } catch {
      // Some browsers let no page of a disk have a history; then Escape leads back.
    }
  }

  private leave(): void {
    this.asked++;
    if (!this.shown) return;
    if (history.state !== STATE) keep({ view: undefined });
    this.hooks.root.classList.remove("comparing");
    this.view?.element.remove();
  }

  private async show(entry: Entry, at: { metric: number } | { section: number } | null): Promise<void> {
    this.step(null);
    this.leave();
    const bench = await this.hooks.show(entry);
    if (!bench || !at) return;
    if ("metric" in at) bench.open(at.metric);
    else bench.goSection(at.section);
  }
}
