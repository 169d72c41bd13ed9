// The built page in a real browser: what a user does, and what must never happen while they do it.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { access } from "./access.mjs";
import { launch, serve } from "./browser.mjs";
import { compare } from "./compare.mjs";
import { many } from "./many.mjs";
import { reading } from "./reading.mjs";
import { metrics } from "./table.mjs";
import { shell } from "./shell.mjs";

const root = join(import.meta.dirname, "../..");
const fixture = (path) => readFileSync(join(root, "tests/fixtures", path));
const GBK = { name: "云泽市政协.txt", bytes: fixture("yunze-2024/variant-gbk.txt") };
const PAGE = { name: "云泽市政协.html", bytes: fixture("yunze-2024/variant-page.html") };
const BIG5 = { name: "青屏区政协.txt", bytes: fixture("qingping-2023/source.txt") };
const PLAIN = { name: "云泽.txt", bytes: fixture("yunze-2024/source.txt") };
const PDF = { name: "扫描件.pdf", bytes: Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "latin1") };
const EMPTY = { name: "空.txt", bytes: Buffer.alloc(0) };
const HEADING = "二、服务发展大局，协商议政实效更加明显";

const host = await serve(join(root, "www/dist"), "/some/folder/");
const browser = await launch();
const only = process.argv.slice(2);
const results = { passed: 0, failed: 0, skipped: 0 };

/** CI's machine does other things too: a test may be tried once more, what is measured twice; a forbidden request or a breach of the policy is final. */
const TRIES = process.env.CI ? 2 : 1;

/** One test in a browser of its own. */
async function test(name, { tries = TRIES, ...options }, steps) {
  if (only.length && !only.some((words) => name.includes(words))) {
    results.skipped++;
    return;
  }
  for (let left = tries - 1; ; left--) {
    const error = await attempt(options, steps);
    if (error && left > 0 && !error.final) {
      console.log(`  once more: ${error.message}`);
      continue;
    }
    results[error ? "failed" : "passed"]++;
    console.log(error ? `${name} ... FAILED\n  ${String(error.stack).replaceAll("\n", "\n  ")}` : `${name} ... ok`);
    return;
  }
}

/** Goes through the steps on a page at `url`; gives what went wrong, `final` where it must not even happen once. Any request to another host and any breach of the policy is wrong. */
async function attempt(options, steps) {
  const { allowErrors = false, url: start = host.url, ready = ".start, .stopped", ...given } = options;
  const origins = [host.origin, new URL(start).origin];
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
    ...given,
  });
  const faults = [];
  const breaches = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!origins.some((origin) => url.startsWith(origin)) && !/^(data|blob|file):/.test(url)) breaches.push(`a request to ${url}`);
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    const words = message.text();
    if (/content security policy/i.test(words)) breaches.push(words);
    else if (message.type() === "error" && !allowErrors) faults.push(words);
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(start);
    await page.waitForSelector(ready);
    await steps(page, context);
    assert.deepEqual([...breaches, ...faults], []);
    return null;
  } catch (error) {
    return Object.assign(error, { final: breaches.length > 0 });
  } finally {
    await context.close();
  }
}

/** Drops files into the middle of the window, as a hand would. */
async function drop(page, ...files) {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") }));
  await page.evaluate(async (files) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    for (const type of ["dragenter", "dragover", "drop"]) {
      document
        .elementFromPoint(innerWidth / 2, innerHeight / 2)
        .dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }
  }, given);
}

async function read(page, ...files) {
  await drop(page, ...files);
  await settled(page);
}

/** All is read, and what was read is drawn. */
const settled = async (page) => {
  await page.waitForFunction(() => document.querySelector(".reports") && document.querySelector(".app[aria-busy=false]"));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};
const words = (page, selector) => page.locator(selector).allInnerTexts();
const outline = (page) => words(page, ".outline .name");
const row = (page, value) => page.locator("tbody tr", { hasText: value }).first();
const mark = (page, value) => page.locator(".report mark", { hasText: value }).first();

