// The table of metrics: sorting, filtering, correcting, and rows that answer their marks. Only the rows on the
// screen and around it are in the page.
import { observeElementOffset, observeElementRect, elementScroll, measureElement, Virtualizer } from "@tanstack/virtual-core";
import { arrange, type Column, haystacks, isFiltering, READING, readState, type Sort, type TableState } from "../arrange.ts";
import { button, h, perFrame, scrollInto } from "../dom.ts";
import { indexOf, keyOf, type MetricFields, type MetricKey } from "../edits.ts";
import { cells, fillClipboard } from "../export.ts";
import { fieldOf } from "../fields.ts";
import { isUnsure } from "../format.ts";
import { t } from "../i18n.ts";
import { cell, ColumnChoice, columnName } from "./columns.ts";
import { Editor } from "./editor.ts";
import { Filters } from "./filters.ts";
import type { Report } from "gangmu";
import type { Bench } from "../workbench.ts";

/** Up to here all rows are in the page, so that the browser's own search finds them. */
const WHOLE = 120;
/** A row's height before it is measured, on one line and on two. */
const HEIGHTS = [27, 46] as const;
/** So many rows above and below the screen are ready. */
const AROUND = 12;

interface Place {
  key: MetricKey;
  column: Column | null;
  editing: boolean;
}

/** What is kept of a table while it is drawn anew. */
export interface TableMemory {
  state: TableState;
  /** The first row on the screen, and how far it is scrolled out. */
  top: { key: MetricKey; by: number } | null;
  /** Where the keyboard is. */
  place: Place | null;
}

export class TableView {
  readonly element: HTMLElement;
  /** The metrics that are shown, in the order that they are shown in. */
  order: number[] = [];
  /** Where each metric stands in the order. */
  private positions = new Map<number, number>();
  /** The rows that are in the page, by metric. */
  private readonly rows = new Map<number, HTMLTableRowElement>();
  private readonly head = h("tr", { role: "row", "aria-rowindex": 1 });
  private readonly body = h("tbody", { role: "rowgroup" });
  private readonly table: HTMLTableElement;
  private readonly scroll: HTMLElement;
  private readonly filters: Filters;
  private readonly columns: ColumnChoice;
  private readonly count = h("b");
  private readonly nothing = h("div", { class: "empty" });
  private readonly observer: ResizeObserver;
  private readonly virtual: Virtualizer<HTMLElement, HTMLElement>;
  private hay: string[] | null = null;
  private sort: Sort = READING;
  private lit = new Set<number>();
  private visible = new Set<number>();
  private selected: number | null = null;
  /** Rows picked for the clipboard: from one place in the order to another. */
  private picked: { from: number; to: number } | null = null;
  /** A row that is brought in. */
  private target: number | null = null;
  private editing: { index: number; column: Column; editor: Editor } | null = null;
  /** Where the keyboard goes to when the table is drawn anew. */
  private next: Place | null = null;
  private pressed = false;
  /** What waits for the end of a press. */
  private waiting: (() => void) | null = null;

