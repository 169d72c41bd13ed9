// One report on the screen: its panes, and the way they move together.
import { button, h } from "./dom.ts";
import { t } from "./i18n.ts";
import { DetailView } from "./views/detail.ts";
import { Folds, SIDES } from "./views/fold.ts";
import { type OutlineMemory, OutlineView } from "./views/outline.ts";
import { type Origin, SourceView } from "./views/source.ts";
import { TableView } from "./views/table.ts";
import { type TextMemory, TextView } from "./views/text.ts";
import { applyType, typeButton } from "./views/type.ts";
import { corrected, type Edit } from "./edits.ts";
import type { Metric, Report, Span } from "gangmu";

/** Where an action came from; that pane does not move. */
export type Pane = "outline" | "text" | "table" | "detail" | "keys";
export type Place = "text" | "table" | "source";

/** What is kept of a bench while another report is on the screen. */
export interface Memory {
  selected: number | null;
  view: "text" | "source";
  text: TextMemory | null;
  outline: OutlineMemory;
  scroll: number[];
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
      this.select(memory.selected, "keys", false);
      this.text.recall(memory.text);
      this.outline.recall(memory.outline);
      this.scrollers().forEach((element, i) => (element.scrollTop = memory.scroll[i] ?? 0));
    }
    this.text.read();
  }

  memory(): Memory {
    return {
      selected: this.selected,
      view: this.view,
      text: this.text.memory(),
      outline: this.outline.memory(),
      scroll: this.scrollers().map((element) => element.scrollTop),
    };
  }

  dispose(): void {
    this.outline.dispose();
    this.text.dispose();
    this.source.dispose();
    this.table.dispose();
  }

  private scrollers(): HTMLElement[] {
    return [this.source.element, this.table.element.querySelector<HTMLElement>(".table-scroll")!];
  }

  /** Corrects the report: the panes are drawn anew, where they stood. */
  edit(edit: Edit): Promise<void> {
    return this.host.edit(edit);
  }

  /** Adds a metric and selects it. */
  add(metric: Metric): Promise<void> {
    const edit: Edit = { do: "add", metric };
    const { metrics } = corrected(this.report, [edit]);
    this.selected = metrics.findLastIndex(({ span }) => span.start === metric.span.start && span.end === metric.span.end);
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

  hover(metrics: number[]): void {
    this.text.hover(metrics);
    this.source.hover(metrics);
    this.table.hover(metrics);
  }

  select(index: number | null, from: Pane, reveal = true): void {
    this.selected = index;
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
