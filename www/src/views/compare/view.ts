// Many reports side by side: the matrix of their indicators with a chart, and their outlines.
import { button, h, perFrame } from "../../dom.ts";
import { fillClipboard } from "../../export.ts";
import { language, t } from "../../i18n.ts";
import { splitter } from "../split.ts";
import { ChartView } from "./chart.ts";
import { Grid, type GridModel, HEADS, type Place } from "./grid.ts";
import {
  bands,
  type Column,
  filtered,
  type Group,
  Matrix,
  noFilter,
  reading,
  type Row,
  rowName,
  rowNote,
  type Sheet,
  sheet,
  sheetCell,
} from "./matrix.ts";
import type { FoldedComparison } from "./fold.ts";
import { drawColumn, OutlinesView } from "./outlines.ts";
import { reportChooser } from "./reports.ts";
import { SentenceView } from "./sentence.ts";
import type { MetricKind, Report } from "gangmu";

export interface CompareHooks {
  /** A report by its index in the comparison. */
  open(report: number): Promise<Report>;
  /** Leaves for a report, at one of its metrics or sections. */
  show(report: number, at: { metric: number } | { section: number } | null): void;
  close(): void;
  say(words: string): void;
}

/** A line of the grid: the head of a group, or one of its rows. */
type Item = { group: Group; row: null } | { group: Group; row: Row };

const KINDS: MetricKind[] = ["count", "amount", "measure", "share", "change", "rank", "duration"];
/** Reports that stay open: the cells of a row lead to many, and the reader comes back to few. */
const OPEN = 8;
const ROW = 30;

export class CompareView {
  readonly element: HTMLElement;
  private readonly matrix: Matrix;
  private readonly grid: Grid;
  private readonly chart: ChartView;
  private readonly sentence: SentenceView;
  private readonly outlines: OutlinesView;
  private readonly filter = noFilter();
  private readonly left = new Set<number>();
  private readonly folded = new Set<string>();
  private readonly opened = new Map<number, Promise<Report>>();
  private tab: "matrix" | "outlines" = "matrix";
  private transposed = false;
  private groups: Group[] = [];
  private columns: Column[] = [];
  private items: Item[] = [];
  private rows: Row[] = [];
  private pendingCopy: string[][] | null = null;
  private readonly count = h("span", { class: "soft" });
  private readonly nothing = h("p", { class: "empty", hidden: true });
  private readonly main: HTMLElement;
  private readonly tabs: Record<"matrix" | "outlines", HTMLElement>;
  private readonly tools: HTMLElement;
  private readonly search: HTMLInputElement;
  private readonly chooser: { element: HTMLElement; draw(): void };
  private readonly follow = perFrame(() => this.drawChart());
  private readonly ends: (() => void)[] = [];

