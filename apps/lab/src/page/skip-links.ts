import { found } from './element.js';

/** The fragment of the address says what is shown: a link inside the page moves the focus and leaves it alone. */
export function followSkipLinks(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('#skip a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      found(link.hash.slice(1)).focus();
    });
  }
}
