// A drawing as data, and as an SVG that needs no style sheet: it looks the same on the page and in a document.

/** What a colour is for. */
export type Tone = "ink" | "soft" | "rule" | "mark" | "ground" | "none";
export type Palette = Record<Exclude<Tone, "none">, string>;

interface Common {
  /** Index of the point that it stands for. */
  point?: number;
}

export type Shape = Common &
  (
    | { as: "line"; x1: number; y1: number; x2: number; y2: number; tone: Tone; width?: number; dash?: string }
    | { as: "path"; d: string; tone: Tone; width?: number; dash?: string }
    | { as: "circle"; x: number; y: number; r: number; fill: Tone; stroke: Tone; dash?: string }
    | {
        as: "rect";
        x: number;
        y: number;
        width: number;
        height: number;
        fill: Tone;
        stroke: Tone;
        dash?: string;
        opacity?: number;
      }
    | {
        as: "text";
        x: number;
        y: number;
        words: string;
        tone: Tone;
        size: number;
        anchor?: "start" | "middle" | "end";
        bold?: boolean;
      }
    | { as: "group"; x: number; y: number; shapes: Shape[] }
  );

export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}

const FONT = "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";
const SVG = "http://www.w3.org/2000/svg";

/** How wide words are, near enough: a Chinese character is a square. */
export function widthOf(words: string, size: number): number {
  let ems = 0;
  for (const c of words) ems += c > "\u2e7f" ? 1 : /[il.,:;|' 1]/.test(c) ? 0.4 : /[mwMW%]/.test(c) ? 0.9 : 0.58;
  return ems * size;
}

/** Words that fit into a width, with an ellipsis where they had to be cut. */
export function fit(words: string, size: number, width: number): string {
  if (widthOf(words, size) <= width) return words;
  const cut = [...words];
  while (cut.length > 1 && widthOf(`${cut.join("")}…`, size) > width) cut.pop();
  return `${cut.join("")}…`;
}

function attributes(shape: Shape, color: (tone: Tone) => string): [string, Record<string, string | number>] {
  switch (shape.as) {
    case "line": {
      const { x1, y1, x2, y2, tone, width = 1, dash } = shape;
      return ["line", { x1, y1, x2, y2, stroke: color(tone), "stroke-width": width, ...dashed(dash) }];
    }
    case "path": {
      const { d, tone, width = 1, dash } = shape;
      const join = { "stroke-linejoin": "round", "stroke-linecap": "round" };
      return ["path", { d, fill: "none", stroke: color(tone), "stroke-width": width, ...join, ...dashed(dash) }];
    }
    case "circle": {
      const { x, y, r, fill, stroke, dash } = shape;
      return ["circle", { cx: x, cy: y, r, fill: color(fill), stroke: color(stroke), "stroke-width": 1.5, ...dashed(dash) }];
    }
    case "rect": {
      const { x, y, width, height, fill, stroke, dash, opacity } = shape;
      const own = { x, y, width, height, fill: color(fill), stroke: color(stroke), ...dashed(dash) };
      return ["rect", opacity === undefined ? own : { ...own, opacity }];
    }
    case "text": {
      const { x, y, tone, size, anchor = "start", bold } = shape;
      const weight: Record<string, number> = bold ? { "font-weight": 600 } : {};
      return ["text", { x, y, fill: color(tone), "font-size": size, "text-anchor": anchor, ...weight }];
    }
    case "group":
      return ["g", { transform: `translate(${shape.x} ${shape.y})` }];
  }
}

function dashed(dash?: string): Record<string, string> {
  return dash ? { "stroke-dasharray": dash } : {};
}

/** Numbers to a tenth of a pixel. */
function short(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : value;
}

/** Points can be found by `data-point`. */
export function svg({ width, height, shapes }: Drawing, palette: Palette, name: string): SVGSVGElement {
  const color = (tone: Tone) => (tone === "none" ? "none" : palette[tone]);
  const make = (tag: string, given: Record<string, string | number>) => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(given)) element.setAttribute(key, short(value));
    return element;
  };
  const root = make("svg", {
    xmlns: SVG,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": name,
    "font-family": FONT,
  }) as SVGSVGElement;
  const drawn = (shape: Shape): Element => {
    const element = make(...attributes(shape, color));
    if (shape.as === "text") element.textContent = shape.words;
    if (shape.as === "group") element.append(...shape.shapes.map(drawn));
    if (shape.point !== undefined) element.setAttribute("data-point", String(shape.point));
    return element;
  };
  root.append(...shapes.map(drawn));
  return root;
}
