// How far a batch is: a thin line, a number, the speed and the rest time, and a way out.
import { button, h } from "../dom.ts";
import { bytes } from "../format.ts";
import { t } from "../i18n.ts";
import type { Progress } from "../store.ts";

/** Speed and rest time are told once they mean something, in milliseconds. */
const SETTLED = 1500;

export class ProgressBar {
  readonly element: HTMLElement;
  private readonly bar = h("progress", {});
  private readonly words = h("span");
  private readonly way: HTMLButtonElement;

  constructor(cancel: () => void) {
    this.way = button("", cancel);
    // What is said changes too often to be read out; the count of the list tells the same.
    this.element = h("div", { class: "progress", hidden: true }, this.bar, this.words, this.way);
  }

  draw(round: Progress): void {
    const { total, done } = round;
    this.element.hidden = done >= total;
    if (this.element.hidden) return;
    this.bar.max = total;
    this.bar.value = done;
    this.bar.setAttribute("aria-label", t.working);
    this.way.textContent = t.cancel;
    this.words.textContent = [t.progress(Math.min(done + 1, total), total, round.name), ...pace(round, performance.now())].join("　");
  }
}

/** `4.2 MB/s`, `约剩 8 秒`; nothing while it is too early to tell. */
export function pace({ began, bytesDone, bytesTotal, total, done }: Progress, now: number): string[] {
  const passed = now - began;
  if (!began || passed < SETTLED || !bytesDone || total < 3) return [];
  const rest = ((bytesTotal - bytesDone) / bytesDone) * passed;
  return [t.pace(bytes((bytesDone / passed) * 1000), Math.round((done / passed) * 1000)), t.rest(Math.ceil(rest / 1000))];
}
