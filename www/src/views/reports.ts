// The list of files: what was read, what waits, what could not be read and why.
import { button, h } from "../dom.ts";
import { period, stem } from "../format.ts";
import { fromCore, t } from "../i18n.ts";
import type { Entry } from "../app.ts";
import type { Failure } from "../extractor.ts";

interface Acts {
  choose(entry: Entry): void;
  remove(entry: Entry): void;
}

export function reportList(entries: Entry[], current: Entry | null, acts: Acts): HTMLElement {
  return h(
    "ul",
    { class: "reports scroll", "aria-label": t.reports },
    ...entries.map((entry) => {
      const name = h("span", { class: "name", lang: "zh-Hans" }, titleOf(entry));
      return h(
        "li",
        { class: entry.state },
        h(
          "button",
          {
            type: "button",
            class: "report-item",
            title: entry.file.name,
            "aria-current": entry === current ? "true" : null,
            on: { click: () => acts.choose(entry) },
          },
          name,
          h("span", { class: "note" }, ...noteOf(entry)),
        ),
        button("×", () => acts.remove(entry), {
          class: "close",
          title: t.remove,
          "aria-label": `${t.remove} ${titleOf(entry)}`,
        }),
      );
    }),
  );
}

export function titleOf(entry: Entry): string {
  return entry.report?.meta.title || (entry.state === "failed" ? entry.file.name : stem(entry.file.name));
}

export function reasonOf(entry: Entry): string {
  return entry.failure ? reason(entry.failure) : "";
}

export function reason({ facts: { code, message, messageZh } }: Failure): string {
  return t.errors[code] ?? fromCore(messageZh, message);
}

function noteOf(entry: Entry): (string | HTMLElement)[] {
  const { report } = entry;
  if (entry.state === "waiting") return [t.waiting];
  if (entry.state === "working") return [t.working];
  if (!report) return [h("span", { class: "reason" }, reasonOf(entry))];
  return [
    report.meta.place,
    period(report.meta.period),
    t.sections(report.outline.length),
    t.items(report.metrics.length),
  ]
    .filter(Boolean)
    .map((words) => h("span", {}, words));
}
