// A list of any length: only the rows on the screen are in the page.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";

interface Options {
  /** A row's height before it is measured, in CSS pixels. */
  estimate: number;
  row(index: number): HTMLElement;
}

export class VirtualList {
  private readonly virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  private readonly unmount: () => void;
  private shown = new Map<number, HTMLElement>();
  private count = 0;

  constructor(
    scroll: HTMLElement,
    private readonly list: HTMLElement,
    private readonly options: Options,
  ) {
    this.virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      getScrollElement: () => scroll,
      estimateSize: () => options.estimate,
      overscan: 8,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.draw(),
    });
    this.unmount = this.virtualizer._didMount();
    this.virtualizer._willUpdate();
  }

  /** Draws all rows that are seen anew; the one with the focus keeps it. */
  update(count: number): void {
    this.count = count;
    const focused = [...this.shown].find(([, element]) => element.contains(document.activeElement));
    const control = document.activeElement?.className;
    for (const element of this.shown.values()) element.remove();
    this.shown.clear();
    this.virtualizer.setOptions({ ...this.virtualizer.options, count });
    this.virtualizer._willUpdate();
    this.draw();
    if (focused) this.focus(focused[0], control);
  }

  reveal(index: number): void {
    this.virtualizer.scrollToIndex(index, { align: "auto" });
    this.draw();
  }

  /** Brings a row in and puts the focus on its control of that class, or its first. */
  focus(index: number, control = ""): void {
    if (index < 0 || index >= this.count) return;
    this.reveal(index);
    const all = Array.from(this.shown.get(index)?.querySelectorAll<HTMLElement>("button") ?? []);
    (all.find(({ className }) => className === control) ?? all[0])?.focus({ preventScroll: true });
  }

  dispose(): void {
    this.unmount();
  }

  private draw(): void {
    const items = this.virtualizer.getVirtualItems();
    const wanted = new Set(items.map(({ index }) => index));
    for (const [index, element] of this.shown) {
      if (wanted.has(index)) continue;
      element.remove();
      this.shown.delete(index);
    }
    this.list.style.height = `${this.virtualizer.getTotalSize()}px`;
    for (const { index, start } of items) {
      let element = this.shown.get(index);
      if (!element) {
        element = this.options.row(index);
        element.dataset.index = String(index);
        element.setAttribute("aria-setsize", String(this.count));
        element.setAttribute("aria-posinset", String(index + 1));
        this.shown.set(index, element);
        // In the order of the list, so that the keyboard goes through it in order.
        const next = [...this.shown.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
        this.list.insertBefore(element, next === undefined ? null : this.shown.get(next)!);
        this.virtualizer.measureElement(element);
      }
      element.style.transform = `translateY(${start}px)`;
    }
  }
}
