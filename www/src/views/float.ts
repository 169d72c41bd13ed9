// What floats over the page: cards, small menus and forms.
import { button, h } from "../dom.ts";

/** Puts `element` below a place, or above it where there is no room; over it only where the place is off the screen. */
export function beside(element: HTMLElement, rects: ArrayLike<DOMRect>): void {
  const first = rects[0];
  const last = rects[rects.length - 1];
  if (!first || !last) return;
  const gap = 6;
  const edge = 8;
  element.style.left = "0";
  element.style.top = "0";
  const { width, height } = element.getBoundingClientRect();
  const below = last.bottom + gap + height <= innerHeight - edge || first.top - gap - height < edge;
  const anchor = below ? last : first;
  element.style.left = `${Math.round(Math.max(edge, Math.min(anchor.left, innerWidth - width - edge)))}px`;
  const top = below ? last.bottom + gap : first.top - gap - height;
  element.style.top = `${Math.round(Math.max(edge, Math.min(top, innerHeight - height - edge)))}px`;
}

/** A button that opens a panel below itself; Escape and whatever leaves the focus close it. */
export function dropButton(name: string, css: string, panel: (close: () => void) => HTMLElement[]): HTMLElement {
  const box = h("div", { class: "float panel", role: "group", "aria-label": name, hidden: true });
  const opener = button(name, () => toggle(!!box.hidden), { class: css, "aria-expanded": "false" });
  function toggle(open: boolean): void {
    box.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    box.replaceChildren(...panel(() => toggle(false)));
    beside(box, [opener.getBoundingClientRect()]);
    box.querySelector<HTMLElement>("button, input, select")?.focus();
  }
  return h(
    "div",
    {
      class: "drop",
      on: {
        keydown: (event) => {
          if (event.key !== "Escape" || box.hidden) return;
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
    box,
  );
}
