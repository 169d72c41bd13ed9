// One report is read: outline, text, source, and what is corrected there.
import assert from "node:assert/strict";

/** Milliseconds of processor time that one task of the window may take; on two idle cores the longest one took 70 to 84. */
const MOST = 120;

export async function reading({ test, drop, read, settled, words, table, row, mark, inView, longestTask, fixture }) {
  const PLAIN = { name: "云泽.txt", bytes: fixture("yunze-2024/source.txt") };
  const GBK = { name: "云泽市政协.txt", bytes: fixture("yunze-2024/variant-gbk.txt") };
  const BIG5 = { name: "青屏区政协.txt", bytes: fixture("qingping-2023/source.txt") };
  const HEADING = "二、服务发展大局，协商议政实效更加明显";
  const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
  const sections = (page) => page.locator(".outline .item:visible .name").allInnerTexts();
  const item = (page, heading) => page.locator(".outline .item", { hasText: heading }).first();

  /** Draws over words of the text with the mouse. */
  async function drag(page, wanted) {
    const ends = await page.evaluate((wanted) => {
      const walker = document.createTreeWalker(document.querySelector(".report"), NodeFilter.SHOW_TEXT);
      const nodes = [];
      let text = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push([node, text.length]);
        text += node.data;
      }
      const at = text.indexOf(wanted);
      if (at < 0) throw new Error(`not in the text: ${wanted}`);
      const border = (place) => {
        const [node, from] = nodes.findLast(([, from]) => from <= place);
        return [node, place - from];
      };
      const rect = (place) => {
        const range = document.createRange();
        const [node, offset] = border(place);
        range.setStart(node, offset);
        range.setEnd(node, offset + 1);
        return range.getBoundingClientRect();
      };
      const pane = document.querySelector(".text-scroll");
      pane.scrollTop += rect(at).top - pane.getBoundingClientRect().top - 200;
      const [first, last] = [rect(at), rect(at + wanted.length - 1)];
      return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
    }, wanted);
    await page.mouse.move(ends[0], ends[1]);
    await page.mouse.down();
    await page.mouse.move(ends[2], ends[3], { steps: 4 });
    await page.mouse.up();
  }

  await test("the outline is searched, with what is around the headings found", {}, async (page) => {
    await read(page, PLAIN);
    const all = await sections(page);
    await page.fill(".outline-box input", "产业");
    const found = await sections(page);
    assert.ok(found.length > 1 && found.length < all.length, found.join("\n"));
    assert.ok(found.includes(HEADING), "the section around stays");
    assert.deepEqual([...new Set(await words(page, ".outline .item:visible mark"))], ["产业"]);
    await page.press(".outline-box input", "Enter");
    await inView(page, page.locator(".report .run-in", { hasText: "产业" }).first(), ".text-scroll");
    await page.fill(".outline-box input", "没有的标题");
    assert.equal(await page.isVisible(".outline-box .empty"), true);
    await page.press(".outline-box input", "Escape");
    assert.deepEqual(await sections(page), all);
  });

  await test("the outline folds, one section and all, by pointer and keys", {}, async (page) => {
    await read(page, PLAIN);
    const all = await sections(page);
    await item(page, HEADING).locator(".fold-section").click();
    const fewer = await sections(page);
    assert.ok(fewer.length < all.length && fewer.includes(HEADING));
    assert.equal(await item(page, HEADING).locator(".fold-section").getAttribute("aria-expanded"), "false");
    await page.click(".outline-box .pane-head >> text=全展开");
    assert.deepEqual(await sections(page), all);
    await page.click(".outline-box .pane-head >> text=全收起");
    const top = await sections(page);
    assert.ok(top.length < fewer.length);
    await page.locator(".outline .go:visible").first().focus();
    await page.keyboard.press("ArrowRight");
    assert.ok((await sections(page)).length > top.length);
    await page.keyboard.press("ArrowDown");
    const second = all[1];
    assert.match(await page.innerText(".outline .go:focus"), new RegExp(second));
    await page.keyboard.press("ArrowLeft");
    assert.match(await page.innerText(".outline .go:focus"), new RegExp(all[0]), "a section without subsections goes to the one around");
    await page.keyboard.press("ArrowLeft");
    assert.deepEqual(await sections(page), top);
    await page.keyboard.press("End");
    assert.match(await page.innerText(".outline .go:focus"), new RegExp(top.at(-1)));
  });

  await test("the outline is nested lists, with lengths and bars of the sections' share", {}, async (page) => {
    await read(page, PLAIN);
    const lists = await page.evaluate(() => {
      const tree = (list) =>
        [...list.children].map((li) => {
          const go = li.querySelector(".go");
          const bar = getComputedStyle(go, "::after");
          const inner = parseFloat(getComputedStyle(go).width) - parseFloat(getComputedStyle(go).paddingLeft);
          return {
            tag: li.tagName,
            size: Number(li.querySelector(".number").textContent.replace(",", "")),
            bar: parseFloat(bar.width),
            inner,
            below: li.querySelector(":scope > ul") ? tree(li.querySelector(":scope > ul")) : [],
          };
        });
      return tree(document.querySelector(".outline > ul"));
    });
    assert.ok(lists.every(({ tag }) => tag === "LI") && lists.some(({ below }) => below.length > 1));
    const flat = lists.flatMap((one) => [one, ...one.below]);
    const [small, large] = [flat.toSorted((a, b) => a.size - b.size)[0], flat.toSorted((a, b) => b.size - a.size)[0]];
    assert.ok(small.bar < large.bar, `${small.bar} ${large.bar}`);
    assert.ok(lists.every(({ size, below }) => below.every((one) => one.size <= size)));
  });

  await test("the outline is copied as nested lists, for Word", clipboard, async (page) => {
    await read(page, PLAIN);
    await page.click(".outline-box .pane-head >> text=复制");
    const [text, html] = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(["text/plain", "text/html"].map(async (type) => (await item.getType(type)).text()));
    });
    const lines = text.split(/\r?\n/);
    assert.equal(lines.length, (await sections(page)).length);
    assert.ok(lines.some((line) => /^\t+\S/.test(line)) && lines.some((line) => line.trim() === HEADING));
    assert.ok(html.includes(`<li>${HEADING}<ul><li>`) || html.includes(`${HEADING}<ul>`), html.slice(0, 400));
  });

  await test("a card beside the quantity says how it was read", {}, async (page) => {
    await read(page, PLAIN);
    const card = page.locator(".reading-card:visible");
    await mark(page, "3200余万元").scrollIntoViewIfNeeded();
    await mark(page, "3200余万元").hover();
    await card.waitFor();
    const said = await card.innerText();
    for (const part of ["≥ 32,000,000", "金额", "以上", "帮扶资金", "2024", "完成", "%"]) assert.ok(said.includes(part), said);
    const boxes = [await card.boundingBox(), await mark(page, "3200余万元").boundingBox()];
    assert.ok(boxes[0].y >= boxes[1].y + boxes[1].height || boxes[0].y + boxes[0].height <= boxes[1].y, JSON.stringify(boxes));
    // It can be pointed at itself, and goes with Escape.
    await card.hover();
    await page.waitForTimeout(400);
    assert.equal(await card.count(), 1);
    await page.keyboard.press("Escape");
    assert.equal(await card.count(), 0);
    await page.mouse.move(5, 5);
    // By keyboard: with the focus, and told to screen readers.
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await card.waitFor();
    assert.match(await card.innerText(), /86/);
    assert.equal(
      await page.getAttribute(".report mark:focus", "aria-describedby"),
      await card.evaluate((element) => element.id),
    );
    await page.keyboard.press("j");
    await page.waitForFunction(() => /124/.test(document.querySelector(".reading-card:not([hidden])")?.textContent ?? ""));
    await page.keyboard.press("Escape");
    assert.equal(await card.count(), 0);
    assert.equal(await page.innerText(".report mark:focus"), "124件", "the first Escape is the card's");
  });

  await test("the card comes by a finger too", { hasTouch: true, viewport: { width: 1024, height: 768 } }, async (page) => {
    await read(page, PLAIN);
    await mark(page, "124件").tap();
    await page.locator(".reading-card:visible").waitFor();
    assert.match(await page.innerText(".reading-card:visible"), /124[\s\S]*协商成果/);
    await mark(page, "63件次").tap();
    await page.waitForFunction(() => /63/.test(document.querySelector(".reading-card:not([hidden])")?.textContent ?? ""));
  });

  await test(
    "on a phone the same facts come up at the foot",
    { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
    async (page) => {
      await read(page, PLAIN);
      await mark(page, "124件").tap();
      assert.match(await page.innerText(".detail"), /124件[\s\S]*协商成果/);
      await page.waitForTimeout(400);
      assert.equal(await page.locator(".reading-card:visible").count(), 0);
    },
  );

  await test("facts of the report are corrected in place, and undone", {}, async (page) => {
    await read(page, PLAIN);
    const fact = (name) => page.locator(".text-scroll .facts dl div", { has: page.locator(`dt:text-is("${name}")`) });
    const before = await fact("地区").locator("dd").innerText();
    await fact("地区").locator("button").click();
    await page.keyboard.type("临川省云泽市");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".facts dl").innerText.includes("临川省云泽市"));
    await page.waitForSelector(".facts dl.corrected");
    assert.ok((await words(page, ".report-item"))[0].includes("临川省云泽市"));
    // What is no period is not taken; Escape leaves it as it was.
    await fact("期间").locator("button").click();
    await page.keyboard.type("去年");
    await page.keyboard.press("Enter");
    assert.equal(await fact("期间").locator("input").getAttribute("aria-invalid"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await fact("期间").locator("dd").innerText(), "2024");
    await fact("类别").locator("button").click();
    await fact("类别").locator("select").selectOption("government");
    await page.waitForFunction(() => document.querySelector(".facts dl").innerText.includes("政府工作报告"));
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await page.waitForFunction((before) => document.querySelector(".facts dl").innerText.includes(before), before);
    assert.equal(await page.locator(".facts dl.corrected").count(), 0);
  });

  await test("the encoding stands at the text and is overruled there, and back", {}, async (page) => {
    await read(page, GBK);
    const shown = () => page.$eval(".text-scroll .encoding", (select) => select.selectedOptions[0].textContent);
    assert.equal(await shown(), "GB18030 (自动识别)");
    const rows = await table(page);
    await page.selectOption(".text-scroll .encoding", "Big5");
    await settled(page);
    await page.waitForFunction(() => /Big5/.test(document.querySelector(".encoding")?.selectedOptions[0].textContent));
    assert.equal(await shown(), "Big5 (手动指定)");
    assert.notDeepEqual(await table(page), rows);
    assert.equal(await page.locator(".warning[data-code=malformed]").count(), 1);
    await page.selectOption(".text-scroll .encoding", "");
    await page.waitForFunction(() => /自动/.test(document.querySelector(".encoding")?.selectedOptions[0].textContent));
    assert.equal(await shown(), "GB18030 (自动识别)");
    assert.deepEqual(await table(page), rows);
  });

  await test("what to be careful about is said above the text in plain words", {}, async (page) => {
    const lines = fixture("yunze-2024/clean.txt").toString();
    const garbled = new TextDecoder("gb18030").decode(Buffer.from(lines.slice(0, 2000)));
    await read(page, { name: "乱码.txt", bytes: Buffer.from(garbled) });
    const said = (await words(page, ".text-scroll .warning")).join("\n");
    assert.match(said, /乱码/);
    assert.doesNotMatch(said, /[\u4e00-\u9fff][,:;]/, "its punctuation is Chinese");
    const above = await page.evaluate(
      () => document.querySelector(".warning").getBoundingClientRect().top < document.querySelector(".report").getBoundingClientRect().top,
    );
    assert.ok(above);
  });

  await test("selected words become a metric, traced to the source, and it can be undone", {}, async (page) => {
    await read(page, BIG5);
    const before = (await table(page)).length;
    const text = await page.innerText(".report");
    const free = /[^，。、；\n]{4,12}(?=，|。)/u.exec(text.slice(text.indexOf("各位委员") + 5))[0];
    await drag(page, free);
    await page.locator(".picker:visible").waitFor();
    await page.keyboard.press("m");
    const form = page.locator(".add-metric:visible");
    await form.waitFor();
    assert.equal(await form.locator("button.main").isDisabled(), true, "no number was selected");
    await form.locator("[name=value]").fill("800余万元");
    assert.match(await form.locator("output").innerText(), /≥ 8,000,000/);
    assert.equal(await form.locator("[name=unit]").inputValue(), "元");
    assert.equal(await form.locator("[name=kind]").inputValue(), "amount");
    await form.locator("[name=indicator]").fill("试加指标");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".report mark.corrected");
    assert.equal((await table(page)).length, before + 1);
    assert.match(await page.innerText(".table-pane tr[aria-current]"), /试加指标/);
    assert.equal(await page.innerText(".report mark.corrected"), free);
    // The source is Traditional with pinyin in it: the same words stand there.
    await page.click("role=tab[name=原文]");
    await page.waitForSelector(".source mark.corrected");
    const there = (await words(page, ".source mark.corrected")).join("");
    const bare = (words) => words.replace(/[^\u4e00-\u9fff]/g, "");
    assert.equal(bare(there).length, bare(free).length, `${there} for ${free}`);
    assert.ok([...bare(there)].filter((char, i) => char === bare(free)[i]).length >= bare(free).length / 3, `${there} for ${free}`);
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => !document.querySelector("mark.corrected"));
    assert.equal((await table(page)).length, before);
  });

  await test("selected words become a heading, whose level is changed by pointer and keys", {}, async (page) => {
    await read(page, PLAIN);
    const before = await sections(page);
    const free = "抓紧学习教育";
    await drag(page, "坚持把理论学习摆在首位");
    await page.locator(".picker:visible").waitFor();
    assert.deepEqual(await words(page, ".picker button"), ["加为指标\nm", "设为标题\nh"]);
    await page.click(".picker >> text=设为标题");
    await page.waitForFunction((n) => document.querySelectorAll(".outline .item").length === n, before.length + 1);
    const made = item(page, "坚持把理论学习摆在首位");
    assert.ok((await made.getAttribute("class")).includes("corrected"));
    assert.equal(await page.locator(".report .run-in.corrected").innerText(), "坚持把理论学习摆在首位");
    const depth = async () => Number(/ d(\d)/.exec(await made.getAttribute("class"))[1]);
    const was = await depth();
    await made.locator(".go").focus();
    await page.keyboard.press("Alt+ArrowRight");
    await page.waitForFunction((d) => document.querySelector(`.outline .item.corrected.d${d}`), was + 1);
    assert.match(await page.innerText(".outline .go:focus"), /坚持把理论学习/, "the focus stays");
    await page.keyboard.press("Alt+ArrowLeft");
    await page.waitForFunction((d) => document.querySelector(`.outline .item.corrected.d${d}`), was);
    await made.hover();
    await made.locator(".more-acts").click();
    await page.click(".outline-box .menu >> text=不作标题");
    await page.waitForFunction((n) => document.querySelectorAll(".outline .item").length === n, before.length);
    assert.deepEqual(await sections(page), before);
    // A heading of the text has the same acts at hand.
    await drag(page, free);
    await page.click(".picker:visible >> text=不作标题");
    await page.waitForFunction((n) => document.querySelectorAll(".outline .item").length === n, before.length - 1);
    assert.ok(!(await sections(page)).some((words) => words.startsWith(free)));
    await page.keyboard.press("Control+z");
    await page.waitForFunction((n) => document.querySelectorAll(".outline .item").length === n, before.length);
  });

  await test("a selection by finger or keyboard is offered the same", {}, async (page) => {
    await read(page, PLAIN);
    await page.evaluate(() => {
      const words = document.querySelector(".report .body:nth-of-type(n + 5) span").firstChild;
      getSelection().setBaseAndExtent(words, 0, words, 4);
    });
    await page.locator(".picker:visible").waitFor();
    await page.evaluate(() => getSelection().removeAllRanges());
    await page.waitForFunction(() => document.querySelector(".picker").hidden);
  });

  await test("borders between panes are dragged, moved by keys, and stay", {}, async (page, context) => {
    await read(page, PLAIN);
    const width = (page) => page.$eval(".nav-pane", (pane) => Math.round(pane.getBoundingClientRect().width));
    const before = await width(page);
    const border = await page.locator(".split-nav").boundingBox();
    await page.mouse.move(border.x + 2, 400);
    await page.mouse.down();
    await page.mouse.move(border.x + 82, 400, { steps: 4 });
    await page.mouse.up();
    assert.ok(Math.abs((await width(page)) - before - 80) < 4);
    await page.locator(".split-nav").focus();
    await page.keyboard.press("ArrowRight");
    const after = await width(page);
    assert.ok(Math.abs(after - before - 104) < 4);
    const again = await context.newPage();
    await again.goto(page.url());
    await read(again, PLAIN);
    assert.equal(await width(again), after);
  });

  await test("a correction leaves the reader where they are", {}, async (page) => {
    await read(page, PLAIN);
    await page.locator(".text-scroll").evaluate((pane) => pane.scrollTo(0, 1500));
    const top = () =>
      page.evaluate(() => {
        const pane = document.querySelector(".text-scroll").getBoundingClientRect();
        const line = [...document.querySelectorAll(".report p")].find((p) => p.getBoundingClientRect().bottom > pane.top);
        return [line.textContent.slice(0, 20), Math.round(line.getBoundingClientRect().top - pane.top)];
      });
    const before = await top();
    await page.locator(".outline .go").nth(2).focus();
    await page.keyboard.press("Alt+ArrowRight");
    await page.waitForSelector(".outline .corrected");
    assert.deepEqual(await top(), before);
  });

  await test("panes fold to a strip, by button and key, and stay so", {}, async (page, context) => {
    await read(page, PLAIN);
    const width = (pane) => page.$eval(`.${pane}-pane`, (element) => Math.round(element.getBoundingClientRect().width));
    const wide = await width("text");
    await page.click(".table-pane .fold-pane");
    assert.ok((await width("table")) <= 40);
    assert.ok((await width("text")) > wide + 200);
    await mark(page, "86次").click();
    assert.ok(await page.isVisible(".detail"), "what is known of a metric stays on the screen");
    await page.keyboard.press("1");
    assert.ok((await width("nav")) <= 40);
    await page.keyboard.press("2");
    assert.ok((await width("text")) > 400, "one pane stays open");
    const again = await context.newPage();
    await again.goto(page.url());
    await read(again, PLAIN);
    assert.equal(await again.isVisible(".metrics"), false);
    await again.click(".table-pane .strip");
    assert.equal(await again.isVisible(".metrics"), true);
    await again.keyboard.press("1");
    assert.equal(await again.isVisible(".outline"), true);
    // What is to be shown opens the pane that it is shown in.
    await again.keyboard.press("2");
    assert.equal(await again.isVisible(".report"), false);
    await row(again, "3200余万元").click();
    assert.match(await again.innerText(".detail"), /帮扶资金/);
    assert.equal(await again.isVisible(".report"), false);
    await again.keyboard.press("Enter");
    await inView(again, mark(again, "3200余万元"), ".text-scroll");
  });

  await test("size, typeface and line are the reader's, and stay so", {}, async (page, context) => {
    await read(page, PLAIN);
    const style = (page) =>
      page.$eval(".report", (element) => {
        const { fontSize, fontFamily } = getComputedStyle(element);
        return { fontSize, sans: /Sans/.test(fontFamily.split(",")[0]), width: element.getBoundingClientRect().width };
      });
    await page.keyboard.press("3");
    const before = await style(page);
    await page.click(".typeface");
    await page.click(".panel >> text=A+");
    await page.click(".panel >> text=A+");
    await page.click(".panel >> text=黑体");
    await page.click(".panel >> text=窄");
    await page.keyboard.press("Escape");
    assert.equal(await page.isVisible(".panel"), false);
    const after = await style(page);
    assert.equal(after.fontSize, "18px");
    assert.equal(after.sans, true);
    assert.ok(after.width < before.width, `${after.width} ${before.width}`);
    const again = await context.newPage();
    await again.goto(page.url());
    await read(again, PLAIN);
    assert.equal((await style(again)).fontSize, "18px");
  });

  await test("a text of 1 MB opens without holding up the window, and is searched as a whole", { tries: 3 }, async (page) => {
    // Every fifth time with its figures: some 3,000 metrics.
    const part = fixture("yunze-2024/clean.txt").toString().split("\n").slice(6).join("\n");
    const prose = part.replace(/[0-9.]+(?:余)?(?:万|亿)?/g, "若干");
    const times = Math.ceil(1_000_000 / Buffer.byteLength(part));
    const parts = Array.from({ length: times }, (_, i) => (i % 5 ? prose : part));
    const text = `长报告\n${parts.join("\n")}\n收尾的一句独有的话。\n`;
    page.setDefaultTimeout(120_000);
    await drop(page, { name: "长报告.txt", bytes: Buffer.from(text) });
    const worst = await longestTask(page, async () => {
      await settled(page);
      await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    });
    console.log(`  at most ${Math.round(worst)} ms`);
    assert.ok(worst < MOST, `a task of ${Math.round(worst)} ms`);
    assert.match(await page.locator(".report p").last().textContent(), /^收尾的一句/);
    const found = await page.evaluate(() => window.find("收尾的一句独有的话") && getSelection().anchorNode.parentElement.closest("p").textContent);
    assert.match(found, /^收尾的一句/);
    await page.locator(".outline .go").last().click();
    await inView(page, page.locator(".report .heading, .report .run-in").last(), ".text-scroll");
    await page.waitForFunction(() => document.querySelector(".outline li:last-child > .item.current"));
  });
}
