import { button, h } from "../dom.ts";

/** A button that opens a short list of actions. The list is made anew at each opening. */
export function menuButton(name: string, css: string, entries: () => [string, () => void][]): HTMLElement {
  const list = h("div", { class: "menu", role: "menu", hidden: true });
  const opener = h(
    "button",
    {
      type: "button",
      class: css,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      on: { click: () => toggle(!!list.hidden) },
    },
    name,
    h("span", { class: "caret", "aria-hidden": "true" }, "▾"),
  );
  const items = () => Array.from(list.children) as HTMLElement[];
  function toggle(open: boolean): void {
    list.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    list.replaceChildren(
      ...entries().map(([label, work]) =>
        button(
          label,
          () => {
            toggle(false);
            opener.focus();
            work();
          },
          { role: "menuitem", tabindex: -1 },
        ),
      ),
    );
    items()[0]?.focus();
  }
  return h(
    "div",
    {
      class: "menu-box",
      on: {
        keydown: (event) => {
          if (list.hidden) return;
          const all = items();
          const at = all.indexOf(document.activeElement as HTMLElement);
          if (event.key === "Escape") {
            toggle(false);
            opener.focus();
          } else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
          else if (event.key === "ArrowUp") all.at(at - 1)?.focus();
          else return;
          event.preventDefault();
          event.stopPropagation();
        },
        focusout: (event) => {
          if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null)) toggle(false);
        },
      },
    },
    opener,
    list,
  );
}
