// One's own entries: typed or added from files, checked line by line, seen at work on the report at hand.
import { button, h } from "../dom.ts";
import { fromCore, t } from "../i18n.ts";
import { open } from "./dialogs.ts";
import type { LexiconFault } from "gangmu";

export interface Trial {
  problems: LexiconFault[];
  /** What is read with the entries and not without, and the other way round: `12次 走访委员`. */
  gained: string[];
  lost: string[];
}

interface Acts {
  /** Reads the report at hand with the entries; null where there is none. */
  attempt(lexicon: string): Promise<Trial>;
  /** Reads all reports with the entries. */
  apply(lexicon: string): void;
}

/** After the last key, in milliseconds. */
const REST = 500;
const SHOWN = 6;

export function lexiconDialog(lexicon: string, acts: Acts): void {
  let asked = 0;
  let timer = 0;
  const seen = h("div", { class: "lexicon-seen", role: "status" });
  const area = h("textarea", {
    class: "lexicon-lines",
    rows: 10,
    placeholder: t.lexicon.example,
    "aria-label": t.lexicon.name,
    "aria-describedby": "lexicon-note",
    spellcheck: "false",
    on: { input: () => rest() },
  });
  area.value = lexicon;
  const input = h("input", {
    type: "file",
    accept: ".txt,.tsv",
    hidden: true,
    on: { change: () => void add() },
  });
  const go = button(t.lexicon.apply, () => (dialog.close(), acts.apply(area.value.trim())), { class: "main" });
  const dialog = open(
    t.lexicon.name,
    h("p", { class: "soft", id: "lexicon-note" }, t.lexicon.note),
    area,
    seen,
    h("p", { class: "acts" }, button(t.lexicon.fromFile, () => input.click()), input, h("span", { class: "space" }), go),
  );
  area.focus();
  void look();

  function rest(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), REST);
  }

  async function add(): Promise<void> {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    area.value = [area.value.trimEnd(), (await file.text()).replace(/^\ufeff/, "").trim()].filter(Boolean).join("\n") + "\n";
    void look();
  }

  async function look(): Promise<void> {
    const mine = ++asked;
    const text = area.value.trim();
    if (!text) return seen.replaceChildren();
    const trial = await acts.attempt(text).catch(() => null);
    if (mine !== asked || !trial) return;
    const { problems, gained, lost } = trial;
    go.disabled = problems.length > 0;
    const list = (css: string, lead: string, rows: string[]) =>
      rows.length > 0 &&
      h(
        "div",
        { class: css },
        h("p", {}, lead),
        h("ul", {}, ...rows.slice(0, SHOWN).map((row) => h("li", {}, row)), rows.length > SHOWN ? h("li", { class: "soft" }, "…") : ""),
      );
    seen.replaceChildren(
      ...[
        list("problems", t.lexicon.problems, problems.map(({ line, message, messageZh }) => t.lexicon.line(line, fromCore(messageZh, message)))),
        list("gained", t.lexicon.gained(gained.length), gained),
        list("lost", t.lexicon.lost(lost.length), lost),
      ].filter((part): part is HTMLDivElement => !!part),
      ...(problems.length || gained.length || lost.length ? [] : [h("p", { class: "soft" }, t.lexicon.nothing)]),
    );
  }
}