/** The table as it stands on the screen: each row's written value and indicator. */
const table = (page) =>
  page
    .locator(".metrics tbody tr")
    .evaluateAll((rows) =>
      rows.map((row) => [".c-value", ".c-indicator"].map((cell) => row.querySelector(cell).textContent).join(" ")),
    );

/** Whether an element stands inside its scrolling pane, after the smooth scrolling has come to rest. */
async function inView(page, locator, pane) {
  await page.waitForFunction(
    ([element, pane]) => {
      const inner = element.getBoundingClientRect();
      const outer = document.querySelector(pane).getBoundingClientRect();
      return inner.height > 0 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    },
    [await locator.elementHandle(), pane],
  );
}

/**
 * Goes through the steps; gives the longest task of the window in milliseconds of processor time: what the machine does beside
 * it does not count. Of a task that is the test's own hand only the events count that it sends.
 */
async function longestTask(page, steps) {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  const trace = await steps().then(
    () => browser.stopTracing(),
    (error) => browser.stopTracing().then(() => Promise.reject(error)),
  );
  const { traceEvents } = JSON.parse(trace.toString());
  const windows = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const events = traceEvents.filter(({ ph, pid, tid }) => ph === "X" && windows.some((thread) => thread.pid === pid && thread.tid === tid));
  const hands = events.filter(({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === "blink.mojom.DevToolsSession");
  const within = (inner, outer) => inner.ts >= outer.ts && inner.ts + inner.dur <= outer.ts + outer.dur;
  const tasks = events.filter(({ name }) => /RunTask$/.test(name));
  const counted = tasks.filter((task) => !hands.some((hand) => within(hand, task)));
  counted.push(...events.filter(({ name }) => name === "EventDispatch"));
  assert.ok(tasks.length > 50, `${tasks.length} tasks`);
  return Math.max(...counted.map(({ tdur = 0 }) => tdur / 1000));
}

async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Opens the dialog for taking along, chooses, and gives what was downloaded. */
const take = (page, what, as, scope) =>
  downloaded(page, async () => {
    await page.click(".bar .menu-box > button");
    await page.click("role=menuitem >> nth=0");
    await page.check(`dialog input[name=what][value=${what}]`);
    if (scope) await page.check(`dialog input[name=scope][value=${scope}]`);
    await page.check(`dialog input[name=as][value=${as}]`);
    await page.click("dialog button.main");
  });

/** A zip of files, not compressed; a file that is `broken` does not have the bytes that it is said to have. */
function zip(name, files) {
  const local = [];
  const directory = [];
  let offset = 0;
  for (const { name, bytes, broken } of files) {
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2); // The name is UTF-8.
    common.writeUInt32LE(broken ? 1 : crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const part = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, bytes]);
    local.push(part);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), common, place, path);
    offset += part.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return { name, bytes: Buffer.concat([...local, ...directory, end]) };
}

const ARCHIVE = zip("材料.zip", [
  PLAIN,
  { name: "县区/青屏区政协.txt", bytes: BIG5.bytes },
  { name: "__MACOSX/._云泽.txt", bytes: PLAIN.bytes },
  { name: "县区/坏.txt", bytes: PLAIN.bytes, broken: true },
  PAGE,
]);

await test("the first visit says what this is, in Chinese", {}, async (page) => {
  assert.equal(await page.getAttribute("html", "lang"), "zh-Hans");
  const said = await page.innerText(".start");
  for (const part of ["提纲和指标表", "选择文件", "粘贴文字", "文件不会离开这台电脑"])
    assert.ok(said.includes(part), part);
  assert.equal(await page.locator(".sample").count(), 3);
});

