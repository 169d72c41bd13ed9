// How the text is set: its size, its typeface, the length of its lines.
import { button, h, settings } from "../dom.ts";
import { t } from "../i18n.ts";
import { dropButton } from "./float.ts";

const SIZES = [13, 14, 15, 16, 17, 18, 20, 22, 24, 28];
const USUAL = 16;
const FACES = ["serif", "sans"] as const;
const WIDTHS = ["narrow", "medium", "wide"] as const;

function chosen<T extends string>(name: string, all: readonly T[], usual: T): T {
  return all.find((one) => one === settings.get(name)) ?? usual;
}

/** Puts what the reader chose on the root element. */
export function applyType(): void {
  const { dataset, style } = document.documentElement;
  dataset.face = chosen("face", FACES, "serif");
  dataset.measure = chosen("measure", WIDTHS, "medium");
  const size = Number(settings.get("size"));
  style.setProperty("--text-size", `${SIZES.includes(size) ? size : USUAL}px`);
}

export function typeButton(): HTMLElement {
  return dropButton(t.type.name, "quiet typeface", () => {
    const group = <T extends string>(label: string, name: string, all: readonly T[], usual: T, names: Record<T, string>) => {
      const buttons = all.map((one) =>
        button(names[one], () => {
          settings.set(name, one === usual ? null : one);
          applyType();
          draw();
        }),
      );
      const draw = () => {
        const now = chosen(name, all, usual);
        buttons.forEach((element, i) => element.setAttribute("aria-pressed", String(all[i] === now)));
      };
      draw();
      return h("div", { class: "choices", role: "group", "aria-label": label }, h("span", {}, label), ...buttons);
    };
    const size = h("output", { class: "number" });
    const step = (by: 1 | -1) => {
      const at = SIZES.indexOf(Number(settings.get("size") ?? USUAL));
      const next = SIZES[(at < 0 ? SIZES.indexOf(USUAL) : at) + by];
      if (next) settings.set("size", next === USUAL ? null : String(next));
      applyType();
      draw();
    };
    const draw = () => {
      const now = Number(settings.get("size") ?? USUAL);
      size.textContent = String(now);
      smaller.disabled = now === SIZES[0];
      larger.disabled = now === SIZES.at(-1);
    };
    const smaller = button("A−", () => step(-1), { "aria-label": t.type.smaller, title: t.type.smaller });
    const larger = button("A+", () => step(1), { "aria-label": t.type.larger, title: t.type.larger });
    draw();
    return [
      h("div", { class: "choices", role: "group", "aria-label": t.type.size }, h("span", {}, t.type.size), smaller, size, larger),
      group(t.typeface, "face", FACES, "serif", { serif: t.serif, sans: t.sans }),
      group(t.type.measure, "measure", WIDTHS, "medium", t.type.measures),
    ];
  });
}
