// The page: its files, the report on the screen, and everything around it.
import { button, h, perFrame } from "./dom.ts";
import { cells, fillClipboard, save } from "./export.ts";
import { Pool, type Failure } from "./pool.ts";
import { stem } from "./format.ts";
import { language, locale, speak, t } from "./i18n.ts";
import { ACCEPT, dropped, pasted, textFile } from "./intake.ts";
import { keep, parse } from "./link.ts";
import { sampleFile } from "./samples.ts";
import { Store, type Entry } from "./store.ts";
import { currentTheme, linkTheme, setTheme, THEMES } from "./theme.ts";
import { CompareDesk } from "./views/compare/desk.ts";
import { helpDialog, pasteDialog } from "./views/dialogs.ts";
import { languageSwitch } from "./views/language.ts";
import { lexiconDialog } from "./views/lexicon.ts";
import { menuButton } from "./views/menu.ts";
import { onPrint, printedReport } from "./views/print.ts";
import { ProgressBar } from "./views/progress.ts";
import { ordering, reason, reasonOf, ReportList, titleOf } from "./views/reports.ts";
import { takingDialog } from "./views/taking.ts";
import { splitter } from "./views/split.ts";
import { startView } from "./views/start.ts";
import { Bench } from "./workbench.ts";
import type { Edit } from "./edits.ts";
import type { Scope, Taking, What } from "./taking.ts";
import type { Report } from "gangmu";

type Tab = "nav" | "text" | "table";

export class App {
  private readonly store: Store;
  private current: Entry | null = null;
  /** The report on the screen, with its corrections. */
  private report: Report | null = null;
  /** Whether the report on the screen was chosen by hand. */
  private chosen = false;
  private bench: Bench | null = null;
  /** What the address says of the place to go to. */
  private linked = parse(location.hash);
  private list: ReportList | null = null;
  private workspace: HTMLElement | null = null;
  private tab: Tab = "text";
  private pendingCopy: ((data: DataTransfer) => void) | null = null;
  private readonly root = h("div", { class: "app" });
  private readonly progress = new ProgressBar(() => this.store.cancel());
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
  private readonly comparing: CompareDesk;
  private readonly drawList = perFrame(() => this.list?.draw(this.store.entries, this.current));
  private readonly drawProgress = perFrame(() => {
    this.progress.draw(this.store.round);
    this.busy();
  });

  constructor(private readonly pool: Pool) {
    this.store = new Store(pool, {
      changed: (entries) => this.changed(entries),
      progress: () => this.drawProgress(),
      opened: (packed, entries) => {
        if (packed === this.current && entries.length) void this.show(entries[0]!);
      },
    });
    this.comparing = new CompareDesk({
      root: this.root,
      store: this.store,
      pool,
      show: async (entry) => {
        this.chosen = true;
        await this.show(entry);
        return this.bench;
      },
      say: (words) => this.say(words),
    });
    document.body.append(this.root, this.input, this.toast);
    this.listen();
    this.render();
  }

  // Files

  add(files: File[]): void {
    if (!files.length) return;
    const first = this.store.entries.length === 0;
    const added = this.store.add(files);
    this.busy();
    if (first) {
      this.chosen = false;
      this.current = added[0]!;
      this.render();
    } else if (files.length === 1) void this.show(added[0]!);
    else this.drawList();
  }

  private reread(entry: Entry, encoding: string | null): void {
    entry.encoding = encoding;
    this.store.reread([entry]);
  }

  private remove(entries: Entry[]): void {
    const at = Math.max(0, this.store.entries.indexOf(this.current!));
    this.store.remove(entries);
    const left = this.store.entries;
    if (!left.length) {
      this.store.cancel();
      this.current = this.report = null;
      this.render();
    } else if (entries.includes(this.current!)) void this.show(left[Math.min(at, left.length - 1)]!);
  }

  private changed(entries: ReadonlySet<Entry>): void {
    this.drawList();
    this.drawWays();
    this.comparing.draw();
    const { current } = this;
    if (!current) return;
    // Of many files the first that can be read is shown, unless the reader has chosen one.
    const readable = current.failure && !this.chosen && [...entries].find(({ summary }) => summary);
    if (readable) void this.show(readable);
    else if (entries.has(current) && !(this.report && current.state === "done")) void this.drawBench();
  }

  private async show(entry: Entry): Promise<void> {
    if (entry === this.current) return this.drawList();
    this.remember();
    this.current = entry;
    if (entry.state === "waiting") this.store.prefer(entry);
    this.drawList();
    await this.drawBench();
  }

  private remember(): void {
    if (this.bench && this.current) this.current.memory = this.bench.memory();
  }

  // Corrections

  private async edit(entry: Entry, edit: Edit): Promise<void> {
    this.remember();
    await this.store.edit(entry, edit);
    if (edit.do === "delete") this.say(t.table.deleted);
    if (entry === this.current) await this.drawBench();
  }

  private async undo(back: boolean): Promise<void> {
    const { current } = this;
    if (!current) return;
    this.remember();
    const report = await (back ? this.store.undo(current) : this.store.redo(current));
    this.say(report ? (back ? t.undone : t.redone) : back ? t.nothingToUndo : t.nothingToRedo);
    if (report && current === this.current) await this.drawBench();
  }