await test("a GBK file and a saved page, dropped, give the same outline and table", {}, async (page) => {
  await read(page, GBK, PAGE);
  assert.equal(await page.locator(".report-item").count(), 2);
  const headings = await outline(page);
  const rows = await table(page);
  assert.ok(headings.includes(HEADING), headings.join("\n"));
  assert.ok(rows.length >= 30, `${rows.length} rows`);
  assert.ok(
    rows.some((words) => words.startsWith("3200余万元") && words.includes("帮扶资金")),
    rows.join("\n"),
  );
  assert.match(await row(page, "3200余万元").innerText(), /≥ 32,000,000/);
  assert.match(await page.innerText(".facts"), /GB/);
  await page.click(".report-item >> nth=1");
  assert.deepEqual(await outline(page), headings);
  assert.deepEqual(await table(page), rows);
});

await test("a folder is dropped with all that is in it, but for what cannot be a report", {}, async (page, context) => {
  const folder = mkdtempSync(join(tmpdir(), "gangmu-"));
  mkdirSync(join(folder, "2023/page_files"), { recursive: true });
  for (const [name, bytes] of [
    ["云泽.txt", PLAIN.bytes],
    ["2023/青屏.txt", BIG5.bytes],
    ["2023/page_files/menu.js", "1"],
    [".hidden.txt", "一、工作\n"],
  ]) {
    writeFileSync(join(folder, name), bytes);
  }
  const devtools = await context.newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    await devtools.send("Input.dispatchDragEvent", { type, x: 700, y: 400, data });
  }
  await settled(page);
  rmSync(folder, { recursive: true });
  const lines = await words(page, ".report-item");
  assert.equal(lines.length, 2);
  assert.ok(
    lines.some((line) => line.includes("云泽市")) && lines.some((line) => line.includes("青屏")),
    lines.join("\n"),
  );
});

await test("each section shows how many metrics it has", {}, async (page) => {
  await read(page, PLAIN);
  const shown = Number(await page.locator(".outline button", { hasText: HEADING }).locator(".strong").innerText());
  const marked = await page.evaluate((heading) => {
    const headings = [...document.querySelectorAll(".report .heading")];
    const at = headings.findIndex((element) => element.textContent === heading);
    const behind = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    const marks = [...document.querySelectorAll(".report mark")];
    const within = marks.filter((mark) => behind(headings[at], mark) && behind(mark, headings[at + 1]));
    return new Set(within.flatMap((mark) => mark.dataset.m.split(" "))).size;
  }, HEADING);
  assert.ok(marked >= 5, `${marked} marks`);
  assert.equal(shown, marked);
});

await test("a click in the outline goes to the text, and reading marks the section", {}, async (page) => {
  await read(page, PLAIN);
  const last = (await outline(page)).at(-1);
  await page.locator(".outline button", { hasText: last }).last().click();
  await inView(page, page.locator(".report .heading, .report .run-in", { hasText: last }).last(), ".text-scroll");
  await page.locator(".outline button", { hasText: HEADING }).click();
  await page.waitForFunction(
    (words) => document.querySelector(".outline [aria-current]")?.innerText.includes(words),
    HEADING,
  );
  await inView(page, page.locator(".report .heading", { hasText: HEADING }), ".text-scroll");
});

await test("a click on a row goes to its sentence, a click on a mark to its row", {}, async (page) => {
  await read(page, PLAIN);
  await row(page, "全省第二位").click();
  await inView(page, mark(page, "全省第二位"), ".text-scroll");
  assert.equal(await page.locator(".report mark.selected").innerText(), "全省第二位");
  assert.match((await words(page, ".report .in-sentence")).join(""), /编报社情民意信息/);
  await page.locator(".text-scroll").evaluate((pane) => pane.scrollTo(0, 0));
  await mark(page, "124件").click();
  assert.match(await page.innerText("tbody tr[aria-current]"), /124件/);
  await inView(page, page.locator("tbody tr[aria-current]"), ".table-scroll");
  assert.match(await page.innerText(".detail"), /124件/);
});

