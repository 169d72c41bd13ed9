// What is known of the report and of its file, each fact correctable in place, and what to be careful about.
import { h } from "../dom.ts";
import { parsePeriod } from "../fields.ts";
import { bytes, extension, period } from "../format.ts";
import { fromCore, t } from "../i18n.ts";
import { removedTotals } from "../source.ts";
import type { MetaFields } from "../edits.ts";
import type { Meta, Report, ReportKind } from "gangmu";
import type { Bench } from "../workbench.ts";
import type { Origin } from "./source.ts";

const ENCODINGS = ["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"];

interface Fact {
  name: string;
  shown: string;
  /** What the field holds while it is corrected; its choices, where it has only so many. */
  value: string;
  choices?: [string, string][];
  hint?: string;
  /** Null: that is no such thing. */
  read(words: string): MetaFields | null;
}

export function facts(report: Report, origin: Origin, bench: Bench): HTMLElement {
  const { meta } = report;
  return h(
    "div",
    { class: "facts" },
    ...warnings(report),
    h("dl", { class: meta.corrected ? "about corrected" : "about" }, ...factsOf(meta).map((fact) => entry(fact, bench))),
    h("p", { class: "file" }, ...fileFacts(report, origin, bench)),
  );
}

function factsOf(meta: Meta): Fact[] {
  const kinds = Object.entries(t.reportKinds).map(([kind, name]): [string, string] => [kind, name || t.facts.otherKind]);
  const plain = (key: "title" | "organization" | "place" | "session"): Fact => ({
    name: t.facts[key],
    shown: meta[key],
    value: meta[key],
    read: (words) => ({ [key]: words }),
  });
  return [
    plain("title"),
    plain("organization"),
    plain("place"),
    {
      name: t.kind,
      shown: t.reportKinds[meta.kind] || (meta.kind === "other" ? t.facts.otherKind : ""),
      value: meta.kind,
      choices: kinds,
      read: (words) => ({ kind: words as ReportKind }),
    },
    {
      name: t.period,
      shown: period(meta.period),
      value: period(meta.period),
      hint: "2024",
      read: (words) => {
        const read = parsePeriod(words);
        return read && { period: read };
      },
    },
    plain("session"),
    {
      name: t.facts.date,
      shown: meta.date,
      value: meta.date,
      hint: "2024-01-08",
      read: (words) => {
        const date = parseDate(words);
        return date === null ? null : { date };
      },
    },
  ];
}

/** `2024-1-8`, `2024年1月8日`, `2024/1/8` in ISO; nothing is a date that is not known. */
export function parseDate(words: string): string | null {
  if (!words.trim()) return "";
  const found = /^\s*(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?|年)?\s*$/.exec(words);
  if (!found) return null;
  const [, year, month, day] = found;
  if (month && (Number(month) < 1 || Number(month) > 12)) return null;
  if (day && (Number(day) < 1 || Number(day) > 31)) return null;
  return [year, month, day].flatMap((part) => (part ? part.padStart(2, "0") : [])).join("-");
}

