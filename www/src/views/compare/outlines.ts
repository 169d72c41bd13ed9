// Outlines side by side: what the reports speak of down, reports across, each section a card.
import { button, h } from "../../dom.ts";
import { headingOf } from "../../format.ts";
import { t } from "../../i18n.ts";
import { Grid, type GridModel, HEADS } from "./grid.ts";
import { bands, type Column, type TopicLine } from "./matrix.ts";
import type { Report } from "gangmu";

/** What a card shows of a section. */
export interface Card {
  heading: string;
  characters: number;
  metrics: number;
}

/** The cards of a report's sections: metrics of subsections count for what is around them. */
export function cards({ outline, metrics }: Pick<Report, "outline" | "metrics">): Card[] {
  const counts = outline.map(() => 0);
  for (const { section } of metrics) {
    for (let at = section; at !== null; at = outline[at]?.parent ?? null) counts[at]!++;
  }
  return outline.map((section, i) => ({
    heading: headingOf(section),
    characters: section.body.end - section.body.start,
    metrics: counts[i]!,
  }));
}

const CARD = 54;
/** More cards than this in a cell come only on request. */
const FEW = 3;

export interface OutlinesHooks {
  open(report: number): Promise<Report>;
  show(report: number, section: number | null): void;
}

export class OutlinesView {
  readonly element: HTMLElement;
  private readonly grid: Grid;
  private topics: TopicLine[] = [];
  private columns: Column[] = [];
  private readonly cards = new Map<number, Card[] | null>();
  /** Topics with all their cards. */
  private readonly whole = new Set<TopicLine>();
  private readonly nothing = h("p", { class: "empty" }, t.compare.noTopics);

  constructor(private readonly hooks: OutlinesHooks) {
    this.grid = new Grid(
      {
        moved: () => {},
        opened: ({ row, column }) => {
          const topic = this.topics[row];
          const at = this.columns[column];
          if (!at) return;
          const sections = topic?.sections(at.report) ?? [];
          if (!topic) hooks.show(at.report, null);
          else if (sections.length === 1) hooks.show(at.report, sections[0]!);
          else this.cardsOf(document.activeElement)[0]?.focus();
        },
        copy: () => {},
      },
      { name: 210, least: 190, most: 340 },
    );
    this.element = h("div", { class: "outlines-side" }, this.grid.element, this.nothing);
    this.element.addEventListener("keydown", (event) => this.key(event), { capture: true });
  }

  private cardsOf(element: Element | null): HTMLElement[] {
    return Array.from(element?.closest(".grid-cell")?.querySelectorAll("button") ?? []);
  }

  /** Inside a cell with several cards. */
  private key(event: KeyboardEvent): void {
    if (!(event.target as Element).matches(".grid-cell button")) return;
    const cards = this.cardsOf(event.target as Element);
    const at = cards.indexOf(event.target as HTMLElement);
    if (event.key === "ArrowDown") cards[Math.min(at + 1, cards.length - 1)]!.focus();
    else if (event.key === "ArrowUp" && at > 0) cards[at - 1]!.focus();
    else if (event.key === "Escape" || event.key === "ArrowUp") this.grid.focusActive();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  dispose(): void {
    this.grid.dispose();
  }

  shown(): void {
    this.grid.shown();
  }

  show(topics: TopicLine[], columns: Column[]): void {
    const reports = new Set(columns.map(({ report }) => report));
    this.topics = topics.filter(({ has }) => has.some((report) => reports.has(report)));
    this.columns = columns;
    this.nothing.hidden = this.topics.length > 0;
    this.grid.element.hidden = !this.topics.length;
    this.grid.show(this.model());
  }

  private model(): GridModel {
    const { topics, columns } = this;
    return {
      name: t.compare.outlines,
      rows: topics.length,
      columns: columns.length,
      bands: bands(columns),
      headHeight: columns.some(({ note }) => note) ? HEADS.two : HEADS.one,
      corner: t.compare.topic,
      rowHeight: (row) => {
        const n = topics[row]!.about.most;
        const more = n > FEW ? 26 : 0;
        return (this.whole.has(topics[row]!) ? n : Math.min(n, FEW)) * CARD + more + 8;
      },
      open: () => null,
      drawHead: (column, element) => drawColumn(columns[column]!, element),
      drawName: (row, element) => {
        const { title, depth, status } = topics[row]!.about;
        element.classList.add(`depth-${depth}`);
        element.title = title;
        element.append(h("span", { class: "name" }, title), status === "plan" ? h("span", { class: "tag" }, t.plan) : "");
      },
      drawCell: (row, column, element) => {
        const topic = topics[row]!;
        const { report } = columns[column]!;
        const sections = topic.sections(report);
        if (!sections.length) return false;
        element.classList.add("cards");
        const shown = this.whole.has(topic) ? sections : sections.slice(0, FEW);
        for (const section of shown) element.append(this.card(report, section));
        if (sections.length > FEW) {
          const more = this.whole.has(topic)
            ? t.compare.fewerSections
            : t.compare.moreSections(sections.length - FEW);
          element.append(button(more, () => this.turn(topic), { class: "link", tabindex: -1 }));
        }
        return true;
      },
      gapName: () => t.compare.gap,
    };
  }

  private turn(topic: TopicLine): void {
    if (!this.whole.delete(topic)) this.whole.add(topic);
    this.grid.show(this.model());
  }

  private card(report: number, section: number): HTMLElement {
    const card = button("", () => this.hooks.show(report, section), { class: "card", tabindex: -1 });
    const fill = (known: Card[]) => {
      const { heading, characters, metrics } = known[section] ?? { heading: "", characters: 0, metrics: 0 };
      const counts = [t.characters(characters.toLocaleString("en-US")), metrics > 0 && t.items(metrics)];
      card.title = heading;
      card.replaceChildren(
        h("span", { class: "heading" }, heading),
        h("span", { class: "counts" }, counts.filter(Boolean).join(" · ")),
      );
    };
    const known = this.cards.get(report);
    if (known) fill(known);
    else void this.load(report).then(fill, () => card.replaceChildren(t.compare.notOpened));
    return card;
  }

  private readonly loading = new Map<number, Promise<Card[]>>();

  private load(report: number): Promise<Card[]> {
    let loading = this.loading.get(report);
    if (!loading) {
      loading = this.hooks.open(report).then((opened) => {
        const known = cards(opened);
        this.cards.set(report, known);
        return known;
      });
      this.loading.set(report, loading);
    }
    return loading;
  }
}

/** A report as the head of a column. */
export function drawColumn({ head, time, note }: Column, element: HTMLElement): void {
  element.title = [head.title, head.name].filter(Boolean).join("\n");
  element.append(h("span", {}, time), note ? h("span", { class: "note" }, note) : "");
}