await test("row and mark answer each other on hover", {}, async (page) => {
  await read(page, PLAIN);
  await row(page, "86次").hover();
  assert.ok(await mark(page, "86次").evaluate((element) => element.classList.contains("hover")));
  await mark(page, "124件").hover();
  assert.ok(await row(page, "124件").evaluate((element) => element.classList.contains("hover")));
});

await test("the keyboard goes through the metrics", {}, async (page) => {
  await read(page, PLAIN);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  assert.match(await page.innerText("tbody tr:focus"), /124件/);
  await page.keyboard.press("Enter");
  assert.equal(await page.innerText(".report mark:focus"), "124件");
  await page.keyboard.press("Enter");
  assert.match(await page.innerText("tbody tr:focus"), /124件/);
  await page.keyboard.press("/");
  await page.keyboard.type("3200");
  assert.equal((await table(page)).length, 1);
  await page.keyboard.press("Escape");
  assert.ok((await table(page)).length > 1);
  await page.keyboard.press("?");
  assert.ok(await page.isVisible("dialog[open]"));
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  await page.keyboard.press("o");
  await page.waitForSelector(".source-scroll");
});

await test("the table sorts and filters", {}, async (page) => {
  await read(page, PLAIN);
  const all = await table(page);
  await page.click("th.c-indicator button");
  assert.equal(await page.getAttribute("th.c-indicator", "aria-sort"), "ascending");
  const sorted = await table(page);
  assert.notDeepEqual(sorted, all);
  assert.deepEqual([...sorted].sort(), [...all].sort());
  await page.click("th.c-indicator button");
  await page.click("th.c-indicator button");
  assert.deepEqual(await table(page), all);
  await page.click(".chip.kind-amount");
  const amounts = await table(page);
  assert.ok(amounts.length > 0 && amounts.every((words) => words.includes("元")), amounts.join("\n"));
});

await test("files that cannot be read get a line, and the others go on", {}, async (page) => {
  await read(page, PDF, EMPTY, PLAIN);
  const lines = await words(page, ".report-item");
  assert.equal(lines.length, 3);
  assert.match(lines[0], /扫描件\.pdf\s+文件已损坏/);
  assert.match(lines[1], /空\.txt\s+.*空/);
  assert.match(lines[2], /云泽市[\s\S]*项/);
  assert.ok((await table(page)).length >= 30);
  await page.click(".report-item >> nth=0");
  assert.match(await page.innerText(".message"), /扫描件\.pdf/);
});

await test("each report in a zip is read, and what is broken costs only itself", {}, async (page, context) => {
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  await read(page, PLAIN);
  assert.ok(!asked.some((url) => url.includes("formats")), "a text needs no more than the first load");
  const rows = await table(page);
  await page.click(".close");
  await read(page, ARCHIVE);
  assert.ok(asked.some((url) => /formats.*\.wasm/.test(url)));
  const lines = await words(page, ".report-item");
  assert.equal(lines.length, 4);
  assert.match(lines[0], /云泽市[\s\S]*项/);
  assert.match(lines[1], /青屏区[\s\S]*项/);
  assert.match(lines[2], /县区\/坏\.txt\s+.*已损坏/);
  assert.match(lines[3], /云泽市[\s\S]*项/);
  assert.deepEqual(await table(page), rows);
  await page.click(".report-item >> nth=1");
  await settled(page);
  assert.match(await page.innerText(".facts"), /Big5/);
  await page.click("role=tab[name=原文]");
  await page.selectOption(".source-scroll select", "Big5");
  await settled(page);
  assert.match(await page.innerText(".facts"), /Big5 \(手动指定\)/);
  await page.click(".report-item >> nth=2");
  assert.match(await page.innerText(".message"), /坏\.txt/);
});

