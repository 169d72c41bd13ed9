// One report on the screen: its panes, and the way they move together.
import { button, h } from "./dom.ts";
import { t } from "./i18n.ts";
import { keep } from "./link.ts";
import { DetailView } from "./views/detail.ts";
import { Folds, SIDES } from "./views/fold.ts";
import { type OutlineMemory, OutlineView } from "./views/outline.ts";
import { type Origin, SourceView } from "./views/source.ts";
import { type TableMemory, TableView } from "./views/table.ts";
import { type TextMemory, TextView } from "./views/text.ts";
import { applyType, typeButton } from "./views/type.ts";
import { corrected, type Edit, indexOf, keyOf, type MetricKey } from "./edits.ts";
import type { Field } from "./fields.ts";
import type { Metric, Report, Span } from "gangmu";

/** Where an action came from; that pane does not move. */
export type Pane = "outline" | "text" | "table" | "detail" | "keys";
export type Place = "text" | "table" | "source";

/** What is kept of a bench while another report is on the screen. */
export interface Memory {
  selected: MetricKey | null;
  view: "text" | "source";
  text: TextMemory | null;
  outline: OutlineMemory;
  scroll: number[];
  table: TableMemory;
  /** The act of the detail that the keyboard is on. */
  act: string | null;
}

/** What a bench asks of the page around it. */
export interface Host {
  /** Brings a pane to the front where only one fits. */
  front(pane: "text" | "table"): void;
  /** Reads the file again in another encoding; null: in the one that is found. */
  reread(encoding: string | null): void;
  /** Corrects the report; another bench takes this one's place, with its memory. */
  edit(edit: Edit): Promise<void>;
}

export class Bench {
  readonly outline: OutlineView;
  readonly textPane: HTMLElement;
  readonly table: TableView;
  readonly detail: DetailView;
  selected: number | null = null;
  private readonly text: TextView;
  private readonly source: SourceView;
  private readonly tabs: Record<"text" | "source", HTMLElement>;
  private view: "text" | "source" = "text";
  private folds: Folds | null = null;
  /** A metric that the next bench will have. */
  private added: MetricKey | null = null;
  /** The pane that the reader's hands are in. */
  private driver: Pane = "keys";

  constructor(
    private readonly report: Report,
    origin: Origin,
    private readonly host: Host,
  ) {
    this.outline = new OutlineView(report, this);
    this.text = new TextView(report, origin, this);
    this.source = new SourceView(report, origin, this);
    this.table = new TableView(report, this);
    this.detail = new DetailView(report, this);
    const tab = (view: "text" | "source", name: string) =>
      button(name, () => this.look(view), { role: "tab", "aria-controls": `view-${view}` });
    this.tabs = { text: tab("text", t.text), source: tab("source", t.sourceText) };
    applyType();
    this.textPane = h(
      "section",
      { class: "pane text-pane", "aria-label": t.text },
      h(
        "div",
        { class: "pane-head" },
        h("div", { role: "tablist", class: "views" }, this.tabs.text, this.tabs.source),
        typeButton(),
      ),
      this.text.element,
      this.source.element,
      ...this.text.floats,
      this.source.card.element,
    );
    for (const [pane, element] of [
      ["text", this.textPane],
      ["table", this.table.element],
      ["outline", this.outline.element],
    ] as const) {
      for (const event of ["pointerenter", "wheel", "touchstart", "focusin"]) {
        element.addEventListener(event, () => (this.driver = pane), { passive: true });
      }
    }
    this.look("text");
  }

  /** After the panes were put on the screen. */
  shown(memory: Memory | null): void {
    this.folds = new Folds(this.textPane.parentElement!);
    if (memory) {
      this.look(memory.view);
      const selected = memory.selected ? indexOf(this.report, memory.selected) : -1;
      this.select(selected < 0 ? null : selected, "keys", false);
      this.text.recall(memory.text);
      this.outline.recall(memory.outline);
      this.scrollers().forEach((element, i) => (element.scrollTop = memory.scroll[i] ?? 0));
    }
    this.table.shown(memory?.table ?? null);
    this.detail.recall(memory?.act ?? null);
    this.text.read();
  }

