// The chart beside the matrix: it follows the row, and the kind of chart follows what there is to show.
import { max } from "d3-array";
import { barChart, framed, lineChart, type Look, smallMultiples } from "../../charts/layout.ts";
import { type ChartKind, fitting, fullestYear, type Point, type Series, seriesOf } from "../../charts/series.ts";
import { type Drawing, type Palette, svg } from "../../charts/shapes.ts";
import { PAPER, PAPER_MARKS, pngFile, svgFile } from "../../charts/take.ts";
import { button, h, perFrame, settings } from "../../dom.ts";
import { save } from "../../export.ts";
import { number } from "../../format.ts";
import { t } from "../../i18n.ts";
import { menuButton } from "../menu.ts";
import { type Column, type Row, rowName } from "./matrix.ts";

const KINDS: ChartKind[] = ["line", "bars", "multiples"];
const MOST_BARS = 60;
const MOST_MULTIPLES = 40;
/** Of a chart that is taken along. */
const PAPER_WIDTH = 720;

export interface ChartHooks {
  /** To the cell of a point. */
  reveal(column: number): void;
  say(words: string): void;
}

/** What the reader chose; nothing where it follows the row. */
interface Choice {
  kind: ChartKind | "auto";
  place: string | null;
  year: number | null;
  /** Small charts have one scale. */
  shared: boolean;
  /** Also what comes after the first many. */
  all: boolean;
}

export class ChartView {
  readonly element: HTMLElement;
  private row: Row | null = null;
  private columns: Column[] = [];
  private active: number | null = null;
  private series: Series | null = null;
  private readonly choice: Choice = {
    kind: "auto",
    place: null,
    year: null,
    shared: settings.get("sharedScale") !== "no",
    all: false,
  };
  private width = 0;
  private readonly title = h("h2");
  private readonly subtitle = h("p", { class: "chart-subtitle" });
  private readonly tools = h("div", { class: "chart-tools" });
  private readonly figure = h("div", { class: "chart-figure" });
  private readonly notes = h("div", { class: "chart-notes" });
  private readonly data = h("details", { class: "chart-data" });
  private readonly themes: MutationObserver;
  private readonly sizes: ResizeObserver;
  private readonly draw = perFrame(() => this.redraw());

  constructor(private readonly hooks: ChartHooks) {
    this.data.addEventListener("toggle", () => this.drawData());
    this.figure.addEventListener("click", (event) => {
      const point = (event.target as Element).closest("[data-point]");
      if (point) hooks.reveal(Number(point.getAttribute("data-point")));
    });
    const scroll = h(
      "div",
      { class: "scroll chart-scroll", tabindex: 0, role: "group", "aria-label": t.compare.chart },
      this.title,
      this.subtitle,
      this.tools,
      this.figure,
      this.notes,
      this.data,
    );
    this.element = h("section", { class: "pane chart-pane", "aria-label": t.compare.chart }, scroll);
    this.themes = new MutationObserver(this.draw);
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.sizes = new ResizeObserver(() => {
      if (Math.abs(this.figure.clientWidth - this.width) > 2) this.draw();
    });
    this.sizes.observe(this.figure);
  }

  dispose(): void {
    this.themes.disconnect();
    this.sizes.disconnect();
  }

  /** `active` is the column that the reader is in. */
  show(row: Row | null, columns: Column[], active: number | null): void {
    if (row !== this.row || columns !== this.columns) {
      this.series = null;
      Object.assign(this.choice, { year: null, place: null, all: false });
    } else if (active === this.active) return;
    if (active !== this.active) this.choice.place = null;
    this.row = row;
    this.columns = columns;
    this.active = active;
    this.draw();
  }

  private redraw(): void {
    const { row } = this;
    this.width = this.figure.clientWidth;
    if (this.width < 40) return;
    this.series ??= row && seriesOf(row, this.columns);
    const has = !!row && !!this.series?.points.length;
    this.tools.hidden = this.data.hidden = this.subtitle.hidden = this.notes.hidden = !has;
    if (!has) {
      this.title.textContent = row ? rowName(row, t) : "";
      this.figure.replaceChildren(h("p", { class: "empty" }, t.compare.chartNothing));
      return;
    }
    const { title, subtitle, notes, drawing } = this.chart(this.width);
    this.title.textContent = title;
    this.subtitle.textContent = subtitle;
    const focused = this.tools.contains(document.activeElement)
      ? document.activeElement?.getAttribute("data-tool")
      : null;
    this.tools.replaceChildren(...this.controls());
    if (focused) this.tools.querySelector<HTMLElement>(`[data-tool="${focused}"]`)?.focus();
    this.figure.replaceChildren(svg(drawing, this.palette(), this.spoken()));
    const more = this.hidden();
    this.notes.replaceChildren(
      ...notes.map((words) => h("p", {}, words)),
      more > 0 ? button(t.compare.showAll(more), () => this.set({ all: true }), { class: "link" }) : "",
    );
    this.drawData();
  }

