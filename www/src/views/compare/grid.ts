// A table with heads that stay, of which only what is on the screen is in the document.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { h, perFrame } from "../../dom.ts";
import type { Band } from "./matrix.ts";

/** What a grid shows. Row -1 is the heads, column -1 the names of the rows. */
export interface GridModel {
  name: string;
  rows: number;
  columns: number;
  /** The heads above the heads; none where they would say nothing. */
  bands: Band[];
  /** Of a column's head, in pixels. */
  headHeight: number;
  corner: string;
  rowHeight(row: number): number;
  /** Whether a row is a head of those below it, and open. */
  open(row: number): boolean | null;
  drawHead(column: number, element: HTMLElement): void;
  drawName(row: number, element: HTMLElement): void;
  /** Returns false for a gap. */
  drawCell(row: number, column: number, element: HTMLElement): boolean;
  /** For screen readers. */
  gapName(row: number, column: number): string;
}

export interface Place {
  row: number;
  column: number;
}

export interface GridHooks {
  moved(place: Place): void;
  /** Enter or a click. */
  opened(place: Place): void;
  copy(): void;
}

export interface Widths {
  name: number;
  least: number;
  most: number;
}

interface Line {
  element: HTMLElement;
  name: HTMLElement;
  cells: Map<number, HTMLElement | null>;
}

type Axis = Virtualizer<HTMLElement, HTMLElement>;

const BAND = 26;
/** Heads of one line, of two, and of names. */
export const HEADS = { one: 26, two: 40, names: 58 };

export class Grid {
  readonly element: HTMLElement;
  active: Place = { row: 0, column: 0 };
  private model!: GridModel;
  /** The other corner of the selection. */
  private anchor: Place | null = null;
  private readonly canvas = h("div", { class: "grid-canvas", role: "presentation" });
  private readonly heads = h("div", { class: "grid-heads", role: "rowgroup" });
  private readonly body = h("div", { class: "grid-body", role: "rowgroup" });
  private readonly chosen = h("div", { class: "grid-chosen", role: "presentation", hidden: true });
  private bandLine = h("div");
  private headLine = h("div");
  private corner = h("div");
  private readonly bandCells = new Map<number, HTMLElement>();
  private readonly headCells = new Map<number, HTMLElement>();
  private readonly lines = new Map<number, Line>();
  private readonly down: Axis;
  private readonly across: Axis;
  private readonly ends: (() => void)[];
  private readonly observer: ResizeObserver;
  private columnWidth = 0;
  private nameWidth = 0;
  private headHeight = 0;
  private tops: number[] = [0];
  private kept = { top: 0, left: 0 };

  constructor(
    private readonly hooks: GridHooks,
    private readonly widths: Widths,
  ) {
    this.canvas.append(this.heads, this.body);
    this.element = h(
      "div",
      {
        class: "scroll grid",
        role: "grid",
        on: {
          keydown: (event) => this.key(event),
          pointerdown: (event) => this.press(event),
          click: (event) => this.click(event),
        },
      },
      this.canvas,
    );
    const draw = perFrame(() => this.draw());
    const axis = (horizontal: boolean): Axis =>
      new Virtualizer<HTMLElement, HTMLElement>({ ...this.options(horizontal), onChange: draw });
    this.down = axis(false);
    this.across = axis(true);
    this.ends = [this.down._didMount(), this.across._didMount()];
    this.observer = new ResizeObserver(() => {
      if (this.model) this.layOut();
    });
    this.observer.observe(this.element);
    this.element.addEventListener(
      "scroll",
      () => (this.kept = { top: this.element.scrollTop, left: this.element.scrollLeft }),
      { passive: true },
    );
  }

  private options(horizontal: boolean) {
    return {
      horizontal,
      count: 0,
      getScrollElement: () => this.element,
      estimateSize: (i: number) => (horizontal ? this.columnWidth : this.model.rowHeight(i)),
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: horizontal ? 1 : 4,
    };
  }

