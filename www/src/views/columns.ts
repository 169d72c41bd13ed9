// The columns of the table: their names, widths, cells, and which of them are shown.
import { type Column, COLUMNS } from "../arrange.ts";
import { button, h, settings } from "../dom.ts";
import { asWritten } from "../fields.ts";
import { headingOf, isUnsure, normalised, period, saysMore, short, written } from "../format.ts";
import { t } from "../i18n.ts";
import { indicatorName } from "../indicators.ts";
import type { Metric, Report } from "gangmu";

/** In CSS pixels; what is left over goes to the indicator. */
const WIDTHS: Record<Column, number> = {
  value: 114,
  normal: 122,
  indicator: 150,
  canonical: 120,
  subject: 110,
  action: 72,
  kind: 62,
  period: 92,
  status: 48,
  hedge: 52,
  section: 140,
  confidence: 48,
  sentence: 320,
};
const LEAST = 36;
const MOST = 900;

/** Where nothing was chosen, the pane's width decides. */
const NARROW = 470;
const WIDE = 690;

export function columnName(column: Column): string {
  switch (column) {
    case "normal":
      return t.normalised;
    case "canonical":
    case "hedge":
    case "sentence":
      return t.table[column];
    default:
      return t[column];
  }
}

/** What stands in a cell, and in which language. */
export function cell(report: Report, metric: Metric, column: Column): HTMLElement {
  const section = metric.section === null ? null : headingOf(report.outline[metric.section]!);
  const chinese = (words: string | null, more: Record<string, string | null> = {}) =>
    h("td", { class: `c-${column}`, lang: "zh-Hans", ...more }, words);
  const plain = (words: string) => h("td", { class: `c-${column}` }, words);
  switch (column) {
    case "value":
      return valueCell(report, metric);
    case "normal":
      return plain(saysMore(report, metric) ? normalised(metric, t) : "");
    case "indicator":
      return h(
        "td",
        { class: "c-indicator", lang: "zh-Hans" },
        metric.action &&
          !metric.indicator.includes(metric.action) &&
          h("span", { class: "action" }, `${metric.action} `),
        metric.indicator || h("span", { class: "action" }, "–"),
        metric.status === "plan" && h("span", { class: "tag", lang: t.lang }, t.plan),
        isUnsure(metric) && h("span", { class: "tag unsure-tag", title: t.unsureWhy, lang: t.lang }, t.unsure),
      );
    case "canonical":
      return plain(indicatorName(metric.canonical));
    case "kind":
      return h("td", { class: "c-kind" }, h("i", { class: "swatch" }), t.kinds[metric.kind]);
    case "period":
      return plain(period(metric.period));
    case "status":
      return plain(t[metric.status]);
    case "hedge":
      return plain(metric.hedge === "exact" ? "" : t.table.hedges[metric.hedge]);
    case "section":
      return chinese(section, { title: section });
    case "confidence":
      return plain(metric.confidence === null ? "" : `${Math.round(metric.confidence * 100)}%`);
    case "sentence":
      return sentenceCell(report.text.slice(metric.sentence.start, metric.sentence.end));
    default:
      return chinese(metric[column]);
  }
}

function sentenceCell(words: string): HTMLElement {
  return h("td", { class: "c-sentence", lang: "zh-Hans", title: words }, h("span", { class: "clamp" }, words));
}

/** The words of the text; where the reader gave another value, that one, with the words behind it. */
function valueCell(report: Report, metric: Metric): HTMLElement {
  const words = written(report, metric);
  const own = asWritten(report, metric);
  return h(
    "td",
    { class: "c-value" },
    h("span", { class: "value", lang: "zh-Hans" }, own ? words : short(metric, t)),
    !own && h("s", { class: "was", lang: "zh-Hans" }, words),
  );
}

/** Which columns are shown, and how wide; the reader's choice is kept. */
export class ColumnChoice {
  readonly element: HTMLElement;
  private chosen: Column[] | null;
  private widths: Partial<Record<Column, number>>;
  private readonly boxes = new Map<Column, HTMLInputElement>();
  private paneWidth = 0;

