// The outline of one report.
import { h, scrollInto } from "../dom.ts";
import { headingOf } from "../format.ts";
import { t } from "../i18n.ts";
import { sectionTotals } from "../segments.ts";
import type { Report } from "gangmu";
import type { Bench } from "../workbench.ts";

export class OutlineView {
  readonly element: HTMLElement;
  private readonly items: HTMLElement[];
  private current: HTMLElement | null = null;

  constructor(report: Report, bench: Bench) {
    const totals = sectionTotals(report);
    this.items = report.outline.map((section, i) => {
      const { metrics, characters } = totals[i]!;
      return h(
        "button",
        {
          type: "button",
          class: `d${Math.min(section.depth, 6)} ${section.kind}`,
          title: `${headingOf(section)}\n${t.characters(characters.toLocaleString("en-US"))} · ${t.items(metrics)}`,
          on: { click: () => bench.goSection(i) },
        },
        h("span", { class: "name", lang: "zh-Hans" }, headingOf(section)),
        h("span", { class: "number" }, characters.toLocaleString("en-US")),
        h("span", { class: "number strong" }, metrics ? String(metrics) : "·"),
      );
    });
    const list = h("ol", {}, ...this.items.map((item) => h("li", {}, item)));
    this.element = h(
      "nav",
      { class: "outline scroll", "aria-label": t.outline },
      report.outline.length ? list : h("p", { class: "empty" }, t.noOutline),
    );
  }

  /** Marks the section that is being read. */
  reading(section: number | null): void {
    const item = section === null ? null : (this.items[section] ?? null);
    if (item === this.current) return;
    this.current?.removeAttribute("aria-current");
    item?.setAttribute("aria-current", "location");
    this.current = item;
    if (item) scrollInto(this.element, item, "nearest");
  }
}
