import { readAddress, writeAddress, type UrlState } from './url-state.js';

/** The address bar: what is shown is in it, and what is put into it is shown. */
export class Address {
  #displayed: UrlState;
  /** Called when something else is to be shown. */
  onChange: (displayed: UrlState) => void = () => undefined;

  constructor(private readonly token: (token: string) => void) {
    this.#displayed = this.#read();
    addEventListener('hashchange', () => {
      this.#displayed = this.#read();
      this.onChange(this.#displayed);
    });
  }

  get displayed(): UrlState {
    return this.#displayed;
  }

  go(to: Partial<UrlState>): void {
    this.#displayed = { ...this.#displayed, ...to };
    history.replaceState(null, '', writeAddress(this.#displayed));
    this.onChange(this.#displayed);
  }

  /** A link that shows the same to somebody else. */
  get link(): string {
    return new URL(writeAddress(this.#displayed), location.href).href;
  }

  #read(): UrlState {
    const { token, ...displayed } = readAddress(location.hash);
    if (token !== null) {
      this.token(token);
      // Who copies the address gives away a view, and not the power to act.
      history.replaceState(null, '', writeAddress(displayed));
    }
    return displayed;
  }
}
