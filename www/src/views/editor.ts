// The control that a field of a metric is corrected with: a choice, or words that are understood or not.
import { h } from "../dom.ts";
import { choicesOf, type Field, fieldText, readField } from "../fields.ts";
import { language, t } from "../i18n.ts";
import { INDICATORS } from "../indicators.ts";
import { columnName } from "./columns.ts";
import type { MetricFields } from "../edits.ts";
import type { Metric, Report } from "gangmu";

export class Editor {
  readonly control: HTMLInputElement | HTMLSelectElement;
  /** What is wrong with the words, below the control. */
  readonly hint: HTMLElement;

  constructor(
    private readonly report: Report,
    private readonly metric: Metric,
    readonly field: Field,
    id: string,
  ) {
    const value = fieldText(report, metric, field);
    const choices = choicesOf(field);
    const name = columnName(field);
    const common = { class: "editor", id, "aria-label": name, "aria-describedby": `${id}-hint` };
    this.control = choices
      ? h(
          "select",
          common,
          ...choices.map(([choice, words]) => h("option", { value: choice, selected: choice === value }, words)),
        )
      : h("input", {
          ...common,
          type: "text",
          value,
          lang: field === "period" ? null : "zh-Hans",
          autocomplete: "off",
          spellcheck: "false",
          list: field === "canonical" ? indicatorList() : null,
        });
    this.hint = h("span", { class: "hint", id: `${id}-hint`, role: "alert" });
    this.control.addEventListener("input", () => this.say(false));
  }

  get changed(): boolean {
    return this.control.value.trim() !== fieldText(this.report, this.metric, this.field);
  }

  /** What changes, or null where the words are not understood, which is then said. */
  read(): MetricFields | null {
    const fields = readField(this.report, this.metric, this.field, this.control.value);
    this.say(!fields);
    return fields;
  }

  focus(): void {
    this.control.focus();
    if (this.control instanceof HTMLInputElement) this.control.select();
  }

  private say(wrong: boolean): void {
    const { field } = this;
    if (wrong) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
    const words = field === "period" || field === "canonical" ? t.table.wrong[field] : t.table.wrong.value;
    if ((this.hint.textContent !== "") !== wrong) this.hint.textContent = wrong ? words : "";
  }
}

/** The id of a list of all indicators' names, which is put on the page once a language. */
function indicatorList(): string {
  const id = `indicators-${language}`;
  if (!document.getElementById(id)) {
    const names = INDICATORS.map(({ zh, en }) => h("option", { value: language === "en" ? en : zh }));
    document.body.append(h("datalist", { id }, ...names));
  }
  return id;
}
