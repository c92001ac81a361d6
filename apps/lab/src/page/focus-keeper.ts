/** Gives the focus a place again when what had it was taken away, or can be done no more. */
export class FocusKeeper {
  /** What had it last, and what that stands in, from the inside out. */
  #path: readonly HTMLElement[] = [];

  constructor(private readonly otherwise: HTMLElement) {
    document.addEventListener('focusin', ({ target }) => (this.#path = pathOf(target as Element)));
  }

  /** To be called when the page was drawn anew. */
  restore(): void {
    if (document.activeElement !== document.body) return;
    const [last, ...around] = this.#path;
    this.#path = [];
    // Whoever pressed beside everything has let go of it.
    if (last === undefined || canHaveIt(last)) return;
    // Not the next button: a second press must not kill another pod.
    const place = around.find((one) => one.matches('[aria-label], [aria-labelledby]') && canHaveIt(one));
    focusOn(place ?? this.otherwise);
  }
}

/** Moves the focus to a part of the page, from where the next Tab goes on into it. */
function focusOn(part: HTMLElement): void {
  if (!part.hasAttribute('tabindex')) part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

function pathOf(from: Element | null): HTMLElement[] {
  return from instanceof HTMLElement && from !== document.body ? [from, ...pathOf(from.parentElement)] : [];
}

function canHaveIt(one: HTMLElement): boolean {
  return one.checkVisibility() && one.closest('[inert]') === null && !one.matches(':disabled');
}
