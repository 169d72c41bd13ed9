import { h } from "../dom.ts";
import { isUnsure } from "../format.ts";
import type { Report } from "gangmu";

/** A run of text that is the quantity of one or more metrics. */
export function markElement(report: Report, metrics: number[], words: string): HTMLElement {
  const first = report.metrics[metrics[0]!]!;
  const classes = [
    "mark",
    `kind-${first.kind}`,
    first.status === "plan" && "plan",
    metrics.some((i) => isUnsure(report.metrics[i]!)) && "unsure",
    metrics.some((i) => report.metrics[i]!.corrected) && "corrected",
  ];
  return h(
    "mark",
    { class: classes.filter(Boolean).join(" "), "data-m": metrics.join(" "), tabindex: -1, role: "button" },
    words,
  );
}

/** The metrics of the mark under an event, or none. */
export function metricsAt(event: Event): number[] {
  return metricsOf(markAt(event));
}

export function markAt(event: Event): HTMLElement | null {
  return (event.target as Element | null)?.closest?.<HTMLElement>("[data-m]") ?? null;
}

export function metricsOf(mark: HTMLElement | null): number[] {
  return mark ? mark.getAttribute("data-m")!.split(" ").map(Number) : [];
}

/** Of the metrics that share a mark, the one to select next. */
export function nextOf(metrics: number[], selected: number | null): number {
  const at = selected === null ? -1 : metrics.indexOf(selected);
  return metrics[(at + 1) % metrics.length]!;
}
