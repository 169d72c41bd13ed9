import { describe, expect, it } from "vitest";
import { invented, inventedReport } from "../e2e/compare/invented.ts";
import { zh } from "../src/locales/zh.ts";
import { fold } from "../src/views/compare/fold.ts";
import {
  bands,
  columnsOf,
  filtered,
  Matrix,
  noFilter,
  noteOf,
  reading,
  Row,
  rowName,
  sheet,
  sheetCell,
  shortPeriod,
  shortPlaces,
  valueText,
} from "../src/views/compare/matrix.ts";
import { cards } from "../src/views/compare/outlines.ts";
import type { CellValue, CompareHead } from "gangmu";

const head = (place: string, year: string, rest: Partial<CompareHead> = {}): CompareHead => ({
  index: 0,
  name: `${place}.txt`,
  title: "",
  place,
  kind: "government",
  period: { start: year, end: year },
  ...rest,
});

const value = (rest: Partial<CellValue> = {}): CellValue => ({
  metric: 0,
  value: 8e6,
  max: null,
  hedge: "exact",
  period: { start: "2022", end: "2022" },
  when: "own",
  status: "done",
  confidence: null,
  ...rest,
});

function row(about: Partial<Row["about"]>, cells: { report: number; values: CellValue[] }[] = []): Row {
  const plain = {
    canonical: null,
    indicator: "捐款捐物金额",
    indicator_en: "",
    kind: "amount" as const,
    growth: null,
    among: "",
    unit: "元",
    scale: { factor: 1e4, unit: "万元" },
  };
  const has = Uint32Array.from(cells, ({ report }) => report);
  return new Row({ ...plain, ...about, has, cells: [JSON.stringify(cells)] }, "g");
}

describe("a cell", () => {
  it("reads in the row's unit, with hedges as people write", () => {
    const money = row({});
    expect(valueText(value({ hedge: "over" }), money, zh)).toBe("≥800");
    expect(valueText(value({ max: 9e6, hedge: "range" }), money, zh)).toBe("800–900");
    expect(valueText(value({ value: 12_345_678 }), money, zh)).toBe("1,234.5678");
    expect(valueText(value({ value: 3.456 }), money, zh)).toBe("0.00035");
    expect(valueText(value({ value: 56.2 }), row({ kind: "change", scale: { factor: 1, unit: "%" } }), zh)).toBe("+56.2");
    expect(valueText(value({ value: -3.2 }), row({ kind: "change", scale: { factor: 1, unit: "%" } }), zh)).toBe("−3.2");
    expect(valueText(value({ value: 2 }), row({ kind: "rank" }), zh)).toBe("第 2");
  });

  it("shows the first of several values, and tells plans, parts and other times", () => {
    const plan = value({ status: "plan", when: "after", period: { start: "2027", end: "2027" } });
    const own = head("云泽市", "2022");
    const read = (values: CellValue[]) => reading(values, row({}), own, zh);
    expect(read([value(), plan])).toMatchObject({ value: "800", note: "", more: 1, plan: false, other: false });
    expect(read([plan])).toMatchObject({ note: "计划 2027", plan: true, other: true, more: 0 });
    expect(read([])).toBeNull();
    const next = value({ status: "plan", when: "after", period: { start: "2023", end: "2023" } });
    expect(noteOf(next, own, zh)).toBe("计划");
    expect(noteOf(value({ part: true }), own, zh)).toBe("部分");
    expect(noteOf(value({ counter: "篇" }), own, zh)).toBe("篇");
    expect(noteOf(value({ when: "around", period: { start: "2017", end: "2021" } }), own, zh)).toBe("17–21");
    expect(read([value({ when: "within" })])!.other).toBe(false);
    expect(shortPeriod("1998–2002")).toBe("98–02");
    expect(shortPeriod("2022-01–2022-06")).toBe("2022-01–2022-06");
    expect(read([value({ confidence: 0.3 })])!.unsure).toBe(true);
  });
});

describe("a row's name", () => {
  it("says growth, its base, and among whom a rank is", () => {
    expect(rowName(row({ kind: "change", growth: "average" }), zh)).toBe("捐款捐物金额年均增减");
    expect(rowName(row({ kind: "change", growth: "plain", indicator: "居民消费价格涨幅" }), zh)).toBe("居民消费价格涨幅");
    expect(rowName(row({ kind: "rank", among: "全国" }), zh)).toBe("捐款捐物金额全国位次");
    expect(rowName(row({ kind: "share", indicator: "提案办复率" }), zh)).toBe("提案办复率");
    expect(rowName(row({}), zh)).toBe("捐款捐物金额");
  });
});