  // Drawing

  private render(): void {
    this.comparing.drop();
    this.remember();
    this.dropBench();
    this.list?.dispose();
    this.list = null;
    this.workspace = null;
    this.root.replaceChildren(this.header(), this.progress.element);
    if (!this.store.entries.length) {
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
      this.list = new ReportList({
        choose: (entry) => {
          this.chosen = true;
          void this.show(entry);
        },
        remove: (entry) => this.remove([entry]),
        removeFailed: () => this.remove(this.store.entries.filter(({ state }) => state === "failed")),
        removeAll: () => this.remove([...this.store.entries]),
        retryFailed: () => this.store.reread(this.store.entries.filter(({ state }) => state === "failed")),
        sort: (order) => this.store.sort(ordering(order)),
        move: (entry, by) => this.store.move(entry, by),
      });
      this.root.append(this.tabBar(), this.workspace);
      this.drawList();
      void this.drawBench();
      this.front(this.tab);
    }
    this.drawProgress();
  }

  /** What stands in the header only when something was read. */
  private readonly ways = h("span", { class: "ways-out" });

  private drawWays(): void {
    const { edits } = this.current ?? {};
    const turn = (sign: string, name: string, can: boolean | undefined, back: boolean) =>
      button(sign, () => void this.undo(back), { class: "quiet icon", title: name, "aria-label": name, disabled: !can });
    const focused = document.activeElement;
    if (focused && this.ways.contains(focused)) return;
    this.ways.replaceChildren(turn("↶", t.undo, edits?.canUndo, true), turn("↷", t.redo, edits?.canRedo, false));
  }

