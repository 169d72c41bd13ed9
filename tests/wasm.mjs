// In a real browser: the package gives the same JSON as the program, for each file given, and its errors
// and options are what its types say.
//
//   node tests/wasm.mjs PROGRAM FILE...     CHROMIUM names the browser's program
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";

const root = join(import.meta.dirname, "..");
const { chromium } = createRequire(join(root, "www/package.json"))("playwright-core");
const [program, ...files] = process.argv.slice(2);
const host = "http://gangmu.test/";
const kinds = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage();
await page.route("**", (route) => {
  const url = route.request().url();
  if (url === host) return route.fulfill({ body: "<!DOCTYPE html>", contentType: "text/html" });
  if (!url.startsWith(host)) return route.abort();
  const path = join(root, "pkg", new URL(url).pathname);
  return route.fulfill({ body: readFileSync(path), contentType: kinds[extname(path)] });
});
await page.goto(host);
await page.evaluate(async () => {
  const gangmu = await import("/gangmu.js");
  await gangmu.default();
  globalThis.gangmu = gangmu;
  // Every report of a file, as the package's two modules give them; what cannot be read is an error beside.
  globalThis.readAll = async (raw, name) => {
    try {
      return [gangmu.extract(raw, { name })];
    } catch (error) {
      if (error.code !== "packed") throw error;
    }
    const formats = await import("/formats.js");
    await formats.default();
    return formats.unpack(raw, name).map(({ name, draft, bytes, encoding, format, error }) => {
      try {
        if (error) throw error;
        return draft ? gangmu.extractDraft(draft, { name }) : gangmu.extract(bytes, { name, encoding, format });
      } catch ({ message }) {
        return { message };
      }
    });
  };
  // What a call gives or throws, as JSON.
  globalThis.told = async (call) => {
    try {
      return JSON.stringify(await call());
    } catch (e) {
      if (!(e instanceof Error)) return `not an Error: ${e}`;
      return JSON.stringify({ name: e.name, code: e.code, message: e.message, messageZh: e.messageZh });
    }
  };
});

let passed = 0;
let failed = 0;
async function test(name, check) {
  try {
    await check();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.message}`);
  }
}
function same(got, wanted, what) {
  if (got === wanted) return;
  [got, wanted] = [String(got), String(wanted)];
  let at = 0;
  while (got[at] === wanted[at] && at < got.length) at += 1;
  const near = (text) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
  throw new Error(`${what}: ${near(got)} is not ${near(wanted)}`);
}

const scratch = mkdtempSync(join(tmpdir(), "gangmu-"));
const texts = files.filter((file) => file.endsWith(".txt")).slice(0, 3).map((file) => readFileSync(file).toString());
const collection = join(scratch, "collection.csv");
writeFileSync(collection, ["year,text", ...texts.map((text) => `2024,"${text.replaceAll('"', '""')}"`)].join("\n"));
const lines = join(scratch, "collection.jsonl");
writeFileSync(lines, texts.map((text, i) => (i ? JSON.stringify({ title: "报告", text }) : '{"title": broken')).join("\n"));

for (const file of [...files, collection, lines]) {
  await test(file, async () => {
    const native = spawnSync(program, ["extract", "--format", "jsonl", file], { maxBuffer: 1 << 28 });
    const bytes = readFileSync(file).toString("base64");
    const [plain, asFile, all] = await page.evaluate(
      async ([bytes, name]) => {
        const raw = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
        return [
          await told(() => gangmu.extract(raw, { name })),
          await told(() => gangmu.extractFile(new File([raw], name))),
          await told(() => readAll(raw, name)),
        ];
      },
      [bytes, basename(file)],
    );
    same(asFile, plain, "extractFile and extract");
    const found = [JSON.parse(all)].flat();
    const reports = found.filter((one) => one.schema);
    // Both as JavaScript writes numbers: 1, not 1.0.
    const printed = String(native.stdout).split("\n").filter(Boolean).map((line) => JSON.stringify(JSON.parse(line)));
    same(reports.map((report) => JSON.stringify(report)).join("\n"), printed.join("\n"), "WebAssembly and native");
    for (const { message } of found.filter((one) => !one.schema)) {
      if (!String(native.stderr).includes(message)) throw new Error(`WebAssembly says ${message}, native ${native.stderr}`);
    }
    if (found.length === reports.length && native.status !== 0) throw new Error(`native says ${native.stderr}`);
  });
}
rmSync(scratch, { recursive: true });

await test("tables and documents are those of the program", async () => {
  const [file] = files;
  const bytes = readFileSync(file).toString("base64");
  for (const format of ["csv", "tsv", "tidy", "md", "html"]) {
    const native = spawnSync(program, ["extract", "--format", format, file], { maxBuffer: 1 << 28 });
    const made = await page.evaluate(
      ([bytes, name, format]) => {
        const report = gangmu.extract(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), { name });
        return gangmu.exportReport([report], { as: format });
      },
      [bytes, basename(file), format],
    );
    same(made.trimEnd(), String(native.stdout).trimEnd(), format);
  }
});