  constructor(
    comparison: FoldedComparison,
    private readonly hooks: CompareHooks,
  ) {
    const words = t.compare;
    this.matrix = new Matrix(comparison, language, t);
    this.grid = new Grid(
      {
        moved: () => this.moved(),
        opened: (place) => this.open(place),
        copy: () => this.copySelection(),
      },
      { name: 250, least: 116, most: 168 },
    );
    this.chart = new ChartView({ reveal: (column) => this.reveal(column), say: hooks.say });
    const open = (report: number) => this.report(report);
    this.sentence = new SentenceView({
      open,
      show: (report, metric) => hooks.show(report, { metric }),
      close: () => {
        this.sentence.hide();
        this.grid.focusActive();
      },
    });
    this.outlines = new OutlinesView({ open, show: (report, section) => hooks.show(report, section === null ? null : { section }) });
    const tab = (name: "matrix" | "outlines") =>
      button(words[name], () => this.look(name), { role: "tab", "aria-controls": `compare-${name}`, id: `tab-${name}` });
    this.tabs = { matrix: tab("matrix"), outlines: tab("outlines") };
    this.search = h("input", {
      type: "search",
      placeholder: words.find,
      "aria-label": words.find,
      on: {
        input: perFrame(() => {
          this.filter.query = this.search.value;
          this.arrange();
        }),
        keydown: (event) => {
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          event.preventDefault();
          this.grid.focusActive();
        },
      },
    });
    this.chooser = reportChooser(this.matrix.columns, this.left, () => this.arrange());
    this.tools = h("div", { class: "compare-tools" }, ...this.controls());
    const matrixPane = h(
      "div",
      { class: "compare-matrix", id: "compare-matrix", role: "tabpanel", "aria-labelledby": "tab-matrix" },
      this.grid.element,
      this.nothing,
      this.sentence.element,
    );
    this.main = h("div", { class: "compare-main" }, matrixPane);
    this.main.append(splitter(this.main, "chart"), this.chart.element);
    this.outlines.element.id = "compare-outlines";
    this.outlines.element.setAttribute("role", "tabpanel");
    this.outlines.element.setAttribute("aria-labelledby", "tab-outlines");
    this.element = h(
      "main",
      { class: "compare", "aria-label": words.name },
      h(
        "div",
        { class: "compare-head" },
        button("←", () => hooks.close(), { class: "quiet icon", title: words.back, "aria-label": words.back }),
        h("div", { class: "views", role: "tablist", "aria-label": words.views }, this.tabs.matrix, this.tabs.outlines),
        this.tools,
      ),
      this.main,
      this.outlines.element,
    );
    this.listen();
    this.arrange();
    this.look("matrix");
  }

  dispose(): void {
    for (const end of this.ends) end();
    this.grid.dispose();
    this.chart.dispose();
    this.outlines.dispose();
  }

  /** After the view was put on the screen, for the first time or again. */
  shown(): void {
    if (this.tab === "matrix") this.grid.shown();
    else this.outlines.shown();
    this.follow();
    if (this.tab === "matrix") this.grid.focusActive();
  }

  /** The rows and columns that are shown, in their order. */
  cells(): Sheet {
    return sheet(this.groups, this.columns, t);
  }

  // What is shown

  private arrange(): void {
    const { filter, matrix } = this;
    this.columns = matrix.columns.filter(({ report }) => !this.left.has(report));
    this.groups = filtered(matrix.groups, filter, this.columns, matrix.columns.length);
    this.rows = this.groups.flatMap(({ rows }) => rows);
    // What is looked for is not hidden in a folded group.
    const open = ({ id }: Group) => !!filter.query || !this.folded.has(id);
    this.items = this.groups.flatMap((group): Item[] => [
      { group, row: null },
      ...(open(group) ? group.rows.map((row) => ({ group, row })) : []),
    ]);
    this.count.textContent = t.compare.rows(this.rows.length);
    this.chooser.draw();
    const empty = !this.columns.length ? t.compare.noColumns : !this.rows.length ? t.compare.noRows : "";
    this.nothing.textContent = empty;
    this.nothing.hidden = !empty;
    this.grid.element.hidden = !!empty;
    this.grid.show(this.transposed ? this.reportsDown() : this.reportsAcross(), this.firstPlace());
    if (this.tab === "outlines") this.outlines.show(this.matrix.topics, this.columns);
    this.moved();
  }

  /** The active place, but never the head of the first group. */
  private firstPlace(): Place {
    const { active } = this.grid;
    return !this.transposed && active.row <= 0 && this.items.length > 1 ? { row: 1, column: Math.max(active.column, 0) } : active;
  }

