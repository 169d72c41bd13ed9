// The table of metrics: sorting, filtering, and rows that answer their marks.
import { arrange, haystacks, isFiltering, noFilter, READING, type Sort, type SortKey } from "../arrange.ts";
import { button, h, perFrame, scrollInto } from "../dom.ts";
import { cells, fillClipboard } from "../export.ts";
import { headingOf, isUnsure, normalised, period, saysMore, written } from "../format.ts";
import { t } from "../i18n.ts";
import type { MetricKind, Report } from "gangmu";
import type { Bench } from "../workbench.ts";

/** Which columns fit is decided by the pane's width. */
const NARROW = 470;
const WIDE = 690;

export class TableView {
  readonly element: HTMLElement;
  /** The metrics that are shown, in the order that they are shown in. */
  order: number[];
  private readonly rows: HTMLTableRowElement[];
  private readonly hay: string[];
  private readonly body = h("tbody");
  private readonly scroll: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly count = h("b");
  private readonly chips: { element: HTMLElement; pressed: () => boolean }[] = [];
  private readonly heads = new Map<SortKey, HTMLElement>();
  private readonly nothing: HTMLElement;
  private readonly observer: ResizeObserver;
  private sort: Sort = READING;
  private filter = noFilter();
  private lit: number[] = [];
  private visible: number[] = [];
  private selected: number | null = null;
  private pressed = false;