const tells = (call) => page.evaluate(`told(() => ${call})`);
const text = "new TextEncoder().encode('𠀀提要\\n全年开展重点协商10次。')";
await test("errors are Error objects with a code and both languages", async () => {
  const empty = JSON.parse(await tells("gangmu.extract(new Uint8Array())"));
  same(empty.name, "GangmuError", "name");
  same(empty.code, "empty", "code");
  if (!/[a-z]/.test(empty.message) || !/[一-龥]/.test(empty.messageZh)) throw new Error(JSON.stringify(empty));
  const label = JSON.parse(await tells(`gangmu.extract(${text}, { encoding: "klingon" })`));
  same(label.code, "unknown-encoding", "code of a wrong label");
  const offsets = JSON.parse(await tells(`gangmu.extract(${text}, { offsets: "bytes" })`));
  same(offsets.code, "invalid-argument", "code of a wrong option");
  const rejected = JSON.parse(await tells("gangmu.extractFile(new File([], 'x'))"));
  same(rejected.code, "empty", "code of a rejection");
});
await test("a file that cannot be read rejects with a code", async () => {
  const gone = "Object.assign(new File(['x'], 'x'), { arrayBuffer: () => Promise.reject(new DOMException('gone')) })";
  same(JSON.parse(await tells(`gangmu.extractFile(${gone})`)).code, "unreadable", "code");
});
await test("an encoding overrules, a name is kept", async () => {
  const report = JSON.parse(await tells("gangmu.extract(Uint8Array.of(0xb9, 0xa4, 0xd7, 0xf7), { encoding: 'gbk', name: 'n' })"));
  same(report.text, "工作", "text");
  same(report.source.name, "n", "name");
  same(report.source.encoding_from, "option", "encoding_from");
});
await test("offsets count UTF-16 code units unless another unit is asked for", async () => {
  for (const [offsets, cut] of [
    [undefined, (t, s) => t.slice(s.start, s.end)],
    ["utf-8", (t, s) => Buffer.from(t).subarray(s.start, s.end).toString()],
    ["utf-32", (t, s) => [...t].slice(s.start, s.end).join("")],
  ]) {
    const report = JSON.parse(await tells(`gangmu.extract(${text}, ${JSON.stringify({ offsets })})`));
    same(report.metrics.map((m) => cut(report.text, m.span)).join(), "10次", String(offsets));
  }
});

await test("exports are those of the command line", async () => {
  const file = files.find((name) => name.endsWith(".txt"));
  const bytes = readFileSync(file).toString("base64");
  for (const as of ["csv", "tsv", "tidy", "md", "html", "xlsx", "docx"]) {
    const native = spawnSync(program, ["extract", "--format", as, file], { maxBuffer: 1 << 28 });
    const written = await page.evaluate(
      async ([bytes, name, as]) => {
        const report = gangmu.extract(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), { name });
        const formats = await import("/formats.js");
        await formats.default();
        const text = () => new TextEncoder().encode(gangmu.exportReport([report], { as }));
        const all = formats[as] ? formats[as]([report]) : text();
        return btoa(Array.from(all, (byte) => String.fromCharCode(byte)).join(""));
      },
      [bytes, basename(file), as],
    );
    same(written, native.stdout.toString("base64"), as);
  }
});

await test("exports refuse what is no report, no form and no language", async () => {
  const wrong = JSON.parse(await tells(`gangmu.exportReport([gangmu.extract(${text})], { as: "csv", language: "fr" })`));
  same(wrong.code, "invalid-argument", "code of a wrong language");
  same(JSON.parse(await tells("gangmu.exportReport([{}], { as: 'csv' })")).code, "invalid-argument", "code of what is no report");
  const form = JSON.parse(await tells(`gangmu.exportReport([gangmu.extract(${text})], { as: "xls" })`));
  same(form.code, "invalid-argument", "code of a wrong form");
});

await browser.close();
console.log(`\n${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed ? 1 : 0;
