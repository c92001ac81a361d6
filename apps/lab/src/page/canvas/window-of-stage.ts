/** How much of the page above and below the screen is drawn, too, so that scrolling does not come to its edge. */
const beyond = 0.35;
/** Sharper costs more than it shows. */
const sharpest = 2;

/**
 * Keeps a canvas over the part of the stage that can be seen, and a bit more. Over all of it, fifty pods' canvas would be
 * larger than some machines can clear sixty times a second.
 */
export class WindowOfStage {
  #top = 0;
  #size = '';
  #stale = true;

  constructor(
    private readonly stage: HTMLElement,
    readonly canvas: HTMLCanvasElement,
  ) {
    const stale = (): void => void (this.#stale = true);
    addEventListener('scroll', stale, { passive: true });
    addEventListener('resize', stale);
    new ResizeObserver(stale).observe(stage);
  }

  /** Moves the canvas where it has to, and sets the pen to the stage's own coordinates on a clean sheet. */
  open(pen: CanvasRenderingContext2D): void {
    if (this.#stale) this.#place();
    const { width, height } = this.canvas;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    const scale = this.#scale;
    pen.setTransform(scale, 0, 0, scale, 0, -this.#top * scale);
  }

  get #scale(): number {
    return Math.min(sharpest, devicePixelRatio);
  }

  #place(): void {
    this.#stale = false;
    const { top } = this.stage.getBoundingClientRect();
    const { clientWidth: width, clientHeight: full } = this.stage;
    const height = Math.min(full, Math.ceil(innerHeight * (1 + 2 * beyond)));
    const wanted = Math.min(full - height, Math.max(0, -top - innerHeight * beyond));
    // A canvas that still covers what is seen stays where it is.
    const covers = this.#top <= Math.max(0, -top) && this.#top + height >= Math.min(full, innerHeight - top);
    if (!covers || this.#top + height > full) {
      this.#top = Math.max(0, Math.round(wanted));
      this.canvas.style.transform = `translateY(${this.#top}px)`;
    }
    const size = `${width} ${height} ${this.#scale}`;
    if (size === this.#size) return;
    this.#size = size;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * this.#scale);
    this.canvas.height = Math.round(height * this.#scale);
  }
}
