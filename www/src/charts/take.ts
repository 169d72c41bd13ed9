// A chart as a file.
import { type Drawing, type Palette, svg } from "./shapes.ts";
import type { MetricKind } from "gangmu";

/** For paper, whatever the page's theme is. */
export const PAPER: Omit<Palette, "mark"> = { ink: "#23211c", soft: "#5f5a50", rule: "#dfdbd0", ground: "#ffffff" };

/** The kinds' inks in the light theme. */
export const PAPER_MARKS: Record<MetricKind, string> = {
  count: "#2a65ab",
  amount: "#946000",
  measure: "#16705f",
  share: "#6c4bb0",
  change: "#467418",
  rank: "#b03554",
  duration: "#57606d",
};

export function svgFile(drawing: Drawing, palette: Palette, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg(drawing, palette, name))}\n`;
}

/** Twice the drawing's size. */
export async function pngFile(drawing: Drawing, palette: Palette, name: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgFile(drawing, palette, name))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = drawing.width * 2;
  canvas.height = drawing.height * 2;
  const context = canvas.getContext("2d")!;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no image"))), "image/png"),
  );
}
