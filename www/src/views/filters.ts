// What narrows the table down: a search, chips for what is common, a panel for the rest. Every filter in force
// is a chip that takes it away.
import {
  BANDS,
  bandOf,
  COLUMNS,
  type Filter,
  isFiltering,
  KINDS,
  noFilter,
  READING,
  sectionAt,
  type Sort,
  type SortKey,
  STATUSES,
} from "../arrange.ts";
import { button, h } from "../dom.ts";
import { headingOf, period, sectionPath } from "../format.ts";
import { t } from "../i18n.ts";
import { columnName } from "./columns.ts";
import type { Report } from "gangmu";

type List = "kinds" | "statuses" | "periods" | "bands";

export class Filters {
  readonly input: HTMLInputElement;
  readonly opener: HTMLButtonElement;
  readonly chips: HTMLElement;
  readonly panel: HTMLElement;
  private readonly toggles: { element: HTMLElement; pressed: () => boolean }[] = [];
  private readonly others = h("span", { class: "others" });
  private readonly section: HTMLSelectElement;
  private readonly order: HTMLSelectElement;
  private now: Filter = noFilter();

  constructor(
    private readonly report: Report,
    private readonly on: {
      change: () => void;
      sort: (sort: Sort) => void;
      /** From the search down into the rows. */
      enter: () => void;
      walk: () => void;
    },
  ) {
    const { metrics } = report;
    this.input = h("input", {
      type: "search",
      placeholder: t.filterHint,
      "aria-label": t.filterHint,
      on: {
        input: () => this.set({ query: this.input.value }),
        keydown: (event) => {
          if (event.key !== "Enter" && event.key !== "ArrowDown") return;
          event.preventDefault();
          on.enter();
        },
      },
    });
    const count = <T>(read: (i: number) => T) => {
      const counts = new Map<T, number>();
      metrics.forEach((_, i) => counts.set(read(i), (counts.get(read(i)) ?? 0) + 1));
      return counts;
    };
    const kinds = count((i) => metrics[i]!.kind);
    const statuses = count((i) => metrics[i]!.status);
    const bands = count((i) => bandOf(metrics[i]!));
    const periods = count((i) => period(metrics[i]!.period));
    const corrected = metrics.filter(({ corrected }) => corrected).length;
    const list = (key: List, value: string, name: string, n: number, css = "") =>
      this.toggle(
        name,
        n,
        css,
        () => (this.now[key] as string[]).includes(value),
        () => this.flip(key, value),
      );
    this.chips = h(
      "div",
      { class: "chips", role: "group", "aria-label": t.filter },
      ...KINDS.filter((kind) => kinds.has(kind)).map((kind) =>
        list("kinds", kind, t.kinds[kind], kinds.get(kind)!, `kind-${kind}`),
      ),
      statuses.has("plan") && list("statuses", "plan", t.plan, statuses.get("plan")!, "plan"),
      bands.has("low") && list("bands", "low", t.unsure, bands.get("low")!, "unsure"),
      corrected > 0 &&
        this.toggle(
          t.corrected,
          corrected,
          "corrected",
          () => this.now.corrected,
          () => this.set({ corrected: !this.now.corrected }),
        ),
      this.others,
      bands.has("low") && button(t.table.walk, on.walk, { class: "link walk", title: "u" }),
    );
    this.section = h(
      "select",
      { on: { change: () => this.set({ section: this.section.value ? Number(this.section.value) : null }) } },
      h("option", { value: "" }, t.table.allSections),
      ...this.sections(),
    );
    this.order = h(
      "select",
      {
        on: {
          change: () => {
            const [key, down] = this.order.value.split(" ");
            on.sort({ key: key as SortKey, descending: !!down });
          },
        },
      },
      h("option", { value: "reading" }, t.table.reading),
      ...COLUMNS.flatMap((column) => [
        h("option", { value: column }, `${columnName(column)} ↑`),
        h("option", { value: `${column} down` }, `${columnName(column)} ↓`),
      ]),
    );
    const row = (name: string, css: string, ...chips: HTMLElement[]) =>
      h(
        "div",
        { class: `filter-row ${css}`, role: "group", "aria-label": name },
        h("span", { class: "label", "aria-hidden": "true" }, name),
        h("span", { class: "values" }, ...chips),
      );
    const labelled = (name: string, css: string, select: HTMLElement) =>
      h("label", { class: `filter-row ${css}` }, h("span", { class: "label" }, name), select);
    this.panel = h(
      "div",
      { class: "filter-panel", id: "filters", hidden: true },
      report.outline.length > 0 && labelled(t.section, "sections", this.section),
      row(
        t.period,
        "periods",
        ...[...periods]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([value, n]) => list("periods", value, value || t.table.noPeriod, n)),
      ),
      row(
        t.status,
        "statuses",
        ...STATUSES.filter((status) => statuses.has(status)).map((status) =>
          list("statuses", status, t[status], statuses.get(status)!),
        ),
      ),
      row(
        t.confidence,
        "bands",
        ...BANDS.filter((band) => bands.has(band)).map((band) =>
          list("bands", band, t.table.bands[band], bands.get(band)!),
        ),
      ),
      labelled(t.table.sort, "order", this.order),
    );
    this.opener = button(t.table.filters, () => this.open(!!this.panel.hidden), {
      class: "quiet filter-opener",
      "aria-expanded": "false",
      "aria-controls": "filters",
    });
    this.update();
  }

  get filter(): Filter {
    return this.now;
  }

  /** Puts another filter in force without telling. */
  restore(filter: Filter): void {
    this.now = { ...filter, section: sectionAt(this.report, filter.section) === null ? null : filter.section };
    this.update();
  }

  clear(): void {
    this.set(noFilter());
  }

  sorted({ key, descending }: Sort): void {
    this.order.value = key === READING.key || !descending ? key : `${key} down`;
  }

  private open(open: boolean): void {
    this.panel.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
  }

  private flip(key: List, value: string): void {
    const list = this.now[key] as string[];
    this.set({ [key]: list.includes(value) ? list.filter((one) => one !== value) : [...list, value] });
  }

  private set(part: Partial<Filter>): void {
    this.now = { ...this.now, ...part };
    this.update();
    this.on.change();
  }

  private toggle(
    name: string,
    n: number,
    css: string,
    pressed: () => boolean,
    flip: () => void,
  ): HTMLButtonElement {
    const element = h(
      "button",
      { type: "button", class: `chip ${css}`, "aria-pressed": "false", on: { click: flip } },
      css && h("i", { class: "swatch" }),
      name,
      h("span", { class: "number" }, n.toLocaleString("en-US")),
    );
    this.toggles.push({ element, pressed });
    return element;
  }

  /** The outline as choices, with the number of metrics in each section. */
  private *sections(): Iterable<HTMLElement> {
    const { outline, metrics } = this.report;
    const counts = outline.map(() => 0);
    for (const { section } of metrics) for (const i of sectionPath(this.report, section)) counts[i]!++;
    for (const [i, section] of outline.entries()) {
      if (!counts[i]) continue;
      const name = `${"\u3000".repeat(section.depth - 1)}${headingOf(section)} (${counts[i]})`;
      yield h("option", { value: section.heading.start }, name);
    }
  }

  private update(): void {
    const { filter, report } = this;
    if (this.input.value !== filter.query) this.input.value = filter.query;
    this.section.value = filter.section === null ? "" : String(filter.section);
    for (const { element, pressed } of this.toggles) element.setAttribute("aria-pressed", String(pressed()));
    const gone = (name: string, part: Partial<Filter>) =>
      h(
        "button",
        {
          type: "button",
          class: "chip removable",
          "aria-label": t.table.without(name),
          title: t.table.without(name),
          on: {
            click: () => {
              this.set(part);
              this.opener.focus();
            },
          },
        },
        h("span", {}, name),
      );
    const without = (list: string[], value: string) => list.filter((one) => one !== value);
    const at = sectionAt(report, filter.section);
    const others = [
      ...(filter.query.trim() ? [gone(t.table.searched(filter.query.trim()), { query: "" })] : []),
      ...(at === null ? [] : [gone(headingOf(report.outline[at]!), { section: null })]),
      ...filter.periods.map((value) =>
        gone(value || t.table.noPeriod, { periods: without(filter.periods, value) } as Partial<Filter>),
      ),
      ...filter.statuses
        .filter((status) => status !== "plan")
        .map((status) => gone(t[status], { statuses: without(filter.statuses, status) } as Partial<Filter>)),
      ...filter.bands
        .filter((band) => band !== "low")
        .map((band) =>
          gone(`${t.confidence} ${t.table.bands[band]}`, { bands: without(filter.bands, band) } as Partial<Filter>),
        ),
    ];
    const clear = button(t.clearFilter, () => {
      this.clear();
      this.opener.focus();
    }, { class: "link clear" });
    this.others.replaceChildren(...others, ...(isFiltering(filter) ? [clear] : []));
  }
}