  private header(): HTMLElement {
    const has = this.store.entries.length > 0;
    const theme = button("◐", () => this.nextTheme(theme), { class: "quiet icon theme", "aria-label": t.theme });
    theme.title = `${t.theme}：${t.themes[currentTheme()]}`;
    this.drawWays();
    this.comparing.draw();
    return h(
      "header",
      { class: "bar" },
      h(has ? "h1" : "span", { class: "wordmark", lang: "zh-Hans" }, "纲目"),
      has && button(t.open, () => this.input.click()),
      has && button(t.paste, () => this.paste()),
      has && menuButton(t.export, "", () => this.exports()),
      has && this.comparing.button,
      has && this.ways,
      has && button(t.lexicon.open, () => this.ownLexicon(), { class: "quiet", title: t.lexicon.name }),
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

  private dropBench(): void {
    this.bench?.dispose();
    this.bench = null;
    this.report = null;
  }

  /** Says on the root whether what is on the screen is still to change. */
  private busy(): void {
    this.root.setAttribute("aria-busy", String(this.store.busy || this.drawing > 0));
  }

  private drawing = 0;

  private async drawBench(): Promise<void> {
    this.drawing++;
    this.busy();
    try {
      await this.drawCurrent();
    } finally {
      this.drawing--;
      // The list is drawn with the next frame.
      this.drawProgress();
    }
  }

  private async drawCurrent(): Promise<void> {
    const { current } = this;
    if (!current) return;
    const report = current.kept && current.state === "done" ? await this.store.open(current) : null;
    // A long one is put together in one task and put on the screen in another; before, the page draws itself.
    const rest = async () => {
      if (report && report.text.length > 60_000) await new Promise((done) => setTimeout(done));
    };
    await rest();
    if (current !== this.current) return;
    const bench =
      report &&
      new Bench(
        report,
        { file: current.file, decoded: !!current.part?.draft },
        {
          front: (pane) => this.front(pane),
          reread: (encoding) => this.reread(current, encoding),
          edit: (edit) => this.edit(current, edit),
        },
      );
    await rest();
    const { workspace, list } = this;
    if (!workspace || !list || current !== this.current) {
      bench?.dispose();
      return;
    }
    this.dropBench();
    this.drawWays();
    this.report = report;
    this.bench = bench;
    document.title = t.documentTitle(titleOf(current));
    const nav = h("section", { class: "pane nav-pane", "aria-label": t.outline }, list.element);
    if (!report || !bench) {
      workspace.replaceChildren(nav, splitter(workspace, "nav"), this.noReport(current));
      workspace.classList.add("no-report");
      return;
    }
    workspace.classList.remove("no-report");
    nav.append(bench.outline.element);
    workspace.replaceChildren(
      nav,
      splitter(workspace, "nav"),
      bench.textPane,
      splitter(workspace, "table"),
      bench.table.element,
      bench.detail.element,
    );
    bench.shown(current.memory);
    // An address leads to its place in the first report that is opened.
    const { metric } = this.linked;
    this.linked = {};
    if (metric !== undefined && metric < report.metrics.length) bench.open(metric);
    else keep({ metric: bench.selected ?? undefined });
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
          button(t.remove, () => this.remove([entry])),
        ),
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
    const { report, current } = this;
    const read = this.store.read;
    const list: [string, () => void][] = [];
    const entries = (scope: Scope) => (scope === "one" && current ? [current] : read);
    if (read.length) {
      const acts = {
        download: (taking: Taking, scope: Scope) => void this.take(taking, entries(scope)),
        copy: (what: What, scope: Scope) => void this.copy(what, entries(scope)),
      };
      list.push([`${t.export}…`, () => takingDialog(!!report, read.length, acts)]);
    }
    if (report) {
      list.push([t.copyTable, () => this.copyTable(report)], [t.print, () => print()]);
    }
    list.push([t.saveSession, () => void this.saveSession()]);
    return list;
  }

  private async take(taking: Taking, entries: Entry[]): Promise<void> {
    this.say(t.taking.working);
    const [only] = entries;
    const of = entries.length === 1 ? stem(only!.file.name) : t.taking.of(entries.length);
    try {
      const reports = await this.store.blobs(entries);
      const blob = await this.pool.ask({ do: "take", taking, reports, language });
      save(`${of} ${t.taking.whats[taking.what][0]}.${taking.as}`, blob);
      this.say(t.taking.done);
    } catch (failure) {
      this.say(reason(failure as Failure));
    }
  }

  private async copy(what: What, entries: Entry[]): Promise<void> {
    try {
      const reports = await this.store.blobs(entries);
      const { plain, html } = await this.pool.ask({ do: "copy", what, reports, language });
      this.say(
        this.toClipboard((data) => {
          data.setData("text/plain", plain);
          data.setData("text/html", html);
        })
          ? t.taking.copied
          : t.taking.notCopied,
      );
    } catch (failure) {
      this.say(reason(failure as Failure));
    }
  }

  private ownLexicon(): void {
    const { current } = this;
    lexiconDialog(this.store.lexicon, {
      attempt: (lexicon) => this.store.attempt(lexicon, current),
      apply: (lexicon) => this.store.use(lexicon),
    });
  }

  private async saveSession(): Promise<void> {
    try {
      save(`${t.app}.gangmu`, await this.store.save());
    } catch (failure) {
      this.say(reason(failure as Failure));
    }
  }

  /** `execCommand` works also where the page came without TLS; the copy event that follows is filled. */
  private toClipboard(fill: (data: DataTransfer) => void): boolean {
    this.pendingCopy = fill;
    const done = document.execCommand("copy");
    this.pendingCopy = null;
    return done;
  }

  private copyTable(report: Report): void {
    const order = this.bench?.table.order ?? [];
    const done = this.toClipboard((data) => fillClipboard(data, cells(report, order, t)));
    this.say(done ? t.copied(order.length) : t.taking.notCopied);
  }

  private say(words: string): void {
    this.toast.textContent = words;
    this.toast.hidden = false;
    setTimeout(() => (this.toast.hidden = this.toast.textContent === words), 2500);
  }

  private nextTheme(button: HTMLElement): void {
    const next = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length]!;
    setTheme(next);
    keep({ theme: next === "system" ? undefined : next });
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
      else if (text.trim()) this.add([pasted(text, event.clipboardData.getData("text/html"), t.pasteName)]);
    });
    addEventListener("copy", (event) => {
      if (!event.clipboardData) return;
      if (this.pendingCopy) this.pendingCopy(event.clipboardData);
      else if (isTyping(event.target) || !this.bench?.table.copy(event.clipboardData)) return;
      event.preventDefault();
    });
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => {
      const { lang, theme, metric } = parse(location.hash);
      linkTheme(theme);
      if (metric !== undefined && this.report?.metrics[metric] && metric !== this.bench?.selected) this.bench?.open(metric);
      if (!lang || lang === locale) return;
      speak(lang);
      this.render();
    });
    onPrint(() => this.comparing.printed() ?? (this.report && printedReport(this.report)));
  }

  private key(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey) {
      const turn = key.toLowerCase();
      if (event.altKey || isTyping(target) || !(turn === "z" || (turn === "y" && !event.shiftKey))) return;
      void this.undo(turn === "z" && !event.shiftKey);
      event.preventDefault();
      return;
    }
    if (event.altKey) return;
    if (isTyping(target)) {
      if (key === "Escape" && this.bench && (target as HTMLElement).matches(".table-pane input")) {
        this.bench.table.clearFilter();
        (target as HTMLElement).blur();
      }
      return;
    }
    const { entries } = this.store;
    if (key === "?") {
      if (entries.length) helpDialog();
      return;
    }
    const { bench } = this;
    if (key === "[" || key === "]") {
      const next = entries[entries.indexOf(this.current!) + (key === "]" ? 1 : -1)];
      this.chosen = true;
      if (next) void this.show(next);
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
    else if (key === "1" || key === "2" || key === "3") bench.fold(Number(key));
    else if (key === "/") bench.focusFilter();
    else if (key === "Escape") bench.escape();
    else if (!bench.act(key)) return;
    event.preventDefault();
  }
}

function isRow(target: EventTarget | null): boolean {
  return (target as HTMLElement | null)?.matches?.("tr[data-row]") ?? false;
}

function isTyping(target: EventTarget | null): boolean {
  return (target as HTMLElement | null)?.matches?.("input, textarea, select") ?? false;
}
