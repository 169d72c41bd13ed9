// The page: its files, the report on the screen, and everything around it.
import { button, h, settings } from "./dom.ts";
import { cells, download, fillClipboard, json } from "./export.ts";
import { Extractor, type Failure, type Part } from "./extractor.ts";
import { stem } from "./format.ts";
import { language, t } from "./i18n.ts";
import { ACCEPT, dropped, textFile } from "./intake.ts";
import { sampleFile } from "./samples.ts";
import { helpDialog, pasteDialog } from "./views/dialogs.ts";
import { languageSwitch } from "./views/language.ts";
import { menuButton } from "./views/menu.ts";
import { reason, reasonOf, reportList, titleOf } from "./views/reports.ts";
import { splitter } from "./views/split.ts";
import { startView } from "./views/start.ts";
import { Bench, type Memory } from "./workbench.ts";
import type { Report } from "gangmu";

export interface Entry {
  file: File;
  /** What it was unpacked to. */
  part: Part | null;
  /** Chosen by the reader; null where the program finds it. */
  encoding: string | null;
  state: "waiting" | "working" | "done" | "failed";
  report: Report | null;
  failure: Failure | null;
  memory: Memory | null;
}

type Tab = "nav" | "text" | "table";
type Theme = "system" | "light" | "dark";
const THEMES: Theme[] = ["system", "light", "dark"];

function entry(file: File, part: Part | null = null): Entry {
  return { file, part, encoding: null, state: "waiting", report: null, failure: null, memory: null };
}

export class App {
  private entries: Entry[] = [];
  private current: Entry | null = null;
  /** Whether the report on the screen was chosen by hand. */
  private chosen = false;
  private bench: Bench | null = null;
  private workspace: HTMLElement | null = null;
  private tab: Tab = "text";
  private pendingCopy: string[][] | null = null;
  /** Of the files of this round: how many there are, and how many are through. */
  private round = { total: 0, done: 0, name: "" };
  private readonly root = h("div", { class: "app" });
  private readonly navTop = h("div", { class: "nav-reports" });
  private readonly progress = h("div", { class: "progress", role: "status", hidden: true });
  private readonly toast = h("div", { class: "toast", role: "status", hidden: true });
  private readonly input = h("input", {
    type: "file",
    multiple: true,
    accept: ACCEPT,
    hidden: true,
    on: {
      change: () => {
        this.add(Array.from(this.input.files ?? []));
        this.input.value = "";
      },
    },
  });

  constructor(private readonly extractor: Extractor) {
    document.body.append(this.root, this.input, this.toast);
    this.listen();
    this.render();
  }

  // Files

  add(files: File[]): void {
    if (!files.length) return;
    const added = files.map((file) => entry(file));
    const first = this.entries.length === 0;
    this.entries.push(...added);
    for (const entry of added) void this.read(entry);
    if (first) {
      this.chosen = false;
      this.current = added[0]!;
      this.render();
    } else if (files.length === 1) this.show(added[0]!);
    else this.drawList();
    this.drawProgress();
  }

  private async read(entry: Entry): Promise<void> {
    if (this.round.done === this.round.total) this.round = { total: 0, done: 0, name: "" };
    this.round.total++;
    entry.state = "waiting";
    entry.report = entry.failure = null;
    const started = () => {
      entry.state = "working";
      this.round.name = entry.file.name;
      this.changed(entry);
    };
    try {
      const found = entry.part
        ? await this.extractor.extractPart(entry.part, entry.encoding, started)
        : await this.extractor.extract(entry.file, entry.encoding, started);
      if (Array.isArray(found)) {
        this.open(entry, found);
        return;
      }
      entry.report = found;
      entry.state = "done";
    } catch (failure) {
      entry.failure = failure as Failure;
      entry.state = "failed";
    }
    this.round.done++;
    if (this.entries.includes(entry)) this.changed(entry);
    else this.drawProgress();
  }

