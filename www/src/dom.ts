type Child = Node | string | null | undefined | false;

type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

interface Props {
  on?: Handlers;
  [attribute: string]: string | number | boolean | null | undefined | Handlers;
}

/** An element with its attributes, handlers and children. Strings become text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value as Handlers)) {
        element.addEventListener(event, handler as EventListener);
      }
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value != null) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

/** A button that does `work`. */
export function button(label: string, work: () => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", ...props, on: { click: work } }, label);
}

/** Runs `work` at most once a frame, after the last call's reason. */
export function perFrame(work: () => void): () => void {
  let asked = 0;
  return () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      work();
    });
  };
}

/** Scrolls `pane` just so far that `element` stands inside it, `at` (0 top, 0.5 middle) of the way down. */
export function scrollInto(pane: HTMLElement, element: Element, at: number | "nearest", smooth = false): void {
  const outer = pane.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  const head = pane.querySelector("thead")?.getBoundingClientRect().height ?? 0;
  let by: number;
  if (at === "nearest") {
    const above = inner.top - outer.top - head;
    const below = inner.bottom - outer.bottom;
    by = above < 0 ? above - 4 : below > 0 ? below + 4 : 0;
  } else {
    by = inner.top - outer.top - head - (outer.height - head - inner.height) * at;
  }
  if (Math.abs(by) < 1) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || Math.abs(by) > outer.height * 4;
  pane.scrollBy({ top: by, behavior: smooth && !calm ? "smooth" : "auto" });
}

/** What the reader chose before; a browser that keeps nothing is fine too. */
export const settings = {
  get(name: string): string | null {
    try {
      return localStorage.getItem(`gangmu.${name}`);
    } catch {
      return null;
    }
  },
  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(`gangmu.${name}`);
      else localStorage.setItem(`gangmu.${name}`, value);
    } catch {
      // Then it holds for this visit.
    }
  },
};
