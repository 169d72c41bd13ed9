// The borders between panes, to be dragged or moved by the arrow keys.
import { h, settings } from "../dom.ts";
import { t } from "../i18n.ts";

/** `side` is the pane whose width the border sets. */
export function splitter(main: HTMLElement, side: "nav" | "table" | "chart"): HTMLElement {
  const [least, most] = side === "nav" ? [180, 520] : [320, 1100];
  const property = `--${side}`;
  function set(width: number): void {
    const pixels = Math.round(Math.min(Math.max(width, least), most));
    main.style.setProperty(property, `${pixels}px`);
    bar.setAttribute("aria-valuenow", String(pixels));
  }
  function width(): number {
    return main.querySelector(`.${side}-pane`)!.getBoundingClientRect().width;
  }
  function keep(): void {
    settings.set(property, String(Math.round(width())));
  }
  const outward = side === "nav" ? 1 : -1;
  const bar = h("div", {
    class: `split split-${side}`,
    role: "separator",
    tabindex: 0,
    "aria-orientation": "vertical",
    "aria-label": t.separator,
    "aria-valuemin": least,
    "aria-valuemax": most,
    "aria-valuenow": side === "nav" ? 280 : 600,
    on: {
      pointerdown: (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        const from = event.clientX;
        const before = width();
        bar.setPointerCapture(event.pointerId);
        const move = (now: PointerEvent) => set(before + outward * (now.clientX - from));
        bar.addEventListener("pointermove", move);
        bar.addEventListener(
          "lostpointercapture",
          () => {
            bar.removeEventListener("pointermove", move);
            keep();
          },
          { once: true },
        );
      },
      dblclick: () => {
        main.style.removeProperty(property);
        settings.set(property, null);
      },
      keydown: (event) => {
        const by = event.key === "ArrowRight" ? 24 : event.key === "ArrowLeft" ? -24 : 0;
        if (!by) return;
        event.preventDefault();
        set(width() + outward * by);
        keep();
      },
    },
  });
  const remembered = Number(settings.get(property));
  if (remembered) set(remembered);
  return bar;
}
