// Which reports are compared: a list that opens under its button.
import { button, h } from "../../dom.ts";
import { t } from "../../i18n.ts";
import type { Column } from "./matrix.ts";

/** `left` holds the reports that are left out; `changed` is called after each change. */
export function reportChooser(
  columns: Column[],
  left: Set<number>,
  changed: () => void,
): { element: HTMLElement; draw(): void } {
  const words = t.compare;
  const boxes: { box: HTMLInputElement; line: HTMLElement; column: Column; hay: string }[] = [];
  const list = h("div", { class: "scroll chooser-list", role: "group", "aria-label": words.choose });
  const search = h("input", {
    type: "search",
    placeholder: words.findReport,
    "aria-label": words.findReport,
    on: {
      input: () => {
        const query = search.value.trim().toLowerCase();
        for (const { line, hay } of boxes) line.hidden = !hay.includes(query);
      },
    },
  });
  /** What the search leaves. */
  const turn = (on: boolean) => {
    for (const { line, column, box } of boxes) {
      if (line.hidden) continue;
      box.checked = on;
      if (on) left.delete(column.report);
      else left.add(column.report);
    }
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
  const fill = () => {
    for (const column of columns) {
      const { report, head, place, time, note } = column;
      const box = h("input", {
        type: "checkbox",
        on: {
          change: () => {
            if (box.checked) left.delete(report);
            else left.add(report);
            changed();
          },
        },
      });
      const line = h(
        "label",
        { class: "check", title: head.title || head.name },
        box,
        h("span", {}, place),
        h("span", { class: "soft" }, [time, note].filter(Boolean).join(" ")),
      );
      boxes.push({ box, line, column, hay: [place, time, note, head.title, head.name].join(" ").toLowerCase() });
      list.append(line);
    }
  };
  const outside = (event: Event) => {
    if (!element.contains(event.target as Node)) toggle(false);
  };
  function toggle(open: boolean): void {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) addEventListener("pointerdown", outside);
    else removeEventListener("pointerdown", outside);
    if (!open) return;
    if (!boxes.length) fill();
    for (const { box, column } of boxes) box.checked = !left.has(column.report);
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