await test("a table with a report a row is as many reports, each with its source", {}, async (page) => {
  const rows = ["yunze-2024", "qingping-2023"].map((name) => fixture(`${name}/clean.txt`).toString());
  const csv = ["地区,年份,正文", ...rows.map((text, i) => `第${i + 1}行,2024,"${text.replaceAll('"', '""')}"`)].join("\r\n");
  await read(page, { name: "汇编.csv", bytes: Buffer.from(csv) });
  const titles = await page.locator(".report-item").evaluateAll((items) => items.map((item) => item.title));
  assert.deepEqual(titles, ["汇编.csv: 1 第1行 2024", "汇编.csv: 2 第2行 2024"]);
  assert.ok((await table(page)).length >= 30);
  await page.click("role=tab[name=原文]");
  await page.waitForSelector(".source mark >> text=3200余万元");
  assert.equal(await page.locator(".source-scroll select").count(), 0);
});

await test("where the part for archives does not load, it says so and can be tried again", { allowErrors: true }, async (page, context) => {
  const formats = /formats.*\.wasm/;
  await context.route(formats, (route) => route.abort());
  await read(page, ARCHIVE, PLAIN);
  const lines = await words(page, ".report-item");
  assert.equal(lines.length, 2);
  assert.match(lines[0], /没有加载成功/);
  assert.match(lines[1], /云泽市[\s\S]*项/);
  await context.unroute(formats);
  await page.click(".report-item >> nth=0");
  await page.click(".message .acts button >> nth=0");
  await settled(page);
  assert.equal((await words(page, ".report-item")).length, 5, (await words(page, ".report-item")).join("\n"));
});

await test(
  "CSV opens in Excel, Markdown is a document, JSON is the contract",
  { acceptDownloads: true },
  async (page) => {
    await read(page, PLAIN);
    const rows = (await table(page)).length;
    const csv = await take(page, "metrics", "csv");
    assert.equal(csv.name, "云泽 指标表.csv");
    assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.ok(csv.bytes.toString().split("\r\n").length >= rows + 2);
    assert.match(csv.bytes.toString(), /帮扶资金/);
    const md = await take(page, "all", "md");
    assert.match(md.bytes.toString(), /^# .*云泽市/);
    const json = await take(page, "all", "json");
    const report = JSON.parse(json.bytes.toString());
    assert.equal(report.schema, 1);
    assert.equal(report.metrics.length, rows);
    const { span } = report.metrics[0];
    assert.match(report.text.slice(span.start, span.end), /86次/);
  },
);

await test(
  "a copied selection pastes as cells",
  { permissions: ["clipboard-read", "clipboard-write"] },
  async (page) => {
    await read(page, PLAIN);
    const [text, html] = await page.evaluate(async () => {
      const rows = document.querySelectorAll(".metrics tbody tr");
      getSelection().setBaseAndExtent(rows[0].querySelector(".c-indicator"), 0, rows[3], 0);
      document.execCommand("copy");
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
    });
    const lines = text.split(/\r?\n/);
    assert.equal(lines.length, 4);
    assert.ok(lines.every((line) => line.split("\t").length === lines[0].split("\t").length));
    assert.match(lines[1], /\t86\t次\t/);
    assert.equal(html.match(/<tr/g).length, 4);
  },
);

await test("text is pasted and read", {}, async (page) => {
  await page.click("text=粘贴文字");
  await page.fill("dialog textarea", PLAIN.bytes.toString());
  await page.click("dialog button.main");
  await settled(page);
  assert.ok((await outline(page)).includes(HEADING));
});

await test("the source shows what was removed and why", {}, async (page) => {
  await read(page, BIG5);
  await page.click("[role=tab] >> text=原文");
  await page.waitForSelector(".source del");
  // Node's own decoder knows less of Big5 than the browsers' standard asks.
  const decoded = await page.evaluate(
    (bytes) => new TextDecoder("big5").decode(Uint8Array.from(bytes)),
    [...BIG5.bytes],
  );
  const squeeze = (text) => text.replace(/\s+/g, "");
  const shown = await page.locator(".source").evaluate((source) => {
    const copy = source.cloneNode(true);
    for (const why of copy.querySelectorAll(".why")) why.remove();
    return copy.textContent;
  });
  assert.equal(squeeze(shown), squeeze(decoded));
  assert.match((await words(page, ".source del.pinyin")).join(""), /\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)/);
  assert.ok((await words(page, ".source .why")).includes("页面"));
});

