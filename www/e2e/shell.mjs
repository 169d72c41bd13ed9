// What is around the reports: the page in one file, old browsers.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { namesIn, newerInScript, newerInStyle } from "../build/compat.mjs";
import { serve } from "./browser.mjs";

const dist = join(import.meta.dirname, "../dist");
const single = pathToFileURL(join(dist, "gangmu.html")).href;

export async function shell({ browser, host, test, read, settled, words, table, downloaded, take, zip, fixture }) {
  const PLAIN = { name: "云泽.txt", bytes: fixture("yunze-2024/source.txt") };
  const paragraphs = fixture("qingping-2023/clean.txt").toString().trim().split("\n");
  const body = paragraphs.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join("");
  const WORD = zip("青屏.docx", [
    {
      name: "word/document.xml",
      bytes: Buffer.from(
        `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
      ),
    },
  ]);
  const ARCHIVE = zip("材料.zip", [PLAIN, { name: "禾川.html", bytes: fixture("hechuan-2024/source.html") }]);

  await test("one file from the disk does it all with the network off", { url: single, offline: true }, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await read(page, PLAIN, WORD, ARCHIVE);
    const items = await words(page, ".report-item");
    assert.equal(items.length, 4, items.join("\n"));
    assert.ok(items.every((words) => /项/.test(words)), items.join("\n"));
    const rows = (await table(page)).length;
    assert.ok(rows >= 30);
    const csv = await take(page, "metrics", "csv", "one");
    assert.ok(csv.bytes.toString().split("\r\n").length >= rows + 2);
    await page.click(".to-compare");
    await page.waitForSelector(".compare .grid-line");
    assert.deepEqual(asked.filter((url) => !url.startsWith("blob:null/")), []);
  });

  await test("the one file has the samples in it", { url: single, offline: true }, async (page) => {
    for (const index of [0, 1, 2]) {
      await page.click(`.sample >> nth=${index}`);
      await settled(page);
      assert.ok((await table(page)).length >= 20);
      await page.click(".reports .close");
    }
  });

  await test("the one file's policy allows no connection to anybody", { url: single }, async (page) => {
    const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /connect-src|unsafe-inline|'unsafe-eval'|'self'|https?:/);
  });

  await test(
    "the folder opened from a disk names the file that works there",
    { url: pathToFileURL(join(dist, "index.html")).href, allowErrors: true },
    async (page) => {
      assert.match(await page.innerText(".stopped"), /双击同一文件夹里的 gangmu\.html[\s\S]*same folder/);
      await page.click(".stopped a >> nth=0");
      await page.waitForSelector(".start");
    },
  );

  for (const [width, height] of [[1366, 620], [1920, 940], [2560, 1300]]) {
    await test(`the first visit is one screen of ${width} × ${height}`, { viewport: { width, height } }, async (page) => {
      assert.ok(await page.locator(".start").evaluate((start) => start.scrollHeight <= start.clientHeight));
      assert.match(await page.getAttribute(".picture", "aria-label"), /提纲和指标表/);
      assert.match(await page.innerText(".private"), /断开网络[\s\S]*F12[\s\S]*Content-Security-Policy[\s\S]*gangmu\.html/);
    });
  }

  await test("the one file can be taken from the page", {}, async (page) => {
    const file = await downloaded(page, () => page.click(".private a"));
    assert.equal(file.name, "gangmu.html");
    assert.ok(file.bytes.equals(readFileSync(join(dist, "gangmu.html"))));
  });

  await test("on paper stand the outline, and the metrics under their sentences", { colorScheme: "dark" }, async (page) => {
    await read(page, PLAIN);
    const rows = (await table(page)).length;
    const headings = await words(page, ".outline .name");
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.isVisible(".app"), false);
    assert.deepEqual(await words(page, ".print-outline li > span:first-child"), headings);
    assert.equal(await page.locator(".print-metrics .c-value").count(), rows);
    const [sentence, next] = await page
      .locator(".print tr", { hasText: "投入帮扶资金" })
      .evaluateAll(([row]) => [row.innerText, row.nextElementSibling.innerText]);
    assert.match(sentence, /3200余万元/);
    assert.match(next, /3200余万元\s+≥ 32,000,000.元/);
    const paper = await page.locator(".print").evaluate((paper) => [paper.scrollWidth <= innerWidth, getComputedStyle(paper).color]);
    assert.deepEqual(paper, [true, "rgb(0, 0, 0)"]);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    assert.equal(await page.isVisible(".app"), true);
    assert.equal(await page.locator(".print").count(), 0);
  });

  await test("the comparison on paper has every report and indicator", {}, async (page) => {
    const other = { name: "青屏.txt", bytes: fixture("qingping-2023/source.txt") };
    await read(page, PLAIN, other);
    await page.click(".to-compare");
    await page.waitForSelector(".compare .grid-line");
    const indicator = await page.locator(".grid-line:not(.grid-group) .grid-name .name").first().innerText();
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.deepEqual((await words(page, ".print thead th")).map((words) => words.split("\n")[0]), ["指标", "云泽市", "青屏区"]);
    assert.ok((await page.locator(".print tbody th").count()) >= 5);
    const [first] = await page.locator(".print tbody tr:not(.section-row)").evaluateAll((rows) => rows.map((row) => row.innerText));
    assert.ok(first.startsWith(indicator), `${first} ${indicator}`);
    assert.match(first, /\d/);
  });

  await test("an address carries language and theme, and follows them", { url: `${host.url}#lang=en&theme=dark` }, async (page) => {
    const root = () => page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
    assert.deepEqual(await root(), ["en", "dark"]);
    await page.click(".languages >> text=繁");
    assert.equal(new URL(page.url()).hash, "#lang=zh-Hant&theme=dark");
    await page.evaluate(() => (location.hash = "#lang=zh&theme=light"));
    await page.waitForFunction(() => document.documentElement.lang === "zh-Hans");
    assert.deepEqual(await root(), ["zh-Hans", "light"]);
    await page.click(".theme");
    assert.equal(new URL(page.url()).hash, "#lang=zh&theme=dark");
  });

  // Each is what a browser lacks that was new some years ago.
  for (const [what, lose] of [
    ["WebAssembly", () => delete globalThis.WebAssembly],
    ["streams that unpack", () => delete globalThis.DecompressionStream],
    ["modules", () => delete HTMLScriptElement.prototype.noModule],
  ]) {
    await test(`a browser without ${what} gets a sentence`, {}, async (_, context) => {
      await context.addInitScript(lose);
      for (const url of [host.url, single]) {
        const page = await context.newPage();
        await page.goto(url);
        assert.match(await page.innerText("body"), /浏览器太旧[\s\S]*too old/);
        assert.equal(await page.locator(".app").count(), 0);
      }
    });
  }

  await test("nothing is newer than the oldest browsers that the page is for", {}, async () => {
    const types = ["gangmu.d.ts", "formats.d.ts"].map((name) => readFileSync(join(dist, "../../pkg", name), "utf8")).join("");
    const files = readdirSync(dist, { recursive: true });
    const text = (name) => readFileSync(join(dist, name), "utf8");
    const scripts = files.filter((name) => name.endsWith(".js"));
    // What the core's objects are made of; what wasm-bindgen's own script asks for with care; d3's own names.
    const own = [...[...types.matchAll(/(\w+)\??:/g)].map(([, name]) => name), "memory", "detached", "gamma", "percent"];
    for (const name of scripts) own.push(...namesIn(text(name)));
    const newer = [];
    const found = (name, what) => newer.push(...what.map((what) => `${name}: ${what}`));
    for (const name of scripts) found(name, newerInScript(text(name), { own }));
    for (const name of files.filter((name) => name.endsWith(".css"))) found(name, newerInStyle(text(name)));
    for (const name of ["index.html", "gangmu.html"]) {
      for (const [, code] of text(name).matchAll(/<script>(.*?)<\/script>/gs)) found(name, newerInScript(code, { ecmaVersion: 5 }));
    }
    assert.deepEqual(newer, []);
  });

  await test("a page that came without its program says so", { allowErrors: true }, async (_, context) => {
    await context.route("**/assets/*.js", (route) => route.abort());
    const page = await context.newPage();
    await page.goto(host.url);
    assert.match(await page.innerText(".stopped"), /没有加载完整[\s\S]*did not load/);
  });

  await test("Traditional Chinese, in the page and in what the core says", { locale: "zh-TW" }, async (page) => {
    assert.equal(await page.getAttribute("html", "lang"), "zh-Hant");
    assert.match(await page.innerText(".start"), /檔案不會離開這台電腦/);
    await read(page, { name: "空.txt", bytes: Buffer.alloc(0) }, PLAIN);
    assert.match((await words(page, ".report-item"))[0], /檔案是空的/);
    const rows = (await table(page)).length;
    await page.click(".languages >> text=EN");
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.equal(await page.evaluate(() => document.activeElement.lang), "en");
    assert.equal((await table(page)).length, rows);
    await page.reload();
    await page.waitForSelector(".start");
    assert.equal(await page.getAttribute("html", "lang"), "en");
  });

  /** A host with its own copy of the page, which later can have another version. */
  async function copied() {
    const folder = mkdtempSync(join(tmpdir(), "gangmu-"));
    cpSync(dist, folder, { recursive: true });
    return { folder, ...(await serve(folder, "/any/folder/")) };
  }

  /** The page is kept. */
  const kept = (page) =>
    page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
    });

  await test("an address leads to a metric, and says nothing of the file", {}, async (page, context) => {
    await read(page, PLAIN);
    await page.click(".metrics tbody tr >> text=3200余万元");
    const address = page.url();
    assert.match(address, /#metric=\d+$/);
    const other = await context.newPage();
    await other.goto(address);
    await read(other, PLAIN);
    assert.match(await other.locator(".report mark.selected").innerText(), /3200余万元/);
    await other.keyboard.press("Escape");
    assert.equal(new URL(other.url()).hash, "");
  });

  await test("the second visit needs no network, office files and samples included", {}, async () => {
    const other = await copied();
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto(other.url);
    await kept(page);
    other.close();
    await context.setOffline(true);
    await page.goto(`${other.url}?from=a-list#lang=zh`);
    await page.waitForSelector(".start");
    await read(page, WORD);
    assert.match(await page.innerText(".report-item"), /青屏区[\s\S]*项/);
    await page.click(".reports .close");
    await page.click(".sample >> nth=2");
    await settled(page);
    assert.ok((await table(page)).length >= 30);
    await context.close();
    rmSync(other.folder, { recursive: true });
  });

  await test("a new version waits until the reader asks for it", {}, async () => {
    const other = await copied();
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await context.newPage();
    await page.goto(other.url);
    await kept(page);
    assert.equal(await page.locator(".update").count(), 0);
    const change = (file, from, to) => {
      const path = join(other.folder, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    };
    change("index.html", "<body>", '<body data-new="">');
    change("sw.js", /VERSION = "\w+"/, 'VERSION = "next"');
    await page.reload();
    await page.waitForSelector(".update");
    assert.match(await page.innerText(".update"), /有新版本/);
    assert.equal(await page.locator("body[data-new]").count(), 0);
    await page.reload();
    await page.waitForSelector(".update");
    assert.equal(await page.locator("body[data-new]").count(), 0);
    await page.click(".update button.main");
    await page.waitForSelector("body[data-new] .start");
    assert.equal(await page.locator(".update").count(), 0);
    other.close();
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector("body[data-new] .start");
    await context.close();
    rmSync(other.folder, { recursive: true });
  });

  await test("the page can be installed", {}, async (page, context) => {
    const manifest = await (await fetch(new URL("manifest.webmanifest", host.url))).json();
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (src) => {
        const image = Object.assign(new Image(), { src });
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, src);
      if (src.endsWith(".png")) assert.equal(size, sizes);
    }
    const devtools = await context.newCDPSession(page);
    const { errors } = await devtools.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
  });
}
