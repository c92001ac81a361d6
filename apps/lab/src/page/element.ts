import { timeOfDay } from './formatted.js';

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

/** A button that says what it does. */
export function button(text: string, pressed: () => void, className = ''): HTMLButtonElement {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', pressed);
  return made;
}

/** Stands for what cannot be done here, and says why. */
export function whyNot(act: string): HTMLElement {
  const made = element('p', 'faint');
  made.dataset['why'] = act;
  made.hidden = true;
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

/** A time of day that a machine can read too. */
export function timeElement(at: number): HTMLTimeElement {
  const made = element('time', '', timeOfDay(at));
  made.dateTime = new Date(at).toISOString();
  return made;
}
