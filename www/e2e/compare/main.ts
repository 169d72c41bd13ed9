// The view that compares, on a page of its own: with an invented comparison of any size, or one that is handed over.
import { h } from "../../src/dom.ts";
import { speak } from "../../src/i18n.ts";
import { fold } from "../../src/views/compare/fold.ts";
import { CompareView } from "../../src/views/compare/view.ts";
import { invented, inventedReport } from "./invented.ts";

const asked = new URLSearchParams(location.search);
const number = (name: string, otherwise: number) => Number(asked.get(name) ?? otherwise);
const comparison = invented(number("places", 4), number("years", 5), number("rows", 24), number("full", 0.7));
document.documentElement.dataset.theme = asked.get("theme") ?? "light";
speak(asked.get("language") === "en" ? "en" : "zh");
const said: unknown[] = [];
const view = new CompareView(fold(comparison), {
  open: async (report) => inventedReport(comparison, report),
  show: (report, at) => said.push({ show: report, at }),
  close: () => said.push("close"),
  say: (words) => said.push(words),
});
document.body.append(h("div", { class: "app" }, view.element));
view.shown();
Object.assign(window, { comparison, view, said });
