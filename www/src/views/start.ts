// The first visit: what this is, a way in, and why it is safe.
import { button, h } from "../dom.ts";
import { t } from "../i18n.ts";

interface Ways {
  choose(): void;
  paste(): void;
  sample(index: number): void;
}

export function startView(ways: Ways): HTMLElement {
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
        example(),
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
          { class: "samples" },
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
        h("p", { class: "private" }, h("b", {}, t.privateLead), " ", t.privateCheck),
      ),
    ),
  );
}

/** A sentence and what becomes of it. */
function example(): HTMLElement {
  const mark = (kind: string, words: string) => h("mark", { class: `mark kind-${kind}` }, words);
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
    { class: "example", lang: "zh-Hans", "aria-hidden": "true" },
    h(
      "p",
      {},
      "组织委员企业投入帮扶资金",
      mark("amount", "3200余万元"),
      "，帮扶",
      mark("count", "36个"),
      "村；提案办复率达到",
      mark("share", "100%"),
      "。",
    ),
    h(
      "table",
      { class: "metrics" },
      h(
        "tbody",
        {},
        row("amount", "3200余万元", "≥ 32,000,000 元", "帮扶资金"),
        row("count", "36个", "", "村"),
        row("share", "100%", "", "提案办复率"),
      ),
    ),
  );
}
