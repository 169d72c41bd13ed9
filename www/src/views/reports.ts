// The list of files: what was read, what waits, what could not be read and why.
import { button, h } from "../dom.ts";
import { period, stem } from "../format.ts";
import { fromCore, t } from "../i18n.ts";
import { VirtualList } from "../virtual.ts";
import { menuButton } from "./menu.ts";
import type { Failure } from "../pool.ts";
import type { Entry, Order } from "../store.ts";

export interface Acts {
  choose(entry: Entry): void;
  remove(entry: Entry): void;
  removeFailed(): void;
  removeAll(): void;
  retryFailed(): void;
  sort(order: Order): void;
  move(entry: Entry, by: number): void;
}

export class ReportList {
  readonly element: HTMLElement;
  private readonly count = h("b");
  private readonly list = h("ul", { "aria-label": t.reports });
  private readonly scroll = h("div", { class: "reports scroll" }, this.list);
  private readonly rows: VirtualList;
  private entries: Entry[] = [];
  private current: Entry | null = null;

  constructor(private readonly acts: Acts) {
    this.rows = new VirtualList(this.scroll, this.list, { estimate: 53, row: (i) => this.row(this.entries[i]!) });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.element = h(
      "div",
      { class: "nav-reports" },
      h(
        "div",
        { class: "pane-head" },
        h("h2", {}, t.reports, " ", this.count),
        h("span", { class: "space" }),
        menuButton(t.list.arrange, "quiet", () => this.arrangements()),
      ),
      this.scroll,
    );
  }

  draw(entries: Entry[], current: Entry | null): void {
    const moved = current !== this.current;
    this.entries = entries;
    this.current = current;
    this.count.textContent = String(entries.length);
    this.rows.update(entries.length);
    if (moved && current) this.rows.reveal(entries.indexOf(current));
  }

  dispose(): void {
    this.rows.dispose();
  }

  private arrangements(): [string, () => void][] {
    const { acts, entries } = this;
    const failed = entries.filter(({ state }) => state === "failed").length;
    const all = (Object.keys(t.list.orders) as Order[]).map(
      (order): [string, () => void] => [t.list.orders[order], () => acts.sort(order)],
    );
    if (failed) {
      all.push([t.list.retryFailed(failed), acts.retryFailed], [t.list.removeFailed(failed), acts.removeFailed]);
    }
    all.push([t.list.removeAll, acts.removeAll]);
    return all;
  }

  private row(entry: Entry): HTMLElement {
    return h(
      "li",
      { class: entry.state },
      h(
        "button",
        {
          type: "button",
          class: "report-item",
          title: entry.file.name,
          "aria-current": entry === this.current ? "true" : null,
          on: { click: () => this.acts.choose(entry) },
        },
        h("span", { class: "name", lang: "zh-Hans" }, titleOf(entry)),
        h("span", { class: "note" }, ...noteOf(entry)),
      ),
      button("×", () => this.acts.remove(entry), {
        class: "close",
        title: t.remove,
        "aria-label": `${t.remove} ${titleOf(entry)}`,
      }),
    );
  }

  private key(event: KeyboardEvent): void {
    const at = Number((event.target as Element).closest("li")?.dataset.index ?? -1);
    const entry = this.entries[at];
    if (!entry || event.ctrlKey || event.metaKey) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by && event.altKey) {
      this.acts.move(entry, by);
      this.rows.focus(this.entries.indexOf(entry));
    } else if (by) this.rows.focus(at + by);
    else if (event.key === "Delete") {
      this.acts.remove(entry);
      this.rows.focus(Math.min(at, this.entries.length - 1));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

export function titleOf({ summary, state, file }: Entry): string {
  return summary?.meta.title || (state === "failed" ? file.name : stem(file.name));
}

export function reasonOf(entry: Entry): string {
  return entry.failure ? reason(entry.failure) : "";
}

export function reason({ facts: { code, message, messageZh } }: Failure): string {
  return t.errors[code] ?? fromCore(messageZh, message);
}

/** How a list is put in order by what was read; what was not read comes last. */
export function ordering(order: Order): (a: Entry, b: Entry) => number {
  const words = (a = "", b = "") => a.localeCompare(b, "zh", { numeric: true });
  const time = ({ summary }: Entry) => summary?.meta.period.start;
  const unread = (a: Entry, b: Entry) => Number(!a.summary) - Number(!b.summary);
  const byTime = (a: Entry, b: Entry) => words(time(a), time(b));
  const byPlace = (a: Entry, b: Entry) => words(a.summary?.meta.place, b.summary?.meta.place);
  const state = ({ state, summary }: Entry) => (state === "failed" ? 0 : state === "done" ? (summary?.warnings.length ? 1 : 3) : 2);
  const orders: Record<Order, (a: Entry, b: Entry) => number> = {
    name: (a, b) => words(a.file.name, b.file.name),
    place: (a, b) => unread(a, b) || byPlace(a, b) || byTime(a, b),
    time: (a, b) => unread(a, b) || byTime(a, b) || byPlace(a, b),
    kind: (a, b) => unread(a, b) || words(a.summary?.meta.kind, b.summary?.meta.kind) || byPlace(a, b) || byTime(a, b),
    state: (a, b) => state(a) - state(b),
  };
  return orders[order];
}

function noteOf(entry: Entry): (string | HTMLElement)[] {
  const { summary } = entry;
  if (entry.state === "waiting") return [t.waiting];
  if (entry.state === "working") return [t.working];
  if (!summary) return [h("span", { class: "reason" }, reasonOf(entry))];
  const facts = [
    summary.meta.place,
    period(summary.meta.period),
    t.sections(summary.sections),
    t.items(summary.metrics),
    summary.corrected && t.list.corrected(summary.corrected),
  ];
  return facts.flatMap((words) => (words ? h("span", {}, words) : []));
}
