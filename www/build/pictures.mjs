// The pictures of README and docs: each view with the tests' invented reports, in both themes. `npm run build` first.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../e2e/browser.mjs";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "docs/pictures");
const fixture = (name) => readFileSync(join(root, "tests/fixtures", name));

/** The same report so many years before: smaller figures, earlier years. */
function before(text, years) {
  return text.replace(/\d+(?![\d年月日.])/g, (figure) =>
    figure.length > 1 ? String(Math.round(figure * (0.94 - 0.02 * (years % 2)) ** years)) : figure,
  ).replace(/20\d\d(?=年)/g, (year) => String(year - years));
}

const yunze = fixture("yunze-2024/clean.txt").toString();
const REPORTS = [
  ["云泽市政协-2024.html", fixture("yunze-2024/variant-page.html")],
  ["青屏区政协-2023.txt", fixture("qingping-2023/source.txt")],
  ["景湖区政协-2023.txt", fixture("jinghu-2023/source.txt")],
  ["榆泽市政协-2021.txt", fixture("yuze-2021/source.txt")],
  ...[1, 2, 3].map((years) => [`云泽市政协-${2024 - years}.txt`, Buffer.from(before(yunze, years))]),
].map(([name, buffer]) => ({ name, buffer, mimeType: "" }));

/** What is done on the page before a picture of it is taken. */
const VIEWS = {
  start: async () => {},
  report: async (page) => {
    await read(page);
    await page.click(".metrics tbody tr >> text=3200余万元");
  },
  source: async (page) => {
    await read(page);
    await page.click("role=tab[name=原文]");
    await page.waitForSelector(".source mark");
  },
  comparison: async (page) => {
    await read(page);
    await page.click(".to-compare");
    await page.waitForSelector(".compare .grid-line");
    await page.click(".grid-line:not(.grid-group) .grid-cell >> nth=3");
  },
  outlines: async (page) => {
    await read(page);
    await page.click(".to-compare");
    await page.click(".compare [role=tab] >> text=提纲");
  },
};

async function read(page) {
  await page.setInputFiles("input[type=file]", REPORTS);
  await page.waitForSelector(".app[aria-busy=false] .metrics tbody tr");
}

/** WebP, as the browser itself makes it. */
const webp = (page, png) =>
  page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext("2d").drawImage(image, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 0.8 })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }, png.toString("base64"));

const browser = await launch();
const converter = await browser.newPage();
mkdirSync(folder, { recursive: true });
for (const colorScheme of ["light", "dark"]) {
  for (const [name, prepare] of Object.entries(VIEWS)) {
    const context = await browser.newContext({
      locale: "zh-CN",
      viewport: { width: 1280, height: 760 },
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(root, "www/dist/gangmu.html")).href);
    await prepare(page);
    // Charts and panes come to rest.
    await page.waitForTimeout(500);
    const picture = Buffer.from(await webp(converter, await page.screenshot()), "base64");
    writeFileSync(join(folder, `${name}-${colorScheme}.webp`), picture);
    console.log(`${name}-${colorScheme}.webp: ${Math.round(picture.length / 1024)} KB`);
    await context.close();
  }
}
await browser.close();
