// Every view as those meet it who do not see the screen or do not see it well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the window as it is, contrast included. */
async function faults(page, view) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${view}: ${id}: ${node.target} ${node.failureSummary}`));
}

export async function access({ test, read, fixture }) {
  const PLAIN = { name: "云泽.txt", bytes: fixture("yunze-2024/source.txt") };
  const OTHER = { name: "青屏.txt", bytes: fixture("qingping-2023/source.txt") };
  const EMPTY = { name: "空.txt", bytes: Buffer.alloc(0) };

  for (const colorScheme of ["light", "dark"]) {
    await test(`axe finds nothing in any view, ${colorScheme}`, { colorScheme, reducedMotion: "reduce" }, async (page) => {
      const found = await faults(page, "start");
      const look = async (view) => found.push(...(await faults(page, view)));
      await page.click("text=粘贴文字");
      await look("paste");
      await page.keyboard.press("Escape");
      await read(page, PLAIN, EMPTY);
      await look("report");
      await page.click(".metrics tbody tr >> nth=3");
      await look("metric selected");
      await page.keyboard.press("F2");
      await page.keyboard.type("许多");
      await page.keyboard.press("Enter");
      await look("cell");
      await page.keyboard.press("Escape");
      await page.click(".detail [data-act=edit]");
      await look("form");
      await page.keyboard.press("Escape");
      await page.click(".metrics tbody tr >> nth=5");
      await page.keyboard.press("/");
      await page.keyboard.type("提案");
      await page.click(".chip >> nth=0");
      await page.click(".filter-opener");
      await page.click(".columns-box > button");
      await look("filter");
      await page.click(".filter-opener");
      await page.keyboard.press("Escape");
      await page.click("role=tab[name=原文]");
      await page.waitForSelector(".source mark");
      await look("source");
      await page.click(".bar .menu-box > button");
      await look("export");
      await page.keyboard.press("Escape");
      await page.click(".help");
      await look("help");
      await page.keyboard.press("Escape");
      await page.click(".report-item >> nth=1");
      await look("failed report");
      await read(page, OTHER);
      await page.click(".to-compare");
      await page.waitForSelector(".compare .grid-line");
      await look("comparison");
      await page.click(".compare [role=tab] >> text=提纲");
      await look("outlines side by side");
      assert.deepEqual(found, []);
    });
  }

  await test("axe finds nothing on a phone", { viewport: { width: 390, height: 800 } }, async (page) => {
    const found = await faults(page, "start");
    await read(page, PLAIN, EMPTY);
    for (const tab of ["nav", "text", "table"]) {
      await page.click(`[data-tab=${tab}]`);
      found.push(...(await faults(page, tab)));
    }
    assert.deepEqual(found, []);
  });

  await test("what a screen reader meets makes sense", {}, async (page) => {
    const tree = async () => (await page.locator("body").ariaSnapshot()).split("\n").map((line) => line.trim());
    const has = (lines, ...wanted) => {
      let from = 0;
      for (const line of wanted) {
        const at = lines.findIndex((found, i) => i >= from && found.startsWith(line));
        assert.ok(at >= 0, `${line} is not in, or not in its place`);
        from = at + 1;
      }
    };
    const start = await tree();
    has(start, "- banner", '- group "语言"', '- button "简体中文" [pressed]', "- main", '- heading "纲目" [level=1]');
    has(start, '- img "左边是一份报告', '- button "选择文件"', '- button "粘贴文字"', '- group "没有报告在手边', "- list:", '- link "下载单个文件"');
    assert.ok(!start.some((line) => line.includes("3200余万元")), "the picture is one thing");
    await read(page, PLAIN);
    const report = await tree();
    has(report, "- banner", '- heading "纲目" [level=1]', '- button "导出"', "- main");
    has(report, "- main", '- region "提纲"', '- heading "报告 1" [level=2]', '- list "报告"', '- navigation "提纲"');
    has(report, '- region "正文"', "- tablist", '- tab "正文" [selected]', '- tabpanel "正文"', '- heading "2024年工作回顾" [level=2]');
    has(report, '- region "指标"', '- heading "指标 48" [level=2]', '- grid "指标"', '- columnheader "数值');
    has(report, '- navigation "提纲"', "- list:", "- listitem", "- list:", "- listitem");
    for (const part of ["banner", "main"]) {
      assert.equal(report.filter((line) => line.startsWith(`- ${part}`)).length, 1, part);
    }
  });

  await test("what goes on is said, not only shown", {}, async (page) => {
    assert.equal(await page.locator(".toast").getAttribute("role"), "status");
    await page.click(".theme");
    assert.match(await page.innerText(".toast"), /浅色/);
  });
}