  memory(): Memory {
    return {
      selected: this.added ?? (this.selected === null ? null : keyOf(this.report, this.selected)),
      view: this.view,
      text: this.text.memory(),
      outline: this.outline.memory(),
      scroll: this.scrollers().map((element) => element.scrollTop),
      table: this.table.memory(),
      act: this.detail.memory(),
    };
  }

  dispose(): void {
    this.outline.dispose();
    this.text.dispose();
    this.source.dispose();
    this.table.dispose();
  }

  private scrollers(): HTMLElement[] {
    return [this.source.element];
  }

  /** Corrects the report: the panes are drawn anew, where they stood. */
  edit(edit: Edit): Promise<void> {
    return this.host.edit(edit);
  }

  /** Adds a metric and selects it. */
  add(metric: Metric): Promise<void> {
    const edit: Edit = { do: "add", metric };
    const after = corrected(this.report, [edit]);
    const { start, end } = metric.span;
    this.added = keyOf(after, after.metrics.findLastIndex(({ span }) => span.start === start && span.end === end));
    return this.edit(edit);
  }

  /** Reads the file again in another encoding; null: in the one that is found. */
  reread(encoding: string | null): void {
    this.host.reread(encoding);
  }

  /** Where a span of the text stands in the source. */
  sourceOf(span: Span): Promise<Span> {
    return this.source.spanOf(span);
  }

  /** Brings a pane on the screen, folded or behind a tab. */
  private front(pane: "text" | "table"): void {
    this.folds?.open(pane);
    this.host.front(pane);
  }

  /** Folds or opens the pane with this number, from left to right. */
  fold(number: number): void {
    const side = SIDES[number - 1];
    if (side) this.folds?.toggle(side);
  }

  /** Opens the form that corrects a metric. */
  correct(index: number, field?: Field): void {
    if (index !== this.selected) this.select(index, "detail");
    this.detail.edit(field);
  }

  /** The reader says that a metric is right, and goes on to the next that may not be. */
  confirm(index: number): Promise<void> {
    return this.leave({ do: "set", key: keyOf(this.report, index), set: {} }, this.nextUnsure(index, 1) ?? index);
  }

  delete(index: number): Promise<void> {
    const { order } = this.table;
    const at = order.indexOf(index);
    const next = this.table.isUnsure(index) ? this.nextUnsure(index, 1) : null;
    const edit: Edit = { do: "delete", key: keyOf(this.report, index) };
    return this.leave(edit, next ?? order[at + 1] ?? order[at - 1] ?? null);
  }

  /** A metric as it was read. */
  revert(index: number): Promise<void> {
    return this.leave({ do: "revert", key: keyOf(this.report, index) }, index);
  }

  /** Corrects a metric and selects another, which the keyboard goes to if it was in the table. */
  private leave(edit: Edit, next: number | null): Promise<void> {
    const act = this.detail.memory();
    this.select(next, "keys");
    this.detail.recall(act);
    this.table.goOn(next);
    return this.edit(edit);
  }

  private nextUnsure(from: number | null, by: 1 | -1): number | null {
    const { order } = this.table;
    const unsure = this.table.unsure();
    const place = from === null ? -1 : order.indexOf(from);
    const places = unsure.map((i) => order.indexOf(i));
    const at = by > 0 ? places.findIndex((one) => one > place) : places.findLastIndex((one) => place < 0 || one < place);
    const next = unsure.at(at < 0 ? (by > 0 ? 0 : -1) : at);
    return next === undefined || next === from ? null : next;
  }

  /** To the next or the previous unsure metric, round and round. */
  walk(by: 1 | -1): void {
    const next = this.nextUnsure(this.selected, by);
    if (next === null) return;
    const inDetail = this.detail.memory();
    if (inDetail) {
      this.select(next, "keys");
      this.detail.recall(inDetail);
    } else {
      this.table.focus(next);
      this.select(next, "table");
    }
  }