  /** Puts what a file holds in its place. */
  private open(packed: Entry, parts: Part[]): void {
    const at = this.entries.indexOf(packed);
    const opened = at < 0 ? [] : parts.map((part) => ({ ...entry(part.file, part), encoding: packed.encoding }));
    if (opened.length) {
      this.entries.splice(at, 1, ...opened);
      for (const one of opened) void this.read(one);
      if (packed === this.current) this.show(opened[0]!);
      else this.drawList();
    }
    this.round.done++;
    this.drawProgress();
  }

  private reread(entry: Entry, encoding: string | null): void {
    entry.encoding = encoding;
    entry.memory = null;
    void this.read(entry);
    this.drawList();
    this.drawBench();
  }

  private remove(entry: Entry): void {
    const at = this.entries.indexOf(entry);
    this.entries.splice(at, 1);
    if (!this.entries.length) {
      this.extractor.cancel();
      this.current = null;
      this.render();
    } else if (entry === this.current) this.show(this.entries[Math.min(at, this.entries.length - 1)]!);
    else this.drawList();
  }

  private changed(entry: Entry): void {
    this.drawProgress();
    // Of many files the first that can be read is shown, unless the reader has chosen one.
    if (entry.report && this.current?.failure && !this.chosen) this.show(entry);
    else {
      this.drawList();
      if (entry === this.current) this.drawBench();
    }
  }

  private show(entry: Entry): void {
    if (entry !== this.current) {
      if (this.bench && this.current) this.current.memory = this.bench.memory();
      this.current = entry;
      this.drawBench();
    }
    this.drawList();
  }

  // Drawing

  private render(): void {
    if (this.bench && this.current) this.current.memory = this.bench.memory();
    this.dropBench();
    this.workspace = null;
    this.root.replaceChildren(this.header(), this.progress);
    if (!this.entries.length) {
      document.title = t.documentTitle("");
      this.root.append(
        startView({
          choose: () => this.input.click(),
          paste: () => this.paste(),
          sample: (index) => void this.sample(index),
        }),
      );
    } else {
      this.workspace = h("main", { class: "workspace" });
      this.root.append(this.tabBar(), this.workspace);
      this.drawList();
      this.drawBench();
      this.front(this.tab);
    }
    this.drawProgress();
  }

  private header(): HTMLElement {
    const has = this.entries.length > 0;
    const theme = button("◐", () => this.nextTheme(theme), { class: "quiet icon theme", "aria-label": t.theme });
    theme.title = `${t.theme}：${t.themes[currentTheme()]}`;
    return h(
      "header",
      { class: "bar" },
      h("span", { class: "wordmark", lang: "zh-Hans" }, "纲目"),
      has && button(t.open, () => this.input.click()),
      has && button(t.paste, () => this.paste()),
      has && menuButton(t.export, "", () => this.exports()),
      h("span", { class: "space" }),
      languageSwitch(() => this.render()),
      theme,
      has && button("?", helpDialog, { class: "quiet icon help", title: t.help, "aria-label": t.help }),
    );
  }

  private tabBar(): HTMLElement {
    const tab = (pane: Tab, name: string) => button(name, () => this.front(pane, true), { "data-tab": pane });
    return h("div", { class: "tab-bar" }, tab("nav", t.outline), tab("text", t.text), tab("table", t.metrics));
  }