function entry(fact: Fact, bench: Bench): HTMLElement {
  const value = h("dd");
  const show = (focus = false) => {
    const opener = h(
      "button",
      { type: "button", class: fact.shown ? "fact" : "fact unknown", title: t.facts.change, on: { click: () => edit() } },
      h("span", { lang: "zh-Hans" }, fact.shown || t.facts.unknown),
    );
    value.replaceChildren(opener);
    if (focus) opener.focus({ preventScroll: true });
  };
  const edit = () => {
    const field = fact.choices
      ? h("select", {}, ...fact.choices.map(([id, name]) => h("option", { value: id, selected: id === fact.value }, name)))
      : h("input", { value: fact.value, placeholder: fact.hint ?? "", autocomplete: "off" });
    field.setAttribute("aria-label", fact.name);
    let over = false;
    const done = (keep: boolean, focus: boolean) => {
      if (over) return;
      const words = field.value.trim();
      const set = keep && words !== fact.value ? fact.read(words) : {};
      if (!set) {
        field.setAttribute("aria-invalid", "true");
        if (!focus) return;
        field.focus();
        return;
      }
      over = true;
      show(focus);
      if (Object.keys(set).length) void bench.edit({ do: "meta", set });
    };
    field.addEventListener("keydown", (event) => {
      const { key, isComposing } = event as KeyboardEvent;
      if (isComposing || (key !== "Enter" && key !== "Escape")) return;
      event.preventDefault();
      event.stopPropagation();
      done(key === "Enter", true);
    });
    field.addEventListener("input", () => field.removeAttribute("aria-invalid"));
    if (fact.choices) field.addEventListener("change", () => done(true, true));
    field.addEventListener("blur", () => done(true, false));
    value.replaceChildren(field);
    field.focus({ preventScroll: true });
    if (field instanceof HTMLInputElement) {
      field.size = Math.min(Math.max([...fact.value].reduce((n, c) => n + (c > "\xff" ? 2 : 1), 2), 12), 48);
      field.select();
    }
  };
  show();
  return h("div", {}, h("dt", {}, fact.name), value);
}

function fileFacts(report: Report, origin: Origin, bench: Bench): (HTMLElement | false)[] {
  const { source, meta, text } = report;
  const gone = [...removedTotals(report).values()].reduce((sum, n) => sum + n, 0);
  const format = extension(source.name) || source.format.toUpperCase();
  const words = (said: string | false) => !!said && h("span", {}, said);
  return [
    h("span", { class: "file-name" }, source.name.replace(/^.*[\\/]/, "")),
    words(t.facts.formats[source.format] ?? format),
    !origin.decoded && source.encoding ? encodingChoice(report, bench) : words(false),
    words(bytes(source.bytes)),
    words(t.characters(text.length.toLocaleString("en-US"))),
    words(gone > 0 && t.removedTotal(gone.toLocaleString("en-US"))),
    words(meta.published !== "" && `${meta.published} ${t.published}`),
    words(meta.speaker !== "" && `${t.speaker} ${meta.speaker}`),
  ];
}

/** The encoding as it was read, with all others one click away. */
export function encodingChoice({ source: { encoding, encoding_from } }: Report, bench: Bench): HTMLElement {
  const chosen = encoding_from === "option";
  const all = encoding && !ENCODINGS.includes(encoding) ? [encoding, ...ENCODINGS] : ENCODINGS;
  const how = t.encodingFrom[encoding_from ?? "detected"] ?? "";
  const select = h(
    "select",
    { class: "encoding", "aria-label": t.encoding, title: t.encoding, on: { change: () => bench.reread(select.value || null) } },
    chosen
      ? h("option", { value: "" }, t.facts.backToAuto)
      : h("option", { value: "", selected: true }, `${encoding ?? ""} (${how})`),
    ...all.map((name) => h("option", { value: name, selected: chosen && name === encoding }, chosen && name === encoding ? `${name} (${how})` : name)),
  );
  return h("span", {}, select);
}

function warnings({ warnings: all, meta }: Report): HTMLElement[] {
  const notes = all.map(({ code, message }) => {
    const said = fromCore(fullWidth(message), t.warnings[code] ?? message);
    return h("p", { class: "warning", "data-code": code }, said);
  });
  if (meta.truncated && !all.some(({ code }) => code === "truncated")) {
    notes.push(h("p", { class: "warning", "data-code": "truncated" }, t.truncated));
  }
  return notes;
}

/** Punctuation between Chinese characters is Chinese. */
function fullWidth(message: string): string {
  const wide: Record<string, string> = { ",": "，", ":": "：", ";": "；" };
  return message.replace(/(?<=[\u3000-\u9fff”’])[,:;]/g, (mark) => wide[mark]!);
}
