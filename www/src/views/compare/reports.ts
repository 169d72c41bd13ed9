// Which reports are compared: a list that opens under its button.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { button, h } from "../../dom.ts";
import { t } from "../../i18n.ts";
import type { Column } from "./matrix.ts";

const LINE = 26;

/** `left` holds the reports that are left out; `changed` is called after each change. */
export function reportChooser(
  columns: Column[],
  left: Set<number>,
  changed: () => void,
): { element: HTMLElement; draw(): void } {
  const words = t.compare;
  const hay = columns.map(({ place, time, note, head }) =>
    [place, time, note, head.title, head.name].join(" ").toLowerCase(),
  );
  /** What the search leaves. */
  let found = columns;
  const lines = h("div", { class: "chooser-lines", role: "presentation" });
  const list = h("div", { class: "scroll chooser-list", role: "group", "aria-label": words.choose }, lines);
  const axis = new Virtualizer<HTMLElement, HTMLElement>({
    count: 0,
    getScrollElement: () => list,
    estimateSize: () => LINE,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    overscan: 6,
    onChange: () => drawLines(),
  });
  let unmount: (() => void) | null = null;
  const shown = new Map<Column, HTMLElement>();

  function line(column: Column): HTMLElement {
    const { report, head, place, time, note } = column;
    const box = h("input", {
      type: "checkbox",
      checked: !left.has(report),
      on: {
        change: () => {
          if (box.checked) left.delete(report);
          else left.add(report);
          changed();
        },
      },
    });
    return h(
      "label",
      { class: "check", title: head.title || head.name },
      box,
      h("span", {}, place),
      h("span", { class: "soft" }, [time, note].filter(Boolean).join(" ")),
    );
  }

  function drawLines(): void {
    const items = axis.getVirtualItems().filter(({ index }) => index < found.length);
    const now = new Set(items.map(({ index }) => found[index]!));
    for (const [column, element] of shown) {
      if (now.has(column)) continue;
      element.remove();
      shown.delete(column);
    }
    let before: Element | null = null;
    for (const { index, start } of items) {
      const column = found[index]!;
      const element: HTMLElement = shown.get(column) ?? line(column);
      shown.set(column, element);
      element.style.top = `${start}px`;
      const next: ChildNode | null = before ? before.nextSibling : lines.firstChild;
      if (next !== element) lines.insertBefore(element, next);
      before = element;
    }
  }

  /** After another search, or with other boxes checked. */
  function fill(): void {
    shown.clear();
    lines.replaceChildren();
    lines.style.height = `${found.length * LINE}px`;
    axis.setOptions({ ...axis.options, count: found.length });
    axis._willUpdate();
    axis.measure();
    drawLines();
  }

  const search = h("input", {
    type: "search",
    placeholder: words.findReport,
    "aria-label": words.findReport,
    on: {
      input: () => {
        const query = search.value.trim().toLowerCase();
        found = columns.filter((_, i) => hay[i]!.includes(query));
        fill();
      },
    },
  });
  const turn = (on: boolean) => {
    for (const { report } of found) {
      if (on) left.delete(report);
      else left.add(report);
    }
    fill();
    changed();
  };
  const panel = h(
    "div",
    { class: "menu chooser", hidden: true, role: "dialog", "aria-label": words.choose },
    h("div", { class: "chooser-head" }, search, button(words.all, () => turn(true)), button(words.none, () => turn(false))),
    list,
  );
  const opener = h("button", {
    type: "button",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    on: { click: () => toggle(!!panel.hidden) },
  });
  const outside = (event: Event) => {
    if (!element.contains(event.target as Node)) toggle(false);
  };
  function toggle(open: boolean): void {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    unmount?.();
    unmount = null;
    if (!open) {
      removeEventListener("pointerdown", outside);
      return;
    }
    addEventListener("pointerdown", outside);
    list.style.height = `${Math.min(columns.length * LINE, 420)}px`;
    unmount = axis._didMount();
    fill();
    search.focus();
  }
  const element = h(
    "div",
    {
      class: "menu-box",
      on: {
        keydown: (event) => {
          if (event.key !== "Escape" || panel.hidden) return;
          toggle(false);
          opener.focus();
          event.preventDefault();
          event.stopPropagation();
        },
        focusout: (event) => {
          const to = event.relatedTarget as Node | null;
          if (to && !(event.currentTarget as Element).contains(to)) toggle(false);
        },
      },
    },
    opener,
    panel,
  );
  const draw = () => {
    opener.replaceChildren(
      words.chosen(columns.length - left.size, columns.length),
      h("span", { class: "caret", "aria-hidden": "true" }, "▾"),
    );
  };
  draw();
  return { element, draw };
}