describe("columns", () => {
  it("are named by the last part of a place where that is enough", () => {
    const short = shortPlaces(["山川省云泽市青屏区", "山川省云泽市", "内海自治区", "东州省白州市", "东州省临州"]);
    expect([...short.values()]).toEqual(["青屏区", "云泽市", "内海自治区", "白州市", "临州"]);
    const same = shortPlaces(["山川省云泽市东区区", "山川省望海市东区区"]);
    expect([...same.values()]).toEqual(["山川省云泽市东区区", "山川省望海市东区区"]);
  });

  it("stand under their places, and say the kind of report only where there are several", () => {
    const heads = [head("云泽市", "2021"), head("云泽市", "2022"), head("青屏区", "2022")];
    expect(bands(columnsOf(heads, zh)).map(({ name, start, count }) => [name, start, count])).toEqual([
      ["云泽市", 0, 2],
      ["青屏区", 2, 1],
    ]);
    expect(columnsOf(heads, zh).map(({ note }) => note)).toEqual(["", "", ""]);
    const mixed = columnsOf([...heads, head("青屏区", "2022", { kind: "court" })], zh);
    expect(mixed.map(({ note }) => note)).toEqual(["政府", "政府", "政府", "法院"]);
    const unknown = head("", "", { title: "某某工作报告", kind: "other" });
    expect(columnsOf([unknown], zh)[0]).toMatchObject({ place: "某某工作报告", time: "—" });
  });

  it("without a place stand together only where no two are of one time", () => {
    const places = (...years: string[]) => columnsOf(years.map((year, i) => head("", year, { title: `第${i}篇` })), zh).map(({ place }) => place);
    expect(places("2021", "2022")).toEqual(["政府工作报告", "政府工作报告"]);
    expect(places("2022", "2022")).toEqual(["第0篇", "第1篇"]);
  });
});

describe("filtering", () => {
  const matrix = new Matrix(fold(invented(3, 4, 16, 0.6)), "zh", zh);
  const rows = (filter: Partial<ReturnType<typeof noFilter>>, columns = matrix.columns) =>
    filtered(matrix.groups, { ...noFilter(), ...filter }, columns, matrix.columns.length).flatMap(({ rows }) => rows);

  it("goes by words, group, kind and how many reports have a value", () => {
    expect(rows({}).length).toBe(16);
    expect(rows({ query: "提案 率" }).every(({ about }) => about.indicator.includes("提案办复率"))).toBe(true);
    expect(rows({ query: "提案 率" }).length).toBe(2);
    expect(rows({ group: "cppcc" }).every(({ group }) => group === "cppcc")).toBe(true);
    expect(rows({ kind: "rank" }).length).toBe(2);
    const most = rows({ least: 8 });
    expect(most.length).toBeGreaterThan(0);
    expect(most.length).toBeLessThan(16);
    expect(most.every(({ has }) => has.length >= 8)).toBe(true);
  });

  it("counts only the reports that are shown", () => {
    const two = matrix.columns.slice(0, 2);
    for (const one of rows({ least: 2 }, two)) expect([...one.has].filter((report) => report < 2)).toEqual([0, 1]);
  });

  it("gives what is on the screen as data", () => {
    const columns = matrix.columns.slice(4, 6);
    const taken = sheet(filtered(matrix.groups, noFilter(), columns, 12), columns, zh);
    expect(taken.reports.map(({ place, time }) => `${place} ${time}`)).toEqual(["青屏区 2021", "青屏区 2022"]);
    expect(taken.rows.every(({ cells }) => cells.length === 2 && cells.some(Boolean))).toBe(true);
    const cell = taken.rows.flatMap(({ cells }) => cells).find((cell) => cell && cell.number !== null)!;
    expect(cell.text).not.toContain(",");
    expect(Number(cell.text)).toBeCloseTo(cell.number!, 3);
  });
});

describe("what is taken along", () => {
  const cell = (rest: Partial<CellValue>) => sheetCell(row({}, [{ report: 0, values: [value(rest)] }]), 0, zh)!;

  it("is a number only where it may be added up, and else says what it is", () => {
    expect(cell({ value: 12_345_678 })).toMatchObject({ number: 1234.5678, text: "1234.5678" });
    expect(cell({ value: -5e4 })).toMatchObject({ number: -5, text: "-5" });
    const words: [Partial<CellValue>, string][] = [
      [{ hedge: "over" }, "≥800"],
      [{ max: 9e6, hedge: "range" }, "800–900"],
      [{ when: "before", period: { start: "2020", end: "2020" } }, "800 (2020)"],
      [{ when: "after", status: "plan", period: { start: "2025", end: "2025" } }, "800 (2025 计划)"],
      [{ part: true }, "800 (部分)"],
      [{ counter: "户" }, "800 (户)"],
    ];
    for (const [rest, text] of words) expect(cell(rest)).toMatchObject({ number: null, text });
  });
});

describe("outlines", () => {
  it("count what subsections have for the sections around them", () => {
    const report = inventedReport(invented(1, 1, 8, 1), 0);
    report.outline[1]!.parent = 0;
    const found = cards(report);
    const own = (section: number) => report.metrics.filter((metric) => metric.section === section).length;
    expect(found[1]!.metrics).toBe(own(1));
    expect(found[0]!.metrics).toBe(own(0) + own(1));
    expect(found[0]!.characters).toBe(report.outline[0]!.body.end - report.outline[0]!.body.start);
  });
});