  /** Where only one pane fits, this one is shown. */
  private front(pane: Tab, byHand = false): void {
    this.tab = pane;
    if (!this.workspace) return;
    this.workspace.dataset.tab = pane;
    for (const button of this.root.querySelectorAll(".tab-bar button")) {
      if (button.getAttribute("data-tab") === pane) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (byHand) this.bench?.fronted(pane);
  }

  private drawList(): void {
    if (!this.workspace) return;
    const scrolled = this.navTop.querySelector(".reports")?.scrollTop ?? 0;
    const list = reportList(this.entries, this.current, {
      choose: (entry) => {
        this.chosen = true;
        this.show(entry);
      },
      remove: (entry) => this.remove(entry),
    });
    this.navTop.replaceChildren(
      h("div", { class: "pane-head" }, h("h2", {}, t.reports, " ", h("b", {}, String(this.entries.length)))),
      list,
    );
    list.scrollTop = scrolled;
  }

  private dropBench(): void {
    this.bench?.dispose();
    this.bench = null;
  }

  private drawBench(): void {
    const { workspace, current } = this;
    if (!workspace || !current) return;
    this.dropBench();
    const { report } = current;
    document.title = t.documentTitle(titleOf(current));
    const outlineHead = h("div", { class: "pane-head" }, h("h2", {}, t.outline));
    const nav = h("section", { class: "pane nav-pane", "aria-label": t.outline }, this.navTop);
    if (!report) {
      workspace.replaceChildren(nav, splitter(workspace, "nav"), this.noReport(current));
      workspace.classList.add("no-report");
      return;
    }
    workspace.classList.remove("no-report");
    const bench = new Bench(
      report,
      { file: current.file, decoded: !!current.part?.draft },
      (pane) => this.front(pane),
      (encoding) => this.reread(current, encoding),
    );
    this.bench = bench;
    outlineHead.append(h("span", { class: "columns" }, h("span", {}, t.charactersColumn), h("span", {}, t.metrics)));
    nav.append(outlineHead, bench.outline.element);
    workspace.replaceChildren(
      nav,
      splitter(workspace, "nav"),
      bench.textPane,
      splitter(workspace, "table"),
      bench.table.element,
      bench.detail.element,
    );
    bench.shown(current.memory);
  }

  private noReport(entry: Entry): HTMLElement {
    const failed = entry.state === "failed";
    return h(
      "section",
      { class: "pane text-pane message" },
      h("h2", {}, entry.file.name),
      h("p", {}, failed ? reasonOf(entry) : entry.state === "working" ? t.working : t.waiting),
      failed &&
        h(
          "p",
          { class: "acts" },
          button(t.retry, () => this.reread(entry, entry.encoding)),
          button(t.remove, () => this.remove(entry)),
        ),
    );
  }

  private drawProgress(): void {
    const { total, done, name } = this.round;
    const busy = done < total;
    this.progress.hidden = !busy;
    if (!busy) return;
    this.progress.replaceChildren(
      h("progress", { max: total, value: done, "aria-label": t.working }),
      h("span", {}, t.progress(done + 1, total, name)),
      button(t.cancel, () => this.extractor.cancel()),
    );
  }

  // Ways in

  private paste(): void {
    pasteDialog((text) => this.add([textFile(text, `${t.pasteName}.txt`)]));
  }

  private async sample(index: number): Promise<void> {
    try {
      this.add([await sampleFile(index, t.sampleFiles[index]!)]);
    } catch {
      this.say(t.errors.load!);
    }
  }

  // Ways out

  private exports(): [string, () => void][] {
    const { report } = this.current ?? {};
    const read = this.entries.flatMap((entry) => entry.report ?? []);
    const list: [string, () => void][] = [];
    if (report) {
      const name = stem(report.source.name) || t.app;
      list.push(
        [t.exportCsv, () => void this.save(`${name}.csv`, "text/csv", { do: "csv", reports: [report], language })],
        [t.copyTable, () => this.copyTable(report)],
        [t.exportMd, () => void this.save(`${name}.md`, "text/markdown", { do: "md", report, language })],
        [t.exportJson, () => download(`${name}.json`, "application/json", json(report))],
      );
    }
    if (read.length > 1) {
      list.push([
        t.exportAllCsv(read.length),
        () => void this.save(`${t.metrics}.csv`, "text/csv", { do: "csv", reports: read, language }),
      ]);
    }
    return list;
  }

  private async save(name: string, type: string, task: Parameters<Extractor["write"]>[0]): Promise<void> {
    try {
      download(name, `${type};charset=utf-8`, await this.extractor.write(task));
    } catch (failure) {
      this.say(reason(failure as Failure));
    }
  }

  /** `execCommand` works also where the page came without TLS; the copy event that follows takes the rows. */
  private copyTable(report: Report): void {
    const order = this.bench?.table.order ?? [];
    this.pendingCopy = cells(report, order, t);
    document.execCommand("copy");
    this.pendingCopy = null;
    this.say(t.copied(order.length));
  }

  private say(words: string): void {
    this.toast.textContent = words;
    this.toast.hidden = false;
    setTimeout(() => (this.toast.hidden = this.toast.textContent === words), 2500);
  }

  private nextTheme(button: HTMLElement): void {
    const next = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length]!;
    settings.set("theme", next === "system" ? null : next);
    applyTheme();
    button.title = `${t.theme}：${t.themes[next]}`;
    this.say(t.themes[next]);
  }

