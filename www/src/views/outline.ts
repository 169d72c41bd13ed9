// The outline of one report: nested lists that fold, with a search.
import { button, h, scrollInto } from "../dom.ts";
import { headingOf } from "../format.ts";
import { t } from "../i18n.ts";
import { childrenOf, outlineHtml, outlineText, search, sectionTotals, type Found, type Totals } from "../sections.ts";
import { Slices } from "../slices.ts";
import { beside } from "./float.ts";
import type { Report, Section, Span } from "gangmu";
import type { Bench } from "../workbench.ts";

/** From this many sections on, rows off the screen are laid out only when they come near it. */
const MANY = 300;

interface Item {
  section: Section;
  li: HTMLElement;
  row: HTMLElement;
  go: HTMLButtonElement;
  name: HTMLElement;
  fold: HTMLButtonElement | null;
  list: HTMLElement | null;
}

/** What is kept while another bench is on the screen; sections are told by where their headings begin. */
export interface OutlineMemory {
  scroll: number;
  folded: number[];
  query: string;
  focus: number | null;
}

export class OutlineView {
  readonly element: HTMLElement;
  private readonly scroll: HTMLElement;
  private readonly items: Item[] = [];
  private readonly folded = new Set<number>();
  private readonly input: HTMLInputElement;
  private readonly foldAll: HTMLButtonElement;
  private readonly nothing = h("p", { class: "empty", hidden: true }, t.outlineView.none);
  private readonly said = h("span", { class: "unseen", role: "status" });
  private readonly menu: HTMLElement;
  private readonly more: HTMLButtonElement;
  private readonly slices: Slices;
  private found: Found | null = null;
  private current: Item | null = null;
  /** The section that the tab key comes to. */
  private stop: Item | null = null;
  /** The section that the small menu is for. */
  private pointed = -1;

  constructor(
    private readonly report: Report,
    private readonly bench: Bench,
  ) {
    const { outline } = report;
    const words = t.outlineView;
    this.input = h("input", {
      type: "search",
      placeholder: words.search,
      "aria-label": words.search,
      on: { input: () => this.seek(), keydown: (event) => this.inputKey(event) },
    });
    this.foldAll = button(words.foldAll, () => this.turnAll(), { class: "quiet" });
    const copy = button(words.copy, () => this.copy(copy), { class: "quiet", title: words.copyHint });
    this.menu = h("div", { class: "float menu", role: "menu", hidden: true, on: { keydown: (e) => this.menuKey(e) } });
    this.menu.addEventListener("focusout", (event) => {
      if (!this.menu.contains(event.relatedTarget as Node | null)) this.menu.hidden = true;
    });
    this.more = button("⋯", () => this.openMenu(), {
      class: "quiet more-acts",
      tabindex: -1,
      title: words.level,
      "aria-label": words.level,
      "aria-haspopup": "menu",
    });
    const list = h("ul");
    this.scroll = h(
      "nav",
      {
        class: outline.length > MANY ? "outline scroll many" : "outline scroll",
        "aria-label": t.outline,
        on: {
          click: (event) => this.clicked(event.target as Element),
          mouseover: (event) => this.point(indexAt(event.target)),
          focusin: (event) => this.point(indexAt(event.target)),
          keydown: (event) => this.key(event),
          scroll: () => (this.menu.hidden = true),
        },
      },
      outline.length ? list : h("p", { class: "empty" }, t.noOutline),
      this.nothing,
    );
    this.element = h(
      "div",
      { class: "outline-box" },
      h(
        "div",
        { class: "pane-head" },
        h("h2", {}, t.outline),
        outline.length > 0 && this.input,
        outline.some(({ parent }) => parent !== null) && this.foldAll,
        outline.length > 0 && copy,
      ),
      outline.length > 0 &&
        h("div", { class: "columns", "aria-hidden": "true" }, h("span", {}, t.charactersColumn), h("span", {}, t.metrics)),
      this.scroll,
      this.menu,
      this.said,
    );
    list.setAttribute("aria-busy", "true");
    this.slices = new Slices(this.build(list), () => list.removeAttribute("aria-busy"));
  }

  dispose(): void {
    this.slices.stop();
  }

  private *build(root: HTMLElement): Iterator<void> {
    const { outline } = this.report;
    const children = childrenOf(outline);
    const totals = sectionTotals(this.report);
    for (const [i, section] of outline.entries()) {
      const item = this.item(section, i, totals[i]!, children.has(i));
      this.items.push(item);
      (section.parent === null ? root : this.items[section.parent]!.list!).append(item.li);
      if (i === 0) this.stopAt(item);
      yield;
    }
  }