  dispose(): void {
    this.observer.disconnect();
    for (const end of this.ends) end();
  }

  /** After the grid was taken from the document and put back. */
  shown(): void {
    const { top, left } = this.kept;
    this.element.scrollTo({ top, left });
    this.layOut();
  }

  /** Shows a model; the active place stays where it is as far as there is one. */
  show(model: GridModel, active: Place = this.active): void {
    this.model = model;
    this.anchor = null;
    this.element.setAttribute("aria-label", model.name);
    this.element.setAttribute("aria-rowcount", String(model.rows + this.headRows()));
    this.element.setAttribute("aria-colcount", String(model.columns + 1));
    this.tops = [0];
    for (let i = 0; i < model.rows; i++) this.tops.push(this.tops[i]! + model.rowHeight(i));
    this.active = this.inside(active);
    this.layOut();
  }

  /** Draws again what is on the screen. */
  refresh(): void {
    this.clear();
    this.draw();
  }

  /** How many rows of heads there are. */
  private headRows(): number {
    return this.model.bands.length ? 2 : 1;
  }

  private inside({ row, column }: Place): Place {
    return {
      row: Math.min(Math.max(row, -1), this.model.rows - 1),
      column: Math.min(Math.max(column, -1), this.model.columns - 1),
    };
  }

