// A quantity that a reader types or selects: `800余万元`, `12.5%`, `3.2亿`, `5—6%`, `全省第二位`. Pure.
// The core finds quantities in running text; this only reads words that somebody says are one.
import type { Metric } from "gangmu";

export type Quantity = Pick<Metric, "value" | "max" | "unit" | "hedge" | "kind">;

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SCALES: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8, 兆: 1e12 };

const FRONT: [RegExp, Quantity["hedge"]][] = [
  [/^(?:超额完成|高达|超过|突破|不少于|不低于|至少|多于|大于|达到或超过|超|逾|[≥>])/, "over"],
  [/^(?:接近|将近|不足|不到|不超过|不高于|不多于|低于|少于|小于|未达|近|[≤<])/, "under"],
  [/^(?:大约|约有|约占|约为|约合|大概|约|[≈~～])/, "about"],
];
const BEHIND: [RegExp, Quantity["hedge"]][] = [
  [/(?:[(（]含[)）])?(?:及以上|以上|之上|开外|有余)$/, "over"],
  [/(?:[(（]含[)）])?(?:及以下|以下|以内|之内|之下)$/, "under"],
  [/(?:左右|上下|前后)$/, "about"],
];
const LINKS = "(?:了|约|至|达|达到|近|超过|为|幅度)?";
const RISE = new RegExp(`(?:增长|增加|增幅|增速|提高|提升|上升|上涨|扩大|涨幅|净增|新增长|增)${LINKS}$`);
const FALL = new RegExp(`(?:下降|减少|降低|降幅|压减|缩小|下跌|回落|缩短|压缩|减|降)${LINKS}$`);

/** Units that are another's name. */
const BASE: Record<string, string> = {
  元人民币: "元",
  人民币: "元",
  块: "元",
  块钱: "元",
  港币: "港元",
  百分点: "个百分点",
  个点: "个百分点",
  平米: "平方米",
  平方: "平方米",
  平方千米: "平方公里",
  立方: "立方米",
  方: "立方米",
  千米: "公里",
  工作日: "个工作日",
  "％": "%",
};
const AMOUNT = /(?:元|英镑|卢布|法郎|马克|泰铢|卢比)$/;
const MEASURE =
  /^(?:.*公里|.*千米|.*米|海里|华里|亩次?|公亩|公顷|顷|.*吨.*|公斤|.*克|.*斤|担|桶|毫?升|.*瓦.*|千伏.*|马力|度电?|℃|分贝|[a-zA-Zμ].*)$/;
const TIME = /^(?:年|年半|个?月|日|天|个?工作日|个?小时|分钟|秒|个?周|个?星期|个?季度|个?世纪)$/;

interface Read {
  value: number;
  hedge: Quantity["hedge"];
  max: number | null;
  /** The largest power that was written out as a word: 万 of `3.2万`. */
  scale: number;
  end: number;
}

/** What a person means by these words, or null where they are no quantity; `before` are the words before them. */
export function parseQuantity(words: string, before = ""): Quantity | null {
  const text = plain(words);
  const growth = /^(.*?(?:长|加|高|升|涨|大|增|幅|少|低|降|减|速)[了约达到]*)(?=[\d一二三四五六七八九十百])/.exec(text);
  if (growth && (RISE.test(growth[1]!) || FALL.test(growth[1]!))) {
    return parseQuantity(text.slice(growth[1]!.length), before + growth[1]!);
  }
  return rank(text) ?? range(text, before) ?? single(text, before);
}

/** The quantity at the end of selected words, and where it begins in them: `企业210家` has it at 2. */
export function findQuantity(words: string, before = ""): { quantity: Quantity; start: number } | null {
  for (let start = 0; start < words.length; start++) {
    if (!/[\d０-９零〇一二两三四五六七八九十百千万亿上数几第首约近超逾不将突接高至\-−负]/.test(words[start]!)) continue;
    const quantity = parseQuantity(words.slice(start), before + words.slice(0, start));
    if (quantity) return { quantity, start };
  }
  return null;
}

function plain(words: string): string {
  return words
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, "")
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1");
}

function rank(text: string): Quantity | null {
  const found = /^(?:.{0,8}?)(?:第(\d+|[一二两三四五六七八九十]+)|首)(名|位)?$/.exec(text);
  if (!found || (!found[1] && !found[2])) return null;
  const value = found[1] ? (numeral(found[1])?.value ?? 0) : 1;
  return { value, max: null, unit: "名", hedge: "exact", kind: "rank" };
}

