import { readAddress, writeAddress, type Shown } from './shown.js';

/** The address bar: what is shown is in it, and what is put into it is shown. */
export class Address {
  #shown: Shown;

  constructor(
    private readonly changed: (shown: Shown) => void,
    private readonly token: (token: string) => void,
  ) {
    this.#shown = this.#read();
    addEventListener('hashchange', () => {
      this.#shown = this.#read();
      this.changed(this.#shown);
    });
  }

  get shown(): Shown {
    return this.#shown;
  }

  go(to: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...to };
    history.replaceState(null, '', writeAddress(this.#shown));
    this.changed(this.#shown);
  }

  /** A link that shows the same to somebody else. */
  get link(): string {
    return new URL(writeAddress(this.#shown), location.href).href;
  }

  #read(): Shown {
    const { token, ...shown } = readAddress(location.hash);
    if (token !== null) {
      this.token(token);
      // Who copies the address gives away a view, and not the power to act.
      history.replaceState(null, '', writeAddress(shown));
    }
    return shown;
  }
}
