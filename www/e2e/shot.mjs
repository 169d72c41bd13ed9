import { launch, serve } from "./browser.mjs";
import { readdirSync } from "node:fs";
const b = await launch();
const { url, close } = await serve(new URL("../dist", import.meta.url).pathname, "/x/");
const c = "/work/shared/corpus/", d = "/work/shared/eval/dev/";
const files = readdirSync(c + "provinces-2026").slice(0, 8).map((f) => c + "provinces-2026/" + f).concat(["docx-exam-outline-jiangxi-fao-2022.docx","gov-hailar-2016-gbk.txt","html-tjgb-yichun-2022.html"].map((f) => c + f), readdirSync(d).flatMap((n) => readdirSync(d + n).filter((f) => f.startsWith("source")).map((f) => d + n + "/" + f)));
for (const [name, scheme, w, h] of [["light","light",1440,900],["dark","dark",1440,900],["phone","light",390,844]]) {
  const p = await b.newPage({ colorScheme: scheme, viewport: { width: w, height: h }, locale: "zh-CN" });
  p.on("pageerror", (e) => console.log("ERR", e.message));
  await p.goto(url);
  await p.setInputFiles("input[type=file]", files);
  await p.waitForTimeout(500);
  await p.screenshot({ path: `/tmp/lead/w-${name}.png` });
  await p.waitForSelector(".app[aria-busy=false]", { timeout: 60000 });
  await p.waitForTimeout(500);
  await p.screenshot({ path: `/tmp/lead/r-${name}.png` });
  try {
    await p.getByRole("button", { name: /对比/ }).first().click({ timeout: 5000 });
    await p.waitForTimeout(3000);
    await p.screenshot({ path: `/tmp/lead/c-${name}.png` });
  } catch (e) { console.log(name, e.message.slice(0, 200)); }
  await p.close();
}
// a thousand files
const p = await b.newPage({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
await p.goto(url);
await p.waitForTimeout(1500);
await p.evaluate(() => { window.long = []; new PerformanceObserver((l) => { for (const e of l.getEntries()) window.long.push(Math.round(e.duration)); }).observe({ type: "longtask" }); });
const many = readdirSync("/tmp/lead/many").map((f) => "/tmp/lead/many/" + f);
let t = Date.now();
await p.setInputFiles("input[type=file]", many);
console.log("given", Date.now() - t); t = Date.now();
await p.waitForTimeout(2500);
await p.screenshot({ path: `/tmp/lead/m-1.png` });
await p.waitForSelector(".app[aria-busy=false]", { timeout: 120000 });
console.log("1000 files", Date.now() - t, "long", await p.evaluate(() => window.long));
await p.screenshot({ path: `/tmp/lead/m-2.png` });
await b.close(); close();
