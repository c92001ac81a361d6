/** A new element with a class and children; text is only ever set as text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** The element of the page with that id. */
export function found(id: string): HTMLElement {
  const there = document.getElementById(id);
  if (there === null) throw new Error(`The page has no #${id}.`);
  return there;
}

/** Sets a text where it is another one, so that what a reader has marked stays marked. */
export function write(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Lets a parent have one child for each item, in their order; a child stays the same one for the same key. */
export class Children<Item, Child extends { readonly root: HTMLElement; show(item: Item): void }> {
  readonly #children = new Map<string, Child>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly keyOf: (item: Item) => string,
    private readonly make: (item: Item) => Child,
  ) {}

  show(items: readonly Item[]): void {
    const keys = new Set(items.map(this.keyOf));
    for (const [key, child] of this.#children) {
      if (keys.has(key)) continue;
      child.root.remove();
      this.#children.delete(key);
    }
    items.forEach((item, index) => {
      const key = this.keyOf(item);
      const child = this.#children.get(key) ?? this.make(item);
      this.#children.set(key, child);
      child.show(item);
      if (this.parent.children[index] !== child.root)
        this.parent.insertBefore(child.root, this.parent.children[index]!);
    });
  }
}
