/** What stands for an item on the page. */
export interface View<Item> {
  readonly root: HTMLElement;
  show(item: Item): void;
}

/** How long one that leaves may be seen leaving, by the class `leaving`. */
const leavingMs = 450;

/** Lets a parent have one child for each item, in their order; a child stays the same one for the same key. */
export class KeyedList<Item, Child extends View<Item>> {
  readonly #children = new Map<string, Child>();
  readonly #leaving = new Set<Element>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly keyOf: (item: Item) => string,
    private readonly make: (item: Item) => Child,
    private readonly leaves: 'at once' | 'seen' = 'at once',
  ) {}

  show(items: readonly Item[]): void {
    const keys = new Set(items.map(this.keyOf));
    for (const [key, child] of this.#children) {
      if (keys.has(key)) continue;
      this.#children.delete(key);
      this.#remove(child.root);
    }
    let next = this.#remaining(this.parent.firstElementChild);
    for (const item of items) {
      const key = this.keyOf(item);
      const child = this.#children.get(key) ?? this.make(item);
      this.#children.set(key, child);
      child.show(item);
      if (next === child.root) next = this.#remaining(next.nextElementSibling);
      else this.parent.insertBefore(child.root, next);
    }
  }

  get(key: string): Child | undefined {
    return this.#children.get(key);
  }

  values(): IterableIterator<Child> {
    return this.#children.values();
  }

  #remove(root: HTMLElement): void {
    if (this.leaves === 'at once') return root.remove();
    this.#leaving.add(root);
    root.classList.add('leaving');
    root.inert = true;
    setTimeout(() => {
      root.remove();
      this.#leaving.delete(root);
    }, leavingMs);
  }

  #remaining(from: Element | null): Element | null {
    let one = from;
    while (one !== null && this.#leaving.has(one)) one = one.nextElementSibling;
    return one;
  }
}