  private reportsAcross(): GridModel {
    const { items, columns } = this;
    return {
      ...this.heads(),
      rows: items.length,
      columns: columns.length,
      bands: bands(columns),
      headHeight: columns.some(({ note }) => note) ? HEADS.two : HEADS.one,
      corner: t.compare.matrix,
      rowHeight: () => ROW,
      open: (row) => {
        const item = items[row]!;
        return item.row ? null : items[row + 1]?.group === item.group && !!items[row + 1]?.row;
      },
      drawHead: (column, element) => drawColumn(columns[column]!, element),
      drawName: (row, element) => {
        const { group, row: own } = items[row]!;
        if (own) this.drawRow(own, element);
        else element.append(h("span", { class: "name" }, group.name), h("span", { class: "number" }, String(group.rows.length)));
      },
      drawCell: (row, column, element) => this.drawCell(items[row]!.row!, columns[column]!, element),
      gapName: (row, column) => this.gapName(items[row]!.row!, columns[column]!),
    };
  }

  private reportsDown(): GridModel {
    const { rows, columns, groups } = this;
    let start = 0;
    return {
      ...this.heads(),
      rows: columns.length,
      columns: rows.length,
      bands: groups.map(({ name, rows }) => {
        const band = { name, title: name, start, count: rows.length };
        start += rows.length;
        return band;
      }),
      headHeight: HEADS.names,
      corner: t.compare.report,
      rowHeight: () => ROW,
      open: () => null,
      drawHead: (column, element) => this.drawRow(rows[column]!, element),
      drawName: (row, element) => {
        const { head, place, time, note } = columns[row]!;
        element.title = [head.title, head.name].filter(Boolean).join("\n");
        element.append(h("span", { class: "name" }, place), h("span", { class: "soft" }, [time, note].filter(Boolean).join(" ")));
      },
      drawCell: (row, column, element) => this.drawCell(rows[column]!, columns[row]!, element),
      gapName: (row, column) => this.gapName(rows[column]!, columns[row]!),
    };
  }

  private heads(): Pick<GridModel, "name"> {
    return { name: t.compare.name };
  }

  private drawRow(row: Row, element: HTMLElement): void {
    const { about } = row;
    const note = rowNote(row, t);
    element.classList.add("indicator", `kind-${about.kind}`);
    element.title = rowName(row, t) + (about.scale.unit && about.kind !== "rank" ? ` ${about.scale.unit}` : "");
    element.append(
      h("i", { class: "swatch", title: t.kinds[about.kind] }),
      h("span", { class: "name" }, about.indicator),
      note ? h("span", { class: "note" }, note) : "",
      about.kind !== "rank" ? h("span", { class: "unit" }, about.scale.unit) : "",
    );
  }

  private drawCell(row: Row, column: Column, element: HTMLElement): boolean {
    const values = row.values(column.report);
    const read = reading(values, row, column.head, t);
    if (!read) return false;
    const { value, note, more, plan, other, unsure, corrected } = read;
    const classes = [plan && "plan", other && "other", unsure && "unsure", corrected && "corrected"].filter(Boolean);
    // Most cells are a value and nothing else.
    if (!note && !more && !classes.length) {
      element.textContent = value;
      return true;
    }
    element.className = ["rich", ...classes].join(" ");
    if (note) element.append(h("span", { class: "note" }, note));
    element.append(h("span", { class: "value" }, value));
    if (more) element.append(h("span", { class: "others" }, t.compare.more(more)));
    return true;
  }

  private gapName(row: Row, column: Column): string {
    return `${rowName(row, t)} ${column.place} ${column.time} ${t.compare.gap}`;
  }

