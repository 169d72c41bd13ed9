// The first visit: what this is, a way in, and why it is safe.
import { button, h } from "../dom.ts";
import { SINGLE } from "../host.ts";
import { t } from "../i18n.ts";

interface Ways {
  choose(): void;
  paste(): void;
  sample(index: number): void;
}

export function startView(ways: Ways): HTMLElement {
  const { start } = t;
  return h(
    "main",
    { class: "start" },
    h(
      "div",
      { class: "start-frame" },
      h(
        "div",
        { class: "start-body" },
        h("h1", { lang: "zh-Hans" }, "纲目"),
        h("p", { class: "tagline" }, t.tagline),
        picture(),
        h(
          "div",
          { class: "ways" },
          h("p", { class: "drop-here" }, t.dropHere),
          button(t.openFiles, ways.choose, { class: "main" }),
          button(t.pasteText, ways.paste),
        ),
        h("p", { class: "more" }, t.dropMore),
        h(
          "div",
          { class: "samples", role: "group", "aria-label": t.samples },
          h("p", {}, t.samples),
          ...t.sampleNames.map((name, i) =>
            h(
              "button",
              { type: "button", class: "sample", on: { click: () => ways.sample(i) } },
              name,
              h("small", {}, t.sampleNotes[i]!),
            ),
          ),
        ),
        h(
          "div",
          { class: "private" },
          h("p", {}, h("b", {}, t.privateLead), " ", start.check),
          h("ul", {}, ...[start.unplug, start.network, SINGLE ? start.policyOfFile : start.policy].map((words) => h("li", {}, words))),
          !SINGLE && h("p", {}, h("a", { href: "gangmu.html", download: true }, start.single), start.singleWhy),
        ),
      ),
    ),
  );
}

/** A report as it comes, and what becomes of it. */
function picture(): HTMLElement {
  const gone = (words: string) => h("p", { class: "gone" }, h("del", {}, words));
  const mark = (kind: string, words: string) => h("mark", { class: `mark kind-${kind}` }, words);
  const section = (depth: number, name: string, metrics: number) =>
    h("li", { class: `d${depth}` }, name, h("span", { class: "number" }, String(metrics)));
  const row = (kind: string, value: string, normal: string, indicator: string) =>
    h(
      "tr",
      { class: `kind-${kind}` },
      h("td", { class: "c-value" }, h("span", { class: "value" }, value)),
      h("td", { class: "c-normal" }, normal),
      h("td", { class: "c-indicator" }, indicator),
    );
  return h(
    "figure",
    { class: "picture", lang: "zh-Hans", role: "img", "aria-label": t.start.picture },
    h(
      "div",
      { class: "sheet", "aria-hidden": "true" },
      gone("首页 > 政务公开 > 正文　字号：大 中 小"),
      h("p", { class: "head" }, "二、服务发展大局"),
      h(
        "p",
        {},
        "委员企业投入帮",
        h("del", {}, "(bāng)"),
        "扶资金",
        mark("amount", "3200余万元"),
        "，帮扶",
        mark("count", "36个"),
        "村；提案办复率达到",
        mark("share", "100%"),
        "。",
      ),
      gone("扫码关注　责任编辑：小云　打印本页"),
    ),
    h("span", { class: "to", "aria-hidden": "true" }, "→"),
    h(
      "div",
      { class: "found", "aria-hidden": "true" },
      h(
        "ol",
        {},
        section(1, "一、加强思想政治引领", 9),
        section(1, "二、服务发展大局", 12),
        section(2, "（一）协商议政", 7),
        section(2, "（二）帮扶助困", 5),
      ),
      h(
        "table",
        { class: "metrics" },
        h(
          "tbody",
          {},
          row("amount", "3200余万元", "≥ 32,000,000 元", "帮扶资金"),
          row("count", "36个", "", "帮扶村"),
          row("share", "100%", "", "提案办复率"),
        ),
      ),
    ),
  );
}