  private set(change: Partial<Choice>): void {
    Object.assign(this.choice, change);
    this.draw();
  }

  // What is drawn

  private get kind(): ChartKind {
    return this.choice.kind === "auto" ? fitting(this.series!) : this.choice.kind;
  }

  /** The place of the line: the reader's choice, that of the active column, or the first. */
  private get shownPlace(): string {
    const { places } = this.series!;
    const own = this.active === null ? undefined : this.columns[this.active]?.place;
    return this.choice.place ?? (own && places.includes(own) ? own : places[0]!);
  }

  private get shownYear(): number {
    return this.choice.year ?? fullestYear(this.series!);
  }

  private pointsOf(place: string): Point[] {
    return this.series!.points.filter((point) => point.place === place);
  }

  private bars(): Point[] {
    const up = this.row!.about.kind === "rank" ? 1 : -1;
    const shown = this.shownYear;
    return this.series!.points.filter(({ year }) => year === shown).sort((a, b) => up * (a.value - b.value));
  }

  /** The points that are on the screen. */
  private shown(): Point[] {
    const { kind, series } = this;
    if (kind === "line") return this.pointsOf(this.shownPlace);
    if (kind === "bars") return this.choice.all ? this.bars() : this.bars().slice(0, MOST_BARS);
    const places = new Set(this.choice.all ? series!.places : series!.places.slice(0, MOST_MULTIPLES));
    return series!.points.filter(({ place }) => places.has(place));
  }

  /** How many there are in all, where not all are drawn. */
  private hidden(): number {
    if (this.choice.all || this.kind === "line") return 0;
    const [n, most] =
      this.kind === "bars" ? [this.bars().length, MOST_BARS] : [this.series!.places.length, MOST_MULTIPLES];
    return n > most ? n : 0;
  }

  private label(point: Point): string {
    const { kind } = this.row!.about;
    if (kind === "rank") return t.rank(number(point.value));
    const signs = { exact: kind === "change" && point.value > 0 ? "+" : "", over: "≥", under: "≤", about: "≈", range: "" };
    const round = (n: number) => number(Number(n.toFixed(Math.abs(n) < 1 ? 3 : 2)));
    return signs[point.hedge] + round(point.value) + (point.max === null ? "" : `–${round(point.max)}`);
  }

  private look(width: number, active: number | null): Look {
    return {
      width,
      unit: this.row!.about.kind === "rank" ? "" : t.compare.unit(this.row!.about.scale.unit),
      label: (point) => this.label(point),
      ranks: this.row!.about.kind === "rank",
      active,
    };
  }

  private chart(width: number, active = this.active): { title: string; subtitle: string; notes: string[]; drawing: Drawing } {
    const { kind } = this;
    const row = this.row!;
    const points = this.shown();
    const places = this.series!.places.filter((place) => points.some((point) => point.place === place));
    const times = span(points);
    const look = this.look(width, active);
    const drawing =
      kind === "line"
        ? lineChart(points, look)
        : kind === "bars"
          ? barChart(points, look)
          : smallMultiples(
              places.map((place) => ({ place, points: points.filter((point) => point.place === place) })),
              look,
              this.choice.shared,
            );
    const words = t.compare;
    const kinds = [...new Set(points.map(({ column }) => t.reportKinds[this.columns[column]!.head.kind]))];
    const reports = new Set(points.map(({ column }) => column)).size;
    const hidden = this.hidden();
    return {
      title: words.title(rowName(row, t), row.about.kind === "rank" ? "" : row.about.scale.unit),
      subtitle: places.length === 1 ? words.placeOver(places[0]!, times) : words.placesIn(places.length, times),
      notes: [
        hidden > 0 && words.firstOf(kind === "bars" ? MOST_BARS : MOST_MULTIPLES, hidden),
        points.some(({ plan }) => plan) && words.planNote,
        points.some(({ hedge }) => hedge !== "exact" && hedge !== "range") && words.boundNote,
        this.series!.apart > 0 && words.apartNote(this.series!.apart),
        words.source(reports, kinds.length === 1 ? kinds[0]! : ""),
      ].filter((note): note is string => !!note),
      drawing,
    };
  }

