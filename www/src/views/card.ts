// The small card beside a quantity: how it was read. It answers the pointer, the focus and the finger.
import { h } from "../dom.ts";
import { isUnsure, normalised, period } from "../format.ts";
import { t } from "../i18n.ts";
import { beside } from "./float.ts";
import { markAt, metricsOf } from "./mark.ts";
import type { Report } from "gangmu";

/** Where one pane fits, what a tap selects comes up at the foot of the window, with the same facts. */
const ONE_PANE = matchMedia("(max-width: 899px) and (hover: none)");

/** How long the pointer rests before the card comes, and how long it may be away before it goes. */
const COMES = 250;
const GOES = 200;

export class Card {
  readonly element: HTMLElement;
  private mark: HTMLElement | null = null;
  private timer = 0;

  /** `pane` scrolls and holds the marks. */
  constructor(
    private readonly report: Report,
    pane: HTMLElement,
  ) {
    this.element = h("div", { class: "float reading-card", id: `card-of-${pane.id}`, role: "tooltip", hidden: true });
    pane.addEventListener("mouseover", (event) => {
      const mark = markAt(event);
      if (mark === this.mark) clearTimeout(this.timer);
      else if (mark && !ONE_PANE.matches) this.later(COMES, () => this.show(mark));
      else this.later(GOES, () => this.left());
    });
    pane.addEventListener("mouseleave", () => this.later(GOES, () => this.left()));
    pane.addEventListener("focusin", (event) => {
      const mark = markAt(event);
      if (mark?.matches(":focus-visible") && !ONE_PANE.matches) this.show(mark);
    });
    pane.addEventListener("focusout", () => this.later(GOES, () => this.left()));
    pane.addEventListener("pointerup", (event) => {
      if (event.pointerType === "mouse") return;
      const mark = markAt(event);
      if (mark && mark !== this.mark && !ONE_PANE.matches) this.show(mark);
      else this.hide();
    });
    pane.addEventListener(
      "scroll",
      () => {
        if (!this.mark) return;
        if (this.mark === document.activeElement) this.put();
        else this.hide();
      },
      { passive: true },
    );
    // The pointer may go over the card to read or copy it.
    this.element.addEventListener("mouseenter", () => clearTimeout(this.timer));
    this.element.addEventListener("mouseleave", () => this.later(GOES, () => this.left()));
    addEventListener("keydown", this.key, true);
  }

  dispose(): void {
    clearTimeout(this.timer);
    removeEventListener("keydown", this.key, true);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.mark?.removeAttribute("aria-describedby");
    this.mark = null;
    this.element.hidden = true;
  }

  private readonly key = (event: KeyboardEvent) => {
    // In a field the key is the field's, over a dialog the dialog's.
    const typing = (event.target as Element).matches?.("input, textarea, select");
    if (event.key !== "Escape" || !this.mark || typing || document.querySelector("dialog[open]")) return;
    this.hide();
    event.preventDefault();
    event.stopPropagation();
  };

  private later(wait: number, work: () => void): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(work, wait);
  }

  /** The pointer or the focus went away; where the other still is, the card stays. */
  private left(): void {
    if (!this.mark || this.mark.matches(":hover, :focus-visible") || this.element.matches(":hover")) return;
    this.hide();
  }

  private show(mark: HTMLElement): void {
    this.hide();
    this.mark = mark;
    mark.setAttribute("aria-describedby", this.element.id);
    this.element.replaceChildren(...metricsOf(mark).slice(0, 4).map((i) => this.reading(i)));
    this.element.hidden = false;
    this.put();
  }

  private put(): void {
    if (this.mark) beside(this.element, this.mark.getClientRects());
  }

  private reading(i: number): HTMLElement {
    const metric = this.report.metrics[i]!;
    const facts: [string, string][] = [
      [t.indicator, metric.indicator],
      [t.action, metric.indicator.includes(metric.action) ? "" : metric.action],
      [t.subject, metric.subject],
      [t.period, period(metric.period)],
      [t.status, t[metric.status]],
      [t.confidence, metric.corrected ? t.corrected : metric.confidence === null ? "" : `${Math.round(metric.confidence * 100)}%`],
    ];
    return h(
      "div",
      { class: `reading kind-${metric.kind}` },
      h(
        "p",
        { class: "reading-head" },
        h("b", {}, normalised(metric, t)),
        h("span", { class: "reading-kind" }, h("i", { class: "swatch" }), t.kinds[metric.kind]),
        metric.hedge !== "exact" && h("span", {}, t.table.hedges[metric.hedge]),
        isUnsure(metric) && h("span", { class: "tag unsure-tag" }, t.unsure),
      ),
      h(
        "dl",
        {},
        ...facts
          .filter(([, words]) => words)
          .map(([name, words]) => h("div", {}, h("dt", {}, name), h("dd", { lang: "zh-Hans" }, words))),
      ),
    );
  }
}