  private item(section: Section, i: number, { metrics, characters, share }: Totals, parent: boolean): Item {
    const name = h("span", { class: "name", lang: "zh-Hans" }, headingOf(section));
    const size = characters.toLocaleString("en-US");
    const go = h(
      "button",
      {
        type: "button",
        class: "go",
        tabindex: -1,
        title: `${headingOf(section)}\n${t.characters(size)} · ${t.items(metrics)}`,
      },
      name,
      h("span", { class: "number" }, size),
      h("span", { class: "number strong" }, metrics ? String(metrics) : "·"),
    );
    go.style.setProperty("--share", `${Math.max(share * 100, 0.5).toFixed(1)}%`);
    const fold = parent
      ? h("button", { type: "button", class: "fold-section", tabindex: -1, "aria-expanded": "true", "aria-label": t.outlineView.fold })
      : null;
    const list = parent ? h("ul") : null;
    const classes = ["item", `d${Math.min(section.depth, 6)}`, section.kind, section.corrected && "corrected"];
    const row = h("div", { class: classes.filter(Boolean).join(" "), "data-s": i }, fold, go);
    return { section, li: h("li", {}, row, list), row, go, name, fold, list };
  }

  // Reading

  /** Marks the section that is being read; where its list is folded, the section around it. */
  reading(section: number | null): void {
    let item = section === null ? undefined : this.items[section];
    for (let at: Item | undefined = item; at; at = this.around(at)) if (at.list?.hidden) item = at;
    if (item === (this.current ?? undefined)) return;
    this.current?.go.removeAttribute("aria-current");
    this.current?.row.classList.remove("current");
    item?.go.setAttribute("aria-current", "location");
    item?.row.classList.add("current");
    this.current = item ?? null;
    if (!item) return;
    if (!this.scroll.contains(document.activeElement)) this.stopAt(item);
    scrollInto(this.scroll, item.row, "nearest");
  }

  memory(): OutlineMemory {
    const focused = this.items[indexAt(document.activeElement)];
    return {
      scroll: this.scroll.scrollTop,
      folded: [...this.folded].map((i) => this.report.outline[i]!.heading.start),
      query: this.input.value,
      focus: focused && this.scroll.contains(document.activeElement) ? focused.section.heading.start : null,
    };
  }

  recall({ scroll, folded, query, focus }: OutlineMemory): void {
    this.slices.finish();
    const starts = new Set(folded);
    for (const [i, { section, list }] of this.items.entries()) {
      if (list && starts.has(section.heading.start)) this.turn(i, false);
    }
    this.input.value = query;
    this.seek();
    this.scroll.scrollTop = scroll;
    const item = focus === null ? undefined : this.items.findLast(({ section }) => section.heading.start <= focus);
    if (item) this.focus(item);
  }

  // Folding

  private turn(i: number, open: boolean): void {
    if (open) this.folded.delete(i);
    else this.folded.add(i);
    this.draw(this.items[i]!, open);
    this.nameFoldAll();
  }

  private draw({ fold, list, section }: Item, open: boolean): void {
    if (!fold || !list) return;
    list.hidden = !open;
    fold.setAttribute("aria-expanded", String(open));
    fold.setAttribute("aria-label", `${open ? t.outlineView.fold : t.outlineView.unfold} ${headingOf(section)}`);
  }

  private turnAll(): void {
    this.slices.finish();
    const open = this.folded.size > 0;
    this.items.forEach(({ list }, i) => list && this.turn(i, open));
    if (this.stop && !isShown(this.stop.go)) this.stopAt(this.items[0]!);
  }

  private nameFoldAll(): void {
    this.foldAll.textContent = this.folded.size ? t.outlineView.unfoldAll : t.outlineView.foldAll;
  }

  // Search

  private seek(): void {
    this.slices.finish();
    const before = this.found;
    this.found = search(this.report.outline, this.input.value);
    for (const [i, item] of this.items.entries()) {
      item.li.hidden = this.found !== null && !this.found.shown.has(i);
      const hits = this.found?.hits.get(i);
      if (hits || before?.hits.has(i)) item.name.replaceChildren(...marked(headingOf(item.section), hits ?? []));
      this.draw(item, this.found !== null || !this.folded.has(i));
    }
    this.nothing.hidden = !this.found || this.found.hits.size > 0;
    this.said.textContent = this.found ? t.outlineView.hits(this.found.hits.size) : "";
    const first = this.found ? this.firstHit() : (this.stop ?? this.items[0]);
    if (first) this.stopAt(first);
  }

  private firstHit(): Item | undefined {
    const [first] = this.found?.hits.keys() ?? [];
    return first === undefined ? undefined : this.items[first];
  }

  private inputKey(event: KeyboardEvent): void {
    const first = this.firstHit() ?? this.items[0];
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (this.input.value) {
        this.input.value = "";
        this.seek();
      } else this.input.blur();
    } else if (event.key === "ArrowDown" && first) this.focus(first);
    else if (event.key === "Enter" && first && this.found?.hits.size) this.bench.goSection(this.items.indexOf(first));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Moving about

