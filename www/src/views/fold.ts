// Panes that fold to a strip, by a button or a key. What is folded stays so in the next visit.
import { button, h, settings } from "../dom.ts";
import { t } from "../i18n.ts";

export const SIDES = ["nav", "text", "table"] as const;
export type Side = (typeof SIDES)[number];

export class Folds {
  private readonly folded: Set<Side>;
  private readonly openers: Partial<Record<Side, HTMLElement>> = {};
  private readonly closers: Partial<Record<Side, HTMLElement>> = {};

  constructor(private readonly main: HTMLElement) {
    const kept = (settings.get("folded") ?? "").split(" ");
    this.folded = new Set(SIDES.filter((side) => kept.includes(side)));
    if (this.folded.size === SIDES.length) this.folded.clear();
    const names: Record<Side, string> = { nav: t.outline, text: t.text, table: t.metrics };
    for (const [i, side] of SIDES.entries()) {
      const pane = main.querySelector(`:scope > .${side}-pane`);
      const head = pane?.querySelector(side === "nav" ? ".outline-box > .pane-head" : ".pane-head");
      if (!pane || !head) continue;
      const keys = { "aria-keyshortcuts": i + 1 };
      this.openers[side] = h(
        "button",
        { type: "button", class: "strip", title: t.fold.open(names[side], i + 1), ...keys, on: { click: () => this.toggle(side) } },
        h("span", {}, names[side]),
      );
      this.closers[side] = button(side === "table" ? "»" : "«", () => this.toggle(side), {
        class: "quiet fold-pane",
        title: t.fold.close(names[side], i + 1),
        "aria-label": t.fold.close(names[side], i + 1),
        ...keys,
      });
      head.append(this.closers[side]);
      pane.prepend(this.openers[side]);
    }
    this.draw();
  }

  /** Folds or opens a pane; one stays open. */
  toggle(side: Side): void {
    // Where one pane fits the others have tabs.
    if (innerWidth < 900) return;
    const within = this.main.querySelector(`:scope > .${side}-pane`)?.contains(document.activeElement);
    if (this.folded.delete(side)) {
      this.draw();
      this.closers[side]?.focus();
    } else if (this.folded.size < SIDES.length - 1) {
      this.folded.add(side);
      this.draw();
      if (within) this.openers[side]?.focus();
    }
  }

  /** Opens a pane that something is to be shown in. */
  open(side: Side): void {
    if (this.folded.delete(side)) this.draw();
  }

  private draw(): void {
    const folded = [...this.folded].join(" ");
    this.main.dataset.fold = folded;
    settings.set("folded", folded || null);
  }
}
