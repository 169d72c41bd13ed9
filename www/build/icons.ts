// The icon as PNGs, for what cannot take the SVG: drawn here from the same lines, the same bytes each time.
import { crc32, deflateSync } from "node:zlib";

/** As in `icon.svg`, on a square of 32. */
const GROUND = [0x26, 0x24, 0x1f];
const STROKES = [
  { y: 9, from: 7, to: 25, colour: [0xf7, 0xf4, 0xec] },
  { y: 16, from: 7, to: 17, colour: [0xf7, 0xf4, 0xec] },
  { y: 23, from: 7, to: 17, colour: [0xf7, 0xf4, 0xec] },
  { y: 16, from: 21.5, to: 25, colour: [0xe9, 0xb4, 0x4c] },
  { y: 23, from: 21.5, to: 25, colour: [0xe9, 0xb4, 0x4c] },
];
const HALF_STROKE = 1.2;
const CORNER = 6;

/** How far outside the rounded square a point is. */
function outside(x: number, y: number): number {
  const beyond = (v: number) => Math.max(CORNER - v, v - (32 - CORNER), 0);
  return Math.hypot(beyond(x), beyond(y)) - CORNER;
}

/** A square of so many pixels; `full` fills its corners, as systems that cut their own shape want it. */
export function icon(pixels: number, full = false): Buffer {
  const scale = 32 / pixels;
  const covered = (distance: number) => Math.min(Math.max(0.5 - distance / scale, 0), 1);
  const rows = Buffer.alloc(pixels * (pixels * 4 + 1));
  for (let row = 0; row < pixels; row++) {
    for (let column = 0; column < pixels; column++) {
      const x = (column + 0.5) * scale;
      const y = (row + 0.5) * scale;
      let colour = GROUND;
      for (const stroke of STROKES) {
        const distance = Math.hypot(Math.max(stroke.from - x, x - stroke.to, 0), y - stroke.y) - HALF_STROKE;
        const share = covered(distance);
        colour = colour.map((under, i) => under + (stroke.colour[i]! - under) * share);
      }
      const alpha = full ? 1 : covered(outside(x, y));
      rows.set([...colour.map(Math.round), Math.round(alpha * 255)], row * (pixels * 4 + 1) + 1 + column * 4);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  head.set([8, 6], 8); // Eight bits of red, green, blue and alpha.
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND")]);
}

function chunk(name: string, data = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