  /** For those who do not see it. */
  private spoken(): string {
    const { title, subtitle } = this.chart(PAPER_WIDTH);
    const points = this.shown();
    const told = points.slice(0, 12).map((point) => `${point.place} ${point.time} ${this.label(point)}`);
    const rest = points.length > told.length ? "…" : "";
    return `${t.compare.chartNames[this.kind]}: ${title}, ${subtitle}. ${told.join("; ")}${rest}`;
  }

  private palette(): Palette {
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
    return {
      ink: color("ink"),
      soft: color("soft"),
      rule: color("rule"),
      ground: color("chrome"),
      mark: color(`${this.row!.about.kind}-ink`),
    };
  }

  // Controls

  private controls(): (HTMLElement | string)[] {
    const words = t.compare;
    const { places, years } = this.series!;
    const { kind } = this;
    const select = h(
      "select",
      {
        "aria-label": words.chartOf,
        "data-tool": "kind",
        on: { change: () => this.set({ kind: select.value as ChartKind | "auto" }) },
      },
      ...(["auto", ...KINDS] as const).map((name) =>
        h("option", { value: name, selected: name === this.choice.kind }, words.chartKinds[name]),
      ),
    );
    const out: (HTMLElement | string)[] = [select];
    const options = <T extends string | number>(
      name: string,
      tool: string,
      list: T[],
      now: T,
      choose: (chosen: string) => void,
    ) => {
      const select = h(
        "select",
        { "aria-label": name, "data-tool": tool, on: { change: () => choose(select.value) } },
        ...list.map((one) => h("option", { value: one, selected: one === now }, String(one))),
      );
      return select;
    };
    if (kind === "line" && places.length > 1) {
      out.push(options(words.chartPlace, "place", places, this.shownPlace, (place) => this.set({ place })));
    }
    if (kind === "bars" && years.length > 1) {
      out.push(options(words.chartYear, "year", [...years].reverse(), this.shownYear, (year) => this.set({ year: Number(year) })));
    }
    if (kind === "multiples") {
      const shared = h("input", {
        type: "checkbox",
        checked: this.choice.shared,
        "data-tool": "shared",
        on: {
          change: () => {
            settings.set("sharedScale", shared.checked ? null : "no");
            this.set({ shared: shared.checked });
          },
        },
      });
      out.push(h("label", { class: "check" }, shared, words.sharedScale));
    }
    out.push(h("span", { class: "space" }));
    out.push(
      menuButton(words.take, "", () => [
        [words.takeSvg, () => void this.take("svg")],
        [words.takePng, () => void this.take("png")],
      ]),
    );
    return out;
  }

  private async take(as: "svg" | "png"): Promise<void> {
    // On paper nobody is in a cell.
    const { title, subtitle, notes, drawing } = this.chart(PAPER_WIDTH, null);
    const whole = framed(drawing, { title, subtitle, notes });
    const palette = { ...PAPER, mark: PAPER_MARKS[this.row!.about.kind] };
    const name = `${title} ${subtitle}`.replace(/[\\/:*?"<>|]+/g, " ");
    const spoken = this.spoken();
    if (as === "svg") save(`${name}.svg`, new Blob([svgFile(whole, palette, spoken)], { type: "image/svg+xml" }));
    else save(`${name}.png`, await pngFile(whole, palette, spoken));
  }

  /** The same as a table; each value leads to its cell. */
  private drawData(): void {
    const words = t.compare;
    const summary = this.data.querySelector("summary") ?? h("summary", {}, words.data);
    if (!this.data.open || !this.series?.points.length) {
      this.data.replaceChildren(summary);
      return;
    }
    const lines = this.shown().map((point) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, point.place),
        h("td", {}, point.time),
        h(
          "td",
          { class: "figure" },
          button(this.label(point), () => this.hooks.reveal(point.column), { class: "link" }),
          point.plan && h("span", { class: "tag" }, t.plan),
        ),
      ),
    );
    const head = [words.chartPlace, t.period, `${t.value} ${this.row!.about.scale.unit}`];
    this.data.replaceChildren(
      summary,
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...lines),
      ),
    );
  }
}

/** `2014–2019`, or the one year. */
function span(points: Point[]): string {
  const first = points.reduce((least, { year }) => Math.min(least, year), Number.POSITIVE_INFINITY);
  const last = max(points, ({ year }) => year);
  return first === last ? String(last) : `${first}–${last}`;
}