  private *controls(): Iterable<HTMLElement> {
    const words = t.compare;
    const select = (name: string, options: [string, string][], choose: (value: string) => void) => {
      const element = h(
        "select",
        {
          "aria-label": name,
          on: {
            change: () => {
              choose(element.value);
              this.arrange();
            },
          },
        },
        ...options.map(([value, label]) => h("option", { value }, label)),
      );
      return element;
    };
    const { groups, columns } = this.matrix;
    const kinds = new Set(groups.flatMap(({ rows }) => rows.map((row) => row.about.kind)));
    yield this.search;
    yield select(
      words.group,
      [["", words.allGroups], ...groups.map(({ id, name }): [string, string] => [id, name])],
      (id) => (this.filter.group = id),
    );
    yield select(
      t.kind,
      [["", words.allKinds], ...KINDS.filter((kind) => kinds.has(kind)).map((kind): [string, string] => [kind, t.kinds[kind]])],
      (kind) => (this.filter.kind = kind as MetricKind | ""),
    );
    const steps = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500].filter((n) => n < columns.length);
    yield select(
      words.least,
      [...steps, ...(columns.length > 1 ? [columns.length] : [])].map((n) => [String(n), words.leastOf(n)]),
      (n) => (this.filter.least = Number(n)),
    );
    yield this.chooser.element;
    yield button(words.transpose, () => this.transpose(), { class: "quiet transpose", "aria-pressed": "false" });
    yield button(words.foldAll, () => this.foldAll(), { class: "quiet fold-all" });
    yield button(words.copyAll, () => this.copyAll(), { class: "quiet" });
    yield this.count;
  }

  private transpose(): void {
    const { row, column } = this.at();
    this.transposed = !this.transposed;
    const pressed = this.tools.querySelector(".transpose")!;
    pressed.setAttribute("aria-pressed", String(this.transposed));
    this.tools.querySelector<HTMLElement>(".fold-all")!.hidden = this.transposed;
    const place = this.placeOf(row, column);
    this.grid.active = place;
    this.arrange();
    this.grid.go(place, { focus: false });
  }

  private foldAll(): void {
    const all = this.folded.size < this.groups.length;
    this.folded.clear();
    if (all) for (const { id } of this.groups) this.folded.add(id);
    this.arrange();
    this.tools.querySelector(".fold-all")!.textContent = all ? t.compare.unfoldAll : t.compare.foldAll;
  }

  private look(tab: "matrix" | "outlines"): void {
    this.tab = tab;
    for (const name of ["matrix", "outlines"] as const) this.tabs[name].setAttribute("aria-selected", String(name === tab));
    this.main.hidden = tab !== "matrix";
    this.outlines.element.hidden = tab !== "outlines";
    this.tools.classList.toggle("for-outlines", tab === "outlines");
    if (tab === "outlines") {
      this.outlines.show(this.matrix.topics, this.columns);
      this.outlines.shown();
    } else this.grid.shown();
  }

  // The active cell

  /** What the active place stands for. */
  private at(): { row: Row | null; column: number } {
    const { row, column } = this.grid.active;
    if (this.transposed) return { row: this.rows[column] ?? null, column: row };
    return { row: this.items[row]?.row ?? null, column };
  }

  private placeOf(row: Row | null, column: number): Place {
    const index = this.transposed ? this.rows.indexOf(row!) : this.items.findIndex((item) => row && item.row === row);
    const line = Math.max(index, 0);
    return this.transposed ? { row: column, column: line } : { row: line, column };
  }

  private chartRow: Row | null = null;

  private moved(): void {
    this.follow();
    if (this.sentence.element.hidden) return;
    const { row, column } = this.at();
    const at = this.columns[column];
    if (row && at) void this.sentence.show(row, at);
    else this.sentence.hide();
  }

  /** The chart stays with the last row while the reader is in a head. */
  private drawChart(): void {
    const { row, column } = this.at();
    if (row) this.chartRow = row;
    if (!this.chartRow || !this.rows.includes(this.chartRow)) this.chartRow = this.rows[0] ?? null;
    this.chart.show(this.chartRow, this.columns, column >= 0 ? column : null);
  }

  private open({ row }: Place): void {
    const item = this.transposed ? null : this.items[row];
    if (item && !item.row) {
      if (!this.folded.delete(item.group.id)) this.folded.add(item.group.id);
      this.arrange();
      this.grid.focusActive();
      return;
    }
    const { row: indicator, column } = this.at();
    const at = this.columns[column];
    if (at && indicator) void this.sentence.show(indicator, at);
    else if (at) this.hooks.show(at.report, null);
  }

  private reveal(column: number): void {
    if (!this.chartRow) return;
    this.folded.delete(this.chartRow.group);
    this.arrange();
    this.grid.go(this.placeOf(this.chartRow, column));
    void this.sentence.show(this.chartRow, this.columns[column]!);
  }

  private report(report: number): Promise<Report> {
    const known = this.opened.get(report);
    const opening = known ?? this.hooks.open(report);
    // The last asked for goes to the end, the first in line goes.
    this.opened.delete(report);
    this.opened.set(report, opening);
    opening.catch(() => this.opened.delete(report));
    for (const first of this.opened.keys()) {
      if (this.opened.size <= OPEN) break;
      this.opened.delete(first);
    }
    return opening;
  }

  // Copying

  /** The selection as a spreadsheet takes it; group heads are left out, a row's name brings its unit. */
  private selected(): string[][] {
    const [from, to] = this.grid.selection;
    const { transposed, rows, columns } = this;
    const lines: string[][] = [];
    const title = ({ place, time, note }: Column) => [place, time, note].filter(Boolean).join(" ");
    const name = (row: Row) => [rowName(row, t), row.about.scale.unit];
    const text = (row: Row, { report }: Column) => sheetCell(row, report, t)?.text ?? "";
    for (let r = from.row; r <= to.row; r++) {
      const row = transposed ? null : (this.items[r]?.row ?? null);
      if (!transposed && r >= 0 && !row) continue;
      const line: string[] = [];
      for (let c = from.column; c <= to.column; c++) {
        if (transposed) {
          if (r < 0) line.push(c < 0 ? t.compare.report : name(rows[c]!).join(" "));
          else line.push(c < 0 ? title(columns[r]!) : text(rows[c]!, columns[r]!));
        } else if (c < 0) line.push(...(row ? name(row) : [t.indicator, t.unit]));
        else line.push(row ? text(row, columns[c]!) : title(columns[c]!));
      }
      lines.push(line);
    }
    return lines;
  }

  private copySelection(): void {
    this.toClipboard(this.selected());
  }

  private copyAll(): void {
    const { reports, rows } = this.cells();
    const head = [t.compare.group, t.indicator, t.unit, ...reports.map(({ place, time }) => `${place} ${time}`)];
    this.toClipboard([
      head,
      ...rows.map(({ group, indicator, unit, cells }) => [group, indicator, unit, ...cells.map((cell) => cell?.text ?? "")]),
    ]);
  }

  private toClipboard(lines: string[][]): void {
    this.pendingCopy = lines;
    document.execCommand("copy");
    this.pendingCopy = null;
    this.hooks.say(t.compare.copied(lines.length, lines[0]?.length ?? 0));
  }

  // Events; what is done here goes no further.

  private listen(): void {
    const copy = (event: ClipboardEvent) => {
      if (!this.element.isConnected || !event.clipboardData) return;
      const inGrid = this.grid.element.contains(document.activeElement) && getSelection()?.isCollapsed !== false;
      if (!this.pendingCopy && !inGrid) return;
      fillClipboard(event.clipboardData, this.pendingCopy ?? this.selected());
      event.preventDefault();
      event.stopPropagation();
    };
    const key = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (!this.element.isConnected || document.querySelector("dialog[open]")) return;
      const typing = (target as Element).matches?.("input, textarea, select");
      if (event.defaultPrevented || (typing && key !== "Escape")) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return event.stopPropagation();
      if (key === "?") return;
      event.stopPropagation();
      if (key === "Escape") {
        if (typing && this.search.value && target === this.search) {
          this.search.value = this.filter.query = "";
          this.arrange();
        } else if (typing) this.grid.focusActive();
        else if (!this.sentence.element.hidden) this.sentence.hide();
        else this.hooks.close();
      } else if (key === "/" && this.tab === "matrix") this.search.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener("copy", copy);
    document.addEventListener("keydown", key);
    this.ends.push(
      () => document.removeEventListener("copy", copy),
      () => document.removeEventListener("keydown", key),
    );
  }
}