  constructor(
    private readonly report: Report,
    private readonly bench: Bench,
  ) {
    this.filters = new Filters(report, {
      change: () => this.arrange(),
      sort: (sort) => this.sortBy(sort),
      enter: () => {
        const first = this.order[0];
        if (first !== undefined) this.focus(first);
      },
      walk: () => bench.walk(1),
    });
    this.columns = new ColumnChoice(report, () => this.layout());
    this.table = h(
      "table",
      { class: "metrics virtual", role: "grid", "aria-label": t.metrics, "aria-multiselectable": "true" },
      h("thead", { role: "rowgroup" }, this.head),
      this.body,
    );
    this.scroll = h(
      "div",
      {
        class: "scroll table-scroll",
        on: {
          mouseover: (event) => bench.hover(rowAt(event)),
          mouseleave: () => bench.hover([]),
          focusin: (event) => {
            const [row] = rowAt(event);
            // What a pressed row brings up must not push the row away from under the finger.
            if (row !== undefined && row !== bench.selected && !this.pressed) bench.select(row, "table");
          },
          mousedown: (event) => {
            // With Shift rows are picked, not words.
            if (event.shiftKey && rowAt(event).length) event.preventDefault();
          },
          click: (event) => this.click(event),
          dblclick: (event) => {
            const [row] = rowAt(event);
            const column = columnAt(event.target);
            if (row !== undefined && column) this.edit(row, column);
          },
          keydown: (event) => this.key(event),
        },
      },
      this.table,
      this.nothing,
    );
    const some = report.metrics.length > 0;
    this.element = h(
      "section",
      { class: "pane table-pane", "aria-label": t.metrics },
      h(
        "div",
        { class: "pane-head" },
        h("h2", {}, t.metrics, " ", this.count),
        some && this.filters.input,
        some && this.filters.opener,
        some && this.columns.element,
      ),
      some && this.filters.chips,
      some && this.filters.panel,
      this.scroll,
    );
    this.virtual = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      getScrollElement: () => this.scroll,
      estimateSize: () => HEIGHTS[this.columns.narrow ? 1 : 0],
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      // Heights come from the browser all at once after its layout; asking row by row would lay out for each.
      measureElement: (row, entry, virtual) =>
        entry ? measureElement(row, entry, virtual) : virtual.measurementsCache[virtual.indexFromElement(row)]!.size,
      onChange: () => this.draw(),
    });
    addEventListener("pointerdown", this.press, true);
    addEventListener("pointerup", this.release);
    addEventListener("pointercancel", this.release);
    this.observer = new ResizeObserver(perFrame(() => this.fit()));
    this.arrange();
  }

  dispose(): void {
    this.observer.disconnect();
    this.virtual._didMount()();
    removeEventListener("pointerdown", this.press, true);
    removeEventListener("pointerup", this.release);
    removeEventListener("pointercancel", this.release);
  }

  /** After the table was put on the screen. */
  shown(memory: TableMemory | null): void {
    if (memory) this.restore(memory.state);
    this.virtual._willUpdate();
    this.columns.fit(this.scroll.clientWidth);
    this.layout();
    this.observer.observe(this.scroll);
    if (!memory) return;
    const { top, place } = memory;
    const at = top ? this.positions.get(indexOf(this.report, top.key)) : undefined;
    if (at !== undefined) {
      this.virtual.scrollOffset = this.virtual.measurementsCache[at]!.start - this.margin + top!.by;
      this.draw();
      this.virtual.scrollToOffset(this.virtual.scrollOffset);
    }
    const index = place ? indexOf(this.report, place.key) : -1;
    if (!place || index < 0) return;
    if (place.editing && place.column) this.edit(index, place.column);
    else this.focus(index, place.column);
  }

  memory(): TableMemory {
    const { scrollTop } = this.scroll;
    const first = this.order.length ? this.virtual.getVirtualItemForOffset(scrollTop + this.margin) : undefined;
    return {
      state: this.state(),
      top: first
        ? { key: keyOf(this.report, this.order[first.index]!), by: scrollTop + this.margin - first.start }
        : null,
      place: this.next ?? this.place(),
    };
  }

  /** Sorting and filters as plain data. */
  state(): TableState {
    return { filter: this.filters.filter, sort: this.sort };
  }

  /** Puts sorting and filters in force; the data may come from anywhere. */
  restore(data: unknown): void {
    const { filter, sort } = readState(data);
    this.filters.restore(filter);
    this.sort = sort;
    this.arrange();
  }

  // Rows

  private draw(): void {
    const { order, rows, body, virtual } = this;
    body.style.height = `${virtual.getTotalSize()}px`;
    const places = this.places();
    const wanted = new Set(places.map((at) => order[at]!));
    for (const [i, row] of rows) {
      if (wanted.has(i)) continue;
      row.remove();
      rows.delete(i);
    }
    virtual.measureElement(null);
    const focused = document.activeElement;
    let next = body.firstElementChild;
    for (const at of places) {
      const i = order[at]!;
      const row = rows.get(i) ?? this.row(i);
      rows.set(i, row);
      row.dataset.index = String(at);
      row.setAttribute("aria-rowindex", String(at + 2));
      row.style.transform = `translateY(${virtual.measurementsCache[at]!.start - this.margin}px)`;
      if (row === next) next = row.nextElementSibling;
      else body.insertBefore(row, next);
    }
    for (const at of places) virtual.measureElement(rows.get(order[at]!)!);
    // What is put elsewhere loses the focus.
    if (focused !== document.activeElement && body.contains(focused)) {
      (focused as HTMLElement).focus({ preventScroll: true });
    }
    this.rove();
  }

  /** Which places of the order are in the page: those on the screen and around it, and those that must not go. */
  private places(): number[] {
    const { order, positions } = this;
    const range = this.virtual.calculateRange();
    if (!range) return [];
    if (order.length <= WHOLE) return order.map((_, at) => at);
    const places = new Set<number>();
    const last = Math.min(range.endIndex + AROUND, order.length - 1);
    for (let at = Math.max(range.startIndex - AROUND, 0); at <= last; at++) places.add(at);
    const selection = getSelection();
    const nodes = selection?.isCollapsed === false ? [selection.anchorNode, selection.focusNode] : [];
    const held = [document.activeElement, ...nodes].map((node) => (this.body.contains(node) ? rowOf(node) : undefined));
    for (const row of [this.selected, this.target, this.editing?.index, ...held]) {
      const at = positions.get(row ?? -1);
      if (at !== undefined) places.add(at);
    }
    return [...places].sort((a, b) => a - b);
  }

  private row(i: number): HTMLTableRowElement {
    const metric = this.report.metrics[i]!;
    const row = h(
      "tr",
      {
        class: [`kind-${metric.kind}`, metric.status === "plan" && "plan", isUnsure(metric) && "unsure"]
          .filter(Boolean)
          .join(" "),
        role: "row",
        "data-row": i,
        tabindex: -1,
      },
      ...this.columns.shown.map((column) => this.cell(i, column)),
    );
    if (metric.corrected) {
      const name = t.corrected;
      row.cells[0]?.prepend(h("span", { class: "corrected-sign", role: "img", "aria-label": name, title: name }));
    }
    row.classList.toggle("hover", this.lit.has(i));
    row.classList.toggle("in-view", this.visible.has(i));
    if (i === this.selected) row.setAttribute("aria-current", "true");
    const at = this.positions.get(i)!;
    if (this.picked && at >= this.picked.from && at <= this.picked.to) row.setAttribute("aria-selected", "true");
    return row;
  }

  private cell(i: number, column: Column): HTMLElement {
    const element = cell(this.report, this.report.metrics[i]!, column);
    element.setAttribute("role", "gridcell");
    element.dataset.column = column;
    if (!fieldOf(column)) element.setAttribute("aria-readonly", "true");
    return element;
  }

  /** All rows anew, as columns or the pane's width have changed. */
  private layout(): void {
    const { columns, table, virtual } = this;
    const place = this.place();
    this.closeEditor();
    table.classList.toggle("narrow", columns.narrow);
    this.drawHead();
    this.widen();
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    const margin = this.head.offsetHeight;
    virtual.setOptions({ ...virtual.options, scrollMargin: margin, scrollPaddingStart: margin });
    virtual.measure();
    this.draw();
    if (place) this.focus(indexOf(this.report, place.key), place.column);
  }

  /** The pane may have another size. */
  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.scroll;
    if (this.virtual.scrollRect?.height !== height) this.virtual.scrollRect = { width, height };
    if (this.columns.fit(width) || this.margin !== this.head.offsetHeight) this.layout();
    else this.draw();
  }

  private widen(): void {
    this.table.style.setProperty("--columns", this.columns.template);
    this.table.style.setProperty("--least", `${this.columns.least}px`);
  }

  /** How far down the rows begin: the head's height. */
  private get margin(): number {
    return this.virtual.options.scrollMargin;
  }

  private drawHead(): void {
    const { key, descending } = this.sort;
    this.head.replaceChildren(
      ...this.columns.shown.map((column) =>
        h(
          "th",
          {
            class: `c-${column}`,
            role: "columnheader",
            scope: "col",
            "aria-sort": key !== column ? null : descending ? "descending" : "ascending",
          },
          button(columnName(column), () => this.sortNext(column)),
          this.grip(column),
        ),
      ),
    );
    this.table.setAttribute("aria-colcount", String(this.columns.shown.length));
  }

  /** A column's right border, to be dragged; a double click puts it back. */
  private grip(column: Column): HTMLElement {
    const grip = h("span", {
      class: "grip",
      "aria-hidden": "true",
      on: {
        pointerdown: (event) => {
          event.preventDefault();
          const from = event.clientX;
          const before = grip.parentElement!.getBoundingClientRect().width;
          const move = (now: PointerEvent) => {
            this.columns.resize(column, before + now.clientX - from);
            this.widen();
          };
          grip.setPointerCapture(event.pointerId);
          grip.addEventListener("pointermove", move);
          grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), {
            once: true,
          });
        },
        dblclick: () => {
          this.columns.resize(column, null);
          this.widen();
        },
      },
    });
    return grip;
  }

  // Order

  /** Ascending, descending, reading order again. */
  private sortNext(key: Column): void {
    const { sort } = this;
    this.sortBy(sort.key !== key ? { key, descending: false } : sort.descending ? READING : { key, descending: true });
    this.head.querySelector<HTMLElement>(`.c-${key} button`)?.focus({ preventScroll: true });
  }

  private sortBy(sort: Sort): void {
    this.sort = sort;
    this.arrange();
    this.drawHead();
  }

  private arrange(): void {
    const all = this.report.metrics.length;
    const hay = () => (this.hay ??= haystacks(this.report));
    this.closeEditor();
    this.order = arrange(this.report, hay, this.filters.filter, this.sort);
    this.positions = new Map(this.order.map((i, at) => [i, at]));
    this.pick(null);
    this.count.textContent = t.shown(this.order.length, all);
    this.filters.sorted(this.sort);
    this.table.setAttribute("aria-rowcount", String(this.order.length + 1));
    this.table.hidden = all === 0;
    this.nothing.hidden = this.order.length > 0;
    this.nothing.replaceChildren(
      all === 0
        ? t.noMetrics
        : h(
            "span",
            {},
            t.noMatch,
            " ",
            button(t.clearFilter, () => this.clearFilter(), { class: "link" }),
          ),
    );
    const { order } = this;
    this.virtual.setOptions({ ...this.virtual.options, count: order.length, getItemKey: (at) => order[at]! });
    this.draw();
  }

  focusFilter(): void {
    this.filters.input.focus();
    this.filters.input.select();
  }

  isFiltering(): boolean {
    return isFiltering(this.filters.filter);
  }

  clearFilter(): void {
    this.filters.clear();
  }

  // Answering the other panes

  hover(metrics: number[]): void {
    this.lit = this.classed("hover", this.lit, metrics);
  }

  /** The rows of the words on the screen; with `follow` the table keeps up with them. */
  reading(metrics: number[], follow: boolean): void {
    this.visible = this.classed("in-view", this.visible, metrics);
    if (!follow || this.sort.key !== "reading" || !this.virtual.calculateRange()) return;
    const shown = metrics.flatMap((i) => this.positions.get(i) ?? []);
    // The last first, so that the first has the last word where not all fit.
    for (const at of [shown.at(-1), shown[0]]) {
      if (at === undefined) continue;
      const { start, end } = this.virtual.measurementsCache[at]!;
      const { scrollTop, clientHeight } = this.scroll;
      if (start - this.margin < scrollTop) this.scroll.scrollTop = start - this.margin - 4;
      else if (end > scrollTop + clientHeight) this.scroll.scrollTop = end - clientHeight + 4;
    }
  }

  private classed(name: string, before: Set<number>, metrics: number[]): Set<number> {
    const now = new Set(metrics);
    for (const i of before) if (!now.has(i)) this.rows.get(i)?.classList.remove(name);
    for (const i of now) this.rows.get(i)?.classList.add(name);
    return now;
  }

  select(index: number | null): void {
    if (this.selected !== null) this.rows.get(this.selected)?.removeAttribute("aria-current");
    this.selected = index;
    if (index !== null) this.rows.get(index)?.setAttribute("aria-current", "true");
    this.rove();
  }

  reveal(index: number, smooth = true): void {
    const at = this.positions.get(index);
    if (at === undefined) return;
    this.fit();
    const row = this.rows.get(index);
    const range = this.virtual.calculateRange();
    // What lies between is measured only near the screen.
    const near = range && at >= range.startIndex - AROUND && at <= range.endIndex + AROUND;
    if (row && (near || this.order.length <= WHOLE)) scrollInto(this.scroll, row, "nearest", smooth);
    else this.virtual.scrollToIndex(at, { align: "center" });
  }

  /** Puts the keyboard on a row, or on its cell in that column. */
  focus(index: number, column: Column | null = null): void {
    if (index < 0) return;
    if (!this.positions.has(index)) this.clearFilter();
    this.fit();
    this.target = index;
    this.draw();
    this.target = null;
    const row = this.rows.get(index);
    const cell = row && column ? cellOf(row, column) : null;
    if (cell) cell.tabIndex = -1;
    (cell ?? row)?.focus({ preventScroll: true });
    this.reveal(index, false);
  }

  scrollToFirstOf(section: number): void {
    if (this.sort.key !== "reading") return;
    const { body } = this.report.outline[section]!;
    const { metrics } = this.report;
    const at = this.order.findIndex((i) => metrics[i]!.span.start >= body.start);
    if (at >= 0 && metrics[this.order[at]!]!.span.start < body.end) this.virtual.scrollToIndex(at, { align: "start" });
  }

  /** The unsure rows among those that are shown, in their order. */
  unsure(): number[] {
    return this.order.filter((i) => isUnsure(this.report.metrics[i]!));
  }

  isUnsure(index: number): boolean {
    return isUnsure(this.report.metrics[index]!);
  }

  /** After the next edit the keyboard goes on there, if it is in the table now. */
  goOn(index: number | null): void {
    const place = this.place();
    if (place) this.next = index === null ? null : { ...place, key: keyOf(this.report, index) };
  }

  /** One row is reached by Tab: the selected one, or the first that is in the page. */
  private rove(): void {
    const row = (this.selected !== null && this.rows.get(this.selected)) || this.body.firstElementChild;
    for (const other of this.body.querySelectorAll<HTMLElement>('tr[tabindex="0"]')) {
      if (other !== row) other.tabIndex = -1;
    }
    if (row) (row as HTMLElement).tabIndex = 0;
  }

  private place(): Place | null {
    const active = document.activeElement;
    const index = this.body.contains(active) ? rowOf(active) : undefined;
    return index === undefined
      ? null
      : { key: keyOf(this.report, index), column: columnAt(active), editing: false };
  }

  // Hands

  private readonly press = () => {
    this.pressed = true;
  };

  private readonly release = () => {
    this.pressed = false;
    const { waiting } = this;
    this.waiting = null;
    // Behind the click that follows.
    if (waiting) setTimeout(waiting);
  };

  private click(event: MouseEvent): void {
    const [row] = rowAt(event);
    if (row === undefined || (event.target as Element).closest(".editing")) return;
    if (event.shiftKey) {
      this.pickTo(row, this.selected ?? row);
      this.focus(row);
    } else if (getSelection()?.isCollapsed !== false) {
      this.pick(null);
      this.bench.open(row);
    }
  }

  private key(event: KeyboardEvent): void {
    const { target, key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const row = this.body.contains(target as Node) ? rowOf(target as Node) : undefined;
    if (row === undefined || this.editing?.editor.control === target || altKey) return;
    const { order, columns } = this;
    const column = columnAt(target);
    const at = this.positions.get(row)!;
    const to = (place: number) => order[Math.min(Math.max(place, 0), order.length - 1)]!;
    const vertical = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (ctrlKey || metaKey) {
      if (key !== "a") return;
      this.pick({ from: 0, to: order.length - 1 });
    } else if (vertical && shiftKey) {
      const next = to(at + vertical);
      this.pickTo(next, this.anchor ?? row);
      this.focus(next, column);
    } else if (vertical && column) this.focus(to(at + vertical), column);
    else if (key === "ArrowRight" || key === "ArrowLeft") {
      const { shown } = columns;
      const there = (column ? shown.indexOf(column) : -1) + (key === "ArrowRight" ? 1 : -1);
      if (there < -1 || there >= shown.length) return;
      this.focus(row, shown[there] ?? null);
    } else if (key === "Home" || key === "End") this.focus(to(key === "Home" ? 0 : order.length - 1), column);
    else if (key === "F2" || (key === "Enter" && column)) this.edit(row, column ?? this.firstEditable());
    else if (key === "Escape" && this.picked) this.pick(null);
    else if (key === "Escape" && column) this.focus(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The row from which rows are picked. */
  private anchor: number | null = null;

  private pickTo(row: number, anchor: number): void {
    const places = [this.positions.get(anchor) ?? 0, this.positions.get(row)!];
    this.pick({ from: Math.min(...places), to: Math.max(...places) });
    this.anchor = anchor;
  }

  private pick(picked: { from: number; to: number } | null): void {
    this.picked = picked;
    if (!picked) this.anchor = null;
    for (const [i, row] of this.rows) {
      const at = this.positions.get(i)!;
      if (picked && at >= picked.from && at <= picked.to) row.setAttribute("aria-selected", "true");
      else row.removeAttribute("aria-selected");
    }
    this.count.textContent = picked
      ? t.table.picked(picked.to - picked.from + 1)
      : t.shown(this.order.length, this.report.metrics.length);
  }

  // Correcting

  private firstEditable(): Column {
    return this.columns.shown.find((column) => fieldOf(column)) ?? "value";
  }

  /** Opens a cell's editor; where there is no such cell, the form. */
  edit(index: number, column: Column = this.firstEditable()): void {
    const field = fieldOf(column);
    if (!field) return;
    if (this.columns.narrow || !this.columns.shown.includes(column)) {
      this.bench.correct(index, field);
      return;
    }
    this.closeEditor();
    this.focus(index, column);
    const cell = cellOf(this.rows.get(index), column);
    if (!cell) return;
    const editor = new Editor(this.report, this.report.metrics[index]!, field, "cell-editor");
    this.editing = { index, column, editor };
    cell.classList.add("editing");
    cell.parentElement!.classList.add("correcting");
    cell.replaceChildren(editor.control, editor.hint);
    editor.control.addEventListener("keydown", (event) => this.editorKey(event as KeyboardEvent));
    editor.control.addEventListener("blur", () => {
      const leave = () => {
        if (this.editing?.editor === editor && document.activeElement !== editor.control) this.commit(null);
      };
      // The row under a pressed pointer must not go before the click.
      if (this.pressed) this.waiting = leave;
      else leave();
    });
    editor.focus();
  }

  private editorKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const { editing } = this;
    if (!editing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { index, column } = editing;
    const here: Place = { key: keyOf(this.report, index), column, editing: false };
    if (event.key === "Enter") this.commit(here);
    else if (event.key === "Escape") {
      this.closeEditor();
      this.focus(index, column);
    } else if (event.key === "Tab") this.commit(this.neighbour(index, column, event.shiftKey ? -1 : 1) ?? here);
    else return;
    event.preventDefault();
  }

  /** The next cell that can be corrected, in reading direction. */
  private neighbour(index: number, column: Column, by: 1 | -1): Place | null {
    const { shown } = this.columns;
    // The value is corrected once.
    const editable = shown.filter((one) => fieldOf(one) && !(one === "normal" && shown.includes("value")));
    let at = this.positions.get(index)!;
    let there = editable.indexOf(column) + by;
    if (there < 0 || there >= editable.length) {
      at += by;
      there = by > 0 ? 0 : editable.length - 1;
    }
    const row = this.order[at];
    return row === undefined ? null : { key: keyOf(this.report, row), column: editable[there]!, editing: true };
  }

  /** Takes what was typed, if it is understood, and goes on at a place. */
  private commit(next: Place | null): void {
    const { editing, report } = this;
    const fields = editing?.editor.read();
    if (!editing || !fields) return;
    if (isEmpty(fields)) {
      this.closeEditor();
      if (!next) return;
      const index = indexOf(report, next.key);
      if (next.editing) this.edit(index, next.column!);
      else this.focus(index, next.column);
      return;
    }
    this.editing = null;
    this.next = next;
    this.bench.edit({ do: "set", key: keyOf(report, editing.index), set: fields });
  }

  private closeEditor(): void {
    if (!this.editing) return;
    const { index, column } = this.editing;
    this.editing = null;
    const row = this.rows.get(index);
    row?.classList.remove("correcting");
    cellOf(row, column)?.replaceWith(this.cell(index, column));
  }

  /** Puts the rows that are picked, or that the reader's selection touches, on the clipboard; false where it is words inside one row. */
  copy(data: DataTransfer): boolean {
    const rows = this.copied();
    if (!rows.length) return false;
    fillClipboard(data, cells(this.report, rows, t));
    return true;
  }

  private copied(): number[] {
    const { order, picked, body } = this;
    const selection = getSelection();
    if (picked && this.scroll.contains(document.activeElement)) return order.slice(picked.from, picked.to + 1);
    if (selection && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      if (!range.intersectsNode(body)) return [];
      const touched = order.flatMap((i, at) => (this.rows.has(i) && touches(range, this.rows.get(i)!) ? at : []));
      // Rows that are not in the page lie between those that are, or beyond where the selection goes on.
      const first = body.contains(range.startContainer) ? touched[0] : 0;
      const last = body.contains(range.endContainer) ? touched.at(-1) : order.length - 1;
      const rows = first === undefined || last === undefined ? [] : order.slice(first, last + 1);
      return rows.length < 2 ? [] : rows;
    }
    return this.selected !== null && this.scroll.contains(document.activeElement) ? [this.selected] : [];
  }
}

function isEmpty(fields: MetricFields): boolean {
  return Object.keys(fields).length === 0;
}

function rowOf(node: EventTarget | null): number | undefined {
  const element = node instanceof Element ? node : (node as Node | null)?.parentElement;
  const row = element?.closest("[data-row]");
  return row ? Number(row.getAttribute("data-row")) : undefined;
}

function rowAt(event: Event): number[] {
  const row = rowOf(event.target);
  return row === undefined ? [] : [row];
}

function columnAt(node: EventTarget | null): Column | null {
  return ((node as Element | null)?.closest?.("td[data-column]")?.getAttribute("data-column") as Column | null) ?? null;
}

function cellOf(row: HTMLElement | undefined, column: Column): HTMLElement | null {
  return row?.querySelector<HTMLElement>(`[data-column="${column}"]`) ?? null;
}

/** Whether a selection goes beyond the row's first cell or begins before its last; to reach up to it is not enough. */
function touches(range: Range, row: HTMLTableRowElement): boolean {
  const [first, ...cells] = [...row.cells].filter((cell) => cell.textContent && cell.offsetWidth);
  const last = cells.at(-1) ?? first;
  if (!first || !last) return false;
  const edge = (cell: Element, child: 0 | 1) => range.comparePoint(cell, child * cell.childNodes.length) === 0;
  return edge(first, 1) || edge(last, 0);
}