  private stopAt(item: Item): void {
    if (this.stop) this.stop.go.tabIndex = -1;
    item.go.tabIndex = 0;
    this.stop = item;
  }

  private focus(item: Item): void {
    this.stopAt(item);
    item.go.focus({ preventScroll: true });
    scrollInto(this.scroll, item.row, "nearest");
  }

  private around({ section }: Item): Item | undefined {
    return section.parent === null ? undefined : this.items[section.parent];
  }

  private clicked(target: Element): void {
    const i = indexAt(target);
    if (i < 0) return;
    if (target.closest(".fold-section")) this.turn(i, !!this.items[i]!.list?.hidden);
    else if (target.closest(".go")) {
      this.stopAt(this.items[i]!);
      this.bench.goSection(i);
    }
  }

  private key(event: KeyboardEvent): void {
    const i = indexAt(event.target);
    const item = this.items[i];
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.altKey) {
      if (event.key === "ArrowLeft") this.level(i, -1);
      else if (event.key === "ArrowRight") this.level(i, 1);
      else return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.step(i, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "ArrowRight") {
      if (item.list?.hidden) this.turn(i, true);
      else if (item.list) this.step(i, 1);
    } else if (event.key === "ArrowLeft") {
      const around = this.around(item);
      if (item.list && !item.list.hidden) this.turn(i, false);
      else if (around) this.focus(around);
    } else if (event.key === "Home") this.step(-1, 1);
    else if (event.key === "End") this.step(this.items.length, -1);
    else if (event.key === "Delete") this.noHeading(i);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** To the next section that is seen. */
  private step(from: number, by: 1 | -1): void {
    for (let i = from + by; i >= 0 && i < this.items.length; i += by) {
      if (isShown(this.items[i]!.go)) return this.focus(this.items[i]!);
    }
  }

  // Correcting

  /** Puts the sign for the small menu into the row that is pointed at. */
  private point(i: number): void {
    const item = this.items[i];
    if (!item || this.pointed === i || !this.menu.hidden) return;
    this.pointed = i;
    item.row.append(this.more);
  }

  private openMenu(): void {
    const i = this.pointed;
    const { depth } = this.report.outline[i]!;
    const words = t.outlineView;
    const act = (label: string, keys: string, work: () => void, disabled = false) =>
      h(
        "button",
        { type: "button", role: "menuitem", tabindex: -1, disabled, on: { click: work } },
        label,
        h("kbd", {}, keys),
      );
    this.menu.replaceChildren(
      act(words.raise, "Alt ←", () => this.level(i, -1), depth <= 1),
      act(words.lower, "Alt →", () => this.level(i, 1), depth >= 6),
      act(words.noHeading, "Del", () => this.noHeading(i)),
    );
    this.menu.hidden = false;
    beside(this.menu, [this.more.getBoundingClientRect()]);
    this.menu.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  }

  private menuKey(event: KeyboardEvent): void {
    const all = [...this.menu.querySelectorAll<HTMLElement>("button:not(:disabled)")];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape" || event.key === "Tab") {
      this.menu.hidden = true;
      this.focus(this.items[this.pointed]!);
    } else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
    else if (event.key === "ArrowUp") all.at(at - 1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private level(i: number, by: 1 | -1): void {
    this.menu.hidden = true;
    const { heading, depth } = this.report.outline[i]!;
    const to = Math.min(Math.max(depth + by, 1), 6);
    this.focus(this.items[i]!);
    if (to !== depth) void this.bench.edit({ do: "depth", heading, depth: to });
  }

  private noHeading(i: number): void {
    this.menu.hidden = true;
    this.focus(this.items[i]!);
    void this.bench.edit({ do: "depth", heading: this.report.outline[i]!.heading, depth: 0 });
  }

  private copy(opener: HTMLElement): void {
    const { outline } = this.report;
    const fill = (event: ClipboardEvent) => {
      event.clipboardData?.setData("text/plain", outlineText(outline));
      event.clipboardData?.setData("text/html", `<meta charset="utf-8">${outlineHtml(outline)}`);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener("copy", fill, true);
    document.execCommand("copy");
    removeEventListener("copy", fill, true);
    this.said.textContent = opener.textContent = t.outlineView.copied;
    setTimeout(() => (opener.textContent = t.outlineView.copy), 1500);
  }
}

/** The section whose row an element is in, or -1. */
function indexAt(target: EventTarget | null): number {
  const row = (target as Element | null)?.closest?.("[data-s]");
  return row ? Number(row.getAttribute("data-s")) : -1;
}

function isShown(element: HTMLElement): boolean {
  return element.offsetParent !== null;
}

function* marked(text: string, hits: Span[]): Iterable<Node | string> {
  let at = 0;
  for (const { start, end } of hits) {
    if (start > at) yield text.slice(at, start);
    yield h("mark", {}, text.slice(start, end));
    at = end;
  }
  if (at < text.length) yield text.slice(at);
}