  constructor(
    private readonly report: Report,
    bench: Bench,
  ) {
    this.hay = haystacks(report);
    this.order = report.metrics.map((_, i) => i);
    this.rows = report.metrics.map((_, i) => this.row(i));
    this.input = h("input", {
      type: "search",
      placeholder: t.filterHint,
      "aria-label": t.filterHint,
      on: {
        input: () => {
          this.filter.query = this.input.value;
          this.arrange();
        },
        keydown: (event) => {
          if (event.key === "Enter" || event.key === "ArrowDown") {
            event.preventDefault();
            const first = this.order[0];
            if (first !== undefined) this.focus(first);
          }
        },
      },
    });
    const table = h(
      "table",
      { class: "metrics", "aria-label": t.metrics },
      h(
        "colgroup",
        {},
        ...["value", "normal", "indicator", "kind", "period", "section", "confidence"].map((name) =>
          h("col", { class: `c-${name}` }),
        ),
      ),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          this.head("value", t.value, "c-value"),
          h("th", { class: "c-normal", scope: "col" }, t.normalised),
          this.head("indicator", t.indicator, "c-indicator"),
          this.head("kind", t.kind, "c-kind"),
          this.head("period", t.period, "c-period"),
          this.head("section", t.section, "c-section"),
          this.head("confidence", t.confidence, "c-confidence"),
        ),
      ),
      this.body,
    );
    if (report.metrics.every(({ confidence }) => confidence === null)) table.classList.add("no-confidence");
    this.nothing = h("div", { class: "empty" });
    this.scroll = h(
      "div",
      {
        class: "scroll table-scroll",
        on: {
          mouseover: (event) => bench.hover(rowAt(event)),
          mouseleave: () => bench.hover([]),
          // What a pressed row brings up must not push the row away from under the finger.
          pointerdown: () => (this.pressed = true),
          focusin: (event) => {
            const [row] = rowAt(event);
            if (row !== undefined && row !== bench.selected && !this.pressed) bench.select(row, "table");
          },
          click: (event) => {
            const [row] = rowAt(event);
            if (row !== undefined && getSelection()?.isCollapsed !== false) bench.open(row);
          },
        },
      },
      table,
      this.nothing,
    );
    this.element = h(
      "section",
      { class: "pane table-pane", "aria-label": t.metrics },
      h(
        "div",
        { class: "pane-head" },
        h("h2", {}, t.metrics, " ", this.count),
        report.metrics.length > 0 && this.input,
      ),
      report.metrics.length > 0 && this.chipBar(),
      this.scroll,
    );
    addEventListener("pointerup", this.release);
    this.observer = new ResizeObserver(
      perFrame(() => {
        const width = this.scroll.clientWidth;
        table.classList.toggle("narrow", width < NARROW);
        table.classList.toggle("wide", width >= WIDE);
      }),
    );
    this.observer.observe(this.scroll);
    this.arrange();
  }

  dispose(): void {
    this.observer.disconnect();
    removeEventListener("pointerup", this.release);
  }

  private readonly release = () => {
    this.pressed = false;
  };

  private row(i: number): HTMLTableRowElement {
    const metric = this.report.metrics[i]!;
    const section = metric.section === null ? null : this.report.outline[metric.section]!;
    const unsure = isUnsure(metric);
    const plan = metric.status === "plan";
    const classes = [`kind-${metric.kind}`, plan && "plan", unsure && "unsure"].filter(Boolean).join(" ");
    return h(
      "tr",
      { class: classes, "data-row": i, tabindex: -1 },
      h("td", { class: "c-value" }, h("span", { class: "value", lang: "zh-Hans" }, written(this.report, metric))),
      h("td", { class: "c-normal" }, saysMore(this.report, metric) && normalised(metric, t)),
      h(
        "td",
        { class: "c-indicator", lang: "zh-Hans" },
        metric.action &&
          !metric.indicator.includes(metric.action) &&
          h("span", { class: "action" }, `${metric.action} `),
        metric.indicator || h("span", { class: "action" }, "–"),
        plan && h("span", { class: "tag", lang: t.lang }, t.plan),
        unsure && h("span", { class: "tag unsure-tag", title: t.unsureWhy, lang: t.lang }, t.unsure),
      ),
      h("td", { class: "c-kind" }, h("i", { class: "swatch" }), t.kinds[metric.kind]),
      h("td", { class: "c-period" }, period(metric.period)),
      h(
        "td",
        { class: "c-section", lang: "zh-Hans", title: section && headingOf(section) },
        section && headingOf(section),
      ),
      h("td", { class: "c-confidence" }, metric.confidence === null ? "" : `${Math.round(metric.confidence * 100)}%`),
    );
  }

  private head(key: SortKey, name: string, css: string): HTMLElement {
    const head = h(
      "th",
      { class: css, scope: "col" },
      button(name, () => this.sortBy(key)),
    );
    this.heads.set(key, head);
    return head;
  }

  /** Ascending, descending, reading order again. */
  private sortBy(key: SortKey): void {
    const { sort } = this;
    this.sort = sort.key !== key ? { key, descending: false } : sort.descending ? READING : { key, descending: true };
    this.arrange();
  }

  private chipBar(): HTMLElement {
    const { metrics } = this.report;
    const counts = new Map<MetricKind, number>();
    for (const { kind } of metrics) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const chip = (name: string, n: number, css: string, pressed: () => boolean, flip: () => void) => {
      const element = h(
        "button",
        {
          type: "button",
          class: `chip ${css}`,
          "aria-pressed": "false",
          on: {
            click: () => {
              flip();
              this.arrange();
            },
          },
        },
        h("i", { class: "swatch" }),
        name,
        h("span", { class: "number" }, String(n)),
      );
      this.chips.push({ element, pressed });
      return element;
    };
    const kinds = (Object.keys(t.kinds) as MetricKind[])
      .filter((kind) => counts.has(kind))
      .map((kind) =>
        chip(
          t.kinds[kind],
          counts.get(kind)!,
          `kind-${kind}`,
          () => this.filter.kinds.has(kind),
          () => {
            if (!this.filter.kinds.delete(kind)) this.filter.kinds.add(kind);
          },
        ),
      );
    const plans = metrics.filter(({ status }) => status === "plan").length;
    const unsure = metrics.filter(isUnsure).length;
    return h(
      "div",
      { class: "chips", role: "group", "aria-label": t.filter },
      ...kinds,
      plans > 0 &&
        chip(
          t.plan,
          plans,
          "plan",
          () => this.filter.plan,
          () => (this.filter.plan = !this.filter.plan),
        ),
      unsure > 0 &&
        chip(
          t.unsure,
          unsure,
          "unsure",
          () => this.filter.unsure,
          () => (this.filter.unsure = !this.filter.unsure),
        ),
    );
  }

  private arrange(): void {
    this.order = arrange(this.report, this.hay, this.filter, this.sort);
    this.body.replaceChildren(...this.order.map((i) => this.rows[i]!));
    this.count.textContent = t.shown(this.order.length, this.rows.length);
    for (const { element, pressed } of this.chips) element.setAttribute("aria-pressed", String(pressed()));
    for (const [key, head] of this.heads) {
      if (key === this.sort.key) head.setAttribute("aria-sort", this.sort.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    this.nothing.hidden = this.order.length > 0;
    this.nothing.replaceChildren(
      this.rows.length === 0
        ? t.noMetrics
        : h(
            "span",
            {},
            t.noMatch,
            " ",
            button(t.clearFilter, () => this.clearFilter(), { class: "link" }),
          ),
    );
    this.rove();
  }

  /** One row is reached by Tab: the selected one, or the first. */
  private rove(): void {
    for (const row of this.body.querySelectorAll<HTMLElement>('tr[tabindex="0"]')) row.tabIndex = -1;
    const at = this.selected !== null && this.order.includes(this.selected) ? this.selected : this.order[0];
    if (at !== undefined) this.rows[at]!.tabIndex = 0;
  }

  focusFilter(): void {
    this.input.focus();
    this.input.select();
  }

  isFiltering(): boolean {
    return isFiltering(this.filter);
  }

  clearFilter(): void {
    this.filter = noFilter();
    this.input.value = "";
    this.arrange();
  }

  hover(metrics: number[]): void {
    for (const i of this.lit) this.rows[i]!.classList.remove("hover");
    this.lit = metrics;
    for (const i of metrics) this.rows[i]!.classList.add("hover");
  }

  select(index: number | null): void {
    if (this.selected !== null) {
      this.rows[this.selected]!.removeAttribute("aria-current");
    }
    this.selected = index;
    if (index !== null) this.rows[index]!.setAttribute("aria-current", "true");
    this.rove();
  }

  reveal(index: number): void {
    const row = this.rows[index]!;
    if (row.isConnected) scrollInto(this.scroll, row, "nearest", true);
  }

  focus(index: number): void {
    const row = this.rows[index]!;
    if (!row.isConnected) this.clearFilter();
    row.focus({ preventScroll: true });
    this.reveal(index);
  }

  /** The rows of the words on the screen; with `follow` the table keeps up with them. */
  reading(metrics: number[], follow: boolean): void {
    const now = new Set(metrics);
    for (const i of this.visible) if (!now.has(i)) this.rows[i]!.classList.remove("in-view");
    for (const i of metrics) this.rows[i]!.classList.add("in-view");
    this.visible = metrics;
    if (!follow || this.sort.key !== "reading") return;
    const shown = metrics.filter((i) => this.rows[i]!.isConnected);
    // The last first, so that the first has the last word where not all fit.
    for (const i of [shown.at(-1), shown[0]]) {
      if (i !== undefined) scrollInto(this.scroll, this.rows[i]!, "nearest");
    }
  }

  scrollToFirstOf(section: number): void {
    if (this.sort.key !== "reading") return;
    const { body } = this.report.outline[section]!;
    const first = this.order.find((i) => this.report.metrics[i]!.span.start >= body.start);
    if (first !== undefined && this.report.metrics[first]!.span.start < body.end) {
      scrollInto(this.scroll, this.rows[first]!, 0, true);
    }
  }

  /** Puts the rows that the reader's selection touches on the clipboard; false where it is words inside one row. */
  copy(data: DataTransfer): boolean {
    const selection = getSelection();
    let rows: number[];
    if (selection && !selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      rows = this.order.filter((i) => touches(range, this.rows[i]!));
      if (rows.length < 2) return false;
    } else if (this.selected !== null && this.scroll.contains(document.activeElement)) {
      rows = [this.selected];
    } else return false;
    fillClipboard(data, cells(this.report, rows, t));
    return true;
  }
}

function rowAt(event: Event): number[] {
  const row = (event.target as Element | null)?.closest?.("[data-row]");
  return row ? [Number(row.getAttribute("data-row"))] : [];
}

/** Whether a selection goes beyond the row's first cell or begins before its last; to reach up to it is not enough. */
function touches(range: Range, row: HTMLTableRowElement): boolean {
  const [first, ...cells] = [...row.cells].filter((cell) => cell.textContent && cell.offsetWidth);
  const last = cells.at(-1) ?? first;
  if (!first || !last) return false;
  const edge = (cell: Element, child: 0 | 1) => range.comparePoint(cell, child * cell.childNodes.length) === 0;
  return edge(first, 1) || edge(last, 0);
}
