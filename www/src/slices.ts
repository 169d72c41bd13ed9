/** Milliseconds of one slice: short enough that scrolling and typing stay smooth beside it. */
const SLICE = 8;

/** Takes the steps of long work a slice at a time; the first at once, the others as the window finds time. */
export class Slices {
  private timer = 0;
  private over = false;

  constructor(
    private readonly steps: Iterator<unknown>,
    private readonly after: () => void = () => {},
  ) {
    this.go(SLICE);
  }

  get done(): boolean {
    return this.over;
  }

  /** Takes all that is left at once. */
  finish(): void {
    if (!this.over) this.go(Infinity);
  }

  /** Leaves what is left. */
  stop(): void {
    clearTimeout(this.timer);
    this.over = true;
  }

  private go(time: number): void {
    clearTimeout(this.timer);
    const until = performance.now() + time;
    while (performance.now() < until) {
      if (!this.steps.next().done) continue;
      this.over = true;
      this.after();
      return;
    }
    this.timer = window.setTimeout(() => this.go(SLICE));
  }
}
