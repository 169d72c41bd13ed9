// A newer version waits: nothing happens before the reader says so.
import { button, h } from "../dom.ts";
import { t } from "../i18n.ts";

export function offerUpdate(takeOver: () => void): void {
  const strip = h(
    "div",
    { class: "update", role: "status" },
    h("span", {}, t.update.there),
    button(t.update.take, takeOver, { class: "main", title: t.update.reloads }),
    button("×", () => strip.remove(), { class: "close", "aria-label": t.close }),
  );
  document.querySelector(".update")?.remove();
  document.body.append(strip);
}