await test("a sample is one click away, without a network too", {}, async (page, context) => {
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.click(".sample >> nth=0");
  await settled(page);
  assert.ok((await table(page)).length >= 30);
});

await test("English for those who read English", { locale: "en-GB" }, async (page) => {
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await page.innerText(".start"), /never leave this computer/);
  await read(page, PDF, PLAIN);
  assert.match((await words(page, ".report-item"))[0], /the file is damaged/);
  await page.click(".report-item >> nth=1");
  assert.match(await page.innerText(".table-pane thead"), /Indicator/);
  const before = await table(page);
  await page.click(".languages >> text=简");
  assert.match(await page.innerText(".table-pane thead"), /指标/);
  assert.equal((await table(page)).length, before.length);
});

await test("a program that does not load gets said, file by file", { allowErrors: true }, async (_, context) => {
  await context.route("**/*.wasm", (route) => route.abort());
  const page = await context.newPage();
  await page.goto(host.url);
  await read(page, PLAIN, GBK);
  const lines = await words(page, ".report-item");
  assert.ok(
    lines.every((line) => line.includes("没有加载完整")),
    lines.join("\n"),
  );
});

await test("long work can be cancelled", {}, async (_, context) => {
  let release;
  const held = new Promise((done) => (release = done));
  await context.route("**/*.wasm", async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  const page = await context.newPage();
  await page.goto(host.url);
  await drop(page, PLAIN, GBK);
  await page.click(".progress button");
  await settled(page);
  assert.ok((await words(page, ".report-item")).every((line) => line.includes("已取消")));
  release();
  await page.click(".message button >> nth=0");
  await page.waitForSelector(".metrics tbody tr");
});

await test("the theme follows the system, and the switch before it", { colorScheme: "dark" }, async (page) => {
  const theme = () => page.getAttribute("html", "data-theme");
  assert.equal(await theme(), "dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await page.click(".theme");
  await page.click(".theme");
  assert.equal(await theme(), "dark");
  await page.reload();
  await page.waitForSelector(".start");
  assert.equal(await theme(), "dark");
});

for (const width of [360, 768]) {
  await test(`one pane at a time in a window ${width} wide`, { viewport: { width, height: 740 } }, async (page) => {
    const overflows = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(await overflows(), false);
    await read(page, PLAIN, PDF);
    await page.click(".tab-bar >> text=指标");
    assert.equal(await overflows(), false);
    assert.equal(await page.isVisible(".report"), false);
    await row(page, "3200余万元").click();
    assert.equal(await page.isVisible(".table-pane"), false);
    await inView(page, mark(page, "3200余万元"), ".text-scroll");
    await page.click(".tab-bar >> text=提纲");
    await page.locator(".outline button", { hasText: HEADING }).click();
    await inView(page, page.locator(".report .heading", { hasText: HEADING }), ".text-scroll");
    assert.equal(await overflows(), false);
  });
}

await test("nothing of a report is taken for markup", {}, async (page) => {
  const evil = "一、工作情况\n收到提案12件，<img src=x onerror=\"document.title='gone'\"><b>办复</b>10件。";
  await page.click("text=粘贴文字");
  await page.fill("dialog textarea", evil);
  await page.click("dialog button.main");
  await settled(page);
  assert.equal(await page.locator(".workspace img, .workspace .report b").count(), 0);
  assert.notEqual(await page.title(), "gone");
});

const kit = { browser, host, test, drop, read, settled, words, table, row, mark, inView, longestTask, downloaded, take, zip, fixture };
await access(kit);
await compare(kit);
await many(kit);
await metrics(kit);
await reading(kit);
await shell(kit);

await browser.close();
host.close();
console.log(`${results.passed} passed, ${results.failed} failed, ${results.skipped} skipped`);
process.exitCode = results.failed || !results.passed ? 1 : 0;