  /** A key that does something with the selected metric; false where it is none. */
  act(key: string): boolean {
    const { selected } = this;
    if (key === "u") this.walk(1);
    else if (key === "U") this.walk(-1);
    else if (selected === null) return false;
    else if (key === "y" && this.table.isUnsure(selected)) void this.confirm(selected);
    else if (key === "F2") this.correct(selected);
    else if (key === "Delete") void this.delete(selected);
    else return false;
    return true;
  }

  hover(metrics: number[]): void {
    this.text.hover(metrics);
    this.source.hover(metrics);
    this.table.hover(metrics);
  }

  select(index: number | null, from: Pane, reveal = true): void {
    this.selected = index;
    keep({ metric: index ?? undefined });
    this.text.select(index);
    this.source.select(index);
    this.table.select(index);
    this.detail.select(index);
    if (index === null || !reveal) return;
    if (from !== "text") this.inView().reveal(index);
    if (from !== "table") this.table.reveal(index);
  }

  /** Where only one pane fits: this one came to the front. */
  fronted(pane: "nav" | "text" | "table"): void {
    if (pane === "text") this.text.read();
    if (this.selected === null) return;
    if (pane === "table") this.table.reveal(this.selected);
    if (pane === "text") this.inView().reveal(this.selected);
  }

  /** From the table to the sentence. */
  open(index: number): void {
    this.select(index, "keys");
    // A folded text stays so: what is known of the row has the sentence.
    this.host.front("text");
    this.inView().reveal(index);
  }

  show(place: Place, index: number): void {
    if (place === "table") {
      this.front("table");
      this.table.focus(index);
      return;
    }
    this.front("text");
    this.look(place);
    this.select(index, "table");
    if (place === "text") this.text.focus(index);
  }

  goSection(index: number): void {
    this.front("text");
    this.look("text");
    this.driver = "outline";
    this.text.goSection(index);
    this.table.scrollToFirstOf(index);
  }

  /** The text was scrolled: the outline marks the section, the table keeps up. */
  reading(section: number | null, metrics: number[]): void {
    this.outline.reading(section);
    this.table.reading(metrics, this.driver === "text");
  }

  /** To the next or the previous metric in the table's order. */
  step(by: 1 | -1): void {
    const { order } = this.table;
    if (!order.length) return;
    const at = this.selected === null ? -1 : order.indexOf(this.selected);
    const next = at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(Math.max(at + by, 0), order.length - 1);
    const index = order[next]!;
    if (this.textPane.contains(document.activeElement) && this.view === "text") {
      this.select(index, "keys");
      this.text.focus(index);
    } else {
      this.table.focus(index);
      this.select(index, "table");
    }
  }

  /** From the row to its mark, or from the mark to its row. */
  cross(): void {
    if (this.selected === null) return;
    this.show(this.textPane.contains(document.activeElement) ? "table" : "text", this.selected);
  }

  toggleSource(): void {
    this.front("text");
    this.look(this.view === "text" ? "source" : "text");
  }

  focusFilter(): void {
    this.front("table");
    this.table.focusFilter();
  }

  escape(): void {
    if (this.selected !== null) this.select(null, "keys");
    else if (this.table.isFiltering()) this.table.clearFilter();
  }

  private inView(): TextView | SourceView {
    return this.view === "text" ? this.text : this.source;
  }

  private look(view: "text" | "source"): void {
    this.view = view;
    for (const name of ["text", "source"] as const) {
      this.tabs[name].setAttribute("aria-selected", String(name === view));
    }
    this.text.element.hidden = view !== "text";
    this.source.element.hidden = view !== "source";
    if (view === "source") {
      void this.source.show().then(() => {
        if (this.selected !== null) this.source.reveal(this.selected);
      });
    } else if (this.selected !== null) this.text.reveal(this.selected);
  }
}