  private layOut(): void {
    const { model, element } = this;
    const room = element.clientWidth;
    const { name, least, most } = this.widths;
    this.nameWidth = Math.round(Math.min(name, Math.max(room * 0.42, 120)));
    const share = Math.floor((room - this.nameWidth) / Math.max(model.columns, 1));
    this.columnWidth = Math.min(Math.max(share, least), most);
    const head = model.headHeight;
    this.headHeight = head + (model.bands.length ? BAND : 0);
    const width = this.nameWidth + this.columnWidth * model.columns;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${this.headHeight + this.tops[model.rows]!}px`;
    this.canvas.style.setProperty("--name", `${this.nameWidth}px`);
    this.canvas.style.setProperty("--column", `${this.columnWidth}px`);
    this.canvas.style.setProperty("--band", `${model.bands.length ? BAND : 0}px`);
    this.canvas.style.setProperty("--head", `${head}px`);
    for (const [axis, horizontal] of [
      [this.down, false],
      [this.across, true],
    ] as const) {
      axis.setOptions({
        ...axis.options,
        count: horizontal ? model.columns : model.rows,
        paddingStart: horizontal ? this.nameWidth : this.headHeight,
        // Under the heads nothing has to be drawn.
        scrollPaddingStart: horizontal ? this.nameWidth : this.headHeight,
      });
      axis._willUpdate();
      axis.measure();
    }
    this.clear();
    this.draw();
  }

  private clear(): void {
    const held = this.element.contains(document.activeElement) && document.activeElement !== this.element;
    this.lines.clear();
    this.bandCells.clear();
    this.headCells.clear();
    this.corner = h("div", { class: "grid-corner", role: "columnheader", "aria-colindex": 1 }, this.model.corner);
    const { bands } = this.model;
    this.bandLine = h("div", { class: "grid-bands", role: "row", "aria-rowindex": 1 });
    this.headLine = h("div", { class: "grid-head-line", role: "row", "aria-rowindex": this.headRows() });
    this.headLine.append(this.corner);
    if (bands.length) this.bandLine.append(h("div", { class: "grid-corner", role: "presentation" }));
    this.heads.replaceChildren(...(bands.length ? [this.bandLine, this.headLine] : [this.headLine]));
    this.body.replaceChildren(this.chosen);
    if (held) this.drawThen(() => this.focusActive());
  }

  private drawThen(work: () => void): void {
    this.draw();
    work();
  }

  private draw(): void {
    const { model } = this;
    if (!model) return;
    const columns = new Set(this.across.getVirtualItems().map(({ index }) => index));
    if (this.active.column >= 0 && this.active.column < model.columns) columns.add(this.active.column);
    const rows = new Set(this.down.getVirtualItems().map(({ index }) => index));
    if (this.active.row >= 0 && this.active.row < model.rows) rows.add(this.active.row);

    drop(this.headCells, columns);
    const inOrder = [...columns].sort((a, b) => a - b);
    for (const column of inOrder) {
      if (this.headCells.has(column)) continue;
      const cell = h("div", { class: "grid-head", role: "columnheader", tabindex: -1, "aria-colindex": column + 2 });
      cell.style.left = `${this.nameWidth + column * this.columnWidth}px`;
      model.drawHead(column, cell);
      this.headCells.set(column, cell);
    }
    order(this.corner, inOrder.map((column) => this.headCells.get(column)!));
    this.drawBands(columns);

    for (const [row, line] of this.lines) {
      if (rows.has(row)) continue;
      line.element.remove();
      this.lines.delete(row);
    }
    const lines = [...rows].sort((a, b) => a - b).map((row) => {
      const line = this.lines.get(row) ?? this.line(row);
      this.lines.set(row, line);
      if (model.open(row) === null) this.fill(line, row, inOrder, columns);
      return line.element;
    });
    order(this.chosen, lines);
    this.mark();
  }

  private drawBands(columns: Set<number>): void {
    const { bands } = this.model;
    if (!bands.length) return;
    const shown = new Set<number>();
    for (const [i, { start, count }] of bands.entries()) {
      for (let c = start; c < start + count; c++) {
        if (!columns.has(c)) continue;
        shown.add(i);
        break;
      }
    }
    drop(this.bandCells, shown);
    for (const i of shown) {
      if (this.bandCells.has(i)) continue;
      const { name, title, start, count } = bands[i]!;
      const cell = h(
        "div",
        { class: "grid-band", role: "columnheader", "aria-colindex": start + 2, "aria-colspan": count, title },
        h("span", {}, name),
      );
      cell.style.left = `${this.nameWidth + start * this.columnWidth}px`;
      cell.style.width = `${count * this.columnWidth}px`;
      this.bandCells.set(i, cell);
    }
    const inOrder = [...shown].sort((a, b) => a - b);
    order(this.bandLine.firstElementChild!, inOrder.map((i) => this.bandCells.get(i)!));
  }

  private line(row: number): Line {
    const open = this.model.open(row);
    const name = h("div", { class: "grid-name", role: "rowheader", tabindex: -1, "aria-colindex": 1 });
    const element = h(
      "div",
      {
        class: open === null ? "grid-line" : "grid-line grid-group",
        role: "row",
        "aria-rowindex": row + 1 + this.headRows(),
        "data-row": row,
      },
      name,
    );
    if (open !== null) name.setAttribute("aria-expanded", String(open));
    element.style.top = `${this.tops[row]}px`;
    element.style.height = `${this.model.rowHeight(row)}px`;
    this.model.drawName(row, name);
    return { element, name, cells: new Map() };
  }

  private fill(line: Line, row: number, inOrder: number[], columns: Set<number>): void {
    for (const [column, cell] of line.cells) {
      if (columns.has(column)) continue;
      cell?.remove();
      line.cells.delete(column);
    }
    let before = line.name;
    for (const column of inOrder) {
      const active = row === this.active.row && column === this.active.column;
      const known = line.cells.get(column);
      if (known) before = known;
      if (known || (known === null && !active)) continue;
      const cell = document.createElement("div");
      const filled = this.model.drawCell(row, column, cell);
      // A gap needs no element, but for the one that has the focus.
      if (!filled && !active) {
        line.cells.set(column, null);
        continue;
      }
      cell.classList.add("grid-cell");
      if (!filled) {
        cell.classList.add("gap");
        cell.setAttribute("aria-label", this.model.gapName(row, column));
      }
      cell.setAttribute("role", "gridcell");
      cell.setAttribute("aria-colindex", String(column + 2));
      cell.tabIndex = -1;
      cell.style.left = `${this.nameWidth + column * this.columnWidth}px`;
      line.cells.set(column, cell);
      before.after(cell);
      before = cell;
    }
  }

  // The active place and the selection

  private elementAt({ row, column }: Place): HTMLElement | null {
    if (row < 0) return column < 0 ? this.corner : (this.headCells.get(column) ?? null);
    const line = this.lines.get(row);
    if (!line) return null;
    return column < 0 || this.model.open(row) !== null ? line.name : (line.cells.get(column) ?? null);
  }

  /** From the upper left to the lower right, both included. */
  get selection(): [Place, Place] {
    const a = this.anchor ?? this.active;
    const b = this.active;
    return [
      { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
      { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
    ];
  }

  private marked: HTMLElement | null = null;
  private severalMarked = false;

  private mark(): void {
    const now = this.elementAt(this.active);
    if (this.marked !== now) {
      if (this.marked) this.marked.tabIndex = -1;
      this.marked = now;
    }
    if (now) now.tabIndex = 0;
    for (const [row, { element }] of this.lines) element.classList.toggle("active", row === this.active.row);
    for (const [column, cell] of this.headCells) cell.classList.toggle("active", column === this.active.column);
    const [from, to] = this.selection;
    const several = !!this.anchor && (from.row !== to.row || from.column !== to.column);
    this.chosen.hidden = !several;
    if (several) {
      const top = this.tops[Math.max(from.row, 0)]!;
      const left = this.nameWidth + Math.max(from.column, 0) * this.columnWidth;
      this.chosen.style.top = `${top}px`;
      this.chosen.style.left = `${left}px`;
      this.chosen.style.width = `${this.nameWidth + (to.column + 1) * this.columnWidth - left}px`;
      this.chosen.style.height = `${this.tops[to.row + 1]! - top}px`;
    }
    if (!several && !this.severalMarked) return;
    this.severalMarked = several;
    const within = (row: number, column: number) =>
      several && row >= from.row && row <= to.row && column >= from.column && column <= to.column;
    for (const [row, { name, cells }] of this.lines) {
      setSelected(name, within(row, -1));
      for (const [column, cell] of cells) if (cell) setSelected(cell, within(row, column));
    }
    for (const [column, cell] of this.headCells) setSelected(cell, within(-1, column));
  }

  /** Makes a place the active one; with `extend` the selection reaches from where it began to here. */
  go(to: Place, { extend = false, focus = true } = {}): void {
    const place = this.inside(to);
    this.anchor = extend ? (this.anchor ?? this.active) : null;
    const before = this.active;
    this.active = place;
    this.scrollTo(place);
    this.draw();
    if (focus) this.focusActive();
    // What was kept in the document only as the active cell.
    if (before.row !== place.row || before.column !== place.column) {
      const line = this.lines.get(before.row);
      const old = line?.cells.get(before.column);
      if (line && old?.classList.contains("gap")) {
        old.remove();
        line.cells.set(before.column, null);
      }
    }
    this.hooks.moved(place);
  }

  focusActive(): void {
    this.elementAt(this.active)?.focus({ preventScroll: true });
  }

  private scrollTo({ row, column }: Place): void {
    const { element } = this;
    if (row >= 0) {
      const top = this.tops[row]!;
      const bottom = this.tops[row + 1]!;
      const room = element.clientHeight - this.headHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + room) element.scrollTop = bottom - room;
    }
    if (column >= 0 && (row < 0 || this.model.open(row) === null)) {
      const left = column * this.columnWidth;
      const room = element.clientWidth - this.nameWidth;
      if (left < element.scrollLeft) element.scrollLeft = left;
      else if (left + this.columnWidth > element.scrollLeft + room) element.scrollLeft = left + this.columnWidth - room;
    }
  }

  private key(event: KeyboardEvent): void {
    const { row, column } = this.active;
    const { rows, columns } = this.model;
    const far = event.ctrlKey || event.metaKey;
    if (event.altKey || onButton(event)) return;
    const page = Math.max(1, Math.floor((this.element.clientHeight - this.headHeight) / 30) - 1);
    const open = row >= 0 ? this.model.open(row) : null;
    const steps: Record<string, () => Place> = {
      ArrowUp: () => ({ row: far ? 0 : row - 1, column }),
      ArrowDown: () => ({ row: far ? rows - 1 : row + 1, column }),
      ArrowLeft: () => ({ row, column: far ? -1 : column - 1 }),
      ArrowRight: () => ({ row, column: far ? columns - 1 : column + 1 }),
      Home: () => ({ row: far ? 0 : row, column: -1 }),
      End: () => ({ row: far ? rows - 1 : row, column: columns - 1 }),
      PageUp: () => ({ row: Math.max(row - page, 0), column }),
      PageDown: () => ({ row: row + page, column }),
    };
    const step = steps[event.key];
    if (open !== null && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      if (open === (event.key === "ArrowLeft")) this.hooks.opened(this.active);
    } else if (step) this.go(step(), { extend: event.shiftKey });
    else if (event.key === "Enter" || (event.key === " " && open !== null)) this.hooks.opened(this.active);
    else if (event.key === "c" && !far) this.hooks.copy();
    else if (event.key === "a" && far) this.selectAll();
    else if (event.key === "Escape" && this.anchor) {
      this.anchor = null;
      this.mark();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  selectAll(): void {
    this.anchor = { row: -1, column: -1 };
    this.active = this.inside({ row: this.model.rows - 1, column: this.model.columns - 1 });
    this.draw();
    this.focusActive();
  }

  // The pointer

  private placeAt(target: Element, x: number): Place | null {
    const head = target.closest(".grid-head");
    if (head) return { row: -1, column: Number(head.getAttribute("aria-colindex")) - 2 };
    const line = target.closest<HTMLElement>(".grid-line");
    if (!line) return null;
    const row = Number(line.dataset.row);
    if (target.closest(".grid-name")) return { row, column: -1 };
    const column = Math.floor(
      (x - this.canvas.getBoundingClientRect().left - this.nameWidth) / this.columnWidth,
    );
    return column >= this.model.columns ? null : { row, column };
  }

  private dragged = false;

  private press(event: PointerEvent): void {
    const place = this.placeAt(event.target as Element, event.clientX);
    this.dragged = false;
    // A finger may be about to scroll; its click will tell.
    if (!place || event.button !== 0 || event.pointerType === "touch" || onButton(event)) return;
    this.go(place, { extend: event.shiftKey });
    this.dragged = event.shiftKey;
    // The browser's own selection would run across the cells.
    event.preventDefault();
    const move = (now: PointerEvent) => {
      const under = document.elementFromPoint(now.clientX, now.clientY);
      if (!under || !this.body.contains(under)) return;
      const to = this.placeAt(under, now.clientX);
      if (!to || (to.row === this.active.row && to.column === this.active.column)) return;
      this.dragged = true;
      this.go(to, { extend: true });
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", () => removeEventListener("pointermove", move), { once: true });
  }

  private click(event: MouseEvent): void {
    if (this.dragged || onButton(event)) return;
    const place = this.placeAt(event.target as Element, event.clientX);
    if (!place) return;
    if (place.row !== this.active.row || place.column !== this.active.column) this.go(place);
    this.hooks.opened(place);
  }
}

/** What stands in a cell may have work of its own. */
function onButton(event: Event): boolean {
  return !!(event.target as Element).closest("button");
}

function drop(cells: Map<number, HTMLElement>, keep: Set<number>): void {
  for (const [i, cell] of cells) {
    if (keep.has(i)) continue;
    cell.remove();
    cells.delete(i);
  }
}

/** Puts elements behind another, in their order: it is the order that they are read out in. */
function order(first: Element, elements: Element[]): void {
  let before = first;
  for (const element of elements) {
    if (before.nextSibling !== element) before.after(element);
    before = element;
  }
}

function setSelected(element: HTMLElement, on: boolean): void {
  if (on) element.setAttribute("aria-selected", "true");
  else if (element.hasAttribute("aria-selected")) element.removeAttribute("aria-selected");
}
