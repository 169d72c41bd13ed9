// Comparisons of any size, the same each time. Places, indicators and figures are invented.
import type { CellValue, Comparison, Hedge, IndicatorGroup, IndicatorRow, Metric, MetricKind, Report, Section, Topic, When } from "gangmu";

const GROUPS = [
  ["economy", "经济", "Economy"],
  ["livelihood", "民生", "Livelihood"],
  ["cppcc", "政协履职", "CPPCC"],
  ["environment", "生态环境", "Environment"],
] as const;
const PLACES = ["云泽市", "青屏区", "禾川县", "临沧口市", "白鹭县", "东篱区", "石桥市", "清源县", "望海市", "南亭区"];
const NAMES: [string, MetricKind, string, number, string, number][] = [
  ["地区生产总值", "amount", "元", 1e8, "亿元", 4e10],
  ["地区生产总值", "change", "%", 1, "%", 6],
  ["一般公共预算收入", "amount", "元", 1e8, "亿元", 3e9],
  ["城镇新增就业", "count", "人", 1e4, "万人", 6e4],
  ["提案立案数", "count", "件", 1, "件", 240],
  ["提案办复率", "share", "%", 1, "%", 99],
  ["粮食总产量", "measure", "吨", 1e4, "万吨", 4e6],
  ["营商环境评价", "rank", "名", 1, "名", 6],
];

/** Numbers from 0 to 1, the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** `full` is the share of cells that have a value. */
export function invented(places: number, years: number, rows: number, full: number): Comparison {
  const roll = dice(7);
  const reports = Array.from({ length: places * years }, (_, index) => {
    const at = Math.floor(index / years);
    const year = String(2025 - years + (index % years));
    const place = (PLACES[at % PLACES.length] ?? "") + (at >= PLACES.length ? `第${Math.floor(at / PLACES.length)}片` : "");
    return {
      index,
      name: `${place}-${year}.txt`,
      title: `${year}年${place}工作报告`,
      place,
      kind: "government" as const,
      period: { start: year, end: year },
    };
  });
  const per = Math.ceil(rows / GROUPS.length);
  const counters = reports.map(() => 0);
  const groups: IndicatorGroup[] = GROUPS.map(([id, name, name_en], g) => ({
    id,
    name,
    name_en,
    rows: Array.from({ length: Math.max(0, Math.min(per, rows - g * per)) }, (_, r): IndicatorRow => {
      const [base, kind, unit, factor, shown, size] = NAMES[(g * per + r) % NAMES.length]!;
      const round = Math.floor((g * per + r) / NAMES.length);
      const cells = reports.flatMap((head, report) => {
        const [sure, much, odd] = [roll(), roll(), roll()];
        if (sure > full) return [];
        const year = Number(head.period.end);
        const raw = size * (0.4 + much) * (1 + (year - 2015) * 0.06);
        const value = (rest: Partial<CellValue>): CellValue => ({
          metric: counters[report]!++,
          value: kind === "rank" ? 1 + Math.floor(much * 12) : Math.round(raw * 100) / 100,
          max: null,
          hedge: "exact",
          period: head.period,
          when: "own",
          status: "done",
          confidence: 0.9,
          ...rest,
        });
        const values = [value({ hedge: (["exact", "exact", "over", "about"] as Hedge[])[Math.floor(odd * 4)]! })];
        if (odd < 0.12) {
          const next = { start: String(year + 1), end: String(year + 1) };
          values.push(value({ period: next, when: "after" as When, status: "plan" }));
        }
        if (odd > 0.95) values[0]!.confidence = 0.4;
        return [{ report, values }];
      });
      return {
        canonical: `${id}-${r}`,
        indicator: round ? `${base}（第${round + 1}类）` : base,
        indicator_en: "",
        growth: kind === "change" ? "plain" : null,
        among: kind === "rank" ? "全省" : "",
        kind,
        unit,
        scale: { factor, unit: shown },
        cells,
      };
    }),
  }));
  const titles = [
    ["过去一年工作", "The year behind"],
    ["经济发展", "Economy"],
    ["改善民生", "Livelihood"],
    ["生态建设", "Environment"],
    ["今年工作安排", "The year ahead"],
  ];
  const sections = titles.map(([title, title_en], i) => ({
    title,
    title_en,
    depth: i % 4 ? 2 : 1,
    status: i === 4 ? "plan" : "done",
    cells: reports.flatMap((_, report) => (i && roll() > 0.8 ? [] : [{ report, sections: i === 2 ? [2, 5] : [i] }])),
  })) as Topic[];
  return { schema: 1, reports, groups, sections };
}

/** The report of a column, with a sentence for each of its values. */
export function inventedReport({ reports, groups }: Comparison, at: number): Report {
  const head = reports[at]!;
  const titles = ["一、过去一年工作", "经济发展", "改善民生", "生态建设", "二、今年工作安排", "健全社会保障"];
  let text = `${head.title}\n`;
  const metrics: Metric[] = [];
  const add = (words: string) => {
    const start = text.length;
    text += words;
    return { start, end: text.length };
  };
  const outline: Section[] = titles.map((title) => {
    const heading = add(title);
    add("\n");
    const body = { start: heading.start, end: add("这一段讲这件事的经过和结果。\n").end };
    return { depth: 1, parent: null, kind: "heading", marker: "", title, heading, body };
  });
  for (const row of groups.flatMap(({ rows }) => rows)) {
    for (const value of row.cells.find(({ report }) => report === at)?.values ?? []) {
      const start = text.length;
      add(`全年${row.indicator}`);
      const span = add(`${value.value}${row.unit}`);
      add("。");
      metrics[value.metric] = {
        span,
        source: span,
        sentence: { start, end: text.length },
        section: value.metric % titles.length,
        value: value.value,
        max: value.max,
        unit: row.unit,
        hedge: value.hedge,
        kind: row.kind,
        subject: "",
        action: "",
        indicator: row.indicator,
        canonical: row.canonical,
        period: value.period,
        status: value.status,
        confidence: value.confidence,
      };
    }
  }
  const { name, title, place, kind, period } = head;
  return {
    schema: 1,
    source: { name, bytes: text.length, format: "text", encoding: "UTF-8", encoding_from: "detected", script: "hans" },
    meta: {
      title,
      organization: "",
      place,
      kind,
      period,
      session: "",
      date: "",
      published: "",
      speaker: "",
      truncated: false,
    },
    text,
    removed: [],
    outline,
    metrics,
    warnings: [],
  };
}