  // Events of the whole window

  private listen(): void {
    // A drag that began in this page is a selection being moved about.
    let ours = false;
    let depth = 0;
    const over = (on: boolean) => {
      document.body.classList.toggle("dropping", on);
      document.body.dataset.drop = t.dropNow;
    };
    addEventListener("dragstart", () => (ours = true));
    addEventListener("dragend", () => (ours = false));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("dragenter", (event) => {
      event.preventDefault();
      if (ours) return;
      depth++;
      over(true);
    });
    addEventListener("dragleave", () => {
      if (ours) return;
      depth = Math.max(depth - 1, 0);
      if (!depth) over(false);
    });
    addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      over(false);
      if (ours || !event.dataTransfer) return;
      void dropped(event.dataTransfer, `${t.pasteName}.txt`).then((files) => this.add(files));
    });
    addEventListener("paste", (event) => {
      if (isTyping(event.target) || !event.clipboardData) return;
      const files = Array.from(event.clipboardData.files);
      const text = event.clipboardData.getData("text/plain");
      if (files.length) this.add(files);
      else if (text.trim()) this.add([textFile(text, `${t.pasteName}.txt`)]);
    });
    addEventListener("copy", (event) => {
      if (!event.clipboardData) return;
      if (this.pendingCopy) fillClipboard(event.clipboardData, this.pendingCopy);
      else if (isTyping(event.target) || !this.bench?.table.copy(event.clipboardData)) return;
      event.preventDefault();
    });
    addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    if (isTyping(target)) {
      if (key === "Escape" && this.bench && (target as HTMLElement).matches(".table-pane input")) {
        this.bench.table.clearFilter();
        (target as HTMLElement).blur();
      }
      return;
    }
    if (key === "?") {
      if (this.entries.length) helpDialog();
      return;
    }
    const { bench } = this;
    if (key === "[" || key === "]") {
      const next = this.entries[this.entries.indexOf(this.current!) + (key === "]" ? 1 : -1)];
      if (next) this.show(next);
      return;
    }
    if (!bench) return;
    const onControl = (target as HTMLElement).closest?.("button, a, select, summary");
    if (key === "j") bench.step(1);
    else if (key === "k") bench.step(-1);
    else if (key === "ArrowDown" && isRow(target)) bench.step(1);
    else if (key === "ArrowUp" && isRow(target)) bench.step(-1);
    else if (key === "Enter" && !onControl) bench.cross();
    else if (key === "o") bench.toggleSource();
    else if (key === "/") bench.focusFilter();
    else if (key === "Escape") bench.escape();
    else return;
    event.preventDefault();
  }
}

function isRow(target: EventTarget | null): boolean {
  return (target as HTMLElement | null)?.matches?.("tr[data-row]") ?? false;
}

function isTyping(target: EventTarget | null): boolean {
  return (target as HTMLElement | null)?.matches?.("input, textarea, select") ?? false;
}

function currentTheme(): Theme {
  const chosen = settings.get("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

const systemDark = matchMedia("(prefers-color-scheme: dark)");

/** Puts the theme on the root element; the system's changes are followed. */
export function applyTheme(): void {
  const theme = currentTheme();
  document.documentElement.dataset.theme = theme === "system" ? (systemDark.matches ? "dark" : "light") : theme;
}

systemDark.addEventListener("change", applyTheme);
