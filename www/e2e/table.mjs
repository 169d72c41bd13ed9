// The table of metrics: order, filters, columns, and what is corrected and copied in it.
import assert from "node:assert/strict";

export async function metrics({ browser, test, read, words, table, row, mark, inView, fixture }) {
  const PLAIN = { name: "云泽.txt", bytes: fixture("yunze-2024/source.txt") };
  // Sentences that nobody would write, so that the program is not sure of them.
  const UNSURE = {
    name: "存疑.txt",
    bytes: Buffer.from(
      "云湖县2024年工作总结\n\n一、经济运行\n全年收到提案312件。委员们说，这里有变化，那里有希望，8个，一个比一个好。\n" +
        "在推进中坚持边学边改，边干边总结，先后五轮次、30余家，取得实效。\n",
    ),
  };
  const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
  const rows = (page) => page.locator(".metrics tbody tr");
  const cell = (page, value, column) => row(page, value).locator(`[data-column=${column}]`);
  const count = (page) => page.innerText(".table-pane h2 b");
  const said = async (page, column) => words(page, `.metrics td[data-column=${column}]`);
  const choose = async (page, ...names) => {
    await page.click(".columns-box > button");
    for (const name of names) await page.getByRole("checkbox", { name, exact: true }).click();
    await page.keyboard.press("Escape");
  };
  /** After a correction the panes are drawn anew. */
  const shown = (page, value) => row(page, value).waitFor();

  await test("the table sorts by every column, both ways", {}, async (page) => {
    await read(page, PLAIN);
    await choose(page, "规范指标", "主体", "动作", "状态", "约数", "章节", "把握", "原句");
    const all = (await table(page)).sort();
    const heads = page.locator(".metrics th button");
    assert.equal(await heads.count(), 13);
    for (let i = 0; i < 13; i++) {
      await heads.nth(i).click();
      const name = await heads.nth(i).innerText();
      assert.equal(await page.locator("th[aria-sort=ascending]").innerText(), name);
      const up = await table(page);
      await heads.nth(i).click();
      assert.equal(await page.locator("th[aria-sort=descending]").innerText(), name);
      const down = await table(page);
      assert.deepEqual([...up].sort(), all, name);
      assert.deepEqual([...down].sort(), all, name);
      assert.notDeepEqual(up, down, name);
    }
    const confidence = (await said(page, "confidence")).map((words) => Number.parseInt(words, 10));
    assert.ok(confidence.length > 30);
  });

  await test("filters are chips that can be taken away", {}, async (page) => {
    await read(page, PLAIN);
    const all = (await table(page)).length;
    await page.click(".filter-opener");
    const options = page.locator(".filter-row.sections option");
    const outer = await options.nth(1).innerText();
    await page.selectOption(".filter-row.sections select", { index: 1 });
    const within = (await table(page)).length;
    assert.equal(within, Number(/\((\d+)\)$/.exec(outer)[1]), "subsections belong to their section");
    assert.ok(within > 5 && within < all);
    await page.selectOption(".filter-row.sections select", { index: 2 });
    assert.ok((await table(page)).length < within);
    await page.locator(".chip.removable").click();
    assert.equal((await table(page)).length, all);
    await page.locator(".periods .chip", { hasText: "2025" }).click();
    assert.deepEqual([...new Set(await said(page, "period"))], ["2025"]);
    await page.locator(".statuses .chip", { hasText: "完成" }).click();
    assert.equal(await count(page), `${(await table(page)).length}/${all}`);
    assert.equal(await page.locator(".chip.removable").count(), 2);
    await page.locator(".chips .clear").click();
    assert.equal(await count(page), `${all}`);
    await page.locator(".bands .chip").first().click();
    await page.locator(".chip.kind-count").click();
    assert.ok(Number.parseInt(await count(page), 10) < all);
    await page.fill(".table-pane input[type=search]", "没有这样的词");
    assert.match(await page.innerText(".table-pane .empty"), /没有符合条件/);
    await page.locator(".table-pane .empty .link").click();
    assert.equal(await count(page), `${all}`);
    assert.equal(await page.locator(".chips [aria-pressed=true]").count(), 0);
  });

  await test("columns are chosen, drawn wider, and remembered", {}, async (page) => {
    await read(page, PLAIN);
    await choose(page, "规范指标", "类别");
    const heads = () => words(page, ".metrics th");
    assert.deepEqual(await heads(), ["数值", "规范值", "指标", "规范指标", "期间"]);
    assert.ok((await said(page, "canonical")).includes("提案立案数"));
    const width = () => page.locator("th.c-value").evaluate((head) => head.getBoundingClientRect().width);
    const before = await width();
    const grip = await page.locator("th.c-value .grip").boundingBox();
    await page.mouse.move(grip.x + 3, grip.y + 5);
    await page.mouse.down();
    await page.mouse.move(grip.x + 63, grip.y + 5);
    await page.mouse.up();
    assert.equal(Math.round(await width()), Math.round(before) + 60);
    await page.reload();
    await page.waitForSelector(".start");
    await read(page, PLAIN);
    assert.deepEqual(await heads(), ["数值", "规范值", "指标", "规范指标", "期间"]);
    assert.equal(Math.round(await width()), Math.round(before) + 60);
    await page.click(".columns-box > button");
    await page.click(".column-menu button");
    assert.deepEqual(await heads(), ["数值", "规范值", "指标", "类别", "期间"]);
  });

  await test("a cell is corrected where it stands, and taken back", {}, async (page) => {
    await read(page, PLAIN);
    await cell(page, "3200余万元", "value").dblclick();
    await page.keyboard.type("许多");
    await page.keyboard.press("Enter");
    assert.match(await page.innerText(".editing .hint"), /800余万元/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".editing").count(), 0);
    assert.equal(await page.locator("td:focus").getAttribute("data-column"), "value");
    await page.keyboard.press("F2");
    await page.keyboard.type("3.5亿");
    await page.keyboard.press("Tab");
    await shown(page, "350,000,000 元");
    // Tab goes on to the next cell that can be corrected, over the redrawing.
    await page.waitForSelector(".editing .editor:focus");
    assert.equal(await page.locator(".editing").getAttribute("data-column"), "indicator");
    await page.keyboard.type("帮扶资金总额");
    await page.keyboard.press("Enter");
    await shown(page, "帮扶资金总额");
    const changed = row(page, "帮扶资金总额");
    assert.equal(await changed.locator(".corrected-sign").getAttribute("aria-label"), "已校");
    assert.match(await changed.locator("[data-column=value]").innerText(), /3\.5亿元\s*3200余万元/);
    assert.equal(await changed.locator("s").innerText(), "3200余万元");
    await changed.locator("[data-column=kind]").dblclick();
    await page.locator(".editing select").selectOption("count");
    await page.keyboard.press("Enter");
    await page.waitForSelector("tr.kind-count >> text=帮扶资金总额");
    await changed.locator("[data-column=period]").dblclick();
    await page.keyboard.type("2020—2024");
    // To leave the cell is to keep what was typed.
    await row(page, "86次").click();
    await shown(page, "2020–2024");
    assert.match(await row(page, "2020–2024").innerText(), /帮扶资金总额/);
    await page.click(".chip.corrected");
    assert.equal((await table(page)).length, 1);
    await page.click(".chip.corrected");
    for (let i = 0; i < 4; i++) await page.keyboard.press("Control+z");
    await page.waitForFunction(() => !document.querySelector(".corrected-sign"));
    assert.match(await row(page, "3200余万元").innerText(), /2024/);
    await page.keyboard.press("Control+Shift+z");
    await shown(page, "350,000,000 元");
    await row(page, "350,000,000 元").click();
    await page.click("[data-act=revert]");
    await page.waitForFunction(() => !document.querySelector(".corrected-sign"));
    assert.match(await row(page, "3200余万元").innerText(), /32,000,000/);
  });

  await test("arrows go through the cells, and Del deletes a row", {}, async (page) => {
    await read(page, PLAIN);
    const all = (await table(page)).length;
    await page.keyboard.press("j");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator("td:focus").getAttribute("data-column"), "indicator");
    assert.match(await page.locator("tr:focus-within").innerText(), /124件/);
    await page.keyboard.press("Escape");
    assert.match(await page.innerText("tr:focus"), /124件/);
    const after = (await words(page, ".metrics tbody tr"))[2];
    await page.keyboard.press("Delete");
    await page.waitForFunction((all) => document.querySelectorAll(".metrics tbody tr").length === all - 1, all);
    assert.equal(await page.innerText("tr:focus"), after, "the keyboard is on the next row");
    assert.equal(await mark(page, "124件").count(), 0);
    await page.keyboard.press("Control+z");
    await page.waitForFunction((all) => document.querySelectorAll(".metrics tbody tr").length === all, all);
    assert.equal(await mark(page, "124件").count(), 1);
  });

  await test("unsure rows are walked through one after another", {}, async (page) => {
    await read(page, UNSURE);
    const all = Number(await page.innerText(".chip.unsure .number"));
    assert.ok(all >= 2, `${all} unsure`);
    await page.keyboard.press("u");
    assert.match(await page.innerText(".doubt"), new RegExp(`存疑 1/${all}`));
    assert.ok(await page.locator("tr:focus").evaluate((row) => row.classList.contains("unsure")));
    await inView(page, page.locator(".report mark.selected").first(), ".text-scroll");
    await page.keyboard.press("u");
    assert.match(await page.innerText(".doubt"), new RegExp(`存疑 2/${all}`));
    await page.keyboard.press("U");
    assert.match(await page.innerText(".doubt"), new RegExp(`存疑 1/${all}`));
    await page.keyboard.press("y");
    await page.waitForFunction((n) => document.querySelectorAll("tr.unsure").length === n, all - 1);
    assert.match(await page.innerText(".doubt"), new RegExp(`存疑 1/${all - 1}`), "and on to the next");
    assert.equal(await page.locator(".corrected-sign").count(), 1);
    await page.click(".doubt [data-act=delete]");
    await page.waitForFunction((n) => document.querySelectorAll("tr.unsure").length === n, all - 2);
  });

  await test("the form in the detail corrects every field", {}, async (page) => {
    await read(page, PLAIN);
    await row(page, "124件").click();
    await page.click("[data-act=edit]");
    const field = (name) => page.locator(".correct").getByLabel(name, { exact: true });
    await field("数值").fill("不少于130件");
    await field("规范指标").fill("没有的指标");
    await field("状态").selectOption("plan");
    await page.click(".correct .main");
    assert.match(await page.innerText(".f-canonical .hint"), /没有这个规范指标/);
    await field("规范指标").fill("提案立案数");
    await page.click(".correct .main");
    await page.waitForSelector("tr.plan >> text=130");
    assert.match(await page.innerText(".detail"), /130[\s\S]*提案立案数[\s\S]*计划/);
    await page.keyboard.press("Control+z");
    await shown(page, "124件");
    assert.match(await row(page, "124件").innerText(), /124件/);
  });

  await test("on a phone rows have two lines and are corrected in the sheet", { viewport: { width: 390, height: 800 } }, async (page) => {
    await read(page, PLAIN);
    await page.click("[data-tab=table]");
    await shown(page, "124件");
    const tops = await row(page, "124件")
      .locator("td")
      .evaluateAll((cells) => [...new Set(cells.filter((cell) => cell.offsetHeight).map((cell) => Math.round(cell.getBoundingClientRect().top)))]);
    assert.equal(tops.length, 2, tops.join(" "));
    await row(page, "124件").click();
    await page.click("[data-act=edit]");
    await page.locator(".correct").getByLabel("数值", { exact: true }).fill("125件");
    await page.click(".correct .main");
    await page.click("[data-tab=table]");
    await shown(page, "125");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });

  await test("5,000 metrics: only what is seen is in the page, all of it can be reached and copied", { ...clipboard, tries: 3 }, async (page) => {
    const lines = Array.from({ length: 1000 }, (_, i) => {
      const n = i + 1000;
      return `开展协商${n}次，收到提案${n}件，编报信息${n}篇，走访群众${n}户，培训委员${n}人次。`;
    });
    page.setDefaultTimeout(120_000);
    await read(page, { name: "大表.txt", bytes: Buffer.from(`云湖县2024年工作总结\n\n一、工作\n${lines.join("\n")}\n`) });
    await rows(page).first().waitFor();
    const all = Number(await count(page));
    assert.ok(all >= 4500, `${all} metrics`);
    assert.equal(await page.getAttribute(".metrics", "aria-rowcount"), String(all + 1));
    assert.ok((await rows(page).count()) < 100);
    // Each filter, and each order, is ready within a task.
    const spent = await page.evaluate(() => {
      const times = ["th.c-indicator button", "th.c-value button", ".chip.kind-count"].map((control) => {
        const from = performance.now();
        document.querySelector(control).click();
        return performance.now() - from;
      });
      document.querySelector(".chip.kind-count").click();
      document.querySelector("th.c-value button").click();
      document.querySelector("th.c-value button").click();
      return times;
    });
    console.log(`  ${spent.map((ms) => Math.round(ms)).join(", ")} ms to sort and filter ${all} rows`);
    assert.ok(Math.max(...spent) < 500, spent.join(" "));
    await page.keyboard.press("j");
    await page.keyboard.press("End");
    const last = page.locator(`tr[aria-rowindex="${all + 1}"]`);
    await inView(page, last, ".table-scroll");
    assert.ok(await last.evaluate((row) => row === document.activeElement));
    await page.evaluate(() => document.querySelector(".table-scroll").scrollTo(0, 60_000));
    await page.waitForFunction(() => {
      const pane = document.querySelector(".table-scroll").getBoundingClientRect();
      const seen = [...document.querySelectorAll(".metrics tbody tr")].map((row) => row.getBoundingClientRect());
      return seen.some(({ top, bottom }) => top <= pane.top + 40 && bottom > pane.top + 20) && seen.some(({ bottom }) => bottom >= pane.bottom);
    });
    await page.keyboard.press("Home");
    await page.waitForSelector('tr[aria-rowindex="2"]:focus');
    await page.keyboard.press("Control+a");
    assert.match(await count(page), new RegExp(`${all}`));
    const copied = async () => (await page.evaluate(() => (document.execCommand("copy"), navigator.clipboard.readText()))).split("\r\n");
    assert.equal((await copied()).length, all + 1);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    assert.equal((await copied()).length, 4);
    // From a row to one far below, with the mouse and Shift.
    await page.locator('tr[aria-rowindex="3"] .c-indicator').click();
    await page.evaluate(() => document.querySelector(".table-scroll").scrollTo(0, 60_000));
    await page.waitForFunction(() => Number(document.querySelector(".metrics tbody").lastElementChild.getAttribute("aria-rowindex")) > 1000);
    const far = rows(page).nth((await rows(page).count()) - 5);
    const index = Number(await far.getAttribute("aria-rowindex"));
    await far.locator(".c-indicator").click({ modifiers: ["Shift"] });
    assert.equal((await copied()).length, index - 3 + 2);
  });
}
