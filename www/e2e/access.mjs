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
      await page.click(".metrics tbody tr >> nth=5");
      await page.keyboard.press("/");
      await page.keyboard.type("提案");
      await page.click(".chip >> nth=0");
      await look("filter");
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
}