/** `5—6%`, `3至5万元`, `100万元至300万元`. */
function range(text: string, before: string): Quantity | null {
  const found = /^(.*?\d.*?|.*?[一二两三四五六七八九十百千].*?)(?:[-–—―~]+|至|到)(.+)$/.exec(text);
  if (!found) return null;
  const to = single(found[2]!, before);
  if (!to || to.max !== null) return null;
  const own = single(found[1]!, before);
  if (!own || own.max !== null) return null;
  let from = own.value;
  if (!own.unit) {
    const last = numeral(found[2]!.replace(/^百分之/, ""));
    const first = numeral(found[1]!.replace(/^百分之/, ""));
    if (last && first && first.scale === 1) from *= last.scale;
  } else if (own.unit !== to.unit) return null;
  if (Math.abs(from) >= Math.abs(to.value)) return null;
  return { ...to, value: exact(from), max: to.value, hedge: "range" };
}

function single(text: string, before: string): Quantity | null {
  let rest = text;
  let hedge: Quantity["hedge"] = "exact";
  for (const [pattern, says] of BEHIND) {
    if (!pattern.test(rest)) continue;
    rest = rest.replace(pattern, "");
    hedge = says;
    break;
  }
  for (const [pattern, says] of FRONT) {
    const found = pattern.exec(rest);
    if (!found) continue;
    rest = rest.slice(found[0].length);
    hedge = says;
    break;
  }
  const sign = /^[-−负]/.test(rest) ? -1 : 1;
  if (sign < 0) rest = rest.slice(1);
  const part = /^(百|千|[一二三四五六七八九十]+)分之/.exec(rest);
  if (part) rest = rest.slice(part[0].length);
  const read = numeral(rest);
  // 百 of 百日攻坚 is a name's; 近百件 and 超过万亿元 say how much.
  if (!read || (/^[百千万亿兆]/.test(rest) && hedge === "exact")) return null;
  let { value, max } = read;
  let unit = rest.slice(read.end);
  if (part) {
    if (unit) return null;
    const of = numeral(part[1]!)!.value;
    value *= of === 1000 ? 1 : 100 / of;
    unit = of === 1000 ? "‰" : "%";
  } else if (/^成(?:[一二三四五六七八九半])?$/.test(unit)) {
    value = value * 10 + (DIGITS[unit[1] ?? ""] ?? (unit[1] ? 5 : 0));
    unit = "%";
  }
  unit = BASE[unit] ?? unit;
  if (/[\d\p{P}]/u.test(unit.replace(/[%‰/·³²]/g, ""))) return null;
  if (hedge === "exact") hedge = read.hedge;
  const fall = FALL.test(before);
  const kind = kindOf(unit, fall || RISE.test(before));
  // Counters are short; longer words are no unit but how a sentence goes on.
  if (kindOf(unit) === "count" && unit.length > 4) return null;
  const signed = sign * (kind === "change" && fall ? -1 : 1);
  return { value: exact(signed * value), max: max === null ? null : exact(signed * max), unit, hedge, kind };
}

/** What sort of quantity a unit makes; behind a verb of growth it is by how much. */
export function kindOf(unit: string, growth = false): Quantity["kind"] {
  if (growth || unit === "个百分点" || unit === "倍" || unit === "番") return "change";
  if (unit === "%" || unit === "‰") return "share";
  if (AMOUNT.test(unit)) return "amount";
  if (TIME.test(unit)) return "duration";
  if (MEASURE.test(unit)) return "measure";
  return "count";
}

/** The number that a text begins with. */
function numeral(text: string): Read | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let hedge: Quantity["hedge"] = "exact";
  let scale = 1;
  let at = 0;
  const vague = /^(上|[数几])(?=[十百千万亿])/.exec(text);
  if (vague) at = 1;
  while (at < text.length) {
    const run = /^\d+(?:\.\d+)?/.exec(text.slice(at))?.[0];
    const char = text[at]!;
    if (run) {
      if (digit !== null) return null;
      digit = Number(run);
      at += run.length;
      continue;
    }
    // 千 of 千瓦 belongs to the unit, but for 三千米.
    if (/^[千百][瓦克伏帕米]/.test(text.slice(at)) && !(text[at - 1]! in DIGITS)) break;
    const place = DIGITS[char];
    const power = SCALES[char];
    if (place !== undefined) digit = (digit ?? 0) * 10 + place;
    else if (power) {
      if (power < 1e4) {
        section += (digit ?? (section ? 0 : 1)) * power;
      } else {
        const group = section + (digit ?? 0);
        if (total < power) total = (total + group || 1) * power;
        else total += group * power;
        section = 0;
      }
      scale = power < 1e4 ? Math.max(scale, power) : scale === 1 || scale < 1e4 ? power : scale * power;
      digit = null;
    } else if (/[余多来]/.test(char) && at > 0) hedge = char === "来" ? "about" : "over";
    else break;
    at++;
  }
  if (at === 0 || (vague && at === 1)) return null;
  const value = exact(total + section + (digit ?? 0));
  if (vague?.[1] === "上") return { value, hedge: "over", max: null, scale, end: at };
  if (vague) return { value, hedge: "range", max: value * 9, scale, end: at };
  return { value, hedge, max: null, scale, end: at };
}

/** What binary fractions add (3.2 × 10⁸) is dropped. */
function exact(value: number): number {
  return Number(value.toPrecision(14));
}
