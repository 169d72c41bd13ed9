import { expect, it } from "vitest";
import { isSession, openSession, saveSession } from "../src/session.ts";
import { keep, type Session } from "../src/tasks.ts";
import { report } from "./report.ts";

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 256);
const given: Session = {
  lexicon: "量词 场次",
  entries: [
    {
      file: new File([bytes], "报告\n一.txt", { type: "text/plain", lastModified: 5 }),
      part: null,
      encoding: "GB18030",
      kept: keep(report("望海市报告\n开展调研3次。")),
      edits: [{ do: "meta", set: { place: "望海市" } }],
    },
    { file: new File(["没"], "没读出.txt"), part: { encoding: "UTF-8" }, encoding: null, kept: null, edits: [] },
  ],
};

it("opens what it saved", async () => {
  const saved = await saveSession(given);
  expect(await isSession(saved)).toBe(true);
  const { lexicon, entries } = await openSession(saved);
  expect(lexicon).toBe(given.lexicon);
  expect(entries).toHaveLength(2);
  const [first, second] = entries;
  expect(new Uint8Array(await first!.file.arrayBuffer())).toEqual(bytes);
  expect([first!.file.name, first!.file.lastModified, first!.encoding]).toEqual(["报告\n一.txt", 5, "GB18030"]);
  expect(first!.edits).toEqual(given.entries[0]!.edits);
  expect(JSON.parse(await first!.kept!.report.text())).toEqual(report("望海市报告\n开展调研3次。"));
  expect(first!.kept!.summary).toEqual(given.entries[0]!.kept!.summary);
  expect(second).toMatchObject({ kept: null, part: { encoding: "UTF-8" } });
});

it.each([
  ["a text", new Blob(["报告"]), false],
  ["nothing", new Blob([]), false],
])("does not take %s for a session", async (_, blob, expected) => {
  expect(await isSession(blob)).toBe(expected);
});

const zipped = (text: string) => new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();

it("refuses what is no session, cut off or of a later version", async () => {
  const whole = await saveSession(given);
  const cut = whole.slice(0, whole.size >> 1);
  await expect(openSession(cut)).rejects.toMatchObject({ code: "session-damaged" });
  await expect(openSession(await zipped("报告"))).rejects.toMatchObject({ code: "session-damaged" });
  await expect(openSession(await zipped('{"a":1}'))).rejects.toMatchObject({ code: "session-damaged" });
  const later = await zipped('{"gangmu":"session","version":2}');
  await expect(openSession(later)).rejects.toMatchObject({ code: "session-newer" });
});