  constructor(
    private readonly report: Report,
    private readonly changed: () => void,
  ) {
    const kept = settings.get("columns")?.split(" ") ?? [];
    const known = COLUMNS.filter((column) => kept.includes(column));
    this.chosen = known.length ? known : null;
    this.widths = Object.fromEntries(
      (settings.get("widths") ?? "").split(" ").flatMap((pair) => {
        const [name, width] = pair.split(":");
        const column = COLUMNS.find((one) => one === name);
        return column && Number(width) >= LEAST ? [[column, Math.min(Number(width), MOST)]] : [];
      }),
    );
    const list = h(
      "div",
      { class: "menu column-menu", role: "group", "aria-label": t.table.columns, hidden: true },
      ...COLUMNS.map((column) => {
        const box = h("input", { type: "checkbox", on: { change: () => this.choose(column, box.checked) } });
        this.boxes.set(column, box);
        return h("label", {}, box, columnName(column));
      }),
      button(t.table.columnsReset, () => this.reset(), { class: "quiet" }),
    );
    const outside = (event: Event) => {
      if (!this.element.contains(event.target as Node)) open(false);
    };
    const open = (opened: boolean) => {
      list.hidden = !opened;
      opener.setAttribute("aria-expanded", String(opened));
      if (opened) addEventListener("pointerdown", outside);
      else removeEventListener("pointerdown", outside);
    };
    const opener = button(t.table.columns, () => open(!!list.hidden), { class: "quiet", "aria-expanded": "false" });
    this.element = h(
      "div",
      {
        class: "menu-box columns-box",
        on: {
          keydown: (event) => {
            if (event.key !== "Escape" || list.hidden) return;
            event.preventDefault();
            open(false);
            opener.focus();
          },
          focusout: (event) => {
            if (event.relatedTarget && !this.element.contains(event.relatedTarget as Node)) open(false);
          },
        },
      },
      opener,
      list,
    );
    this.check();
  }

  /** Two lines a row, where the pane is narrow. */
  get narrow(): boolean {
    return this.paneWidth < NARROW;
  }

  get shown(): Column[] {
    if (this.chosen) return this.chosen;
    if (this.narrow) return ["value", "indicator", "period", "kind", "section"];
    if (this.paneWidth < WIDE) return ["value", "normal", "indicator", "kind", "period"];
    const all: Column[] = ["value", "normal", "indicator", "kind", "period", "section", "confidence"];
    const known = this.report.metrics.some(({ confidence }) => confidence !== null);
    return known ? all : all.slice(0, -1);
  }

  /** Whether other columns are shown in a pane of this width. */
  fit(width: number): boolean {
    const before = `${this.narrow} ${this.shown}`;
    this.paneWidth = width;
    this.check();
    return before !== `${this.narrow} ${this.shown}`;
  }

  /** As `grid-template-columns` has it. */
  get template(): string {
    const { shown } = this;
    const spare = shown.includes("indicator") ? "indicator" : shown.at(-1);
    return shown
      .map((column) => (column === spare ? `minmax(${this.widthOf(column)}px, 1fr)` : `${this.widthOf(column)}px`))
      .join(" ");
  }

  get least(): number {
    return this.shown.reduce((sum, column) => sum + this.widthOf(column), 0);
  }

  widthOf(column: Column): number {
    return this.widths[column] ?? WIDTHS[column];
  }

  /** A column's width; null as it was at first. */
  resize(column: Column, width: number | null): void {
    if (width === null) delete this.widths[column];
    else this.widths[column] = Math.round(Math.min(Math.max(width, LEAST), MOST));
    const pairs = Object.entries(this.widths).map(([name, pixels]) => `${name}:${pixels}`);
    settings.set("widths", pairs.join(" ") || null);
  }

  private choose(column: Column, on: boolean): void {
    const { shown } = this;
    const chosen = COLUMNS.filter((one) => (one === column ? on : shown.includes(one)));
    // A table has a column.
    if (chosen.length) this.chosen = chosen;
    settings.set("columns", this.chosen?.join(" ") ?? null);
    this.check();
    this.changed();
  }

  private reset(): void {
    this.chosen = null;
    this.widths = {};
    settings.set("columns", null);
    settings.set("widths", null);
    this.check();
    this.changed();
  }

  private check(): void {
    const { shown } = this;
    for (const [column, box] of this.boxes) box.checked = shown.includes(column);
  }
}
